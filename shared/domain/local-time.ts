// Wall time in a zone and back to instants: the one file that knows Temporal.
// A wall time can fall into the hour that the clocks skip, or into the one that they show twice. The rule here:
// a start takes the first instant at which the clock has reached it, an end the last at which the clock shows it.
// Must never read the clock of the machine or its own zone: instants and zones are always handed in.
import { Temporal } from 'temporal-polyfill';
import type { Branded } from './ids.ts';
import { type Instant, instant } from './instant.ts';

/** A day of the calendar, as `2026-11-22`. Compares in order of time as text. */
export type LocalDate = Branded<string, 'LocalDate'>;
/** A day and a time on the wall, as `2026-11-22T18:30`. Compares in order of time as text. */
export type LocalDateTime = Branded<string, 'LocalDateTime'>;
/** Minutes after local midnight, 0 to 1439. */
export type MinuteOfDay = number;
/** ISO weekday: 1 Monday to 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type WallTime = { readonly date: LocalDate; readonly minuteOfDay: MinuteOfDay };
export type LocalDay = { readonly date: LocalDate; readonly weekday: Weekday };
export type LocalTime = WallTime & LocalDay;

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const dateTimePattern = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/;

/** Null when the text is not a date or the day does not exist, as `2026-02-29`. */
export function parseLocalDate(text: string): LocalDate | null {
  if (!datePattern.test(text)) return null;
  return accepted(() => Temporal.PlainDate.from(text).toString() === text) ? (text as LocalDate) : null;
}

/** Null when the text is not a date with hours and minutes, or the day does not exist. */
export function parseLocalDateTime(text: string): LocalDateTime | null {
  const date = dateTimePattern.exec(text)?.[1];
  return date !== undefined && parseLocalDate(date) !== null ? (text as LocalDateTime) : null;
}

/** Whether this is the IANA name of a zone that this machine knows, as `Asia/Almaty`; the case counts. */
export function isZone(text: string): boolean {
  // Temporal takes an offset (`+05:00`) for a zone as well. A rota needs a name, which follows the law.
  const isName = /^[A-Z]/.test(text);
  return (
    isName &&
    accepted(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId === text)
  );
}

export function wallTimeOf(local: LocalDateTime): WallTime {
  const hours = Number(local.slice(11, 13));
  const minutes = Number(local.slice(14, 16));
  return { date: local.slice(0, 10) as LocalDate, minuteOfDay: hours * 60 + minutes };
}

/**
 * The instant at which something that starts at this wall time starts: the first at which the clock has reached it.
 * In the skipped hour that is the change of the clocks itself: 02:30 starts at 03:00. (Temporal's own 'compatible'
 * would say 03:30; a shift from 02:30 to 03:15 would then end before it starts, and two shifts that overlap on
 * paper could leave a hole.) In the repeated hour it is the first showing. Throws on an unknown zone.
 */
export function startInstant(wall: WallTime, zone: string): Instant {
  return resolve(wall, zone, 'earlier');
}

/**
 * The instant at which something that ends at this wall time ends. In the skipped hour, the change of the clocks:
 * 02:30 ends at 03:00. In the repeated hour the second showing, so that nobody leaves while the clock may still
 * come back to a time that belongs to the shift; one that ends and one that starts there overlap rather than
 * leave a hole. Throws on an unknown zone.
 */
export function endInstant(wall: WallTime, zone: string): Instant {
  return resolve(wall, zone, 'later');
}

/** What calendar and clock show in a zone. Throws on an unknown zone. */
export function localTimeAt(at: Instant, zone: string): LocalTime {
  const shown = at + stretchAt(at, zone).offsetMs;
  const day = Math.floor(shown / DAY_MS);
  return { ...localDay(day), minuteOfDay: Math.floor((shown - day * DAY_MS) / MINUTE_MS) };
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return localDay(dayNumber(date) + days).date;
}

