// Public holidays: the days on which shifts that say so are not held, and proposals for them.
import { z } from '@hono/zod-openapi';
import { isRefused } from '../../app/network-document.ts';
import { proposedHolidays } from '../../app/public-holidays.ts';
import type { RegionId, VolunteerId } from '../../domain/ids.ts';
import type { Network } from '../../domain/network.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { json } from './bodies.ts';
import { changedMeanwhile, tagOfContent, unlessKnown } from './conditions.ts';
import { fields } from './fields.ts';
import { beginJob, jobSchema, shownJob } from './jobs.ts';
import { judged } from './network-judged.ts';
import { problem, problems } from './problem.ts';
import { keepChange } from './record.ts';

const holiday = z.strictObject({ date: fields.localDate, name: fields.text }).openapi('Holiday');
const sentSchema = z.strictObject({ holidays: z.array(holiday).max(500) }).openapi('Holidays');
const shownSchema = z
  .object({
    holidays: z.array(z.object({ date: z.string(), name: z.string() })),
    job: jobSchema
      .nullable()
      .openapi({ description: 'Brings the duty of whoever has such days off in line' }),
  })
  .openapi('HolidaysStored');
const tag = 'holidays';
const path = '/v1/holidays';

const getHolidays = declared({
  method: 'get',
  path,
  operationId: 'getHolidays',
  summary: 'The days on which shifts that say so are not held, with their ETag',
  tag,
  permission: 'rota:read',
  lies: 'everywhere',
  responses: { 200: json('They', sentSchema), ...problems },
});
const putHolidays = declared({
  method: 'put',
  path,
  operationId: 'putHolidays',
  summary: 'Replaces all of them. Duty follows within a few minutes',
  tag,
  permission: 'network:write',
  lies: 'everywhere',
  request: {
    query: z.strictObject({ dryRun: fields.dryRun }),
    body: { required: true, content: { 'application/json': { schema: sentSchema } } },
  },
  responses: { 200: json('As they stand now', shownSchema), ...problems },
});
const proposeHolidays = declared({
  method: 'get',
  path: '/v1/holiday-proposals',
  operationId: 'proposeHolidays',
  summary:
    'What a published list has for a country and a year. Check it: governments move days, and the moon is seen',
  tag,
  permission: 'rota:read',
  lies: 'everywhere',
  request: {
    query: z.strictObject({
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'is not a country, as KZ')
        .openapi({ example: 'KZ' }),
      year: z.coerce.number().int().min(2000).max(2100).openapi({ example: 2027 }),
      language: fields.languageId.optional(),
    }),
  },
  responses: {
    200: json('The proposal; empty when the list does not have the country', sentSchema),
    ...problems,
  },
});

export function holidays(api: Api): void {
  api.add(getHolidays, async c => {
    const { network } = await c.var.context.office.networkEdits.read();
    c.header('etag', tagOfContent(network.holidays));
    return c.json(shown(network), 200);
  });
  api.add(putHolidays, async c => {
    const { office } = c.var.context;
    const { network: before, version } = await office.networkEdits.read();
    const refused = unlessKnown(c, tagOfContent(before.holidays), shown(before));
    if (refused) return refused;
    const inOrder = c.req.valid('json').holidays;
    const network = judged({ ...before, holidays: inOrder });
    if (isRefused(network)) return problem(c, 'invalid-request', { errors: [...network.problems] });
    c.header('etag', tagOfContent(network.holidays));
    if (c.req.valid('query').dryRun === 'true') return c.json({ ...shown(network), job: null }, 200);
    // Begun first: holidays that are stored without it would leave duty as it was, and the same put would be refused.
    const job = await rerolled(c, network);
    const outcome = await office.networkEdits.put(network, version);
    if (outcome === 'number-taken') return problem(c, 'conflict');
    if (outcome !== 'stored') return changedMeanwhile(c, null, undefined);
    keepChange(c, null, shown(before), shown(network));
    return c.json({ ...shown(network), job: job && (await shownJob(c, job)) }, 200);
  });
  api.add(proposeHolidays, async c => {
    const { country, year, language } = c.req.valid('query');
    const proposed = await proposedHolidays(country, year, language ?? null);
    return c.json({ holidays: (proposed ?? []).map(each => ({ ...each })) }, 200);
  });
}

const shown = (network: Network) => ({ holidays: network.holidays.map(each => ({ ...each })) });

/** Every function has read the network anew by then: it is kept for a minute, and a clock may be a little off. */
const CACHES_ARE_OVER_SECONDS = 120;

/** Null when nobody's shifts depend on holidays. */
async function rerolled(c: ApiC, network: Network) {
  const rows: { volunteerId: VolunteerId }[] = [];
  const regions = new Set<RegionId>();
  for (const { id } of network.regions) {
    for (const { id: volunteerId, rota } of await c.var.context.ports.registry.volunteers(id)) {
      if (!rota.weekly.some(({ onHolidays }) => !onHolidays)) continue;
      rows.push({ volunteerId });
      regions.add(id);
    }
  }
  if (rows.length === 0) return null;
  const job = { kind: 'holiday-reroll', regions: [...regions], inSeconds: CACHES_ARE_OVER_SECONDS } as const;
  return beginJob(c, job, rows);
}
