// One week of a rota copied into another: dated shifts at the same times on the wall, whatever the clocks do in between.
// What would not be right there is left out and told. Copying again copies nothing twice.
import type { VolunteerId } from './ids.ts';
import { addDays, daysBetween, type LocalDate, weeksBetween } from './local-time.ts';
import {
  absenceWindow,
  type DatedShift,
  type DutyWindow,
  type Holidays,
  isInForce,
  type Rota,
  shiftWindow,
  turnsIn,
} from './rota.ts';
import { shiftIdFor } from './shift-ids.ts';

export type LeftOut = {
  readonly date: LocalDate;
  readonly from: number;
  readonly until: number;
  /**
   * `there-already`: at exactly these times she is on duty anyway. `overlaps`: another shift of hers has a part in it.
   * `away`: she is absent then. `was-away`: she was absent in the week that is copied.
   * `skipped`: the clocks leave that hour out. `elsewhere`: for a region that whoever copies may not plan for.
   */
  readonly because: 'there-already' | 'overlaps' | 'away' | 'was-away' | 'skipped' | 'elsewhere';
};

export type WeekCopy = { readonly shifts: readonly DatedShift[]; readonly leftOut: readonly LeftOut[] };

/** Any day of the ISO week that is copied, and of the one into which. Throws on an unknown zone. */
export function copiedWeek(
  { id, rota }: { readonly id: VolunteerId; readonly rota: Rota },
  holidays: Holidays,
  source: LocalDate,
  target: LocalDate,
): WeekCopy {
  const days = 7 * weeksBetween(source, target);
  const judged = shiftsOf(rota, holidays, source).map(shift => {
    const date = addDays(shift.date, days);
    // Its id says what it is a copy of: copied again it takes its own place.
    const copy = { ...shift, id: shiftIdFor(`copy ${id} ${shift.id} ${date}`), date };
    return { copy, because: whyNot(rota, holidays, shift, copy) };
  });
  return {
    shifts: judged.filter(({ because }) => because === null).map(({ copy }) => copy),
    leftOut: judged.flatMap(({ copy: { date, from, until }, because }) =>
      because === null ? [] : [{ date, from, until, because }],
    ),
  };
}

/** Every shift that begins in the week, as if it were a dated one. */
function shiftsOf(rota: Rota, holidays: Holidays, day: LocalDate): readonly DatedShift[] {
  const week = weekOf(day);
  const weekly = rota.weekly.flatMap(shift =>
    week
      .filter(({ weekday, date }) => shift.weekdays.includes(weekday) && isInForce(shift, date, holidays))
      .map(({ date }): DatedShift => {
        const { id, from, until, regions, skills, note } = shift;
        return { id, date, from, until, regions, skills, note };
      }),
  );
  const first = week[0]?.date ?? day;
  const last = week.at(-1)?.date ?? day;
  return [...weekly, ...rota.dated.filter(({ date }) => date >= first && date <= last)];
}

export function weekOf(day: LocalDate) {
  // Every week has a Monday within these seven days.
  return daysBetween(addDays(day, -6), addDays(day, 6)).filter(({ date }) => weeksBetween(day, date) === 0);
}

function whyNot(
  rota: Rota,
  holidays: Holidays,
  shift: DatedShift,
  copy: DatedShift,
): LeftOut['because'] | null {
  const window = shiftWindow(copy, rota.zone);
  if (window.from >= window.until) return 'skipped';
  if (isAway(rota, shiftWindow(shift, rota.zone), 'all')) return 'was-away';
  if (isAway(rota, window, 'some')) return 'away';
  const there = turnsIn(rota, holidays, window.from, window.until).filter(turn => turn.shift.id !== copy.id);
  if (there.some(turn => isSame(turn.window, window))) return 'there-already';
  return there.length > 0 ? 'overlaps' : null;
}

function isAway(rota: Rota, window: DutyWindow, how: 'all' | 'some'): boolean {
  return rota.absences.some(absence => {
    const { from, until } = absenceWindow(absence, rota.zone);
    return how === 'all'
      ? from <= window.from && until >= window.until
      : from < window.until && until > window.from;
  });
}

const isSame = (a: DutyWindow, b: DutyWindow): boolean => a.from === b.from && a.until === b.until;
