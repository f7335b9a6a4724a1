// Who is on duty, now and at any instant; and whom each rung would ask for a need, tried out with nothing changed.
// Must never show a number, nor somebody who is at home and on duty where the manager sees nobody.
import { z } from '@hono/zod-openapi';
import { isNow, rosterAt } from '../../app/roster-at.ts';
import { whyPassed } from '../../app/timeline-words/rung-words.ts';
import { sees } from '../../domain/access.ts';
import { tiredBecause } from '../../domain/care.ts';
import { blank } from '../../domain/decide-intake.ts';
import { type CallSid, type RegionId, requestIdOf } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Ladder } from '../../domain/ladder.ts';
import { ladderOf, type Network } from '../../domain/network.ts';
import { rungKindOf } from '../../domain/report-summary.ts';
import type { Request } from '../../domain/request.ts';
import type { Candidate } from '../../domain/roster.ts';
import { type WouldAsk, wouldAsk } from '../../domain/would-ask.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { json } from './bodies.ts';
import { fields, moment, showMoment, shownMoment } from './fields.ts';
import { problem, problems } from './problem.ts';
import { verdictSchema, verdictShown } from './request-shapes.ts';

const states = ['free', 'busy', 'writing', 'paused', 'resting', 'unreachable'] as const;
const onDutySchema = z
  .object({
    volunteer: z.string(),
    home: z.string(),
    languages: z.array(z.string()),
    skills: z.array(z.string()),
    from: shownMoment,
    until: shownMoment.openapi({ description: 'As far as it is known' }),
    is: z.enum(states),
    conversations: z.number().int(),
    lastAskedAt: shownMoment.nullable(),
  })
  .openapi('OnDuty');
const getRoster = declared({
  method: 'get',
  path: '/v1/roster',
  operationId: 'getRoster',
  summary: 'Who is on duty: now with who is busy, at any other instant as the rota says',
  tag: 'roster',
  permission: 'rota:read',
  lies: 'answers-own',
  request: { query: z.strictObject({ at: moment.optional(), region: fields.regionId.optional() }) },
  responses: {
    200: json(
      'By region',
      z
        .object({
          at: shownMoment,
          isNow: z.boolean(),
          regions: z.array(z.object({ region: z.string(), onDuty: z.array(onDutySchema) })),
        })
        .openapi('Roster'),
    ),
    ...problems,
  },
});

const wishSchema = z
  .strictObject({
    line: fields.lineId,
    channel: z.enum(['voice', 'text']).default('voice'),
    region: fields.regionId.nullable().default(null),
    need: fields.skillId.nullable().default(null),
    language: fields.languageId,
    gender: z.enum(['woman', 'man']).nullable().default(null),
    elsewhere: z.boolean().default(false),
    minor: z.boolean().default(false),
    excluded: z.array(fields.volunteerId).max(100).default([]),
    agreedTo: z
      .array(z.enum(['police', 'legal', 'partner']))
      .max(3)
      .default([])
      .openapi({ description: 'The contacts to which she would have said yes' }),
    at: moment.optional(),
  })
  .openapi('MatchWanted');
const matchSchema = z
  .object({
    at: shownMoment,
    isNow: z.boolean(),
    rungs: z.array(
      z.object({
        number: z.number().int(),
        asks: z.string(),
        language: z.enum(['exact', 'second', 'interpreted']).nullable().openapi({
          description:
            'How far volunteers may be from her own language; null: it asks contacts, or whoever may be asked',
        }),
        passed: z.string().nullable().openapi({ description: 'Why it would be passed at once' }),
        order: z.array(
          z.object({
            helper: z.string(),
            by: z.enum(['call', 'text']),
            inLanguage: z.string().nullable(),
            isBent: z
              .boolean()
              .openapi({ description: 'She should rest, and is asked when nobody else is left' }),
          }),
        ),
        others: z.array(verdictSchema),
      }),
    ),
  })
  .openapi('Match');
const tryMatch = declared({
  method: 'post',
  path: '/v1/match',
  operationId: 'tryMatch',
  summary:
    'Whom each rung would ask if nobody answered, in which order, and why the others not. Changes nothing',
  tag: 'roster',
  permission: 'requests:read',
  lies: 'answers-own',
  request: { body: { required: true, content: { 'application/json': { schema: wishSchema } } } },
  responses: { 200: json('Rung by rung', matchSchema), ...problems },
});

