// Reads a rota the slow and plain way: minute by minute, asking the wall clock of each. It shares no code with
// shared/domain (the clock here is Intl's), so that both can only agree by being right.

import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Absence, DutyWindow, Rota } from '../../shared/domain/rota.ts';

const minuteMs = 60_000;
const minutesPerDay = 1440;
/** Clocks change at a quarter of an hour in every zone since 2012. */
const sampleMinutes = 15;

/** What the wall clock shows, as minutes from 1970-01-01T00:00 on that wall, for each minute of a stretch of time. */
export type WallClock = {
  readonly startsAt: Instant;
  readonly shown: readonly number[];
  /** The latest time shown up to each minute, and the earliest shown from each minute on. */
  readonly latestSoFar: readonly number[];
  readonly earliestToCome: readonly number[];
};

export function wallClock(zone: string, startsAt: Instant, minutes: number): WallClock {
  const shown: number[] = [];
  for (let passed = 0; passed < minutes; passed += sampleMinutes) {
    const first = shownAt(startsAt + passed * minuteMs, zone);
    for (let more = 0; more < sampleMinutes; more++) shown.push(first + more);
  }
  const latestSoFar = [...shown];
  for (let i = 1; i < shown.length; i++) latestSoFar[i] = Math.max(get(shown, i), get(latestSoFar, i - 1));
  const earliestToCome = [...shown];
  for (let i = shown.length - 2; i >= 0; i--) {
    earliestToCome[i] = Math.min(get(shown, i), get(earliestToCome, i + 1));
  }
  return { startsAt, shown, latestSoFar, earliestToCome };
}

/** The windows of duty within the stretch of time of this clock, cut at its two ends. */
export function naiveWindows(rota: Rota, clock: WallClock): readonly DutyWindow[] {
  const shifts = [...weeklySpans(rota, clock), ...rota.dated.map(shift => spanOn(dayOf(shift.date), shift))];
  const absences = rota.absences.map(absenceSpan);
  const windows: DutyWindow[] = [];
  let since: Instant | null = null;
  for (let minute = 0; minute <= clock.shown.length; minute++) {
    const now = instant(clock.startsAt + minute * minuteMs);
    const isOn =
      minute < clock.shown.length &&
      shifts.some(span => isWithin(span, clock, minute)) &&
      !absences.some(span => isWithin(span, clock, minute));
    if (isOn && since === null) since = now;
    if (!isOn && since !== null) {
      windows.push({ from: since, until: now });
      since = null;
    }
  }
  return windows;
}

type Span = { readonly from: number; readonly until: number };

/** From the first minute that shows `from` or later, as long as the clock has still to show `until` or earlier. */
function isWithin(span: Span, clock: WallClock, minute: number): boolean {
  const hasBegun = get(clock.latestSoFar, minute) >= span.from;
  const isBeforeEnd = get(clock.shown, minute) < span.until;
  const comesBack = minute + 1 < clock.shown.length && get(clock.earliestToCome, minute + 1) <= span.until;
  return hasBegun && (isBeforeEnd || comesBack);
}

function weeklySpans(rota: Rota, clock: WallClock): readonly Span[] {
  const firstDay = Math.floor(get(clock.shown, 0) / minutesPerDay) - 2;
  const lastDay = Math.floor(get(clock.shown, clock.shown.length - 1) / minutesPerDay) + 2;
  const spans: Span[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    for (const shift of rota.weekly) {
      const tooEarly = shift.startsOn !== null && day < dayOf(shift.startsOn);
      const tooLate = shift.endsOn !== null && day > dayOf(shift.endsOn);
      const isItsDay = shift.weekdays.some(weekday => weekday === isoWeekday(day));
      if (isItsDay && !tooEarly && !tooLate) spans.push(spanOn(day, shift));
    }
  }
  return spans;
}

function spanOn(day: number, times: Span): Span {
  const from = day * minutesPerDay + times.from;
  const until = day * minutesPerDay + times.until;
  return { from, until: until > from ? until : until + minutesPerDay };
}

function absenceSpan(absence: Absence): Span {
  return {
    from: Date.parse(`${absence.from}Z`) / minuteMs,
    until: Date.parse(`${absence.until}Z`) / minuteMs,
  };
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00Z`) / minuteMs / minutesPerDay;
}

/** 1970-01-01 was a Thursday. */
function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function shownAt(epochMs: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  const [day, month, year, hour, minute] = (format.format(epochMs).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute) / minuteMs;
}

function get(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`nothing at ${index}`);
  return value;
}
