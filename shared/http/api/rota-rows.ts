// One row of a rota file: a shift or an absence of one volunteer, to put or to take out. What a row says is read by the very
// schemas that a single shift is read by. Must never depend on the order of the rows.
import type { TableProblem, TableRow } from '../../app/csv-table.ts';
import { parseShiftId, parseVolunteerId, type ShiftId, type VolunteerId } from '../../domain/ids.ts';
import type { Rota } from '../../domain/rota.ts';
import { noPut } from '../../domain/rota-edit.ts';
import { shiftIdFor } from '../../domain/shift-ids.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { showClockTime } from './fields.ts';
import { fieldProblems } from './problem.ts';
import { absenceSchema, putOf, shiftSchema } from './shift-shapes.ts';

export const rotaColumns = [
  'volunteer_id',
  'name',
  'kind',
  'shift_id',
  'weekdays',
  'date',
  'from',
  'until',
  'starts_on',
  'ends_on',
  'every_weeks',
  'on_holidays',
  'regions',
  'skills',
  'note',
  'remove',
] as const;
type Column = (typeof rotaColumns)[number];
export const neededColumns: readonly Column[] = ['volunteer_id', 'kind', 'from', 'until'];

export const aboutRotaFiles = [
  'One row a shift or absence, in any order; by commas or semicolons, UTF-8, at most 10,000 rows.',
  '`kind`: `weekly`, `dated` or `absence`. `weekdays`: `1 3 5`, 1 is Monday. `from`, `until`: `22:00`; of an absence',
  '`2026-12-24T00:00`. `regions`, `skills`: ids with blanks between; empty: her own; `(none)`: no particular skill.',
  '`name` is for whoever reads the file, and not read again.',
  '`on_holidays`: `yes` (or empty) or `no`. `shift_id`: which shift it is; empty: the one with these very times, new',
  'or not, so that a file may be sent again. `remove`: `yes` takes it out.',
].join(' ');

export type RotaRow = {
  readonly row: number;
  readonly volunteerId: VolunteerId;
  readonly id: ShiftId;
  /** Null: take it out. */
  readonly put: typeof noPut | null;
};
export type ReadRow = RotaRow | { readonly problems: readonly TableProblem[] };

const NO_SKILL = '(none)';

export function readRotaRow({ row, values }: TableRow): ReadRow {
  const text = (column: Column): string => values.get(column) ?? '';
  const refuse = (column: Column, problem: string): ReadRow => ({ problems: [{ row, column, problem }] });
  const volunteerId = parseVolunteerId(text('volunteer_id'));
  if (volunteerId === null) return refuse('volunteer_id', 'is not the id of a volunteer, as vol_aigul');
  const given = text('shift_id') === '' ? null : parseShiftId(text('shift_id'));
  if (given === null && text('shift_id') !== '')
    return refuse('shift_id', 'is not the id of a shift, as sft_1');
  if (!['', 'no', 'yes'].includes(text('remove'))) return refuse('remove', 'is neither yes nor no');
  const isRemoved = text('remove') === 'yes';
  if (isRemoved && given !== null) return { row, volunteerId, id: given, put: null };
  const outcome = readItem(text, timesOf(volunteerId, text), given);
  if ('errors' in outcome)
    return {
      problems: outcome.errors.map(({ path, problem }) => ({ row, column: columnOf(path), problem })),
    };
  return { row, volunteerId, id: outcome.id, put: isRemoved ? null : outcome.put };
}

type Item =
  | { readonly id: ShiftId; readonly put: typeof noPut }
  | { readonly errors: readonly { readonly path: string; readonly problem: string }[] };

