// Which holes managers are told of now: each days ahead, and once more hours ahead. What they were told is kept, so that
// nobody is told twice of the same; a hole that was filled and is there again is a new one.
// Must never keep back a hole because another one was told.
import type { Hole } from './coverage.ts';
import type { CoverageSettings, Need } from './coverage-settings.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { DutyWindow } from './rota.ts';

export type Stage = 'days' | 'hours';
export type ToldHole = Need & DutyWindow & { readonly stage: Stage };
export type NewHole = Hole & { readonly stage: Stage };

/**
 * `holes`: all there are from now on. One that never ends is told again when what was told of it is past. `stillTold` is
 * what is to be kept besides the new ones that could be told.
 */
export function holesToTell(
  holes: readonly Hole[],
  told: readonly ToldHole[],
  now: Instant,
  settings: Pick<CoverageSettings, 'tellDaysAhead' | 'tellHoursAhead'>,
): { readonly toTell: readonly NewHole[]; readonly stillTold: readonly ToldHole[] } {
  const toTell = holes.flatMap(hole => {
    const stage = stageOf(hole, now, settings);
    const isTold = told.some(each => isSame(each, hole) && (each.stage === stage || each.stage === 'hours'));
    return stage === null || isTold ? [] : [{ ...hole, stage }];
  });
  return { toTell, stillTold: told.filter(each => holes.some(hole => isSame(each, hole))) };
}

function stageOf(
  { from }: DutyWindow,
  now: Instant,
  { tellDaysAhead, tellHoursAhead }: Pick<CoverageSettings, 'tellDaysAhead' | 'tellHoursAhead'>,
): Stage | null {
  if (from <= addSeconds(now, tellHoursAhead * 3600)) return 'hours';
  return from <= addSeconds(now, tellDaysAhead * 24 * 3600) ? 'days' : null;
}

/** Somebody who leaves an hour earlier makes it longer, and no other one. */
function isSame(a: Need & DutyWindow, b: Need & DutyWindow): boolean {
  const isSameNeed = a.region === b.region && a.skill === b.skill && a.language === b.language;
  return isSameNeed && a.from < b.until && b.from < a.until;
}

export function toldOf({ region, skill, language, from, until, stage }: NewHole): ToldHole {
  return { region, skill, language, from, until, stage };
}
