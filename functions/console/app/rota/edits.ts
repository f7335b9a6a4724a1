// What a manager does to a bar, as an edit of the rota: this one time, or every time from then on.
// Must never change what lies before the day that is meant: what was is what reports are about.
import { parseShiftId, type ShiftId } from '../../../../shared/domain/ids.ts';
import {
  addDays,
  daysBetween,
  type LocalDate,
  type Weekday,
  weekdayOf,
} from '../../../../shared/domain/local-time.ts';
import {
  type Absence,
  type DatedShift,
  isInForce,
  type ShiftFacts,
  type WeeklyShift,
} from '../../../../shared/domain/rota.ts';
import { noPut, type RotaEdit } from '../../../../shared/domain/rota-edit.ts';
import { shiftIdFor } from '../../../../shared/domain/shift-ids.ts';
import { absenceTimesOf, type Bar, type Span, timesOf } from './week.ts';

export type Scope = 'once' | 'from-then-on';

export function freshShiftId(): ShiftId {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const id = parseShiftId(`sft_${[...bytes].map(each => each.toString(16).padStart(2, '0')).join('')}`);
  if (id === null) throw new Error('hexadecimal digits are an id');
  return id;
}

const edit = (put: Partial<RotaEdit['put']>, remove: readonly ShiftId[] = []): RotaEdit => ({
  put: { ...noPut, ...put },
  remove,
});

export const putDated = (shift: DatedShift): RotaEdit => edit({ dated: [shift] });
export const putAbsence = (absence: Absence): RotaEdit => edit({ absences: [absence] });
export const putWeekly = (shift: WeeklyShift): RotaEdit => edit({ weekly: [shift] });

/** It lies at another time. */
export function spanEdit({ item, id, span: before }: Bar, span: Span, scope: Scope): RotaEdit {
  switch (item.kind) {
    case 'absence':
      return putAbsence({ ...item.absence, ...absenceTimesOf(span) });
    case 'dated':
      return putDated({ ...item.shift, ...timesOf(span) });
    case 'weekly': {
      const { from, until } = timesOf(span);
      if (scope === 'once')
        return onceEdit(item.shift, before.date, { ...timesOf(span), ...factsOf(item.shift) });
      const weekdays = withDayMoved(item.shift.weekdays, before.date, span.date);
      return fromThenOn(item.shift, { ...item.shift, id, from, until, weekdays }, before.date, span.date);
    }
  }
}

const factsOf = ({ regions, skills, note }: WeeklyShift) => ({ regions, skills, note });

/** This one time is as said, and all others stay. */
export function onceEdit(shift: WeeklyShift, date: LocalDate, instead: Omit<DatedShift, 'id'>): RotaEdit {
  const parts = withoutDay(shift, date);
  return edit(
    { weekly: parts, dated: [{ ...instead, id: partId('once', shift, date) }] },
    goneOf(shift, parts),
  );
}

/** It is as said from that time on. `date`: when the first of them began; `to`: when it is to. */
export function fromThenOn(
  before: WeeklyShift,
  after: WeeklyShift,
  date: LocalDate,
  to: LocalDate = date,
): RotaEdit {
  const cut = to < date ? to : date;
  // Weeks that are counted are counted from the week of its first day.
  const startsOn = after.everyWeeks > 1 ? to : cut;
  const past = held({ ...before, id: partId('before', before, cut), endsOn: addDays(cut, -1) });
  const isFromItsBeginning = past.length === 0 && after.startsOn !== null && after.startsOn < startsOn;
  return edit({ weekly: [...past, isFromItsBeginning ? after : { ...after, startsOn }] });
}

export function removal({ item, id, span }: Bar, scope: Scope): RotaEdit {
  if (item.kind !== 'weekly') return edit({}, [id]);
  const parts =
    scope === 'once'
      ? withoutDay(item.shift, span.date)
      : held({ ...item.shift, endsOn: addDays(span.date, -1) });
  return edit({ weekly: parts }, goneOf(item.shift, parts));
}

/** Made of what it is a part of: whoever parts the same shift at the same day makes the same parts, and no doubles. */
const partId = (part: 'once' | 'before', { id }: WeeklyShift, date: LocalDate): ShiftId =>
  shiftIdFor(`${part} ${id} ${date}`);

const goneOf = ({ id }: WeeklyShift, parts: readonly WeeklyShift[]): readonly ShiftId[] =>
  parts.some(part => part.id === id) ? [] : [id];

/** Before that day, and after it. What comes after keeps the name: swaps are of times ahead. */
function withoutDay(shift: WeeklyShift, date: LocalDate): readonly WeeklyShift[] {
  // The day after a Sunday is of another week: the next one that counts is so many weeks later.
  const next = addDays(date, weekdayOf(date) === 7 ? 1 + 7 * (shift.everyWeeks - 1) : 1);
  const after = held({ ...shift, startsOn: next });
  const id = after.length === 0 ? shift.id : partId('before', shift, date);
  return [...held({ ...shift, id, endsOn: addDays(date, -1) }), ...after];
}

/** None when it would never be held. */
function held(shift: WeeklyShift): readonly WeeklyShift[] {
  const { startsOn, endsOn, weekdays } = shift;
  if (startsOn === null || endsOn === null) return [shift];
  if (endsOn < startsOn) return [];
  // After eight weeks each pattern has come round.
  const last = endsOn < addDays(startsOn, 56) ? endsOn : addDays(startsOn, 56);
  const days = daysBetween(startsOn, last);
  const isHeld = days.some(
    ({ date, weekday }) => weekdays.includes(weekday) && isInForce(shift, date, new Set()),
  );
  return isHeld ? [shift] : [];
}

function withDayMoved(weekdays: readonly Weekday[], from: LocalDate, to: LocalDate): readonly Weekday[] {
  const [before, after] = [weekdayOf(from), weekdayOf(to)];
  return [...new Set(weekdays.map(day => (day === before ? after : day)))].sort((a, b) => a - b);
}

export const plainFacts: Omit<ShiftFacts, 'id'> = { regions: null, skills: null, note: null };
