// Volunteers: who they are, what they offer, and that they are gone. Their shifts are resources of their own.
// Must never show a number to whoever may not see numbers, nor anybody to whom she does not belong.
import { z } from '@hono/zod-openapi';
import { isRefused, parseVolunteer } from '../../app/network-document.ts';
import type { VersionedVolunteer } from '../../app/ports.ts';
import { may, sees } from '../../domain/access.ts';
import { parseVolunteerId } from '../../domain/ids.ts';
import type { Network } from '../../domain/network.ts';
import { problemsWhenWritten } from '../../domain/rota-doubts.ts';
import { itemsOf } from '../../domain/rota-edit.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { problemsOfVolunteer } from '../../domain/volunteer-rules.ts';
import { type Api, type ApiC, declared, type RegionsOf } from './api.ts';
import { json, sent } from './bodies.ts';
import { changedMeanwhile, tagOfVersion, unlessKnown } from './conditions.ts';
import { fields, moment, pageQuery, showMoment, shownMoment } from './fields.ts';
import { freshVolunteerId, mayHaveBeenMade } from './fresh-ids.ts';
import { type ProblemResponse, problem, problems } from './problem.ts';
import { keepChange } from './record.ts';
import { noCursor, volunteerCursor, volunteerPlaceIn } from './volunteer-pages.ts';

const LIST_AT_MOST = 30;

const facts = {
  name: fields.text,
  languages: z.array(fields.languageId).min(1).max(LIST_AT_MOST),
  skills: z.array(fields.skillId).max(LIST_AT_MOST),
  gender: z.enum(['woman', 'man']).nullable(),
  region: fields.regionId.openapi({ description: 'Where she is at home; a shift may name others' }),
  number: fields.phoneNumber,
  textBy: z.enum(['sms', 'whatsapp', 'none']),
  zone: z
    .string()
    .min(1)
    .max(60)
    .openapi({ example: 'Asia/Almaty', description: 'IANA; all times of her shifts are its wall times' }),
  pausedUntil: moment.nullable().openapi({ type: ['string', 'null'] }),
};
const createSchema = z
  .strictObject({
    ...facts,
    id: fields.volunteerId
      .refine(id => !/\d{7}/.test(id), { message: 'looks like a number of hers, and ids stand in logs' })
      .optional()
      .openapi({ description: 'Left out: one is made' }),
    gender: facts.gender.default(null),
    zone: facts.zone.optional().openapi({ description: 'Left out: that of her region' }),
    textBy: facts.textBy.default('sms'),
    pausedUntil: facts.pausedUntil.default(null),
  })
  .openapi('VolunteerWanted');
const patchSchema = z.strictObject(facts).partial().openapi('VolunteerPatch');
const shownSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    languages: z.array(z.string()),
    skills: z.array(z.string()),
    gender: z.enum(['woman', 'man']).nullable(),
    region: z.string(),
    number: z.string().optional().openapi({ description: 'For those who may see numbers' }),
    textBy: z.enum(['sms', 'whatsapp', 'none']),
    zone: z.string(),
    pausedUntil: shownMoment.nullable(),
  })
  .openapi('Volunteer');

const params = z.object({ volunteerId: fields.volunteerId });
const dryRun = z.strictObject({ dryRun: fields.dryRun });

/** For every operation on one volunteer: she is seen where she is at home. */
export const homeOf: RegionsOf = async ({ volunteerId = '' }, { ports }) => {
  const id = parseVolunteerId(volunteerId);
  const known = id && (await ports.registry.volunteer(id));
  return known ? [known.volunteer.region] : null;
};

