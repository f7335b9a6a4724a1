// Where and for what somebody is on duty: her windows of duty, cut where a shift of other regions or skills begins or
// ends. Several shifts at once add up: she is in all of their regions, with all of their skills.
// Must never offer a skill that she herself does not have, whatever a shift says.
import type { RegionId, SkillId } from './ids.ts';
import { type Instant, instant } from './instant.ts';
import { type DutyWindow, dutyWindows, type Holidays, type ShiftFacts, turnsIn } from './rota.ts';
import type { Volunteer } from './volunteer.ts';

/** Regions in order of their names, skills in her own order: equal posts look equal. */
export type Post = { readonly regions: readonly RegionId[]; readonly skills: readonly SkillId[] };

export type DutyStretch = DutyWindow & Post;

type OnRota = Pick<Volunteer, 'rota' | 'region' | 'skills'>;

/**
 * The stretches that have a part in `from` (included) to `until` (excluded), in order, none overlapping another; two
 * that touch differ in their post. They are reported whole, as `dutyWindows` reports, and throw as it does.
 */
export function dutyStretches(
  volunteer: OnRota,
  holidays: Holidays,
  from: Instant,
  until: Instant,
): readonly DutyStretch[] {
  const windows = dutyWindows(volunteer.rota, holidays, from, until);
  const { weekly, dated } = volunteer.rota;
  // As nearly everybody's rota is: there is nothing to cut.
  if ([...weekly, ...dated].every(({ regions, skills }) => regions === null && skills === null)) {
    const post = postOf(volunteer, [{ regions: null, skills: null }]);
    return windows.map(window => ({ ...window, ...post }));
  }
  return windows
    .flatMap(window => cut(volunteer, holidays, window))
    .filter(stretch => stretch.from < until && stretch.until > from);
}

/** The stretch of duty around an instant; null: off duty. */
export function stretchAt(volunteer: OnRota, holidays: Holidays, now: Instant): DutyStretch | null {
  return dutyStretches(volunteer, holidays, now, instant(now + 1))[0] ?? null;
}

/** The regions that any of her shifts names, other than her own. */
export function regionsAway({ rota, region }: Pick<Volunteer, 'rota' | 'region'>): readonly RegionId[] {
  const named = [...rota.weekly, ...rota.dated].flatMap(({ regions }) => regions ?? []);
  return inOrder(named.filter(each => each !== region));
}

function cut(volunteer: OnRota, holidays: Holidays, window: DutyWindow): readonly DutyStretch[] {
  const turns = turnsIn(volunteer.rota, holidays, window.from, window.until);
  const cuts = turns
    .flatMap(turn => [turn.window.from, turn.window.until])
    .filter(at => at > window.from && at < window.until);
  const times = [...new Set([window.from, ...cuts, window.until])].sort((a, b) => a - b);
  const stretches: DutyStretch[] = [];
  times.slice(1).forEach((until, index) => {
    const from = times[index] as Instant;
    const active = turns.filter(turn => turn.window.from <= from && turn.window.until >= until);
    const post = postOf(
      volunteer,
      active.map(({ shift }) => shift),
    );
    const before = stretches.at(-1);
    if (before && isSamePost(before, post)) stretches[stretches.length - 1] = { ...before, until };
    else stretches.push({ from, until, ...post });
  });
  return stretches;
}

function postOf(volunteer: OnRota, shifts: readonly Pick<ShiftFacts, 'regions' | 'skills'>[]): Post {
  const skills = shifts.flatMap(shift => shift.skills ?? volunteer.skills);
  return {
    regions: inOrder(shifts.flatMap(shift => shift.regions ?? [volunteer.region])),
    skills: volunteer.skills.filter(skill => skills.includes(skill)),
  };
}

export function isSamePost(a: Post, b: Post): boolean {
  return isSameList(a.regions, b.regions) && isSameList(a.skills, b.skills);
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

function inOrder<Name extends string>(names: readonly Name[]): readonly Name[] {
  return [...new Set(names)].sort();
}
