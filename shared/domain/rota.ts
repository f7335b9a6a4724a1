// When a volunteer is on duty: weekly shifts, dated shifts and absences, all in local wall time, read as windows
// in UTC. How a wall time that is skipped or shown twice is read stands in local-time.ts.
// Must never know who the volunteer is, nor what the time is now: the caller says.
import type { RegionId, ShiftId, SkillId } from './ids.ts';
import { addSeconds, type Instant, instant } from './instant.ts';
import {
  addDays,
  daysBetween,
  endInstant,
  type LocalDate,
  type LocalDateTime,
  type LocalDay,
  localTimeAt,
  type MinuteOfDay,
  startInstant,
  type Weekday,
  wallTimeOf,
  weeksBetween,
} from './local-time.ts';

export type { LocalDate, LocalDateTime, MinuteOfDay, Weekday } from './local-time.ts';

/** Every week: begins on these days at `from` and ends at the next `until` on the clock (overnight when `until` <= `from`). */
export type WeeklyPattern = {
  readonly weekdays: readonly Weekday[];
  readonly from: MinuteOfDay;
  readonly until: MinuteOfDay;
};

/** What every shift says besides its times. */
export type ShiftFacts = {
  /** Unique in its rota; the same for as long as the shift is there. */
  readonly id: ShiftId;
  /** Where she answers in it; null: in her own region. */
  readonly regions: readonly RegionId[] | null;
  /** What she offers in it, of what she can do; null: all of that. */
  readonly skills: readonly SkillId[] | null;
  /** For managers and herself; null: none. */
  readonly note: string | null;
};

/** A weekly pattern that holds for shifts beginning from `startsOn` to `endsOn`, both included; null: no limit. */
export type WeeklyShift = WeeklyPattern &
  ShiftFacts & {
    readonly startsOn: LocalDate | null;
    readonly endsOn: LocalDate | null;
    /** In every so many weeks, counted from the ISO week of `startsOn`; 1: in each. */
    readonly everyWeeks: number;
    /** False: not on a day that is a public holiday when it begins. */
    readonly onHolidays: boolean;
  };

/** Once: begins on `date` at `from` and ends at the next `until` on the clock (overnight when `until` <= `from`). */
export type DatedShift = ShiftFacts & {
  readonly date: LocalDate;
  readonly from: MinuteOfDay;
  readonly until: MinuteOfDay;
};

/** Off duty, whatever shift there is. */
export type Absence = {
  readonly id: ShiftId;
  readonly from: LocalDateTime;
  readonly until: LocalDateTime;
  readonly note: string | null;
};

/** The public holidays, as days of the calendar wherever somebody is. */
export type Holidays = ReadonlySet<LocalDate>;

export type Rota = {
  /** IANA zone, as `Asia/Almaty`. */
  readonly zone: string;
  readonly weekly: readonly WeeklyShift[];
  readonly dated: readonly DatedShift[];
  readonly absences: readonly Absence[];
};

/** On duty from `from`, off duty at `until`. */
export type DutyWindow = { readonly from: Instant; readonly until: Instant };

// A shift lasts a day at most: two days before and after find every shift that counts.
const nearDays = 2;
// Shifts that touch are one window. A week on call, written as such shifts, is still seen whole.
const stretchDays = 8;

/**
 * The windows of duty that have a part in `from` (included) to `until` (excluded), in order, none touching another.
 * They are reported whole: the first may begin before `from`, the last end after `until`. Only a stretch that goes
 * on for more than about a week before or after is cut there, at the boundary of one of its shifts.
 * A shift whose `from` equals its `until`, which rota-rules.ts refuses, is read as a whole day. Throws on an unknown
 * zone and on minutes that are no time of the day.
 */
export function dutyWindows(
  rota: Rota,
  holidays: Holidays,
  from: Instant,
  until: Instant,
): readonly DutyWindow[] {
  if (from >= until) return [];
  const overlaps = (window: DutyWindow) => window.from < until && window.until > from;
  const around = (marginDays: number) => {
    const shifts = shiftsAround(rota, holidays, { from, until }, marginDays).map(({ window }) => window);
    return absencesAround(rota, { from, until }, marginDays).reduce(without, merged(shifts));
  };
  // Most people are off duty most of the time: a short look tells, and spares the long one.
  if (!around(nearDays).some(overlaps)) return [];
  return around(stretchDays).filter(overlaps);
}

/** The window of duty around an instant; null: off duty. */
export function dutyAt(rota: Rota, holidays: Holidays, now: Instant): DutyWindow | null {
  return dutyWindows(rota, holidays, now, instant(now + 1))[0] ?? null;
}

/** The next instant after `now` at which duty begins or ends; null when nothing changes for `horizonDays` times 24 hours. */
export function nextDutyChange(
  rota: Rota,
  holidays: Holidays,
  now: Instant,
  horizonDays: number,
): Instant | null {
  const horizon = addSeconds(now, horizonDays * 24 * 3600);
  const changes = dutyWindows(rota, holidays, now, horizon).flatMap(window => [window.from, window.until]);
  // Windows come in order and never touch, so their ends are in order too.
  return changes.find(change => change > now && change < horizon) ?? null;
}

