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
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return {
    date: local.toPlainDate().toString() as LocalDate,
    weekday: local.dayOfWeek as Weekday,
    minuteOfDay: local.hour * 60 + local.minute,
  };
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as LocalDate;
}

/** Every day from the first to the last, both included; none when the last comes before the first. */
export function daysBetween(first: LocalDate, last: LocalDate): readonly LocalDay[] {
  const days: LocalDay[] = [];
  const end = Temporal.PlainDate.from(last);
  let day = Temporal.PlainDate.from(first);
  while (Temporal.PlainDate.compare(day, end) <= 0) {
    days.push({ date: day.toString() as LocalDate, weekday: day.dayOfWeek as Weekday });
    day = day.add({ days: 1 });
  }
  return days;
}

function resolve(wall: WallTime, zone: string, showing: 'earlier' | 'later'): Instant {
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

/** False also when the attempt throws. */
function accepted(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return false;
  }
}
