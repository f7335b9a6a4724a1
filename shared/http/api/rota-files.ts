// Rotas as a file: written for spreadsheets, read with every row judged before any is stored.
// Must never store a part of a file that has a problem: all of it, volunteer by volunteer, or none.
import { z } from '@hono/zod-openapi';
import { readTable, type TableProblem, writeTable } from '../../app/csv-table.ts';
import { sideBySide } from '../../app/side-by-side.ts';
import { may, sees } from '../../domain/access.ts';
import type { ShiftId, VolunteerId } from '../../domain/ids.ts';
import { holidaysOf } from '../../domain/network.ts';
import type { Rota } from '../../domain/rota.ts';
import { warningsOf } from '../../domain/rota-doubts.ts';
import { itemsOf, type RotaEdit, withEdit } from '../../domain/rota-edit.ts';
import type { Problems } from '../../domain/rule-parts.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { fields } from './fields.ts';
import { beginJob, jobSchema, shownJob } from './jobs.ts';
import { problem, problems } from './problem.ts';
import {
  aboutRotaFiles,
  columnOf,
  neededColumns,
  type RotaRow,
  readRotaRow,
  rotaColumns,
  rotaRowsOf,
} from './rota-rows.ts';
import { problemsIn, readsNotes } from './rota-writes.ts';

const csv = 'text/csv';
const told = z.array(z.object({ row: z.number().int(), column: z.string(), problem: z.string() }));
const reportSchema = z
  .object({
    rows: z.number().int(),
    volunteers: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    removed: z.number().int(),
    problems: told.openapi({ description: 'With any of them nothing is stored. The header is row 1' }),
    warnings: told.openapi({ description: 'What is odd, and is stored all the same' }),
    job: jobSchema.nullable(),
  })
  .openapi('RotaImport');
const json = { 'application/json': { schema: reportSchema } };

const exportRotas = declared({
  method: 'get',
  path: '/v1/rotas.csv',
  operationId: 'exportRotas',
  summary: 'The rotas of the volunteers that are yours, as a file that importRotas takes',
  tag: 'rota',
  permission: 'rota:read',
  lies: 'answers-own',
  request: { query: z.strictObject({ region: fields.regionId.optional() }) },
  responses: {
    200: { description: aboutRotaFiles, content: { [csv]: { schema: z.string() } } },
    ...problems,
  },
});
const importRotas = declared({
  method: 'post',
  path: '/v1/rota-imports',
  operationId: 'importRotas',
  summary: 'Puts what a file says into rotas; shifts that it does not name stay',
  description: aboutRotaFiles,
  tag: 'rota',
  permission: 'rota:write',
  lies: 'answers-own',
  request: {
    query: z.strictObject({ dryRun: fields.dryRun, overlaps: fields.overlaps }),
    body: { required: true, content: { [csv]: { schema: z.string() } } },
  },
  responses: {
    200: {
      description: 'With dryRun, or nothing to change: what it says and what is wrong with it',
      content: json,
    },
    202: { description: 'Begun, and perhaps done already', content: json },
    ...problems,
  },
});

/** API Gateway hands out six megabytes. */
const FILE_AT_MOST = 5_000_000;

export function rotaFiles(api: Api): void {
  api.add(exportRotas, async c => {
    const { networks, registry } = c.var.context.ports;
    const { region } = c.req.valid('query');
    const { regions } = await networks.network();
    const own = regions.filter(({ id }) => sees(c.var.actor, id) && (region === undefined || id === region));
    const listed = await Promise.all(own.map(({ id }) => registry.volunteers(id)));
    const read = { notes: readsNotes(c), names: may(c.var.actor, 'volunteers:read') };
    const rows = listed.flat().flatMap(volunteer => rotaRowsOf(volunteer, read));
    const file = writeTable(rotaColumns, rows);
    if (file.length > FILE_AT_MOST)
      return problem(c, 'too-large', { detail: 'Ask for one region at a time.' });
    c.header('content-disposition', 'attachment; filename="rotas.csv"');
    return c.body(file, 200, { 'content-type': `${csv}; charset=utf-8` });
  });
  api.add(importRotas, async c => {
    if (!(c.req.header('content-type') ?? '').startsWith(csv))
      return problem(c, 'wrong-media-type', { detail: 'Send text/csv.' });
    const isDry = c.req.valid('query').dryRun === 'true';
    const plan = await planOf(c, new Uint8Array(await c.req.arrayBuffer()));
    const { edits, regions, ...report } = plan;
    if (isDry || (report.problems.length === 0 && edits.length === 0))
      return c.json({ ...report, job: null }, 200);
    if (report.problems.length > 0)
      return problem(c, 'invalid-request', { errors: errorsOf(report.problems) });
    const job = await beginJob(c, { kind: 'rota-import', regions }, edits);
    return c.json({ ...report, job: await shownJob(c, job) }, 202);
  });
}

