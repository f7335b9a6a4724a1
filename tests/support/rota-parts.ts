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
  Rota,
  Weekday,
  WeeklyShift,
} from '../../shared/domain/rota.ts';

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

export function weekly(weekdays: readonly Weekday[], from: string, until: string): WeeklyShift {
  return { weekdays, from: clock(from), until: clock(until), startsOn: null, endsOn: null };
}

export function dated(on: string, from: string, until: string): DatedShift {
  return { date: date(on), from: clock(from), until: clock(until) };
}

export function absence(from: string, until: string): Absence {
  return { from: local(from), until: local(until) };
}

export function rotaIn(zone: string, parts: Partial<Omit<Rota, 'zone'>>): Rota {
  return { zone, weekly: [], dated: [], absences: [], ...parts };
}

export function window(from: string, until: string): DutyWindow {
  return { from: at(from), until: at(until) };
}

export function hoursOf(windows: readonly DutyWindow[]): readonly number[] {
  return windows.map(each => (each.until - each.from) / 3_600_000);
}