const tag = 'volunteers';
const listVolunteers = declared({
  method: 'get',
  path: '/v1/volunteers',
  operationId: 'listVolunteers',
  summary:
    'Volunteers of the regions that are yours, by region. A filter may leave a page short: go on while there is `next`',
  tag,
  permission: 'volunteers:read',
  lies: 'answers-own',
  request: {
    query: z.strictObject({
      region: fields.regionId.optional(),
      skill: fields.skillId.optional(),
      language: fields.languageId.optional(),
      name: z.string().min(1).max(60).optional().openapi({ description: 'A part of the name' }),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      'A page',
      z.object({ volunteers: z.array(shownSchema), next: z.string().nullable() }).openapi('VolunteerPage'),
    ),
    ...problems,
  },
});
const createVolunteer = declared({
  method: 'post',
  path: '/v1/volunteers',
  operationId: 'createVolunteer',
  summary: 'A new volunteer, without shifts yet',
  tag,
  permission: 'volunteers:write',
  lies: 'answers-own',
  request: { query: dryRun, body: sent(createSchema) },
  responses: {
    200: json('With dryRun: as she would be', shownSchema),
    201: json('Made', shownSchema),
    ...problems,
  },
});
const one = { path: '/v1/volunteers/{volunteerId}', tag, lies: homeOf } as const;
const getVolunteer = declared({
  ...one,
  method: 'get',
  operationId: 'getVolunteer',
  summary: 'One volunteer, with her ETag',
  permission: 'volunteers:read',
  request: { params },
  responses: { 200: json('She', shownSchema), ...problems },
});
const patchVolunteer = declared({
  ...one,
  method: 'patch',
  operationId: 'patchVolunteer',
  summary:
    'Changes what is named; null takes away; what is left out stays. Her number counts as working again. Another number is for those who see numbers (volunteers:numbers), another zone for those who change rotas (rota:write): her shifts move with it',
  permission: 'volunteers:write',
  request: { params, query: dryRun, body: sent(patchSchema) },
  responses: { 200: json('As she stands now', shownSchema), ...problems },
});
const deleteVolunteer = declared({
  ...one,
  method: 'delete',
  operationId: 'deleteVolunteer',
  summary: 'She is gone with her shifts; not while a call or a conversation holds her',
  permission: 'volunteers:write',
  request: { params, query: dryRun },
  responses: { 204: { description: 'Gone' }, ...problems },
});

export function volunteers(api: Api): void {
  api.add(listVolunteers, async c => {
    const { limit, after, ...filters } = c.req.valid('query');
    const { networks, registry } = c.var.context.ports;
    const { regions } = await networks.network();
    const own = regions
      .map(({ id }) => id)
      .filter(id => sees(c.var.actor, id) && (filters.region === undefined || id === filters.region));
    const from = volunteerPlaceIn(c, after, own);
    if (from === undefined) return problem(c, 'invalid-request', { errors: [noCursor] });
    const { page, next } = await registry.volunteersAfter(own, from, limit);
    const found = page.filter(({ volunteer }) => isMeant(volunteer, filters));
    const cursor = volunteerCursor(c, next);
    return c.json({ volunteers: found.map(each => shown(c, each.volunteer)), next: cursor }, 200);
  });
  api.add(createVolunteer, async c => {
    const { zone: given, id, ...wanted } = c.req.valid('json');
    const { regions } = await c.var.context.ports.networks.network();
    // A region that is not there is refused below.
    const zone = given ?? regions.find(each => each.id === wanted.region)?.zone ?? 'UTC';
    const volunteer: Volunteer = {
      ...wanted,
      id: id ?? freshVolunteerId(c),
      rota: { zone, weekly: [], dated: [], absences: [] },
    };
    const refused = await unlessFit(c, volunteer);
    if (refused) return refused;
    if (c.req.valid('query').dryRun === 'true') return c.json(shown(c, volunteer), 200);
    const failed = await stored(c, volunteer, null);
    if (failed) return failed;
    c.header('location', `/v1/volunteers/${volunteer.id}`);
    c.header('etag', tagOfVersion(1));
    return c.json(shown(c, volunteer), 201);
  });
  api.add(getVolunteer, async c => {
    const known = await c.var.context.ports.registry.volunteer(c.req.valid('param').volunteerId);
    if (!known) return problem(c, 'not-found');
    c.header('etag', tagOfVersion(known.version));
    return c.json(shown(c, known.volunteer), 200);
  });
  api.add(patchVolunteer, async c => {
    const known = await c.var.context.ports.registry.volunteer(c.req.valid('param').volunteerId);
    if (!known) return problem(c, 'not-found');
    const unknown = unlessKnown(c, tagOfVersion(known.version), shown(c, known.volunteer));
    if (unknown) return unknown;
    const volunteer = patched(known.volunteer, c.req.valid('json'));
    const refused =
      unlessWithin(c, known.volunteer, volunteer) ??
      (await unlessFit(c, volunteer)) ??
      unlessMoved(c, known.volunteer, volunteer);
    if (refused) return refused;
    if (c.req.valid('query').dryRun === 'true') return c.json(shown(c, volunteer), 200);
    const failed = await stored(c, volunteer, known);
    if (failed) return failed;
    c.header('etag', tagOfVersion(known.version + 1));
    return c.json(shown(c, volunteer), 200);
  });
  api.add(deleteVolunteer, async c => {
    const { volunteerId } = c.req.valid('param');
    const { registry, clock } = c.var.context.ports;
    const known = await registry.volunteer(volunteerId);
    if (!known) return problem(c, 'not-found');
    const unknown = unlessKnown(c, tagOfVersion(known.version), shown(c, known.volunteer));
    if (unknown) return unknown;
    if (c.req.valid('query').dryRun === 'true') return c.body(null, 204);
    const outcome = await registry.removeVolunteer(volunteerId, clock.now(), known.version);
    if (outcome === 'removed') return c.body(null, 204);
    if (outcome === 'unknown') return problem(c, 'not-found');
    if (outcome === 'changed-meanwhile') return changedMeanwhile(c, null, undefined);
    return problem(c, 'conflict', {
      detail:
        'She is being asked or talks with somebody just now. Nothing was changed: try again when it is over.',
    });
  });
}

type Filters = {
  readonly skill?: string | undefined;
  readonly language?: string | undefined;
  readonly name?: string | undefined;
};

function isMeant({ skills, languages, name }: Volunteer, filters: Filters): boolean {
  const holds = (ids: readonly string[], id: string | undefined) => id === undefined || ids.includes(id);
  const part = filters.name?.toLocaleLowerCase();
  return (
    holds(skills, filters.skill) &&
    holds(languages, filters.language) &&
    (part === undefined || name.toLocaleLowerCase().includes(part))
  );
}

function patched(before: Volunteer, { zone, ...patch }: z.output<typeof patchSchema>): Volunteer {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...before, ...given, rota: zone === undefined ? before.rota : { ...before.rota, zone } };
}

