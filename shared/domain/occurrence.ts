// One single time of a shift: which day, from when until when, and what changes in two rotas when somebody else takes it.
// Must never decide whether it may be taken.
import type { RegionId, ShiftId, SkillId } from './ids.ts';
import type { Instant } from './instant.ts';
import { addDays, type LocalDate, type LocalDateTime, localTimeAt, type MinuteOfDay } from './local-time.ts';
import { absenceWindow, type DutyWindow, type Holidays, turnsIn } from './rota.ts';
import { shiftIdFor } from './shift-ids.ts';
import type { Volunteer } from './volunteer.ts';

export type Occurrence = {
  readonly shiftId: ShiftId;
  /** The day on which it begins, in `zone`. */
  readonly date: LocalDate;
  readonly zone: string;
  readonly from: MinuteOfDay;
  readonly until: MinuteOfDay;
  /** Where whoever takes it answers. */
  readonly regions: readonly RegionId[];
  /** What the shift is for, if it says so; null: whatever its holder can do. */
  readonly skills: readonly SkillId[] | null;
  readonly window: DutyWindow;
};

/** Hers in that time, the next first, without those that an absence covers wholly. */
export function occurrencesOf(
  volunteer: Volunteer,
  holidays: Holidays,
  from: Instant,
  until: Instant,
): readonly Occurrence[] {
  const { rota, region } = volunteer;
  const absences = rota.absences.map(each => absenceWindow(each, rota.zone));
  return turnsIn(rota, holidays, from, until)
    .filter(({ window }) => !absences.some(away => away.from <= window.from && away.until >= window.until))
    .map(({ shift, window }) => ({
      shiftId: shift.id,
      date: localTimeAt(window.from, rota.zone).date,
      zone: rota.zone,
      from: shift.from,
      until: shift.until,
      regions: shift.regions ?? [region],
      skills: shift.skills,
      window,
    }))
    .sort((a, b) => a.window.from - b.window.from || (a.shiftId < b.shiftId ? -1 : 1));
}

/** As her rota has it now; null: no longer, or at other times. */
export function stillHers(
  volunteer: Volunteer,
  holidays: Holidays,
  { shiftId, window }: Occurrence,
): Occurrence | null {
  const found = occurrencesOf(volunteer, holidays, window.from, window.until);
  const same = found.find(each => each.shiftId === shiftId && each.window.from === window.from);
  return same?.window.until === window.until ? same : null;
}

export const isSame = (one: Occurrence, other: Occurrence): boolean =>
  one.shiftId === other.shiftId && one.date === other.date;

const absenceIdOf = ({ shiftId, date }: Occurrence): ShiftId => shiftIdFor(`given ${shiftId} ${date}`);

/** She is not there for this one time. */
export function without(volunteer: Volunteer, occurrence: Occurrence): Volunteer {
  const { date, from, until } = occurrence;
  const endDate = until <= from ? addDays(date, 1) : date;
  const id = absenceIdOf(occurrence);
  const absence = { id, from: dateTime(date, from), until: dateTime(endDate, until), note: null };
  const others = volunteer.rota.absences.filter(each => each.id !== id);
  return { ...volunteer, rota: { ...volunteer.rota, absences: [...others, absence] } };
}

/** What `without` has done is undone. */
export function withAgain(volunteer: Volunteer, occurrence: Occurrence): Volunteer {
  const absences = volunteer.rota.absences.filter(({ id }) => id !== absenceIdOf(occurrence));
  return { ...volunteer, rota: { ...volunteer.rota, absences } };
}

/** The same time, on her own clock, as a shift of her own. */
export function takingOver(volunteer: Volunteer, occurrence: Occurrence): Volunteer {
  const { shiftId, date, skills, regions, window } = occurrence;
  const { rota, region } = volunteer;
  const isAtHome = regions.length === 1 && regions[0] === region;
  const shift = {
    id: shiftIdFor(`taken ${shiftId} ${date}`),
    ...hoursIn(rota.zone, occurrence),
    regions: isAtHome ? null : regions,
    skills,
    note: null,
  };
  const dated = rota.dated.filter(({ id }) => id !== shift.id);
  // She may have given the very same time away before.
  const absences = rota.absences.filter(each => !isJust(absenceWindow(each, rota.zone), window));
  return { ...volunteer, rota: { ...rota, dated: [...dated, shift], absences } };
}

const isJust = (one: DutyWindow, other: DutyWindow): boolean =>
  one.from === other.from && one.until === other.until;

function hoursIn(zone: string, { zone: own, date, from, until, window }: Occurrence) {
  if (zone === own) return { date, from, until };
  const [begins, ends] = [localTimeAt(window.from, zone), localTimeAt(window.until, zone)];
  return { date: begins.date, from: begins.minuteOfDay, until: ends.minuteOfDay };
}

function dateTime(date: LocalDate, minuteOfDay: MinuteOfDay): LocalDateTime {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date}T${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}` as LocalDateTime;
}

export const overlap = (one: DutyWindow, other: DutyWindow): boolean =>
  one.from < other.until && other.from < one.until;