/** One time that somebody is to be there, as `shift` says; whether she is absent then is not looked at. */
export type Turn = { readonly shift: WeeklyShift | DatedShift; readonly window: DutyWindow };

/**
 * Each single time of each shift that has a part in `from` (included) to `until` (excluded), whole; without those that
 * lie in an hour that the clocks skip. In no order. Throws as `dutyWindows` does.
 */
export function turnsIn(rota: Rota, holidays: Holidays, from: Instant, until: Instant): readonly Turn[] {
  return shiftsAround(rota, holidays, { from, until }, nearDays).filter(
    ({ window }) => window.from < window.until && window.from < until && window.until > from,
  );
}

/** The windows of one weekly pattern that begin on one of these days. Throws on an unknown zone. */
export function patternWindows(
  pattern: WeeklyPattern,
  zone: string,
  days: readonly LocalDay[],
): readonly DutyWindow[] {
  return days
    .filter(day => pattern.weekdays.includes(day.weekday))
    .map(day => shiftWindow({ date: day.date, from: pattern.from, until: pattern.until }, zone));
}

/** When a shift of that day and those times begins and ends; empty or backwards when the clocks skip all of it. */
export function shiftWindow(
  shift: { readonly date: LocalDate; readonly from: MinuteOfDay; readonly until: MinuteOfDay },
  zone: string,
): DutyWindow {
  const endDate = shift.until <= shift.from ? addDays(shift.date, 1) : shift.date;
  return {
    from: startInstant({ date: shift.date, minuteOfDay: shift.from }, zone),
    until: endInstant({ date: endDate, minuteOfDay: shift.until }, zone),
  };
}

/** The instants from and until which she is away. */
export function absenceWindow({ from, until }: Pick<Absence, 'from' | 'until'>, zone: string): DutyWindow {
  return { from: startInstant(wallTimeOf(from), zone), until: endInstant(wallTimeOf(until), zone) };
}

/** Whether a shift is held that would begin on this day, were it one of its weekdays. */
export function isInForce(shift: WeeklyShift, date: LocalDate, holidays: Holidays): boolean {
  return (
    (shift.startsOn === null || date >= shift.startsOn) &&
    (shift.endsOn === null || date <= shift.endsOn) &&
    (shift.onHolidays || !holidays.has(date)) &&
    (shift.startsOn === null ||
      shift.everyWeeks === 1 ||
      weeksBetween(shift.startsOn, date) % shift.everyWeeks === 0)
  );
}

/** Every single shift that begins up to `marginDays` before and after the given time, and how long it lasts. */
function shiftsAround(
  rota: Rota,
  holidays: Holidays,
  { from, until }: DutyWindow,
  marginDays: number,
): readonly Turn[] {
  const first = addDays(localTimeAt(from, rota.zone).date, -marginDays);
  const last = addDays(localTimeAt(until, rota.zone).date, marginDays);
  const days = daysBetween(first, last);
  const weekly = rota.weekly.flatMap(shift => {
    const held = days.filter(({ date }) => isInForce(shift, date, holidays));
    return patternWindows(shift, rota.zone, held).map(window => ({ shift, window }));
  });
  const dated = rota.dated
    .filter(shift => shift.date >= first && shift.date <= last)
    .map(shift => ({ shift, window: shiftWindow(shift, rota.zone) }));
  return [...weekly, ...dated];
}

function absencesAround(rota: Rota, { from, until }: DutyWindow, marginDays: number): readonly DutyWindow[] {
  const first = addDays(localTimeAt(from, rota.zone).date, -marginDays);
  // The last shift may go on for a day, and a shown time may be twice.
  const end = addDays(localTimeAt(until, rota.zone).date, marginDays + 2);
  return rota.absences
    .filter(absence => wallTimeOf(absence.until).date >= first && wallTimeOf(absence.from).date <= end)
    .map(absence => absenceWindow(absence, rota.zone));
}

/** In order, those that touch or overlap as one, without empty ones (a shift may lie in the skipped hour altogether). */
export function merged(windows: readonly DutyWindow[]): readonly DutyWindow[] {
  const inOrder = windows.filter(window => window.from < window.until).sort((a, b) => a.from - b.from);
  const joined: DutyWindow[] = [];
  for (const window of inOrder) {
    const before = joined.at(-1);
    if (before === undefined || before.until < window.from) {
      joined.push(window);
    } else if (before.until < window.until) {
      joined[joined.length - 1] = { from: before.from, until: window.until };
    }
  }
  return joined;
}

/** What is left of the windows outside one absence; a window around it becomes two. */
export function without(windows: readonly DutyWindow[], absence: DutyWindow): readonly DutyWindow[] {
  if (absence.from >= absence.until) return windows;
  return windows.flatMap(window => {
    if (absence.until <= window.from || absence.from >= window.until) return [window];
    const parts = [
      { from: window.from, until: absence.from },
      { from: absence.until, until: window.until },
    ];
    return parts.filter(part => part.from < part.until);
  });
}
