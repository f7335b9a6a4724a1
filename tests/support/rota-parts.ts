// Short ways to write rotas and instants in tests. Must not compute wall times with the code under test.
import { type Instant, instant } from '../../shared/domain/instant.ts';
import {
  type LocalDate,
  type LocalDateTime,
  parseLocalDate,
  parseLocalDateTime,
} from '../../shared/domain/local-time.ts';
import type {
  Absence,
  DatedShift,
  DutyWindow,
  Holidays,
  Rota,
  Weekday,
  WeeklyShift,
} from '../../shared/domain/rota.ts';
import { plainRota, shiftIdFor } from '../../shared/domain/shift-ids.ts';

export const none: Holidays = new Set();
export const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** Any ISO text with an offset: `2026-03-29T03:00+02:00`. */
export function at(iso: string): Instant {
  return instant(Date.parse(iso));
}

export function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === null) throw new Error(`not a date: ${text}`);
  return parsed;
}

export function local(text: string): LocalDateTime {
  const parsed = parseLocalDateTime(text);
  if (parsed === null) throw new Error(`not a local date and time: ${text}`);
  return parsed;
}

/** Minutes after midnight of `22:30`. */
export function clock(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

let serial = 0;
const id = () => shiftIdFor(`of a test ${++serial}`);
const usual = { regions: null, skills: null, note: null };

export function weekly(
  weekdays: readonly Weekday[],
  from: string,
  until: string,
  more: Partial<WeeklyShift> = {},
): WeeklyShift {
  const times = { weekdays, from: clock(from), until: clock(until) };
  const weeks = { startsOn: null, endsOn: null, everyWeeks: 1, onHolidays: true };
  return { id: id(), ...times, ...usual, ...weeks, ...more };
}

export function dated(on: string, from: string, until: string, more: Partial<DatedShift> = {}): DatedShift {
  return { id: id(), date: date(on), from: clock(from), until: clock(until), ...usual, ...more };
}

export function absence(from: string, until: string): Absence {
  return { id: id(), from: local(from), until: local(until), note: null };
}

export function rotaIn(zone: string, parts: Partial<Omit<Rota, 'zone'>>): Rota {
  return { ...plainRota(zone, {}), ...parts };
}

export function window(from: string, until: string): DutyWindow {
  return { from: at(from), until: at(until) };
}

export function hoursOf(windows: readonly DutyWindow[]): readonly number[] {
  return windows.map(each => (each.until - each.from) / 3_600_000);
}
