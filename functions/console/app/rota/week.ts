// A week of somebody's rota as bars on an axis of time: where each begins and ends, and which of them lie beside each other.
// Must never read the clock of the browser's own zone: times are those of the zone that the rota is in.
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { type Instant, instant } from '../../../../shared/domain/instant.ts';
import {
  addDays,
  type LocalDate,
  type LocalDateTime,
  localTimeAt,
  startInstant,
  wallTimeOf,
  weekdayOf,
} from '../../../../shared/domain/local-time.ts';
import {
  type Absence,
  absenceWindow,
  type DatedShift,
  type DutyWindow,
  type Holidays,
  type Rota,
  shiftWindow,
  turnsIn,
  type WeeklyShift,
} from '../../../../shared/domain/rota.ts';
import type { Schemas } from '../api.ts';

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly skills: readonly string[];
  readonly etag: string;
  readonly rota: Rota;
};

export type Day = DutyWindow & { readonly date: LocalDate };
/** A stretch of time from left to right, and the days in it as they are in its zone. */
export type Axis = DutyWindow & { readonly zone: string; readonly days: readonly Day[] };

export const MINUTES_A_DAY = 1440;

export function axisOf(first: LocalDate, days: number, zone: string): Axis {
  const midnight = (day: number) => startInstant({ date: addDays(first, day), minuteOfDay: 0 }, zone);
  const all = Array.from({ length: days }, (_, day) => ({
    date: addDays(first, day),
    from: midnight(day),
    until: midnight(day + 1),
  }));
  return { zone, days: all, from: midnight(0), until: midnight(days) };
}

export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - weekdayOf(date));

/** From when and how long by the clock on the wall, whatever the clocks do meanwhile. */
export type Span = { readonly date: LocalDate; readonly from: number; readonly minutes: number };

export type Item =
  | { readonly kind: 'weekly'; readonly shift: WeeklyShift }
  | { readonly kind: 'dated'; readonly shift: DatedShift }
  | { readonly kind: 'absence'; readonly absence: Absence };

export type Bar = {
  /** Of this one time of it. */
  readonly key: string;
  readonly id: ShiftId;
  readonly item: Item;
  readonly span: Span;
  readonly window: DutyWindow;
};

export function barsOf(rota: Rota, holidays: Holidays, { from, until }: DutyWindow): readonly Bar[] {
  const shifts = turnsIn(rota, holidays, from, until).map(({ shift, window }) => {
    const date = localTimeAt(window.from, rota.zone).date;
    const item: Item = 'date' in shift ? { kind: 'dated', shift } : { kind: 'weekly', shift };
    return { id: shift.id, key: `${shift.id} ${date}`, item, span: spanOfTimes({ ...shift, date }), window };
  });
  const absences = rota.absences.map(absence => ({
    id: absence.id,
    key: absence.id,
    item: { kind: 'absence', absence } as const,
    span: spanOfAbsence(absence),
    window: absenceWindow(absence, rota.zone),
  }));
  const seen = absences.filter(({ window }) => window.from < until && window.until > from);
  return [...shifts, ...seen].sort((a, b) => a.window.from - b.window.from || (a.key < b.key ? -1 : 1));
}

function spanOfTimes({ date, from, until }: Pick<DatedShift, 'date' | 'from' | 'until'>): Span {
  return { date, from, minutes: (until - from + MINUTES_A_DAY) % MINUTES_A_DAY || MINUTES_A_DAY };
}

function spanOfAbsence({ from, until }: Absence): Span {
  const [begins, ends] = [wallTimeOf(from), wallTimeOf(until)];
  const minutes = daysFrom(begins.date, ends.date) * MINUTES_A_DAY + ends.minuteOfDay - begins.minuteOfDay;
  return { date: begins.date, from: begins.minuteOfDay, minutes };
}

const daysFrom = (first: LocalDate, last: LocalDate): number =>
  Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);

export function timesOf({ date, from, minutes }: Span): Pick<DatedShift, 'date' | 'from' | 'until'> {
  return { date, from, until: (from + minutes) % MINUTES_A_DAY };
}