/** Calls for survivors go to her number, and her shifts are when they are by her zone: neither is changed unseen. */
function unlessWithin(c: ApiC, before: Volunteer, after: Volunteer): ProblemResponse | null {
  const { actor } = c.var;
  const lacking = [
    ...(after.number === before.number || may(actor, 'volunteers:numbers') ? [] : ['volunteers:numbers']),
    ...(after.rota.zone === before.rota.zone || may(actor, 'rota:write') ? [] : ['rota:write']),
  ];
  if (lacking.length === 0) return null;
  return problem(c, 'not-permitted', {
    detail: `This change needs ${lacking.join(' and ')} too. Nothing was changed.`,
  });
}

/** In another zone the clocks may skip an hour in which she has a shift. */
function unlessMoved(c: ApiC, before: Volunteer, { rota, skills }: Volunteer): ProblemResponse | null {
  if (rota.zone === before.rota.zone) return null;
  const shifts = new Set(itemsOf(rota).map(({ id }) => id));
  const found = problemsWhenWritten({ rota, skills }, shifts);
  const errors = found.map(({ path, problem: clause }) => ({ path: 'zone', problem: `${path} ${clause}` }));
  return errors.length === 0 ? null : problem(c, 'invalid-request', { errors });
}

export function shown(c: ApiC, { rota, number, pausedUntil, ...volunteer }: Volunteer) {
  return {
    ...volunteer,
    languages: [...volunteer.languages],
    skills: [...volunteer.skills],
    ...(may(c.var.actor, 'volunteers:numbers') ? { number } : {}),
    zone: rota.zone,
    pausedUntil: pausedUntil === null ? null : showMoment(pausedUntil),
  };
}

/** Null when she may be stored: readable again, of use in this network, and of a region that is the manager's. */
export async function unlessFit(c: ApiC, volunteer: Volunteer): Promise<ProblemResponse | null> {
  const network: Network = await c.var.context.ports.networks.network();
  const read = parseVolunteer(volunteer);
  const found = isRefused(read) ? read.problems : problemsOfVolunteer(network, read);
  const errors = found.map(({ path, problem: clause }) => ({
    path: path.replace(/^rota\.zone$/, 'zone'),
    problem: clause,
  }));
  if (!sees(c.var.actor, volunteer.region)) errors.push({ path: 'region', problem: 'is not one of yours' });
  return errors.length > 0 ? problem(c, 'invalid-request', { errors }) : null;
}

/** Null when it was stored on top of that version. */
export async function stored(
  c: ApiC,
  volunteer: Volunteer,
  before: VersionedVolunteer | null,
): Promise<ProblemResponse | null> {
  const { registry, clock } = c.var.context.ports;
  const outcome = await registry.putVolunteer(volunteer, clock.now(), before?.version ?? 0, c.var.actor.id);
  if (outcome === 'stored') {
    keepChange(c, volunteer.id, before && withoutRota(before.volunteer), withoutRota(volunteer));
    return null;
  }
  if (outcome === 'number-taken') {
    const errors = [{ path: 'number', problem: 'belongs to another helper or to the hotline itself' }];
    return problem(c, 'conflict', { errors });
  }
  const known = await registry.volunteer(volunteer.id);
  // An attempt of this very request has made her, and died before it said so.
  if (before === null && known && mayHaveBeenMade(c, volunteer.id)) return null;
  if (before === null) {
    const errors = [{ path: 'id', problem: 'is another volunteer’s' }];
    return problem(c, 'conflict', { errors });
  }
  return changedMeanwhile(c, known && tagOfVersion(known.version), known && shown(c, known.volunteer));
}

/** Her rota has edits and a history of its own. */
const withoutRota = ({ rota: { zone }, ...facts }: Volunteer) => ({ ...facts, zone });
