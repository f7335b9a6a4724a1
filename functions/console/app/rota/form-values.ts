// What stands in the form of a shift or absence, and the edit that it makes. Times as a clock shows them.
import type { RegionId, SkillId } from '../../../../shared/domain/ids.ts';
import { addDays, type LocalDate, type Weekday, weekdayOf } from '../../../../shared/domain/local-time.ts';
import type { Absence, DatedShift, WeeklyShift } from '../../../../shared/domain/rota.ts';
import type { RotaEdit } from '../../../../shared/domain/rota-edit.ts';
import type { Draft } from './draft.ts';
import { freshShiftId, fromThenOn, onceEdit, putAbsence, putDated, putWeekly, type Scope } from './edits.ts';
import { clockOf, dateTimeOf, endOf, type Item, minuteOf } from './week.ts';

export type FormValues = {
  readonly kind: Item['kind'];
  readonly scope: Scope;
  readonly date: string;
  readonly from: string;
  /** Of an absence alone. */
  readonly lastDate: string;
  readonly until: string;
  readonly weekdays: readonly number[];
  readonly endsOn: string;
  readonly everyWeeks: number;
  readonly onHolidays: boolean;
  /** None: her own. */
  readonly regions: readonly string[];
  /** None: all of hers. */
  readonly skills: readonly string[];
  readonly note: string;
};

/** Of a bar as it is held just now, or of a new one. */
export function valuesOf({ bar, kind, span, scope }: Draft): FormValues {
  const end = endOf(span);
  const shift = bar !== null && bar.item.kind !== 'absence' ? bar.item.shift : null;
  const weekly = bar?.item.kind === 'weekly' ? bar.item.shift : null;
  const note = shift?.note ?? (bar?.item.kind === 'absence' ? bar.item.absence.note : null);
  return {
    kind,
    scope,
    date: span.date,
    from: clockOf(span.from),
    lastDate: end.date,
    until: clockOf(end.minuteOfDay),
    weekdays: weekly?.weekdays ?? [weekdayOf(span.date)],
    endsOn: weekly?.endsOn ?? '',
    everyWeeks: weekly?.everyWeeks ?? 1,
    onHolidays: weekly?.onHolidays ?? true,
    regions: shift?.regions ?? [],
    skills: shift?.skills ?? [],
    note: note ?? '',
  };
}

export type Lacking = 'date' | 'times' | 'weekdays' | 'backwards';

/** Null: nothing that the page could know. */
export function lackingIn({
  kind,
  scope,
  date,
  from,
  until,
  lastDate,
  weekdays,
}: FormValues): Lacking | null {
  if (date === '' || (kind === 'absence' && lastDate === '')) return 'date';
  if (from === '' || until === '') return 'times';
  if (kind === 'absence') return `${date}T${from}` < `${lastDate}T${until}` ? null : 'backwards';
  if (from === until) return 'times';
  return kind === 'weekly' && scope === 'from-then-on' && weekdays.length === 0 ? 'weekdays' : null;
}

/** A new shift of every week: its scope is `from-then-on` as well. */
export function editOfForm({ bar }: Draft, values: FormValues): RotaEdit {
  const id = bar?.id ?? freshShiftId();
  if (values.kind === 'absence') return putAbsence({ id, ...absenceOf(values) });
  if (values.kind === 'dated') return putDated({ id, ...datedOf(values) });
  if (bar?.item.kind !== 'weekly')
    return putWeekly({ id, startsOn: values.date as LocalDate, ...weeklyOf(values) });
  const { shift } = bar.item;
  const { date } = bar.span;
  if (values.scope === 'once') return onceEdit(shift, date, datedOf(values));
  return fromThenOn(shift, { ...shift, ...weeklyOf(values) }, date);
}

const orNone = <Value extends string>(list: readonly string[]) =>
  list.length === 0 ? null : (list as Value[]);

const factsOf = ({ regions, skills, note }: FormValues) => ({
  regions: orNone<RegionId>(regions),
  skills: orNone<SkillId>(skills),
  note: note.trim() === '' ? null : note.trim(),
});

const timesOf = ({ from, until }: FormValues) => ({ from: minuteOf(from), until: minuteOf(until) });

function datedOf(values: FormValues): Omit<DatedShift, 'id'> {
  return { date: values.date as LocalDate, ...timesOf(values), ...factsOf(values) };
}

function absenceOf({ date, from, lastDate, until, note }: FormValues): Omit<Absence, 'id'> {
  return {
    from: dateTimeOf(date as LocalDate, minuteOf(from)),
    until: dateTimeOf(lastDate as LocalDate, minuteOf(until)),
    note: note.trim() === '' ? null : note.trim(),
  };
}

function weeklyOf(values: FormValues): Omit<WeeklyShift, 'id' | 'startsOn'> {
  const { weekdays, endsOn, everyWeeks, onHolidays } = values;
  return {
    weekdays: [...weekdays].sort((a, b) => a - b) as Weekday[],
    endsOn: endsOn === '' ? null : (endsOn as LocalDate),
    everyWeeks,
    onHolidays,
    ...timesOf(values),
    ...factsOf(values),
  };
}

/** The shift would end on the day after it begins. */
export const isOvernight = ({ kind, from, until }: FormValues): boolean =>
  kind !== 'absence' && from !== '' && until !== '' && until <= from;

export const dayAfter = (date: string): string => addDays(date as LocalDate, 1);
