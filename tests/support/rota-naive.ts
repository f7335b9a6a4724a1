// Reads a rota the slow and plain way: minute by minute, asking the wall clock of each. It shares no code with
// shared/domain (the clock here is Intl's), so that both can only agree by being right.

import { type Instant, instant } from '../../shared/domain/instant.ts';
import type {
  Absence,
  DatedShift,
  DutyWindow,
  Holidays,
  Rota,
  WeeklyShift,
} from '../../shared/domain/rota.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';

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
export function naiveWindows(rota: Rota, holidays: Holidays, clock: WallClock): readonly DutyWindow[] {
  const windows: DutyWindow[] = [];
  const spans = spansOf(rota, holidays, clock);
  let since: Instant | null = null;
  for (let minute = 0; minute <= clock.shown.length; minute++) {
    const now = instant(clock.startsAt + minute * minuteMs);
    const isOn = minute < clock.shown.length && onAt(spans, clock, minute).length > 0;
    if (isOn && since === null) since = now;
    if (!isOn && since !== null) {
      windows.push({ from: since, until: now });
      since = null;
    }
  }
  return windows;
}

export type OnRota = Pick<Volunteer, 'region' | 'skills'>;
type Named = Pick<Volunteer, 'skills'> & { readonly regions: readonly string[] };

/** Where and for what somebody is on duty in a minute of this clock; null: she is not. */
export function naivePost(
  rota: Rota,
  own: OnRota,
  holidays: Holidays,
  clock: WallClock,
  minute: number,
): Named | null {
  const active = onAt(spansOf(rota, holidays, clock), clock, minute);
  const regions = active.flatMap(({ shift }) => shift.regions ?? [own.region]);
  const skills = own.skills.filter(skill =>
    active.some(({ shift }) => shift.skills === null || shift.skills.includes(skill)),
  );
  return active.length === 0 ? null : { regions: [...new Set(regions)].sort(), skills };
}

type Spans = { readonly shifts: readonly ShiftSpan[]; readonly absences: readonly Span[] };
type ShiftSpan = Span & { readonly shift: WeeklyShift | DatedShift };

function spansOf(rota: Rota, holidays: Holidays, clock: WallClock): Spans {
  const dated = rota.dated.map(shift => ({ ...spanOn(dayOf(shift.date), shift), shift }));
  return {
    shifts: [...weeklySpans(rota, holidays, clock), ...dated],
    absences: rota.absences.map(absenceSpan),
  };
}

/** The shifts that hold her in this minute. */
function onAt({ shifts, absences }: Spans, clock: WallClock, minute: number): readonly ShiftSpan[] {
  const isAway = absences.some(span => isWithin(span, clock, minute));
  return isAway ? [] : shifts.filter(span => isWithin(span, clock, minute));
}

type Span = { readonly from: number; readonly until: number };

/** From the first minute that shows `from` or later, as long as the clock has still to show `until` or earlier. */
function isWithin(span: Span, clock: WallClock, minute: number): boolean {
  const hasBegun = get(clock.latestSoFar, minute) >= span.from;
  const isBeforeEnd = get(clock.shown, minute) < span.until;
  const comesBack = minute + 1 < clock.shown.length && get(clock.earliestToCome, minute + 1) <= span.until;
  return hasBegun && (isBeforeEnd || comesBack);
}

function weeklySpans(rota: Rota, holidays: Holidays, clock: WallClock): readonly ShiftSpan[] {
  const firstDay = Math.floor(get(clock.shown, 0) / minutesPerDay) - 2;
  const lastDay = Math.floor(get(clock.shown, clock.shown.length - 1) / minutesPerDay) + 2;
  const spans: ShiftSpan[] = [];
  const dates = new Set([...holidays].map(dayOf));
  for (let day = firstDay; day <= lastDay; day++) {
    for (const shift of rota.weekly) {
      const tooEarly = shift.startsOn !== null && day < dayOf(shift.startsOn);
      const tooLate = shift.endsOn !== null && day > dayOf(shift.endsOn);
      const isItsDay = shift.weekdays.some(weekday => weekday === isoWeekday(day));
      const isHoliday = !shift.onHolidays && dates.has(day);
      if (isItsDay && isItsWeek(shift, day) && !tooEarly && !tooLate && !isHoliday)
        spans.push({ ...spanOn(day, shift), shift });
    }
  }
  return spans;
}

/** From the Monday of its first week on, as many weeks at a time. */
function isItsWeek({ startsOn, everyWeeks }: WeeklyShift, day: number): boolean {
  if (startsOn === null) return true;
  const first = dayOf(startsOn);
  const monday = first - (isoWeekday(first) - 1);
  return Math.floor((day - monday) / 7) % everyWeeks === 0;
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
