// Volunteers as coverage sees them: where and for what each is on duty, and when she is away. The only file of coverage
// that reads a rota. Must never hold a name or a number.
import { dutyStretches } from './duty-stretches.ts';
import type { LanguageId, RegionId, SkillId, VolunteerId } from './ids.ts';
import type { Instant } from './instant.ts';
import { absenceWindow, type DutyWindow, type Holidays, without } from './rota.ts';
import type { Volunteer } from './volunteer.ts';

/** On duty for these regions, with these skills. */
export type Duty = DutyWindow & {
  readonly regions: readonly RegionId[];
  readonly skills: readonly SkillId[];
};

export type Person = {
  readonly id: VolunteerId;
  readonly zone: string;
  readonly home: RegionId;
  readonly languages: readonly LanguageId[];
  /** All that she can do, on duty or not. */
  readonly skills: readonly SkillId[];
  /** In order, those with a part in the time that was asked for, whole. */
  readonly duties: readonly Duty[];
  readonly away: readonly DutyWindow[];
};

/** Her rota from `from` to `until`, less the rest that she has asked for. Throws on an unknown zone. */
export function personOf(volunteer: Volunteer, holidays: Holidays, from: Instant, until: Instant): Person {
  const { id, rota, region, languages, skills, pausedUntil } = volunteer;
  const paused = pausedUntil !== null && pausedUntil > from ? [{ from, until: pausedUntil }] : [];
  const duties = dutyStretches(volunteer, holidays, from, until);
  return {
    id,
    zone: rota.zone,
    home: region,
    languages,
    skills,
    duties: duties.flatMap(duty => paused.reduce(without, [duty]).map(window => ({ ...duty, ...window }))),
    away: [...paused, ...absencesOf(volunteer)],
  };
}

function absencesOf({ rota }: Volunteer): readonly DutyWindow[] {
  return rota.absences.map(absence => absenceWindow(absence, rota.zone));
}