/** Every day from the first to the last, both included; none when the last comes before the first. */
export function daysBetween(first: LocalDate, last: LocalDate): readonly LocalDay[] {
  const from = dayNumber(first);
  const count = Math.max(0, dayNumber(last) - from + 1);
  return Array.from({ length: count }, (_, day) => localDay(from + day));
}

export const weekdayOf = (date: LocalDate): Weekday => localDay(dayNumber(date)).weekday;

/** How many weeks lie between the ISO weeks of two days: 0 in the same one, negative before it. */
export function weeksBetween(first: LocalDate, other: LocalDate): number {
  // The first of January 1970 was a Thursday: its week began three days before.
  const week = (date: LocalDate) => Math.floor((dayNumber(date) + 3) / 7);
  return week(other) - week(first);
}

function resolve(wall: WallTime, zone: string, showing: 'earlier' | 'later'): Instant {
  const written = dayNumber(wall.date) * DAY_MS + wall.minuteOfDay * MINUTE_MS;
  const { from, until, offsetMs } = stretchAt(written as Instant, zone);
  const at = written - offsetMs;
  // Two days from the next change of the clocks every wall time is shown once: no zone has ever changed by more than one.
  if (at - 2 * DAY_MS >= from && at + 2 * DAY_MS < until) return instant(at);
  return resolveNearChange(wall, zone, showing);
}

/** Asking Temporal takes a hundred times as long as adding: rotas of thousands are read in the one pass. */
function resolveNearChange(wall: WallTime, zone: string, showing: 'earlier' | 'later'): Instant {
  const local = Temporal.PlainDate.from(wall.date).toPlainDateTime({
    hour: Math.floor(wall.minuteOfDay / 60),
    minute: wall.minuteOfDay % 60,
  });
  const found = local.toZonedDateTime(zone, { disambiguation: showing });
  const isShown = found.toPlainDateTime().equals(local);
  return isShown ? instant(found.epochMilliseconds) : changeThatSkips(local, zone);
}

/** The change of the clocks that leaves out this wall time. */
function changeThatSkips(local: Temporal.PlainDateTime, zone: string): Instant {
  // For a skipped time, 'earlier' is as far before the change as the skipped stretch is long.
  const before = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const change = before.getTimeZoneTransition('next');
  if (change === null) throw new Error(`${zone} skips ${local} but has no change of clocks after ${before}`);
  return instant(change.epochMilliseconds);
}

/** While it lasts, the zone is this far ahead of UTC. */
type Stretch = { readonly from: number; readonly until: number; readonly offsetMs: number };

/** What the zone data of this machine say never changes while it runs: asked once for each zone and change. */
const stretches = new Map<string, Stretch[]>();

/** Throws on an unknown zone. */
function stretchAt(at: Instant, zone: string): Stretch {
  const known = stretches.get(zone) ?? [];
  const found = known.find(({ from, until }) => from <= at && at < until);
  if (found) return found;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const next = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  // A change at this very instant is the one before it.
  const before = Temporal.Instant.fromEpochMilliseconds(at + 1).toZonedDateTimeISO(zone);
  const from = before.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  const stretch = { from, until: next, offsetMs: zoned.offsetNanoseconds / 1_000_000 };
  stretches.set(zone, [...known, stretch]);
  return stretch;
}

/** Days since 1970-01-01, and back, in the Gregorian calendar: 400 of its years have 146,097 days. */
function dayNumber(date: LocalDate): number {
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8, 10)].map(Number) as [
    number,
    number,
    number,
  ];
  // Counted from March, so that the day that is sometimes left out comes last.
  const shifted = year - (month <= 2 ? 1 : 0);
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}

/** From the first of March of the year 0. */
const DAYS_TO_1970 = 719_468;

/** How a day in the calendar is called. */
function localDay(number: number): LocalDay {
  const shifted = number + DAYS_TO_1970;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapDays);
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = ((fromMarch + 2) % 12) + 1;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}` as LocalDate;
  // The first of January 1970 was a Thursday.
  return { date, weekday: (((((number + 3) % 7) + 7) % 7) + 1) as Weekday };
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

/** False also when the attempt throws. */
function accepted(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return false;
  }
}
