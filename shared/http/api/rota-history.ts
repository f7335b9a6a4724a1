// What a volunteer's rota was before: the last edits with who made them and when, each rota that stood, and the way back.
// Must never bring back what could not be stored as it is: skills and regions may be others by now.
import { z } from '@hono/zod-openapi';
import type { FormerRota, VersionedVolunteer } from '../../app/ports.ts';
import { parseVolunteerId, type VolunteerId } from '../../domain/ids.ts';
import type { Rota } from '../../domain/rota.ts';
import { itemsOf } from '../../domain/rota-edit.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { json } from './bodies.ts';
import { tagOfVersion, unlessKnown } from './conditions.ts';
import { fields, showMoment, shownMoment } from './fields.ts';
import { problem, problems } from './problem.ts';
import { differing, isStored, readsNotes, storeRota } from './rota-writes.ts';
import { shownRotaSchema, showRota, storedRotaSchema } from './shift-shapes.ts';
import { homeOf } from './volunteers.ts';

const ofHer = z.object({ volunteerId: fields.volunteerId });
const at = { tag: 'rota', lies: homeOf } as const;
const path = '/v1/volunteers/{volunteerId}/rota';

const editSchema = z
  .object({
    edit: z.number().int().openapi({ description: 'Which edit of hers, counted from 0' }),
    at: shownMoment,
    by: z.string().nullable().openapi({
      description: 'A manager, an API key, or the volunteer herself; null: it is not known',
    }),
    changes: z.object({ put: z.number().int(), removed: z.number().int() }).nullable().openapi({
      description: 'How many shifts and absences it added or changed, and took out; null: not known',
    }),
  })
  .openapi('RotaEdit');
const listRotaEdits = declared({
  ...at,
  method: 'get',
  path: `${path}/history`,
  operationId: 'listRotaEdits',
  summary: 'The last edits of her rota, the latest first; kept for a quarter, twenty at most',
  permission: 'rota:read',
  request: { params: ofHer },
  responses: {
    200: json('They', z.object({ edits: z.array(editSchema) }).openapi('RotaEdits')),
    ...problems,
  },
});
const getFormerRota = declared({
  ...at,
  method: 'get',
  path: `${path}/history/{edit}`,
  operationId: 'getFormerRota',
  summary: 'Her rota as it stood before that edit',
  permission: 'rota:read',
  request: { params: ofHer.extend({ edit: z.coerce.number().int().min(0).max(1_000_000_000) }) },
  responses: { 200: json('It', shownRotaSchema), ...problems },
});
const undoRotaEdit = declared({
  ...at,
  method: 'post',
  path: `${path}/undo`,
  operationId: 'undoRotaEdit',
  summary:
    'Brings back what stood before the last edit of her rota, as an edit of its own: done again it brings back what it took away. Not what a volunteer did herself',
  permission: 'rota:write',
  request: { params: ofHer, query: z.strictObject({ dryRun: fields.dryRun, overlaps: fields.overlaps }) },
  responses: { 200: json('As it stands now', storedRotaSchema), ...problems },
});

export function rotaHistory(api: Api): void {
  api.add(listRotaEdits, async c => {
    const read = await readWithFormer(c, c.req.valid('param').volunteerId);
    if (!read) return problem(c, 'not-found');
    c.header('etag', tagOfVersion(read.known.version));
    return c.json({ edits: editsOf(read) }, 200);
  });
  api.add(getFormerRota, async c => {
    const { volunteerId, edit } = c.req.valid('param');
    const former = await c.var.context.ports.registry.formerRotas(volunteerId);
    const found = former.find(each => each.edit === edit);
    return found ? c.json(showRota(found.rota, readsNotes(c)), 200) : problem(c, 'not-found');
  });
  api.add(undoRotaEdit, async c => {
    const { volunteerId: id } = c.req.valid('param');
    const read = await readWithFormer(c, id);
    if (!read) return problem(c, 'not-found');
    const { known, former } = read;
    const { rota: present } = known.volunteer;
    const stale = unlessKnown(c, tagOfVersion(known.version), showRota(present, readsNotes(c)));
    if (stale) return stale;
    // Not an earlier one in its place, should the last be past its time or damaged.
    const last = former.find(({ edit }) => edit === known.rotaEdits - 1);
    if (!last) return problem(c, 'conflict', { why: 'nothing-to-undo', detail: NOTHING });
    if (isHers(last)) return problem(c, 'conflict', { why: 'her-own', detail: HERS });
    const outcome = await storeRota(c, {
      ...{ id, read: known, change: () => last.rota, changed: null, needsVersion: true, within: null },
      refuse: found => problem(c, 'conflict', { why: 'fits-no-longer', detail: UNFIT, errors: [...found] }),
    });
    if (!isStored(outcome)) return outcome;
    return c.json({ ...showRota(outcome.rota, true), warnings: [...outcome.warnings] }, 200);
  });
}

/** She came on duty, gave a shift away or took one: she counts on it, and so does whoever is in the swap with her. */
const isHers = ({ replacedBy }: FormerRota): boolean => parseVolunteerId(replacedBy ?? '') !== null;

const HERS =
  'The last edit is a volunteer’s own: she came on duty, or a shift was given away or taken. Nothing was changed: ask her, and change her shifts one by one.';
const NOTHING = 'No edit of this rota is kept that could be undone. Nothing was changed.';
const UNFIT =
  'The rota that stood before could not be stored as things are now; `errors` says why. Nothing was changed.';

type Read = { readonly known: VersionedVolunteer; readonly former: readonly FormerRota[] };

/** She first: of an edit in between there is one more than is looked for. */
async function readWithFormer(c: ApiC, id: VolunteerId): Promise<Read | null> {
  const { registry } = c.var.context.ports;
  const known = await registry.volunteer(id);
  if (!known) return null;
  const former = await registry.formerRotas(id);
  return { known, former: former.filter(({ edit }) => edit < known.rotaEdits) };
}

function editsOf({ known, former }: Read) {
  const ledTo = (edit: number): Rota | null =>
    edit === known.rotaEdits - 1
      ? known.volunteer.rota
      : (former.find(each => each.edit === edit + 1)?.rota ?? null);
  return former.map(({ edit, rota, replacedAt, replacedBy }) => ({
    ...{ edit, at: showMoment(replacedAt), by: replacedBy },
    changes: changesOf(rota, ledTo(edit)),
  }));
}

function changesOf(before: Rota, after: Rota | null) {
  if (after === null) return null;
  const left = new Set(itemsOf(after).map(({ id }) => id));
  return {
    put: differing(before, after).size,
    removed: itemsOf(before).filter(({ id }) => !left.has(id)).length,
  };
}
