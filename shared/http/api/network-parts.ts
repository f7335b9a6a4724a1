// Regions, skills, lines, ladders, contacts and settings: parts of one document that is checked as a whole, so that no
// edit of one part can strand somebody who needs another.
// Must never store what a function could not read, nor let two managers overwrite each other unknowingly.
import { z } from '@hono/zod-openapi';
import { isRefused } from '../../app/network-document.ts';
import { may } from '../../domain/access.ts';
import type { Contact, Network } from '../../domain/network.ts';
import type { NetworkProblem } from '../../domain/network-rules.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { json } from './bodies.ts';
import { changedMeanwhile, tagOfContent, unlessKnown } from './conditions.ts';
import { fields } from './fields.ts';
import { judged } from './network-judged.ts';
import { unlessNeeded } from './network-removals.ts';
import { mergePatch, readPart, shapeOf, showContact } from './network-shapes.ts';
import { type ProblemResponse, problem, problems } from './problem.ts';
import { keepChange } from './record.ts';

/** By the name in the address and in the document. */
const kinds = {
  regions: { one: 'Region', id: fields.regionId },
  skills: { one: 'Skill', id: fields.skillId },
  lines: { one: 'Line', id: fields.lineId },
  ladders: { one: 'Ladder', id: fields.ladderId },
  contacts: { one: 'Contact', id: fields.contactId },
} as const;
type Kind = keyof typeof kinds;
type Part = { readonly id: string };

/** Its shape stands in the document; what is sent is read by the very parser that every function reads it with. */
const partOf = (kind: Kind) => z.looseObject({}).openapi(kinds[kind].one, { ...shapeOf(kind) });
const settingsSchema = z.looseObject({}).openapi('Settings', { ...shapeOf('settings') });

/** Its shape stands in the document, not in the types. */
const asJson = (part: object) => part as Record<string, never>;

const reading = { permission: 'network:read', lies: 'everywhere' } as const;
const writing = { permission: 'network:write', lies: 'everywhere' } as const;
const dryRun = z.strictObject({ dryRun: fields.dryRun });
const IF_NONE = 'If-None-Match: * makes a new one; If-Match changes the one that you read';

export function networkParts(api: Api): void {
  for (const kind of Object.keys(kinds) as Kind[]) addKind(api, kind);
  addSettings(api);
}

function addKind(api: Api, kind: Kind): void {
  const { one, id } = kinds[kind];
  const schema = partOf(kind);
  const params = z.object({ id });
  const path = `/v1/${kind}/{id}` as const;
  const list = declared({
    ...reading,
    method: 'get',
    path: `/v1/${kind}`,
    operationId: `list${one}s`,
    summary: `All ${kind}, in their order`,
    tag: kind,
    responses: { 200: json(`The ${kind}`, z.object({ [kind]: z.array(schema) })), ...problems },
  });
  const get = declared({
    ...reading,
    method: 'get',
    path,
    operationId: `get${one}`,
    summary: `One, with its ETag`,
    tag: kind,
    request: { params },
    responses: { 200: json('It', schema), ...problems },
  });
  const put = declared({
    ...writing,
    method: 'put',
    path,
    operationId: `put${one}`,
    summary: `Makes or replaces one. ${IF_NONE}`,
    tag: kind,
    request: { params, query: dryRun, body: { required: true, content: { 'application/json': { schema } } } },
    responses: { 200: json('As it stands now', schema), 201: json('Made', schema), ...problems },
  });
  const remove = declared({
    ...writing,
    method: 'delete',
    path,
    operationId: `delete${one}`,
    summary: 'Takes it out, when nothing needs it any more',
    tag: kind,
    request: { params, query: dryRun },
    responses: { 204: { description: 'Gone' }, ...problems },
  });
  api.add(list, async c => {
    const { network } = await c.var.context.office.networkEdits.read();
    return c.json({ [kind]: network[kind].map(part => shown(c, part)) }, 200);
  });
  api.add(get, async c => {
    const { network } = await c.var.context.office.networkEdits.read();
    const part = partIn(network, kind, c.req.valid('param').id);
    if (!part) return problem(c, 'not-found');
    c.header('etag', tagOf(c, part));
    return c.json(shown(c, part), 200);
  });
  api.add(put, async c => {
    const { id: wanted } = c.req.valid('param');
    const sent = readPart(c.req.valid('json'));
    if (sent['id'] !== wanted)
      return problem(c, 'invalid-request', {
        errors: [{ path: 'id', problem: 'is not the id of the address' }],
      });
    return edited(c, kind, wanted, parts => {
      const place = parts.findIndex(({ id: each }) => each === wanted);
      return place === -1 ? [...parts, sent] : parts.with(place, sent as Part);
    });
  });
  api.add(remove, async c => {
    const { id: wanted } = c.req.valid('param');
    const needed = await unlessNeeded(c, kind, wanted);
    if (needed) return needed;
    return edited(c, kind, wanted, parts => parts.filter(({ id: each }) => each !== wanted));
  });
}

function shown(c: ApiC, part: Part): Record<string, never> {
  const isContact = part.id.startsWith('con_');
  return asJson(isContact ? showContact(part as Contact, may(c.var.actor, 'volunteers:numbers')) : part);
}

