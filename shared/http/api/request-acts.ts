// What a manager does to a request: one operation an act, all by the same road. An act that is not done says why in a word
// and a sentence. Must never decide anything: the domain does, on the request as it stands then.
import { z } from '@hono/zod-openapi';
import { manage } from '../../app/manager-events.ts';
import { whyRefused } from '../../app/timeline-words/refusal-words.ts';
import { sees } from '../../domain/access.ts';
import type { RequestId } from '../../domain/ids.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import { type ManagerEvent, NOTE_CHARACTERS_AT_MOST, type Refusal } from '../../domain/manager-act.ts';
import type { Request } from '../../domain/request.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { json } from './bodies.ts';
import { changedMeanwhile, tagOfVersion, unlessKnown } from './conditions.ts';
import { clockTime, fields, moment } from './fields.ts';
import { problem, problems } from './problem.ts';
import { keepChange } from './record.ts';
import { full, fullSchema } from './request-shapes.ts';
import { readable, regionOfRequest, requestParams, shownWhole, tag } from './requests.ts';

/** Without who does it, and on what. */
type Act = ManagerEvent extends infer Each
  ? Each extends ManagerEvent
    ? Omit<Each, 'by' | 'seen'>
    : never
  : never;

/** `say`: two managers could undo each other's work unknowingly, so each says what she saw. */
type Knowing = 'say-what-you-saw' | 'as-it-stands';

const reason = fields.reason;
const volunteer = z.strictObject({ volunteerId: fields.volunteerId });
const helper = z.union([fields.volunteerId, fields.contactId]);

export function requestActs(api: Api): void {
  act(api, 'assign', 'assignVolunteer', 'She is asked next, whatever the rung; she still has to say yes', {
    body: volunteer.openapi('Assignment'),
    toAct: ({ volunteerId }) => ({ kind: 'manager-assigned', volunteerId }),
    unless: (c, { volunteerId }) => unknownVolunteer(c, volunteerId),
  });
  act(api, 'exclude', 'excludeVolunteer', 'She is not asked, and is let out if she has it', {
    body: volunteer.openapi('Exclusion'),
    toAct: ({ volunteerId }) => ({ kind: 'manager-excluded', volunteerId }),
  });
  act(api, 'readmit', 'readmitVolunteer', 'Takes back what a manager excluded', {
    body: volunteer.openapi('Readmission'),
    toAct: ({ volunteerId }) => ({ kind: 'manager-readmitted', volunteerId }),
  });
  act(api, 'release', 'releaseHelper', 'Whoever has it is let out, and somebody else is sought', {
    knowing: 'say-what-you-saw',
    body: z
      .strictObject({
        helper: helper
          .nullable()
          .default(null)
          .openapi({ description: 'Null: whoever has it', example: null }),
        reason,
      })
      .openapi('Release'),
    toAct: body => ({ kind: 'manager-released', helper: body.helper }),
  });
  act(api, 'escalate', 'escalateRequest', 'The search goes to the next rung, or to a later one, now', {
    body: z
      .strictObject({
        rung: z.number().int().min(2).max(100).nullable().default(null).openapi({
          description: 'As `rung.number`; null: the next one',
        }),
      })
      .openapi('Escalation'),
    toAct: ({ rung }) => ({ kind: 'manager-escalated', rung: rung === null ? null : rung - 1 }),
  });
  act(api, 'join', 'joinTalk', 'A manager’s own phone is rung into the talk', {
    body: z.strictObject({ contactId: fields.contactId }).openapi('Joining'),
    toAct: ({ contactId }) => ({ kind: 'manager-joined', contactId }),
  });
  act(api, 'close', 'closeRequest', 'It is over. Never a call that waits; a talk only by force', {
    knowing: 'say-what-you-saw',
    body: z.strictObject({ reason, force: z.boolean().default(false) }).openapi('Closing'),
    toAct: ({ force }) => ({ kind: 'manager-closed', forced: force }),
  });
  act(api, 'note', 'noteOnRequest', 'A note for the record, sealed as her words are, and gone with them', {
    body: z.strictObject({ text: z.string().min(1).max(NOTE_CHARACTERS_AT_MOST) }).openapi('RequestNote'),
    toAct: ({ text }) => ({ kind: 'manager-noted', body: text }),
  });
  act(api, 'danger', 'decideDanger', 'Declares danger, or takes it back; never her consent for the police', {
    knowing: 'say-what-you-saw',
    body: z.strictObject({ danger: z.boolean(), reason }).openapi('DangerDecision'),
    toAct: ({ danger }) => ({ kind: 'manager-decided-danger', danger }),
  });
  act(api, 'minor', 'flagMinor', 'She is under age: the trained first', {
    body: z.strictObject({}).openapi('MinorFlag'),
    toAct: () => ({ kind: 'manager-flagged-minor' }),
  });
  act(
    api,
    'contact-rules',
    'setContactRules',
    'How she may be reached when she is not with us; null: not at all',
    {
      knowing: 'say-what-you-saw',
      body: z
        .strictObject({
          agreement: z
            .strictObject({
              callDigit: z
                .string()
                .regex(/^[1-8]$/, 'is not a digit from 1 to 8')
                .nullable(),
              mayText: z.boolean(),
              hours: z.strictObject({ from: clockTime, until: clockTime }).nullable(),
              otherHears: z.enum(['nothing', 'wrong-number']).default('wrong-number'),
              until: moment,
            })
            .nullable(),
          reason,
        })
        .openapi('ContactRulesWanted'),
      toAct: ({ agreement }) => ({ kind: 'manager-set-contact-rules', agreement }),
      unless: async (c, { agreement }) => unlessSoon(c, 'agreement.until', agreement?.until ?? null),
    },
  );
  act(api, 'abuse', 'reviewAbuse', 'Until when managers alone serve her number; null: no longer', {
    body: z.strictObject({ until: moment.nullable(), reason }).openapi('AbuseReview'),
    toAct: ({ until }) => ({ kind: 'manager-reviewed-abuse', until }),
    unless: async (c, { until }) => unlessSoon(c, 'until', until),
  });
}

