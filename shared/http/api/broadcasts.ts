// One text to many volunteers: first, with dryRun, who would get it and what it costs; then as a job, slowly.
// Must never carry a phone number: a number in a text to thirty phones is nobody's any more.
import { z } from '@hono/zod-openapi';
import { priceOf, type Recipient, recipients } from '../../app/broadcasting.ts';
import { sees } from '../../domain/access.ts';
import { type Api, declared } from './api.ts';
import { fields } from './fields.ts';
import { beginJob, jobBegun, shownJob } from './jobs.ts';
import { problem, problems } from './problem.ts';

/** Four segments of Cyrillic: longer ones are read by nobody, and cost as much as four texts. */
const WORDS_AT_MOST = 268;
/** At one in two seconds it takes an hour and a half. */
const RECIPIENTS_AT_MOST = 3_000;

const wantedSchema = z
  .strictObject({
    words: z
      .string()
      .trim()
      .min(1)
      .max(WORDS_AT_MOST)
      .refine(words => !/\d(?:[\s()-]*\d){6}/.test(words), { message: 'holds what may be a phone number' })
      .openapi({ description: 'Sent as it is, to each in the same language' }),
    regions: z.array(fields.regionId).min(1).max(50),
    skill: fields.skillId.nullable().default(null).openapi({ description: 'Null: whatever they can do' }),
    onDuty: z.boolean().default(false).openapi({ description: 'Those alone who are on duty now' }),
  })
  .openapi('BroadcastWanted');

const previewSchema = z
  .object({
    recipients: z.array(
      z.object({
        volunteerId: z.string(),
        name: z.string(),
        by: z.enum(['sms', 'whatsapp']).nullable(),
        unreached: z.enum(['no-way', 'window-closed']).nullable().openapi({
          description: 'Why she will not get it; `window-closed`: no word from her on WhatsApp for a day',
        }),
      }),
    ),
    reached: z.number().int(),
    segments: z.number().int().openapi({ description: 'Of all texts together' }),
    cost: z
      .object({ amount: z.number(), currency: z.string() })
      .nullable()
      .openapi({ description: 'Null: settings.selfService.textPrice is not set' }),
  })
  .openapi('BroadcastPreview');

const broadcast = declared({
  method: 'post',
  path: '/v1/broadcasts',
  operationId: 'startBroadcast',
  summary:
    'Writes to volunteers; with dryRun says to whom, and what it costs. Its job tells how far it is, and stops it',
  tag: 'broadcasts',
  permission: 'broadcasts:send',
  lies: 'answers-own',
  needsKey: true,
  request: {
    headers: z.object({
      'idempotency-key': z
        .string()
        .optional()
        .openapi({ description: 'Needed, but with dryRun: nobody is written to twice' }),
    }),
    query: z.strictObject({ dryRun: fields.dryRun }),
    body: { required: true, content: { 'application/json': { schema: wantedSchema } } },
  },
  responses: {
    200: {
      description: 'With dryRun: who would get it',
      content: { 'application/json': { schema: previewSchema } },
    },
    ...jobBegun,
    ...problems,
  },
});

export function broadcasts(api: Api): void {
  api.add(broadcast, async c => {
    const { words, ...audience } = c.req.valid('json');
    const { ports } = c.var.context;
    const network = await ports.networks.network();
    const errors = audience.regions.flatMap((region, place) =>
      sees(c.var.actor, region) && network.regions.some(({ id }) => id === region)
        ? []
        : [{ path: `regions[${place}]`, problem: 'is no region that is yours' }],
    );
    if (errors.length > 0) return problem(c, 'invalid-request', { errors });
    const to = await recipients(ports, audience);
    if (c.req.valid('query').dryRun === 'true') {
      const price = priceOf(to, words, network);
      const reached = to.filter(({ unreached }) => unreached === null).length;
      return c.json({ recipients: to.map(shown), reached, ...price }, 200);
    }
    if (to.length === 0 || to.length > RECIPIENTS_AT_MOST)
      return problem(c, 'conflict', {
        detail: `That would be ${to.length} volunteers; it must be 1 to ${RECIPIENTS_AT_MOST}. Nobody was written to.`,
      });
    const rows = to.map(({ volunteer: { id: volunteerId } }) => ({ volunteerId, words }));
    // Later than now: it is for the function of every minute, which alone keeps the pace.
    const job = await beginJob(c, { kind: 'broadcast', regions: audience.regions, inSeconds: 1 }, rows);
    return c.json(await shownJob(c, job), 202);
  });
}

const shown = ({ volunteer: { id, name }, by, unreached }: Recipient) => ({
  ...{ volunteerId: id, name, by, unreached },
});
