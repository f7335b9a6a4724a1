// A volunteer as the manager keeps her: what she offers, when she is on duty, where she is rung and texted.
// Must never reach a survivor, a log or a queue: it holds a name and a number.
import type { LanguageId, RegionId, SkillId, VolunteerId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { PhoneNumber } from './phone.ts';
import type { Rota } from './rota.ts';
import type { TextBy } from './ways.ts';

export type Gender = 'woman' | 'man';

export type Volunteer = {
  readonly id: VolunteerId;
  /** For managers only. */
  readonly name: string;
  readonly languages: readonly LanguageId[];
  readonly skills: readonly SkillId[];
  /** Null: not said. A survivor's wish ranks by it; nobody is ever left out for it. */
  readonly gender: Gender | null;
  readonly region: RegionId;
  readonly number: PhoneNumber;
  readonly textBy: TextBy;
  readonly rota: Rota;
  /** She asked for a rest until then; null: not paused. */
  readonly pausedUntil: Instant | null;
};