type Doing<Body> = {
  readonly body: z.ZodType<Body>;
  readonly toAct: (body: Body) => Act;
  readonly knowing?: Knowing;
  readonly unless?: (c: ApiC, body: Body) => Promise<ReturnType<typeof problem> | null>;
};

function act<Body>(
  api: Api,
  path: string,
  operationId: string,
  summary: string,
  { body, toAct, knowing = 'as-it-stands', unless }: Doing<Body>,
): void {
  const route = declared({
    method: 'post',
    path: `/v1/requests/{requestId}/${path}`,
    operationId,
    summary,
    tag,
    permission: 'requests:act',
    lies: regionOfRequest,
    request: {
      params: requestParams,
      body: { required: true, content: { 'application/json': { schema: body } } },
    },
    responses: { 200: json('As it stands now', fullSchema), ...problems },
  });
  api.add(route, async c => {
    const sent = (c.req.valid as (part: 'json') => Body)('json');
    const request = await readable(c);
    if (request === null) return problem(c, 'not-found');
    const refused = (await unlessSeen(c, request, knowing)) ?? (await unless?.(c, sent));
    if (refused) return refused;
    return done(c, request, toAct(sent));
  });
}

/** Who says which version she saw means that one, also where she need not. */
async function unlessSeen(c: ApiC, request: Request, knowing: Knowing) {
  if (knowing === 'as-it-stands' && c.req.header('if-match') === undefined) return null;
  return unlessKnown(c, tagOfVersion(request.version), await shownWhole(c, request));
}

async function done(c: ApiC, before: Request, wanted: Act) {
  const { id, version } = before;
  const ifMatch = c.req.header('if-match');
  const seen = ifMatch === undefined || ifMatch === '*' ? null : version;
  const event = { ...wanted, by: c.var.actor.id, seen } as ManagerEvent;
  const managed = await manage(c.var.context.ports, id as RequestId, event);
  if (managed.request === null) return problem(c, 'not-found');
  const tagNow = tagOfVersion(managed.request.version);
  const now = await shownWhole(c, managed.request);
  if (managed.came === 'changed') return changedMeanwhile(c, tagNow, now);
  if (managed.came !== 'done') return notDone(c, managed.came);
  await keepRequest(c, before, managed.request);
  c.header('etag', tagNow);
  return c.json(now, 200);
}

/** As managers see it: what is sealed of it stays where it is. */
async function keepRequest(c: ApiC, before: Request, after: Request): Promise<void> {
  const { networks, clock } = c.var.context.ports;
  const network = await networks.network();
  const [stood, stands] = [before, after].map(each => full(each, [], () => null, network, clock.now()));
  keepChange(c, before.id as RequestId, stood, stands);
}

function notDone(c: ApiC, why: Refusal) {
  return problem(c, 'conflict', { why, detail: `Not done: ${whyRefused(why)}. Nothing was changed.` });
}

/** What somebody agreed to, or was reported for, is forgotten by then. */
const AHEAD_AT_MOST_SECONDS = 366 * 24 * 3600;

function unlessSoon(c: ApiC, path: string, until: Instant | null) {
  const now = c.var.context.ports.clock.now();
  if (until === null || (until > now && until <= addSeconds(now, AHEAD_AT_MOST_SECONDS))) return null;
  return problem(c, 'invalid-request', { errors: [{ path, problem: 'is not within the year to come' }] });
}

/** Whoever is of a region that is not hers to see is nobody to her. */
async function unknownVolunteer(c: ApiC, id: Parameters<typeof c.var.context.ports.registry.volunteer>[0]) {
  const known = await c.var.context.ports.registry.volunteer(id);
  if (known && sees(c.var.actor, known.volunteer.region)) return null;
  return problem(c, 'invalid-request', {
    errors: [{ path: 'volunteerId', problem: 'is nobody that is known here' }],
  });
}