export function roster(api: Api): void {
  api.add(getRoster, async c => {
    const { at: wanted, region } = c.req.valid('query');
    const { ports } = c.var.context;
    const network = await ports.networks.network();
    const now = ports.clock.now();
    const at = wanted ?? now;
    const own = ownRegions(c, network).filter(id => region === undefined || id === region);
    const onDuty = await rosterAt(ports, network, own, at);
    const regions = own.map(id => ({
      region: id,
      onDuty: onDuty.filter(({ regions: there }) => there.includes(id)).map(each => shown(each, network, at)),
    }));
    return c.json({ at: showMoment(at), isNow: isNow(at, now), regions }, 200);
  });
  api.add(tryMatch, async c => {
    const wish = c.req.valid('json');
    const { ports } = c.var.context;
    const network = await ports.networks.network();
    const errors = unknownIn(wish, network, c);
    if (errors.length > 0) return problem(c, 'invalid-request', { errors });
    const now = ports.clock.now();
    const at = wish.at ?? now;
    const everywhere = network.regions.map(({ id }) => id);
    const onDuty = await rosterAt(ports, network, everywhere, at);
    const request = imagined(wish, network, at);
    const visible = isVisible(c, onDuty);
    const rungs = wouldAsk(request, onDuty, { now: at, network, luck: 0 }).map(each => ({
      number: each.rung + 1,
      asks: rungKindOf(request.ladder, each.rung),
      language: languageOf(request.ladder, each.rung),
      passed: each.passed && whyPassed(each.passed),
      order: each.asks.filter(({ helper }) => visible(helper)).map(asked => ({ ...asked })),
      others: each.others.filter(({ helper }) => visible(helper)).map(verdictTried),
    }));
    return c.json({ at: showMoment(at), isNow: isNow(at, now), rungs }, 200);
  });
}

function ownRegions(c: ApiC, { regions }: Network): readonly RegionId[] {
  return regions.map(({ id }) => id).filter(id => sees(c.var.actor, id));
}

function shown(candidate: Candidate, network: Network, at: Instant) {
  const { volunteerId, region, languages, skills, duty, writesAt, lastOfferedAt } = candidate;
  return {
    volunteer: volunteerId,
    home: region,
    languages: [...languages],
    skills: [...skills],
    from: showMoment(duty.from),
    until: showMoment(duty.until),
    is: stateOf(candidate, network, at),
    conversations: writesAt.length,
    lastAskedAt: lastOfferedAt === null ? null : showMoment(lastOfferedAt),
  };
}

function stateOf(
  { reachable, pausedUntil, busyUntil, writesAt, load }: Candidate,
  network: Network,
  at: Instant,
): (typeof states)[number] {
  if (!reachable) return 'unreachable';
  if (pausedUntil !== null && pausedUntil > at) return 'paused';
  if (busyUntil !== null && busyUntil > at) return 'busy';
  if (writesAt.length > 0) return 'writing';
  return tiredBecause(load, network.settings.care, at) === null ? 'free' : 'resting';
}

function languageOf({ rungs }: Ladder, index: number) {
  const rung = rungs[index];
  return rung?.kind === 'volunteers' ? rung.language : null;
}

/** Nobody has been asked: she would be by then. */
function verdictTried(each: WouldAsk['others'][number]) {
  const shown = verdictShown(each);
  return each.verdict === 'asked-before'
    ? { ...shown, words: 'she would be asked on an earlier rung' }
    : shown;
}

type Wish = z.output<typeof wishSchema>;

function unknownIn({ line, region, need }: Wish, network: Network, c: ApiC) {
  const known = network.lines.find(({ id }) => id === line);
  const isForPeople = known && ladderOf(network, known.ladder).purpose === 'people';
  const isOwn = region === null || ownRegions(c, network).includes(region);
  const isSkill = need === null || network.skills.some(({ id }) => id === need);
  return [
    ...(isForPeople ? [] : [{ path: 'line', problem: 'is no line for people' }]),
    ...(isOwn ? [] : [{ path: 'region', problem: 'is no region that is yours' }]),
    ...(isSkill ? [] : [{ path: 'need', problem: 'is no skill of this network' }]),
  ];
}

/** A request that nobody has made; its name is that of no call. */
function imagined(wish: Wish, network: Network, at: Instant): Request {
  const line = network.lines.find(({ id }) => id === wish.line);
  if (line === undefined) throw new Error('a line that was there a moment ago');
  const callSid = `CA${'0'.repeat(32)}` as CallSid;
  const fresh = blank(line, ladderOf(network, line.ladder), {
    id: requestIdOf(callSid),
    channel: wish.channel,
    openedAt: at,
    callSid: wish.channel === 'voice' ? callSid : null,
    suggestedRegion: null,
    phase: { kind: 'intake', step: 'language', page: 0, silences: 0, since: at, slowedSeconds: 0 },
    private: { survivor: null, texts: {}, notes: [] },
  });
  const yes = { given: true, at, how: 'question' } as const;
  return {
    ...fresh,
    language: wish.language,
    need: wish.need,
    region: wish.region ?? line.region,
    wishedGender: wish.gender,
    elsewhere: wish.elsewhere,
    minor: wish.minor,
    excluded: wish.excluded,
    consent: Object.fromEntries(wish.agreedTo.map(kind => [kind, yes])),
  };
}

/** Contacts, and volunteers who are at home or on duty in a region of hers; of the others the order alone is kept. */
function isVisible(
  c: ApiC,
  onDuty: readonly Candidate[],
): (helper: WouldAsk['asks'][number]['helper']) => boolean {
  const hidden = onDuty
    .filter(({ region, regions }) => ![region, ...regions].some(each => sees(c.var.actor, each)))
    .map(({ volunteerId }) => volunteerId as string);
  const isHidden = new Set(hidden);
  return helper => !isHidden.has(helper);
}
