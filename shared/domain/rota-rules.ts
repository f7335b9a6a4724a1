// What a rota or opening hours must keep to before they are stored: each breach with its place.
// Must never change what it is given, nor refuse what is merely unusual.
import { isZone, type MinuteOfDay } from './local-time.ts';
import type { Absence, DatedShift, Rota, WeeklyPattern, WeeklyShift } from './rota.ts';

/** `path` as `weekly[0].until`; empty for the whole. */
export type RotaProblem = { readonly path: string; readonly problem: RotaProblemKind };

export type RotaProblemKind =
  | 'unknown-zone'
  | 'no-weekdays'
  | 'not-a-weekday'
  | 'not-a-minute-of-day' // a whole number from 0 to 1439
  /**
   * `from` equals `until`: a slip for nothing, or a whole day? A whole day is written as two shifts that touch,
   * 00:00 to 12:00 and 12:00 to 00:00. (Where such a shift is read all the same, it lasts the whole day: rather
   * one phone that rings too often.)
   */
  | 'from-equals-until'
  | 'ends-before-it-starts'; // or lasts no time at all

/** Everything that is wrong with a rota; empty when it may be stored. Dates are right by their type. */
export function problemsOfRota(rota: Rota): readonly RotaProblem[] {
  return [
    ...(isZone(rota.zone) ? [] : [{ path: 'zone', problem: 'unknown-zone' } as const]),
    ...rota.weekly.flatMap((shift, index) => problemsOfWeeklyShift(shift, `weekly[${index}]`)),
    ...rota.dated.flatMap((shift, index) => problemsOfTimes(shift, `dated[${index}]`)),
    ...rota.absences.flatMap((absence, index) => problemsOfAbsence(absence, `absences[${index}]`)),
  ];
}

/** Everything that is wrong with the opening hours that stand at `path`. */
export function problemsOfHours(hours: readonly WeeklyPattern[], path: string): readonly RotaProblem[] {
  return hours.flatMap((pattern, index) => problemsOfPattern(pattern, `${path}[${index}]`));
}

function problemsOfWeeklyShift(shift: WeeklyShift, path: string): readonly RotaProblem[] {
  const isBackwards = shift.startsOn !== null && shift.endsOn !== null && shift.endsOn < shift.startsOn;
  return [
    ...problemsOfPattern(shift, path),
    ...(isBackwards ? [{ path: `${path}.endsOn`, problem: 'ends-before-it-starts' } as const] : []),
  ];
}

function problemsOfPattern(pattern: WeeklyPattern, path: string): readonly RotaProblem[] {
  const weekdaysPath = `${path}.weekdays`;
  const areWeekdays = pattern.weekdays.every(day => isWholeNumber(day, 1, 7));
  return [
    ...(pattern.weekdays.length > 0 ? [] : [{ path: weekdaysPath, problem: 'no-weekdays' } as const]),
    ...(areWeekdays ? [] : [{ path: weekdaysPath, problem: 'not-a-weekday' } as const]),
    ...problemsOfTimes(pattern, path),
  ];
}

function problemsOfTimes(times: Pick<DatedShift, 'from' | 'until'>, path: string): readonly RotaProblem[] {
  const isEqual = times.from === times.until;
  return [
    ...problemsOfMinute(times.from, `${path}.from`),
    ...problemsOfMinute(times.until, `${path}.until`),
    ...(isEqual ? [{ path: `${path}.until`, problem: 'from-equals-until' } as const] : []),
  ];
}

function problemsOfMinute(minute: MinuteOfDay, path: string): readonly RotaProblem[] {
  return isWholeNumber(minute, 0, 1439) ? [] : [{ path, problem: 'not-a-minute-of-day' }];
}

function problemsOfAbsence(absence: Absence, path: string): readonly RotaProblem[] {
  // Text of this form compares as the times do.
  return absence.until > absence.from ? [] : [{ path: `${path}.until`, problem: 'ends-before-it-starts' }];
}

function isWholeNumber(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}
