// The name of a hole in an address: what is asked for, where, and from when to when. A hole is computed and stored
// nowhere, so that its name must say all of it. Must never name anything else than our own ids and minutes.
import type { Need } from './coverage-settings.ts';
import type { Branded } from './ids.ts';
import { parseLanguageId, parseRegionId, parseSkillId } from './ids.ts';
import { instant } from './instant.ts';
import type { DutyWindow } from './rota.ts';

export type HoleId = Branded<string, 'HoleId'>;

const MINUTE_MS = 60_000;
const ANY = 'any';
/** Minutes since 1970, up to the year 3000: no recurrence without end behind a long number. */
const pattern = /^hol_([A-Z]{2}-[A-Z0-9]{1,3}|any)\.([a-z-]{1,30})\.([a-z]{2})\.(\d{1,9})\.(\d{1,9})$/;
/** A week is the longest that anybody could be asked to take. */
const MINUTES_AT_MOST = 7 * 24 * 60;

export function holeIdOf({ region, skill, language, from, until }: Need & DutyWindow): HoleId {
  const minutes = [Math.floor(from / MINUTE_MS), Math.ceil(until / MINUTE_MS)];
  return `hol_${region ?? ANY}.${skill ?? ANY}.${language}.${minutes.join('.')}` as HoleId;
}

/** Null when it names no stretch of a week at most. A skill called `any` cannot be told from whatever they can do. */
export function parseHoleId(text: string): (Need & DutyWindow) | null {
  const [, region = '', skill = '', language = '', from = '', until = ''] = pattern.exec(text) ?? [];
  const spoken = parseLanguageId(language);
  const length = Number(until) - Number(from);
  if (spoken === null || length <= 0 || length > MINUTES_AT_MOST) return null;
  return {
    region: region === ANY ? null : parseRegionId(region),
    skill: skill === ANY ? null : parseSkillId(skill),
    language: spoken,
    from: instant(Number(from) * MINUTE_MS),
    until: instant(Number(until) * MINUTE_MS),
  };
}