const ERRORS_AT_MOST = 100;
const errorsOf = (found: readonly TableProblem[]) =>
  found.slice(0, ERRORS_AT_MOST).map(({ row, column, problem: clause }) => ({
    path: `row[${row}]${column && `.${column}`}`,
    problem: clause,
  }));

type Plan = {
  readonly rows: number;
  readonly volunteers: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly problems: TableProblem[];
  readonly warnings: TableProblem[];
  readonly edits: readonly { readonly volunteerId: VolunteerId; readonly edit: RotaEdit }[];
  readonly regions: readonly Volunteer['region'][];
};
const nothing: Plan = {
  ...{ rows: 0, volunteers: 0, added: 0, changed: 0, unchanged: 0, removed: 0 },
  ...{ problems: [], warnings: [], edits: [], regions: [] },
};

async function planOf(c: ApiC, bytes: Uint8Array): Promise<Plan> {
  const table = readTable(bytes, rotaColumns, neededColumns);
  if ('problems' in table) return { ...nothing, problems: [...table.problems] };
  const read = table.rows.map(readRotaRow);
  const rows = read.flatMap(each => ('problems' in each ? [] : [each]));
  const wrong = read.flatMap(each => ('problems' in each ? each.problems : []));
  const byVolunteer = grouped(rows, ({ volunteerId }) => volunteerId);
  const parts = await partsOf(c, byVolunteer);
  const sum = (of: (part: Part) => number) => parts.reduce((all, part) => all + of(part), 0);
  const inOrder = (all: readonly TableProblem[]) => all.toSorted((a, b) => a.row - b.row);
  return {
    rows: table.rows.length,
    volunteers: byVolunteer.size,
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    unchanged: sum(({ unchanged }) => unchanged),
    removed: sum(({ removed }) => removed),
    problems: inOrder([...wrong, ...parts.flatMap(part => part.problems)]),
    warnings: inOrder(parts.flatMap(part => part.warnings)),
    edits: parts.flatMap(({ edit, added, changed, removed, volunteerId }) =>
      added + changed + removed > 0 ? [{ volunteerId, edit }] : [],
    ),
    regions: [...new Set(parts.flatMap(({ region }) => region ?? []))],
  };
}

function grouped<Item, Name>(items: readonly Item[], nameOf: (item: Item) => Name): Map<Name, Item[]> {
  const groups = new Map<Name, Item[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group) group.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}

type Part = Pick<Plan, 'added' | 'changed' | 'unchanged' | 'removed' | 'problems' | 'warnings'> & {
  readonly volunteerId: VolunteerId;
  readonly region: Volunteer['region'] | null;
  readonly edit: RotaEdit;
};

async function partsOf(
  c: ApiC,
  byVolunteer: ReadonlyMap<VolunteerId, readonly RotaRow[]>,
): Promise<readonly Part[]> {
  const { ports } = c.var.context;
  const network = await ports.networks.network();
  const ids = [...byVolunteer.keys()];
  const known = await sideBySide(ids, id => ports.registry.volunteer(id));
  return ids.map((id, index) => {
    const rows = byVolunteer.get(id) ?? [];
    const volunteer = known[index]?.volunteer;
    // Who is not hers to see is not there for her.
    if (!volunteer || !sees(c.var.actor, volunteer.region)) return unknownPart(id, rows);
    return partOf(c, volunteer, rows, network);
  });
}