/** A tag of a number that one may not see would tell it: numbers are few enough to be tried one by one. */
const tagOf = (c: ApiC, part: Part): string => tagOfContent(shown(c, part));

const partIn = (network: Network, kind: Kind, id: string): Part | undefined =>
  (network[kind] as readonly Part[]).find(each => each.id === id);

/** Somebody else who edits another part at the same moment is no conflict: it is read again and tried again. */
const TRIES = 4;

async function edited(
  c: ApiC,
  kind: Kind,
  id: string,
  change: (parts: readonly Part[]) => readonly object[],
): Promise<ProblemResponse> {
  for (let tries = 1; ; tries += 1) {
    const { network, version } = await c.var.context.office.networkEdits.read();
    const before = partIn(network, kind, id);
    const refused = unlessMeant(c, before);
    if (refused) return refused;
    const candidate = { ...network, [kind]: change(network[kind]) };
    const outcome = await stored(
      c,
      candidate,
      version,
      `${kind}[${candidate[kind].findIndex((each: { id?: unknown }) => each.id === id)}].`,
    );
    if (outcome === 'changed-meanwhile') {
      if (tries < TRIES) continue;
      return changedMeanwhile(c, before ? tagOf(c, before) : null, before && shown(c, before));
    }
    if ('response' in outcome) return outcome.response;
    const after = partIn(outcome.network, kind, id);
    keepChange(c, null, before ?? null, after ?? null);
    return answer(c, after, before === undefined);
  }
}

function answer(c: ApiC, part: Part | undefined, isNew: boolean): ProblemResponse {
  // biome-ignore lint/suspicious/noExplicitAny: the three answers of two operations, each of them declared above
  if (!part) return c.body(null, 204) as any;
  c.header('etag', tagOf(c, part));
  // biome-ignore lint/suspicious/noExplicitAny: as above
  return c.json(shown(c, part), isNew ? 201 : 200) as any;
}

/** A new one needs `If-None-Match: *`, so that nobody overwrites what she did not know was there. */
function unlessMeant(c: ApiC, before: Part | undefined): ProblemResponse | null {
  const makesNew = c.req.header('if-none-match') === '*';
  if (before === undefined) return makesNew ? null : problem(c, 'not-found');
  if (makesNew) return changedMeanwhile(c, tagOf(c, before), shown(c, before));
  return unlessKnown(c, tagOf(c, before), shown(c, before));
}

type Stored = { readonly network: Network } | { readonly response: ProblemResponse } | 'changed-meanwhile';

/** Read and judged as every function will; stored only when it could be used and nobody was faster. */
async function stored(c: ApiC, candidate: unknown, version: number, prefix: string): Promise<Stored> {
  const network = judged(candidate);
  if (isRefused(network)) return { response: refusal(c, network.problems, prefix) };
  if (c.req.query('dryRun') === 'true') return { network };
  const outcome = await c.var.context.office.networkEdits.put(network, version);
  if (outcome === 'changed-meanwhile') return outcome;
  if (outcome === 'number-taken') {
    const errors = [{ path: '', problem: 'a number of a line or of the canary is that of a volunteer' }];
    return { response: problem(c, 'conflict', { errors }) };
  }
  return { network };
}

/** What is wrong in the part that was sent is named within it; what it breaks elsewhere is named from the top. */
function refusal(c: ApiC, found: readonly NetworkProblem[], prefix: string): ProblemResponse {
  const errors = found.map(({ path, problem: clause }) => ({
    path: path.startsWith(prefix) ? path.slice(prefix.length) : path,
    problem: clause,
  }));
  return problem(c, 'invalid-request', { errors });
}

const settings = { path: '/v1/settings', tag: 'settings' } as const;

function addSettings(api: Api): void {
  const get = declared({
    ...reading,
    ...settings,
    method: 'get',
    operationId: 'getSettings',
    summary: 'How long things wait, limits, and what else holds for the whole network',
    responses: { 200: json('The settings', settingsSchema), ...problems },
  });
  const patch = declared({
    ...writing,
    ...settings,
    method: 'patch',
    operationId: 'patchSettings',
    summary: 'Changes what is named; null takes back to none; what is left out stays',
    request: {
      query: dryRun,
      body: { required: true, content: { 'application/json': { schema: settingsSchema } } },
    },
    responses: { 200: json('As they stand now', settingsSchema), ...problems },
  });
  api.add(get, async c => {
    const { network } = await c.var.context.office.networkEdits.read();
    c.header('etag', tagOfContent(network.settings));
    return c.json(asJson(network.settings), 200);
  });
  api.add(patch, async c => {
    const { network, version } = await c.var.context.office.networkEdits.read();
    const refused = unlessKnown(c, tagOfContent(network.settings), network.settings);
    if (refused) return refused;
    const merged = mergePatch(network.settings, c.req.valid('json'));
    const outcome = await stored(c, { ...network, settings: merged }, version, 'settings.');
    if (outcome === 'changed-meanwhile') return changedMeanwhile(c, null, undefined);
    if ('response' in outcome) return outcome.response;
    keepChange(c, null, network.settings, outcome.network.settings);
    c.header('etag', tagOfContent(outcome.network.settings));
    return c.json(asJson(outcome.network.settings), 200);
  });
}
