// Requests for managers: those that go on, those of a day that are over, one with its reasons and its timeline, and, on
// record, what is sealed of it. Must never show anything that is sealed but by `revealRequest`.
import { z } from '@hono/zod-openapi';
import { openRequests } from '../../app/open-requests.ts';
import { soundRequest } from '../../app/sound-request.ts';
import { noteLines } from '../../app/timeline-words/note-words.ts';
import { sees } from '../../domain/access.ts';
import { isCanary } from '../../domain/canary.ts';
import { parseRequestId, type RequestId } from '../../domain/ids.ts';
import { addSeconds, instant } from '../../domain/instant.ts';
import type { Summary } from '../../domain/report-summary.ts';
import type { Request } from '../../domain/request.ts';
import type { Note } from '../../domain/timeline.ts';
import { type Api, type ApiC, declared, type RegionsOf } from './api.ts';
import { json } from './bodies.ts';
import { tagOfVersion } from './conditions.ts';
import { fields, pageQuery, showMoment, shownMoment } from './fields.ts';
import { cursorIn, cursorOf } from './pages.ts';
import { problem, problems } from './problem.ts';
import { brief, briefSchema, full, fullSchema, type Judged, namesFor } from './request-shapes.ts';

export const requestParams = z.object({ requestId: fields.requestId });
export const tag = 'requests';

/** For every operation on one request: it is seen where it lies; one without a region by everybody. */
export const regionOfRequest: RegionsOf = async ({ requestId = '' }, { ports }) => {
  const id = parseRequestId(requestId);
  const request = id && (await soundRequest(ports, id));
  return request && !isCanary(request) ? [request.region] : null;
};

const one = { tag, lies: regionOfRequest } as const;
const listRequests = declared({
  method: 'get',
  path: '/v1/requests',
  operationId: 'listRequests',
  summary: 'Requests that go on, the oldest first',
  tag,
  permission: 'requests:read',
  lies: 'answers-own',
  request: {
    query: z.strictObject({
      state: z
        .literal('open')
        .default('open')
        .openapi({ description: 'Those that are over: listEndedRequests' }),
      line: fields.lineId.optional(),
      region: fields.regionId.optional(),
    }),
  },
  responses: {
    200: json(
      'All of them',
      z
        .object({
          requests: z.array(briefSchema),
          isWhole: z.boolean().openapi({ description: 'False: some could not be read now; ask again' }),
        })
        .openapi('OpenRequests'),
    ),
    ...problems,
  },
});

const endedSchema = z
  .object({
    id: z.string(),
    line: z.string(),
    channel: z.enum(['voice', 'text']),
    region: z.string().nullable(),
    need: z.string().nullable(),
    language: z.string(),
    openedOn: z.string(),
    openedHour: z.number().int(),
    closedAt: shownMoment.openapi({ description: 'To the minute' }),
    because: z.string(),
    secondsToPerson: z.number().nullable(),
    talkSeconds: z.number(),
    rungs: z.number().int(),
    rung: z.string(),
  })
  .openapi('RequestEnded');
const listEndedRequests = declared({
  method: 'get',
  path: '/v1/requests/ended',
  operationId: 'listEndedRequests',
  summary:
    'Requests that ended on a day (UTC), the latest first. A page may be short: go on while there is `next`',
  tag,
  permission: 'requests:read',
  lies: 'answers-own',
  request: { query: z.strictObject({ day: fields.localDate, ...pageQuery }) },
  responses: {
    200: json(
      'A page',
      z.object({ requests: z.array(endedSchema), next: z.string().nullable() }).openapi('RequestsEnded'),
    ),
    ...problems,
  },
});
const getRequest = declared({
  ...one,
  method: 'get',
  path: '/v1/requests/{requestId}',
  operationId: 'getRequest',
  summary: 'One request, with why each was asked or was not, and its ETag',
  permission: 'requests:read',
  request: { params: requestParams },
  responses: { 200: json('As it stands', fullSchema), ...problems },
});
const getTimeline = declared({
  ...one,
  method: 'get',
  path: '/v1/requests/{requestId}/timeline',
  operationId: 'getTimeline',
  summary: 'What happened to it, step by step, each also in words',
  permission: 'requests:read',
  request: { params: requestParams },
  responses: {
    200: json(
      'Oldest first',
      z
        .object({
          entries: z.array(
            z.object({
              at: shownMoment,
              version: z.number().int(),
              note: z.string(),
              words: z.array(z.string()),
              facts: z.record(z.string(), z.unknown()),
            }),
          ),
        })
        .openapi('Timeline'),
    ),
    ...problems,
  },
});
const revealRequest = declared({
  ...one,
  method: 'post',
  path: '/v1/requests/{requestId}/reveal',
  operationId: 'revealRequest',
  summary:
    'Her number, words of hers that wait, and notes of managers. Each look is on record, with its reason',
  permission: 'requests:reveal',
  record: 'no-answer',
  request: {
    params: requestParams,
    body: {
      required: true,
      content: {
        'application/json': { schema: z.strictObject({ reason: fields.reason }).openapi('LookWanted') },
      },
    },
  },
  responses: {
    200: json(
      'What is sealed',
      z
        .object({
          address: z.string().nullable().openapi({ description: 'Null: her number is withheld' }),
          words: z.array(z.string()).openapi({ description: 'Written by her and not passed on yet' }),
          notes: z.array(z.object({ by: z.string(), at: shownMoment, text: z.string() })),
        })
        .openapi('RequestSealed'),
    ),
    ...problems,
  },
});

