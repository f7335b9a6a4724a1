// Swaps of shifts: what volunteers have given away, and a manager's yes or no. A manager may also give one away for
// somebody who telephones, and note who takes it.
import { z } from '@hono/zod-openapi';
import { actOnSwap, type Done, giveShift } from '../../app/swaps.ts';
import { sees } from '../../domain/access.ts';
import type { SwapEvent } from '../../domain/decide-swap.ts';
import { parseShiftId, parseSwapId } from '../../domain/ids.ts';
import type { Occurrence } from '../../domain/occurrence.ts';
import type { Swap } from '../../domain/swap.ts';
import { type Api, type ApiC, declared, type RegionsOf } from './api.ts';
import { json, sent } from './bodies.ts';
import { tagOfContent, unlessKnown } from './conditions.ts';
import { fields, parsedText, showClockTime, showMoment, shownMoment } from './fields.ts';
import { problem, problems } from './problem.ts';
import { keepChange } from './record.ts';

const shiftId = parsedText(parseShiftId, 'the id of a shift', 'sft_1');
const swapId = parsedText(parseSwapId, 'the id of a swap', 'swp_0123456789abcdef');

const occurrenceSchema = z
  .object({
    shiftId: z.string(),
    date: z.string().openapi({ description: 'The day on which it begins, in `zone`' }),
    zone: z.string(),
    from: z.string().openapi({ example: '18:00' }),
    until: z.string().openapi({ example: '22:00' }),
    regions: z.array(z.string()),
    begins: shownMoment,
    ends: shownMoment,
  })
  .openapi('ShiftOccurrence');
const swapSchema = z
  .object({
    id: z.string(),
    giver: z.string().openapi({ description: 'The volunteer whose shift it is' }),
    shift: occurrenceSchema,
    openedAt: shownMoment,
    away: z.boolean().openapi({ description: 'She is off it already' }),
    state: z.enum(['open', 'asked', 'needs-approval', 'approved', 'declined', 'withdrawn', 'expired']),
    taker: z.string().nullable(),
    inReturn: occurrenceSchema.nullable(),
    because: z
      .array(z.enum(['always', 'hole', 'offers-less']))
      .openapi({ description: 'Why it waits for a manager' }),
  })
  .openapi('Swap');

const params = z.object({ swapId });

/** Seen where the shift is. */
const placeOf: RegionsOf = async ({ swapId: text = '' }, { ports }) => {
  const id = parseSwapId(text);
  const swap = id && (await ports.shifts.swap(id));
  return swap ? swap.occurrence.regions : null;
};

const tag = 'swaps';
const reading = { permission: 'rota:read', tag } as const;
const writing = { permission: 'rota:write', lies: placeOf, tag } as const;
const asItIs = { 200: json('As it stands now', swapSchema), ...problems };

const listSwaps = declared({
  ...reading,
  method: 'get',
  path: '/v1/swaps',
  operationId: 'listSwaps',
  summary: 'Of the shifts that have not ended in your regions, by their ends',
  lies: 'answers-own',
  request: {
    query: z.strictObject({
      region: fields.regionId.optional(),
      state: z.enum(['open', 'needs-approval']).optional(),
    }),
  },
  responses: {
    200: json('They', z.object({ swaps: z.array(swapSchema) }).openapi('Swaps')),
    ...problems,
  },
});
const getSwap = declared({
  ...reading,
  method: 'get',
  path: '/v1/swaps/{swapId}',
  operationId: 'getSwap',
  summary: 'One, with its ETag',
  lies: placeOf,
  request: { params },
  responses: { 200: json('It', swapSchema), ...problems },
});
const openSwap = declared({
  method: 'post',
  path: '/v1/swaps',
  operationId: 'openSwap',
  summary: 'A volunteer cannot come to one of her shifts: others are asked',
  tag,
  permission: 'rota:write',
  lies: 'answers-own',
  request: {
    body: sent(
      z
        .strictObject({
          volunteerId: fields.volunteerId,
          shiftId,
          date: fields.localDate,
          ill: z.boolean().default(false).openapi({ description: 'She is off it at once' }),
        })
        .openapi('SwapWanted'),
    ),
  },
  responses: { 201: json('It', swapSchema), ...problems },
});
const takeSwap = declared({
  ...writing,
  method: 'post',
  path: '/v1/swaps/{swapId}/take',
  operationId: 'takeSwap',
  summary: 'A volunteer takes it; it is judged as if she had written so herself',
  request: { params, body: sent(z.strictObject({ volunteerId: fields.volunteerId }).openapi('SwapTaking')) },
  responses: asItIs,
});

