// What a rota or opening hours must keep to before they are stored: each breach with its place.
// Must never change what it is given, nor refuse what is merely unusual.
import { isZone, type MinuteOfDay } from './local-time.ts';
import type { Absence, DatedShift, Rota, ShiftFacts, WeeklyPattern, WeeklyShift } from './rota.ts';

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
  | 'ends-before-it-starts' // or lasts no time at all
  | 'not-1-to-8-weeks'
  | 'needs-a-first-day' // from whose week the weeks are counted
  | 'names-no-region' // null is her own
  | 'note-too-long'
  | 'id-is-there-twice'
  | 'too-many'
  | 'too-much-to-keep';

/** As many as fit into the one item of the table in which a volunteer stands, with room to spare. */
export const ROTA_AT_MOST = { weekly: 60, dated: 400, absences: 200 } as const;
/** As JSON, in bytes. An item has 400 KB; beside the rota stand her name and, once more, the ids of what has notes. */
const BYTES_AT_MOST = 360_000;
export const NOTE_AT_MOST = 200;
export const EVERY_WEEKS_AT_MOST = 8;

/** Everything that is wrong with a rota; empty when it may be stored. Dates are right by their type. */
export function problemsOfRota(rota: Rota): readonly RotaProblem[] {
  return [
    ...(isZone(rota.zone) ? [] : [{ path: 'zone', problem: 'unknown-zone' } as const]),
    ...rota.weekly.flatMap((shift, index) => problemsOfWeeklyShift(shift, `weekly[${index}]`)),
    ...rota.dated.flatMap((shift, index) => problemsOfDatedShift(shift, `dated[${index}]`)),
    ...rota.absences.flatMap((absence, index) => problemsOfAbsence(absence, `absences[${index}]`)),
    ...problemsOfIds(rota),
    ...(['weekly', 'dated', 'absences'] as const).flatMap(kind =>
      rota[kind].length <= ROTA_AT_MOST[kind] ? [] : [{ path: kind, problem: 'too-many' } as const],
    ),
    ...(bytesOf(rota) <= BYTES_AT_MOST ? [] : [{ path: '', problem: 'too-much-to-keep' } as const]),
  ];
}

const utf8 = new TextEncoder();
const bytesOf = (rota: Rota): number => utf8.encode(JSON.stringify(rota)).length;

function problemsOfIds({ weekly, dated, absences }: Rota): readonly RotaProblem[] {
  const seen = new Set<string>();
  const twice = (items: readonly { readonly id: string }[], kind: string): readonly RotaProblem[] =>
    items.flatMap(({ id }, index) => {
      const isTwice = seen.has(id);
      seen.add(id);
      return isTwice ? [{ path: `${kind}[${index}].id`, problem: 'id-is-there-twice' }] : [];
    });
  return [...twice(weekly, 'weekly'), ...twice(dated, 'dated'), ...twice(absences, 'absences')];
}

/** Everything that is wrong with the opening hours that stand at `path`. */
export function problemsOfHours(hours: readonly WeeklyPattern[], path: string): readonly RotaProblem[] {
  return hours.flatMap((pattern, index) => problemsOfPattern(pattern, `${path}[${index}]`));
}

function problemsOfDatedShift(shift: DatedShift, path: string): readonly RotaProblem[] {
  return [...problemsOfTimes(shift, path), ...problemsOfFacts(shift, path)];
}

function problemsOfFacts({ regions, note }: ShiftFacts, path: string): readonly RotaProblem[] {
  return [
    ...(regions === null || regions.length > 0
      ? []
      : [{ path: `${path}.regions`, problem: 'names-no-region' } as const]),
    ...problemsOfNote(note, path),
  ];
}

function problemsOfNote(note: string | null, path: string): readonly RotaProblem[] {
  const isLong = note !== null && note.length > NOTE_AT_MOST;
  return isLong ? [{ path: `${path}.note`, problem: 'note-too-long' }] : [];
}

function problemsOfWeeklyShift(shift: WeeklyShift, path: string): readonly RotaProblem[] {
  const isBackwards = shift.startsOn !== null && shift.endsOn !== null && shift.endsOn < shift.startsOn;
  return [
    ...problemsOfPattern(shift, path),
    ...(isBackwards ? [{ path: `${path}.endsOn`, problem: 'ends-before-it-starts' } as const] : []),
    ...problemsOfFacts(shift, path),
    ...problemsOfWeeks(shift, path),
  ];
}

function problemsOfWeeks({ everyWeeks, startsOn }: WeeklyShift, path: string): readonly RotaProblem[] {
  if (!isWholeNumber(everyWeeks, 1, EVERY_WEEKS_AT_MOST))
    return [{ path: `${path}.everyWeeks`, problem: 'not-1-to-8-weeks' }];
  const isAdrift = everyWeeks > 1 && startsOn === null;
  return isAdrift ? [{ path: `${path}.startsOn`, problem: 'needs-a-first-day' }] : [];
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
  return [
    ...(absence.until > absence.from
      ? []
      : [{ path: `${path}.until`, problem: 'ends-before-it-starts' } as const]),
    ...problemsOfNote(absence.note, path),
  ];
}

function isWholeNumber(value: number, lowest: number, highest: number): boolean {
  return Number.isInteger(value) && value >= lowest && value <= highest;
}
