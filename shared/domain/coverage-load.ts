// Who is on duty too much: hours a week, nights in a row, rest. Being on call at home counts whole: a phone that may ring
// leaves nobody at rest. Must never keep anybody from being on duty: managers read it and decide.
import { later, sooner } from './coverage.ts';
import type { Person } from './coverage-people.ts';
import type { CoverageSettings } from './coverage-settings.ts';
import type { VolunteerId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { addDays, daysBetween, type LocalDate, localTimeAt, startInstant } from './local-time.ts';
import { type DutyWindow, merged } from './rota.ts';

export type Overload =
  /** In the week that begins on this Monday. */
  | { readonly kind: 'hours'; readonly weekOf: LocalDate; readonly hours: number }
  /** The last of them ends on this day. */
  | { readonly kind: 'nights'; readonly until: LocalDate; readonly nights: number }
  /** The longest rest in the 24 hours from the beginning of the duty at `from`. */
  | { readonly kind: 'rest'; readonly from: Instant; readonly hours: number };

export type Overloaded = { readonly volunteerId: VolunteerId; readonly overloads: readonly Overload[] };

type Limits = Pick<CoverageSettings, 'hoursAWeek' | 'nightsInARow' | 'restHours'>;

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** Directive 2003/88/EC, article 2: night time holds midnight to 5, and at least three hours in it make night work. */
const NIGHT_FROM = 23 * 60;
const NIGHT_UNTIL = 6 * 60;
const NIGHT_HOURS = 3;

/** Those with something that is too much in the window. */
export function overloaded(
  people: readonly Person[],
  limits: Limits,
  window: DutyWindow,
): readonly Overloaded[] {
  return people.flatMap(person => {
    const overloads = overloadsOf(person, limits, window);
    return overloads.length === 0 ? [] : [{ volunteerId: person.id, overloads }];
  });
}

export function overloadsOf(person: Person, limits: Limits, window: DutyWindow): readonly Overload[] {
  const windows = merged(person.duties).filter(duty => duty.from < window.until && duty.until > window.from);
  if (windows.length === 0) return [];
  return [
    ...weeks(person.zone, window).flatMap(({ weekOf, ...week }) => {
      const hours = hoursIn(windows, week);
      return hours > limits.hoursAWeek ? [{ kind: 'hours' as const, weekOf, hours: rounded(hours) }] : [];
    }),
    ...nightsInARow(person.zone, windows, window)
      .filter(({ nights }) => nights > limits.nightsInARow)
      .map(row => ({ kind: 'nights' as const, ...row })),
    ...windows.flatMap(({ from }) => {
      const hours = longestRest(windows, { from, until: addSeconds(from, DAY_HOURS * 3600) });
      return hours < limits.restHours ? [{ kind: 'rest' as const, from, hours: rounded(hours) }] : [];
    }),
  ];
}

/** Of these windows, within that one. None of them may overlap another. */
export function hoursIn(windows: readonly DutyWindow[], { from, until }: DutyWindow): number {
  const ms = windows.reduce(
    (sum, window) => sum + Math.max(0, sooner(window.until, until) - later(window.from, from)),
    0,
  );
  return ms / HOUR_MS;
}

/** The longest time without duty in it, in hours. */
export function longestRest(windows: readonly DutyWindow[], { from, until }: DutyWindow): number {
  let [since, longest] = [from, 0];
  for (const window of windows) {
    if (window.until <= from || window.from >= until) continue;
    longest = Math.max(longest, window.from - since);
    since = later(since, window.until);
  }
  return Math.max(longest, until - since) / HOUR_MS;
}

/** The weeks of the calendar there that have a part in the window, whole, from Monday to Monday. */
export function weeks(
  zone: string,
  { from, until }: DutyWindow,
): readonly (DutyWindow & { readonly weekOf: LocalDate })[] {
  const { date, weekday } = localTimeAt(from, zone);
  const last = localTimeAt(until, zone).date;
  return daysBetween(addDays(date, 1 - weekday), last)
    .filter(day => day.weekday === 1)
    .map(({ date: weekOf }) => ({
      weekOf,
      from: midnight(weekOf, zone),
      until: midnight(addDays(weekOf, 7), zone),
    }))
    .filter(week => week.from < until);
}

const midnight = (date: LocalDate, zone: string): Instant => startInstant({ date, minuteOfDay: 0 }, zone);

function nightsInARow(
  zone: string,
  windows: readonly DutyWindow[],
  { from, until }: DutyWindow,
): readonly { readonly until: LocalDate; readonly nights: number }[] {
  const rows: { until: LocalDate; nights: number }[] = [];
  for (const { date } of daysBetween(localTimeAt(from, zone).date, localTimeAt(until, zone).date)) {
    const night = {
      from: startInstant({ date: addDays(date, -1), minuteOfDay: NIGHT_FROM }, zone),
      until: startInstant({ date, minuteOfDay: NIGHT_UNTIL }, zone),
    };
    if (hoursIn(windows, night) < NIGHT_HOURS) continue;
    const row = rows.at(-1);
    if (row?.until === addDays(date, -1)) rows[rows.length - 1] = { until: date, nights: row.nights + 1 };
    else rows.push({ until: date, nights: 1 });
  }
  return rows;
}

const rounded = (hours: number): number => Math.round(hours * 10) / 10;
