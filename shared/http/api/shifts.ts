// A volunteer's rota: the whole of it, and each shift and absence by its id.
import { z } from '@hono/zod-openapi';
import type { ShiftId, VolunteerId } from '../../domain/ids.ts';
import type { Rota } from '../../domain/rota.ts';
import { pathOf } from '../../domain/rota-doubts.ts';
import { itemsOf, noPut, withEdit } from '../../domain/rota-edit.ts';
import { withShiftIds } from '../../domain/shift-ids.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { sent as body, json } from './bodies.ts';
import { tagOfVersion } from './conditions.ts';
import { fields } from './fields.ts';
import { freshShiftId } from './fresh-ids.ts';
import { mergePatch } from './network-shapes.ts';
import { fieldProblems, type ProblemResponse, problem, problems } from './problem.ts';
import { isStored, type RotaChange, readsNotes, storeRota } from './rota-writes.ts';
import {
  absenceSchema,
  putOf,
  rotaSchema,
  shiftIdField,
  shiftSchema,
  showAbsence,
  shownRotaSchema,
  showRota,
  showShift,
  storedRotaSchema,
  storedShiftSchema,
} from './shift-shapes.ts';
import { homeOf } from './volunteers.ts';

const reading = { permission: 'rota:read', lies: homeOf, tag: 'rota' } as const;
const writing = { permission: 'rota:write', lies: homeOf, tag: 'rota' } as const;
const ofHer = z.object({ volunteerId: fields.volunteerId });
const howWritten = z.strictObject({ dryRun: fields.dryRun, overlaps: fields.overlaps });
const rotaPath = '/v1/volunteers/{volunteerId}/rota';

const getRota = declared({
  ...reading,
  method: 'get',
  path: rotaPath,
  operationId: 'getRota',
  summary: 'Her whole rota, with its ETag',
  request: { params: ofHer },
  responses: { 200: json('It', shownRotaSchema), ...problems },
});
const putRota = declared({
  ...writing,
  method: 'put',
  path: rotaPath,
  operationId: 'putRota',
  summary: 'Replaces her whole rota; a shift keeps its id when it is sent with it',
  request: { params: ofHer, query: howWritten, body: body(rotaSchema) },
  responses: { 200: json('As it stands now', storedRotaSchema), ...problems },
});

export function shifts(api: Api): void {
  api.add(getRota, async c => {
    const known = await c.var.context.ports.registry.volunteer(c.req.valid('param').volunteerId);
    if (!known) return problem(c, 'not-found');
    c.header('etag', tagOfVersion(known.version));
    return c.json(showRota(known.volunteer.rota, readsNotes(c)), 200);
  });
  api.add(putRota, async c => {
    const rota = withShiftIds(c.req.valid('json') as Parameters<typeof withShiftIds>[0]);
    const { volunteerId: id } = c.req.valid('param');
    const change = { id, change: () => rota, changed: null, needsVersion: true, within: null };
    const outcome = await storeRota(c, change);
    if (!isStored(outcome)) return outcome;
    return c.json({ ...showRota(outcome.rota, true), warnings: [...outcome.warnings] }, 200);
  });
  addItems(api, 'shift', shiftSchema, (sent, id) => putOf(sent, id));
  addItems(api, 'absence', absenceSchema, (sent, id) => ({
    ...noPut,
    absences: [{ id, ...sent }],
  }));
}

type Kind = 'shift' | 'absence';

function operationsOn<Schema extends typeof shiftSchema | typeof absenceSchema>(kind: Kind, schema: Schema) {
  const name = kind === 'shift' ? 'Shift' : 'Absence';
  const path = `/v1/volunteers/{volunteerId}/${kind}s` as const;
  const one = `${path}/{${kind}Id}` as const;
  const params = ofHer.extend({ [`${kind}Id`]: shiftIdField });
  const common = { ...writing, request: { params, query: howWritten } };
  const post = declared({
    ...writing,
    method: 'post',
    path,
    operationId: `create${name}`,
    summary: `Adds one to her rota`,
    request: { params: ofHer, query: howWritten, body: body(schema) },
    responses: {
      200: json('With dryRun: as it would be', storedShiftSchema),
      201: json('It, with its id', storedShiftSchema),
      ...problems,
    },
  });
  const replace = declared({
    ...common,
    method: 'put',
    path: one,
    operationId: `put${name}`,
    summary: 'Replaces one; send the ETag of her rota in If-Match',
    request: { ...common.request, body: body(schema) },
    responses: { 200: json('As it stands now', storedShiftSchema), ...problems },
  });
  const patch = declared({
    ...common,
    method: 'patch',
    path: one,
    operationId: `patch${name}`,
    summary: 'Changes what is named; null takes back to none; what is left out stays',
    request: { ...common.request, body: body(z.looseObject({})) },
    responses: { 200: json('As it stands now', storedShiftSchema), ...problems },
  });
  const remove = declared({
    ...common,
    method: 'delete',
    path: one,
    operationId: `delete${name}`,
    summary: 'Takes one out',
    responses: { 204: { description: 'Gone' }, ...problems },
  });
  return { post, replace, patch, remove };
}