const emptyEdit: RotaEdit = { put: { weekly: [], dated: [], absences: [] }, remove: [] };
const none = { added: 0, changed: 0, unchanged: 0, removed: 0, warnings: [], edit: emptyEdit };

function unknownPart(volunteerId: VolunteerId, rows: readonly RotaRow[]): Part {
  const wrong = { column: 'volunteer_id', problem: `there is no volunteer ${volunteerId} of yours` };
  return { ...none, volunteerId, region: null, problems: rows.map(({ row }) => ({ row, ...wrong })) };
}

function partOf(
  c: ApiC,
  volunteer: Volunteer,
  rows: readonly RotaRow[],
  network: Parameters<typeof problemsIn>[1],
): Part {
  const { id: volunteerId, region, rota } = volunteer;
  const rowOf = new Map(rows.map(({ id, row }) => [id, row]));
  const edit = editOf(rows);
  const after = withEdit(rota, edit);
  const before = textsOf(rota);
  const changed = new Set(
    itemsIn(edit.put).flatMap(each => (before.get(each.id) === canonical(each) ? [] : [each.id])),
  );
  // That an id is there twice is told row by row.
  const found = problemsIn(c, network, volunteer, { ...volunteer, rota: after }, changed).filter(
    ({ path }) => !path.endsWith('.id'),
  );
  const now = c.var.context.ports.clock.now();
  const odd = found.length > 0 ? [] : warningsOf(after, holidaysOf(network), changed, now);
  const first = rows[0]?.row ?? 1;
  const place = (all: Problems) => all.map(each => placed(after, rowOf, first, each));
  return {
    ...{ volunteerId, region, edit },
    ...countsOf(rota, rows),
    problems: [...twiceIn(rows), ...place(found)],
    warnings: place(odd),
  };
}

function editOf(rows: readonly RotaRow[]): RotaEdit {
  const put = rows.flatMap(each => each.put ?? []);
  return {
    put: {
      weekly: put.flatMap(each => each.weekly),
      dated: put.flatMap(each => each.dated),
      absences: put.flatMap(each => each.absences),
    },
    remove: rows.flatMap(({ id, put: wanted }) => (wanted === null ? [id] : [])),
  };
}

/** Which of two rows counts would depend on their order. */
function twiceIn(rows: readonly RotaRow[]): readonly TableProblem[] {
  return [...grouped(rows, ({ id }) => id).values()].flatMap(same =>
    same.slice(1).map(({ row }) => ({
      row,
      column: 'shift_id',
      problem: `is the shift of row ${same[0]?.row}: say it once`,
    })),
  );
}

function countsOf(rota: Rota, rows: readonly RotaRow[]) {
  const before = textsOf(rota);
  const puts = rows.flatMap(({ put }) => (put ? itemsIn(put) : []));
  const added = puts.filter(({ id }) => !before.has(id)).length;
  const unchanged = puts.filter(each => before.get(each.id) === canonical(each)).length;
  const removed = rows.filter(({ id, put }) => put === null && before.has(id)).length;
  return { added, unchanged, removed, changed: puts.length - added - unchanged };
}

const itemsIn = ({ weekly, dated, absences }: RotaEdit['put']) => [...weekly, ...dated, ...absences];
const textsOf = (rota: Rota): ReadonlyMap<ShiftId, string> =>
  new Map(itemsIn(rota).map(each => [each.id, canonical(each)]));

/** The same whatever order its fields were written in. */
const canonical = (item: object): string => JSON.stringify(Object.entries(item).sort());

/** A problem of a rota as one of the row that brought it; of the whole rota, of her first row. */
function placed(
  rota: Rota,
  rowOf: ReadonlyMap<ShiftId, number>,
  first: number,
  { path, problem: clause }: Problems[number],
): TableProblem {
  const [, kind, index, rest = ''] = /^(weekly|dated|absences)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  const item = itemsOf(rota).find(each => each.kind === kind && each.index === Number(index));
  const row = item && rowOf.get(item.id);
  return {
    row: row ?? first,
    column: columnOf(rest),
    problem: row === undefined ? `${path} ${clause}` : clause,
  };
}