export function absenceTimesOf(span: Span): Pick<Absence, 'from' | 'until'> {
  const end = endOf(span);
  return { from: dateTimeOf(span.date, span.from), until: dateTimeOf(end.date, end.minuteOfDay) };
}

export function endOf({ date, from, minutes }: Span): { date: LocalDate; minuteOfDay: number } {
  const end = from + minutes;
  return { date: addDays(date, Math.floor(end / MINUTES_A_DAY)), minuteOfDay: end % MINUTES_A_DAY };
}

export function dateTimeOf(date: LocalDate, minuteOfDay: number): LocalDateTime {
  return `${date}T${clockOf(minuteOfDay)}` as LocalDateTime;
}

export function windowOf(kind: Item['kind'], span: Span, zone: string): DutyWindow {
  return kind === 'absence' ? absenceWindow(absenceTimesOf(span), zone) : shiftWindow(timesOf(span), zone);
}

/** Half hours: what a hand can hit on a phone. The form takes any minute. */
export const STEP_MINUTES = 30;
const LONGEST_SHIFT_MINUTES = MINUTES_A_DAY - STEP_MINUTES;
const LONGEST_ABSENCE_MINUTES = 366 * MINUTES_A_DAY;

export function moved({ date, from, minutes }: Span, byMinutes: number): Span {
  const begin = from + byMinutes;
  const days = Math.floor(begin / MINUTES_A_DAY);
  return { date: addDays(date, days), from: begin - days * MINUTES_A_DAY, minutes };
}

/** Its end comes later, or its beginning earlier, by so much. */
export function stretched(kind: Item['kind'], edge: 'start' | 'end', span: Span, byMinutes: number): Span {
  const longest = kind === 'absence' ? LONGEST_ABSENCE_MINUTES : LONGEST_SHIFT_MINUTES;
  const minutes = Math.min(longest, Math.max(STEP_MINUTES, span.minutes + byMinutes));
  return { ...(edge === 'end' ? span : moved(span, span.minutes - minutes)), minutes };
}

/** Where on the wall an instant lies, on the nearest half hour. */
export function nearestStep(at: number, zone: string): { date: LocalDate; minuteOfDay: number } {
  const { date, minuteOfDay } = localTimeAt(instant(Math.round(at)), zone);
  const step = Math.round(minuteOfDay / STEP_MINUTES) * STEP_MINUTES;
  return step === MINUTES_A_DAY ? { date: addDays(date, 1), minuteOfDay: 0 } : { date, minuteOfDay: step };
}

/** Bars that share a time lie below each other: the row of each. */
export function rowsOf(windows: readonly DutyWindow[]): readonly number[] {
  const ends: Instant[] = [];
  return windows.map(({ from, until }) => {
    const free = ends.findIndex(end => end <= from);
    const row = free === -1 ? ends.length : free;
    ends[row] = until;
    return row;
  });
}

export function clockOf(minuteOfDay: number): string {
  return [Math.floor(minuteOfDay / 60), minuteOfDay % 60]
    .map(part => String(part).padStart(2, '0'))
    .join(':');
}

export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** As the domain knows it; what comes from the API was checked there. */
export function rotaRead({ zone, weekly, dated, absences }: Schemas['RotaShown']): Rota {
  const inMinutes = <Shift extends { from: string; until: string }>(shift: Shift) => ({
    ...shift,
    from: minuteOf(shift.from),
    until: minuteOf(shift.until),
  });
  return { zone, weekly: weekly.map(inMinutes), dated: dated.map(inMinutes), absences } as unknown as Rota;
}

export function rotaSent({ zone, weekly, dated, absences }: Rota): Schemas['Rota'] {
  const onTheClock = <Shift extends { from: number; until: number }>(shift: Shift) => ({
    ...shift,
    from: clockOf(shift.from),
    until: clockOf(shift.until),
  });
  const sent = { zone, weekly: weekly.map(onTheClock), dated: dated.map(onTheClock), absences };
  return sent as unknown as Schemas['Rota'];
}