function addItems<Schema extends typeof shiftSchema | typeof absenceSchema>(
  api: Api,
  kind: Kind,
  schema: Schema,
  put: (sent: z.output<Schema>, id: ShiftId) => typeof noPut,
): void {
  const { post, replace, patch, remove } = operationsOn(kind, schema);
  const idIn = (c: ApiC) => c.req.param(`${kind}Id`) as ShiftId;
  api.add(post, async c => {
    const id = freshShiftId(c);
    const edit = { put: put(c.req.valid('json') as z.output<Schema>, id), remove: [] };
    const isDry = c.req.valid('query').dryRun === 'true';
    const change = (rota: Rota) => withEdit(rota, edit);
    return answer(c, id, isDry ? 200 : 201, { change, needsVersion: false });
  });
  api.add(replace, async c => {
    const id = idIn(c);
    const edit = { put: put(c.req.valid('json') as z.output<Schema>, id), remove: [] };
    const change = (rota: Rota) => (isThere(rota, kind, id) ? withEdit(rota, edit) : null);
    return answer(c, id, 200, { change, needsVersion: true });
  });
  api.add(patch, async c => {
    const id = idIn(c);
    const known = await c.var.context.ports.registry.volunteer(volunteerIn(c));
    const before = known && shownItem(known.volunteer.rota, id);
    if (!before || !isThere(known.volunteer.rota, kind, id)) return problem(c, 'not-found');
    const { id: _id, ...rest } = before;
    const sent = schema.safeParse(mergePatch(rest, c.req.valid('json')));
    if (!sent.success) return problem(c, 'invalid-request', { errors: fieldProblems(sent.error) });
    const edit = { put: put(sent.data as z.output<Schema>, id), remove: [] };
    return answer(c, id, 200, { read: known, change: rota => withEdit(rota, edit), needsVersion: true });
  });
  api.add(remove, async c => {
    const id = idIn(c);
    const change = (rota: Rota) =>
      isThere(rota, kind, id) ? withEdit(rota, { put: noPut, remove: [id] }) : null;
    const wanted = { id: volunteerIn(c), change, changed: new Set<ShiftId>(), needsVersion: true };
    const outcome = await storeRota(c, { ...wanted, within: null });
    return isStored(outcome) ? c.body(null, 204) : outcome;
  });
}

const volunteerIn = (c: ApiC) => c.req.param('volunteerId') as VolunteerId;

function isThere(rota: Rota, kind: Kind, id: ShiftId): boolean {
  return itemsOf(rota).some(each => each.id === id && (each.kind === 'absences') === (kind === 'absence'));
}

function shownItem(rota: Rota, id: ShiftId) {
  const shift = [...rota.weekly, ...rota.dated].find(each => each.id === id);
  if (shift) return showShift(shift, true);
  const absence = rota.absences.find(each => each.id === id);
  return absence ? showAbsence(absence, true) : null;
}

async function answer(
  c: ApiC,
  id: ShiftId,
  status: 200 | 201,
  how: Pick<RotaChange, 'change' | 'needsVersion' | 'read'>,
): Promise<ProblemResponse> {
  const changed = new Set([id]);
  const within = (after: Rota) => pathOf(after, id);
  const outcome = await storeRota(c, { id: volunteerIn(c), changed, within, ...how });
  if (!isStored(outcome)) return outcome;
  if (status === 201) c.header('location', `${c.req.path}/${id}`);
  const shift = shownItem(outcome.rota, id);
  // biome-ignore lint/suspicious/noExplicitAny: the one answer of three operations, each of them declared above
  return c.json({ shift, warnings: [...outcome.warnings] }, status) as any;
}