export function requests(api: Api): void {
  api.add(listRequests, async c => {
    const { line, region } = c.req.valid('query');
    const { ports } = c.var.context;
    const [{ requests: open, isWhole }, network] = await Promise.all([
      openRequests(ports),
      ports.networks.network(),
    ]);
    const own = open.filter(
      each =>
        sees(c.var.actor, each.region) &&
        (line === undefined || each.lineId === line) &&
        (region === undefined || each.region === region),
    );
    const names = await namesFor(c, own, network);
    const now = ports.clock.now();
    return c.json({ requests: own.map(each => brief(each, names, network, now)), isWhole }, 200);
  });
  api.add(listEndedRequests, async c => {
    const { day, limit, after } = c.req.valid('query');
    const place = cursorIn(c, after);
    if (place === undefined)
      return problem(c, 'invalid-request', {
        errors: [{ path: 'after', problem: 'is not a cursor of this list' }],
      });
    const from = instant(Date.parse(`${day}T00:00:00Z`));
    const wanted = ({ region }: Summary) => sees(c.var.actor, region);
    const options = { limit, after: place, wanted };
    const range = { from, until: addSeconds(from, DAY_SECONDS) };
    const { summaries, next } = await c.var.context.office.summaries.page(range, options);
    return c.json({ requests: summaries.map(ended), next: cursorOf(c, next) }, 200);
  });
  api.add(getRequest, async c => {
    const request = await readable(c);
    if (request === null) return problem(c, 'not-found');
    c.header('etag', tagOfVersion(request.version));
    return c.json(await shownWhole(c, request), 200);
  });
  api.add(getTimeline, async c => {
    const request = await readable(c);
    if (request === null) return problem(c, 'not-found');
    const { language, need, ladder } = request;
    const telling = { rungs: ladder.rungs, language, need, namesAll: true };
    const entries = await c.var.context.ports.requests.timeline(request.id);
    const shown = entries.flatMap(({ at, version, notes }) =>
      notes.map(({ note, ...facts }) => ({
        at: showMoment(at),
        version,
        note,
        words: [...noteLines({ note, ...facts } as Note, telling)],
        facts: facts as Record<string, never>,
      })),
    );
    return c.json({ entries: shown }, 200);
  });
  api.add(revealRequest, async c => {
    const request = await readable(c);
    const kept = request?.private ?? null;
    if (kept === null || kept.notes === null)
      return problem(c, 'conflict', {
        detail: 'Nothing personal is kept of this request any more.',
        why: 'nothing-kept',
      });
    const notes = kept.notes.map(({ by, at, body }) => ({ by, at: showMoment(at), text: body }));
    return c.json({ address: kept.survivor, words: Object.values(kept.texts), notes }, 200);
  });
}

const DAY_SECONDS = 24 * 3600;

function ended({ requestId, lineId, skill, closedAt, ...summary }: Summary) {
  const { channel, region, language, openedOn, openedHour, because } = summary;
  const { secondsToPerson, talkSeconds, rungs, rung } = summary;
  return {
    ...{ id: requestId, line: lineId, channel, region, need: skill, language, openedOn, openedHour },
    ...{ closedAt: showMoment(closedAt), because, secondsToPerson, talkSeconds, rungs, rung },
  };
}

/** The guard has seen it a moment ago; it may be gone by now. */
export function readable(c: ApiC): Promise<Request | null> {
  return soundRequest(c.var.context.ports, c.req.param('requestId') as RequestId);
}

export async function shownWhole(c: ApiC, request: Request) {
  const { ports } = c.var.context;
  const network = await ports.networks.network();
  const [names, judged] = await Promise.all([namesFor(c, [request], network), lastJudged(c, request.id)]);
  return full(request, judged, names, network, ports.clock.now());
}

async function lastJudged(c: ApiC, id: RequestId): Promise<Judged> {
  const entries = await c.var.context.ports.requests.timeline(id);
  const judged = entries.flatMap(({ notes }) =>
    notes.flatMap(each => (each.note === 'judged' ? [each.verdicts] : [])),
  );
  return judged.at(-1) ?? [];
}