function readItem(text: (column: Column) => string, id: ShiftId, given: ShiftId | null): Item {
  const own = given ?? id;
  const note = text('note') === '' ? null : text('note');
  if (text('kind') === 'absence') {
    const sent = absenceSchema.safeParse({ from: text('from'), until: text('until'), note });
    return sent.success
      ? { id: own, put: { ...noPut, absences: [{ id: own, ...sent.data }] } }
      : { errors: fieldProblems(sent.error) };
  }
  const sent = shiftSchema.safeParse({
    kind: text('kind'),
    from: text('from'),
    until: text('until'),
    note,
    regions: text('regions') === '' ? null : words(text('regions')),
    skills: skillsIn(text('skills')),
    ...(text('kind') === 'weekly' ? weeksIn(text) : { date: text('date') }),
  });
  return sent.success ? { id: own, put: putOf(sent.data, own) } : { errors: fieldProblems(sent.error) };
}

const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter(word => word !== '');
const wholeOr = (text: string, usual: number): number | string =>
  text === '' ? usual : /^\d{1,3}$/.test(text) ? Number(text) : text;

function skillsIn(text: string): readonly string[] | null {
  if (text === '') return null;
  return text === NO_SKILL ? [] : words(text);
}

function weeksIn(text: (column: Column) => string) {
  const answers: Readonly<Record<string, boolean>> = { '': true, yes: true, no: false };
  const said = text('on_holidays');
  return {
    weekdays: words(text('weekdays')).map(day => wholeOr(day, 0)),
    startsOn: text('starts_on') || null,
    endsOn: text('ends_on') || null,
    everyWeeks: wholeOr(text('every_weeks'), 1),
    onHolidays: Object.hasOwn(answers, said) ? answers[said] : said,
  };
}

/** Two rows with the same times are the same shift, whatever else they say. */
function timesOf(volunteerId: VolunteerId, text: (column: Column) => string): ShiftId {
  const days = words(text('weekdays')).toSorted().join(' ');
  const times = (['kind', 'date', 'from', 'until', 'starts_on', 'ends_on', 'every_weeks'] as const).map(text);
  return shiftIdFor(['file', volunteerId, days, ...times].join('|'));
}

/** `weekdays[1]` is of the column `weekdays`, `startsOn` of `starts_on`. */
export function columnOf(path: string): string {
  const [name = ''] = path.split(/[.[]/);
  return name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

const nothing: Readonly<Record<Column, string>> = Object.fromEntries(
  rotaColumns.map(column => [column, '']),
) as Record<Column, string>;

/** What a file says of her rota; without notes or her name for whoever may not read them. */
export function rotaRowsOf(
  { id, name, rota }: Pick<Volunteer, 'id' | 'name' | 'rota'>,
  { notes, names }: { readonly notes: boolean; readonly names: boolean },
) {
  const of = (each: { readonly id: ShiftId; readonly note: string | null }) => ({
    ...nothing,
    volunteer_id: id,
    name: names ? name : '',
    shift_id: each.id,
    note: notes ? (each.note ?? '') : '',
  });
  const place = ({ regions, skills }: Rota['dated'][number] | Rota['weekly'][number]) => ({
    regions: regions?.join(' ') ?? '',
    skills: skills === null ? '' : skills.length === 0 ? NO_SKILL : skills.join(' '),
  });
  const times = ({ from, until }: { readonly from: number; readonly until: number }) => ({
    from: showClockTime(from),
    until: showClockTime(until),
  });
  return [
    ...rota.weekly.map(each => ({
      ...of(each),
      ...place(each),
      ...times(each),
      kind: 'weekly',
      weekdays: each.weekdays.join(' '),
      starts_on: each.startsOn ?? '',
      ends_on: each.endsOn ?? '',
      every_weeks: String(each.everyWeeks),
      on_holidays: each.onHolidays ? 'yes' : 'no',
    })),
    ...rota.dated.map(each => ({
      ...of(each),
      ...place(each),
      ...times(each),
      kind: 'dated',
      date: each.date,
    })),
    ...rota.absences.map(each => ({ ...of(each), kind: 'absence', from: each.from, until: each.until })),
  ];
}