const acts = {
  approve: 'Yes to the taking that waits; while nobody has taken it, that she need not come',
  decline: 'No: it stays hers; or open for others without the one who was declined, when she is off it',
  withdraw: 'She comes after all',
} as const;
const eventOf = { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' } as const;

export function swaps(api: Api): void {
  api.add(listSwaps, async c => {
    const { region, state } = c.req.valid('query');
    const { ports } = c.var.context;
    const { regions } = await ports.networks.network();
    const mine = regions
      .map(({ id }) => id)
      .filter(id => sees(c.var.actor, id) && (region === undefined || id === region));
    const found = await Promise.all(mine.map(id => ports.shifts.swapsOf(id, ports.clock.now())));
    const all = found.flat().filter(each => state === undefined || each.state.kind === state);
    return c.json({ swaps: all.map(shown) }, 200);
  });
  api.add(getSwap, async c => {
    const swap = await c.var.context.ports.shifts.swap(c.req.valid('param').swapId);
    if (!swap) return problem(c, 'not-found');
    c.header('etag', tagOf(swap));
    return c.json(shown(swap), 200);
  });
  api.add(openSwap, async c => {
    const { volunteerId, ill, ...which } = c.req.valid('json');
    const { ports } = c.var.context;
    const known = await ports.registry.volunteer(volunteerId);
    if (!known || !sees(c.var.actor, known.volunteer.region)) return problem(c, 'not-found');
    const done = await giveShift(ports, volunteerId, which, ill, c.var.actor.id);
    if (done.refused !== null) return refused(c, done);
    c.header('etag', tagOf(done.swap));
    keepChange(c, null, null, shown(done.swap));
    c.header('location', `/v1/swaps/${done.swap.id}`);
    return c.json(shown(done.swap), 201);
  });
  api.add(takeSwap, async c => {
    const { volunteerId } = c.req.valid('json');
    const known = await c.var.context.ports.registry.volunteer(volunteerId);
    if (!known || !sees(c.var.actor, known.volunteer.region)) return problem(c, 'not-found');
    return act(c, c.req.valid('param').swapId, { kind: 'taken', by: volunteerId, inReturn: null });
  });
  for (const name of Object.keys(acts) as (keyof typeof acts)[]) {
    const operation = declared({
      ...writing,
      method: 'post',
      path: `/v1/swaps/{swapId}/${name}`,
      operationId: `${name}Swap`,
      summary: `${acts[name]}; say in If-Match which state you mean`,
      request: { params },
      responses: asItIs,
    });
    api.add(operation, c => act(c, c.req.valid('param').swapId, { kind: eventOf[name] }));
  }
}

async function act(c: ApiC, id: Swap['id'], event: SwapEvent) {
  const { ports } = c.var.context;
  const before = await ports.shifts.swap(id);
  if (!before) return problem(c, 'not-found');
  const stale = unlessKnown(c, tagOf(before), shown(before));
  if (stale) return stale;
  const done = await actOnSwap(ports, id, event, c.var.actor.id);
  if (done.refused !== null) return refused(c, done);
  keepChange(c, null, shown(before), shown(done.swap));
  c.header('etag', tagOf(done.swap));
  return c.json(shown(done.swap), 200);
}

/** Of what a manager decides on: that somebody more has been asked by text is no change of it. */
const tagOf = ({ state, isAway, refused: not }: Swap): string => tagOfContent([state, isAway, not]);

const sentences: { readonly [Refused in NonNullable<Done['refused']>]: string } = {
  own: 'It is her own shift.',
  language: 'She speaks none of the languages of whoever gives it.',
  skill: 'She lacks a skill that the shift is for.',
  busy: 'She is on duty or away then.',
  rest: 'She would not have the rest that settings.coverage.restHours asks for.',
  refused: 'A manager has declined her for this shift.',
  gone: 'It is over, somebody has taken it, or the shift is no longer in the rota.',
  begun: 'The shift has begun.',
  'not-asked': 'There is nothing to decide.',
  'return-unfit': 'Whoever gives it could not take what is offered in return.',
  unknown: 'She has no such shift ahead.',
};

function refused(c: ApiC, { refused: why }: Done) {
  return problem(c, 'conflict', { detail: `${sentences[why ?? 'unknown']} Nothing was changed.` });
}

function shown({ id, giver, occurrence, openedAt, isAway, state }: Swap) {
  const inReturn = 'inReturn' in state ? state.inReturn : null;
  return {
    ...{ id, giver, away: isAway },
    shift: shownOccurrence(occurrence),
    openedAt: showMoment(openedAt),
    state: state.kind,
    taker: 'by' in state ? state.by : null,
    inReturn: inReturn && shownOccurrence(inReturn),
    because: state.kind === 'needs-approval' ? [...state.because] : [],
  };
}

function shownOccurrence({ shiftId: id, date, zone, from, until, regions, window }: Occurrence) {
  return {
    ...{ shiftId: id, date, zone, from: showClockTime(from), until: showClockTime(until) },
    regions: [...regions],
    begins: showMoment(window.from),
    ends: showMoment(window.until),
  };
}
