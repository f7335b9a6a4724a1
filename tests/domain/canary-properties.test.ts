// Whatever happens to a canary's request, in whatever order and at whatever time: it asks nobody but the canary,
// alerts nobody, and is over a minute after it was opened at the first look. The other way round too: nothing that
// happens to a person's request puts her through to the canary.
// The same run again: SEED=<the printed one> npx vitest run tests/domain/canary-properties.test.ts
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CANARY_AT_MOST_SECONDS, isCanary, servingLine } from '../../shared/domain/canary.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { Line } from '../../shared/domain/network.ts';
import { parseAddress } from '../../shared/domain/phone.ts';
import { liveOffers, type Request, takenOffer } from '../../shared/domain/request.ts';
import { dueAt } from '../../shared/domain/standing.ts';
import { canaryContact, canaryLine, canaryNetwork, canaryNumber } from '../support/canary-network.ts';
import {
  at,
  callSid,
  decideWith,
  doneOf,
  given,
  legSid,
  looked,
  nothingYet,
  onDuty,
  performed,
  pressed,
  sure,
  survivor,
} from '../support/given.ts';
import { plainLine, police } from '../support/small-network.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2_147_483_647);
const RUNS = Number(process.env['RUNS'] ?? 500);
console.log(`canary properties: SEED=${seed}`);

const network = canaryNetwork;
const everybody = ['a', 'b', 'c'].map(name => onDuty(name));
const ofCanary = sure(parseAddress(canaryNumber));

const rangOn = (line: Line, from: typeof survivor | null): Event => ({
  kind: 'caller-rang',
  callSid,
  lineId: line.id,
  from,
  carried: { ...nothingYet, rung: 5, danger: true, preferred: police.id },
  agreed: null,
  limited: { limit: 'calls-of-number', isNew: true },
  coolingDown: true,
});

const digit = fc.constantFrom(null, '0', '1', '2', '9', '#');
const seq = fc.integer({ min: 1, max: 12 });
const turn = fc.integer({ min: 0, max: 9 });
const outcome = fc.constantFrom('completed', 'busy', 'no-answer', 'failed', 'canceled');

/** Every event that a call can meet; what comes late or makes no sense comes too. */
const event: fc.Arbitrary<Event | 'all-done' | 'all-failed'> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('all-done' as const, 'all-failed' as const) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('caller-waited' as const), turn, digit }) },
  fc.record({ kind: fc.constant('caller-chose' as const), turn, digit }),
  fc.record({ kind: fc.constant('caller-left-room' as const), seq }),
  fc.constant({ kind: 'caller-hung-up', callSid } as const),
  {
    weight: 2,
    arbitrary: seq.map(of => ({ kind: 'helper-answered', seq: of, callSid: legSid(of) }) as const),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(seq, digit, turn).map(([of, key, round]) => pressed(of, key, round)),
  },
  fc.record({ kind: fc.constant('helper-left-room' as const), seq }),
  fc
    .tuple(seq, outcome)
    .map(([of, how]) => ({ kind: 'leg-ended', seq: of, callSid: legSid(of), outcome: how }) as const),
  { weight: 3, arbitrary: fc.constant(looked) },
);

const moves = fc.array(
  fc.record({
    event,
    gapSeconds: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 400 })),
    luck: fc.double({ min: 0, max: 0.999, noNaN: true }),
    conflicts: fc.constantFrom(0, 0, 0, 1, 5),
  }),
  { maxLength: 40 },
);

function eventIn(request: Request, drawn: Event | 'all-done' | 'all-failed'): Event {
  if (drawn === 'all-done') return performed(...request.outbox.map(doneOf));
  if (drawn === 'all-failed')
    return performed(
      ...request.outbox.map(({ id }) => ({ id, outcome: 'failed', reason: 'refused' }) as const),
    );
  return drawn;
}

type Move = { event: Event | 'all-done' | 'all-failed'; gapSeconds: number; luck: number; conflicts: number };

/** Lives through all moves; `check` sees each request with its time. */
function live(
  opening: Event,
  drawn: readonly Move[],
  check: (request: Request, seconds: number) => void,
): void {
  let seconds = 0;
  const decideAt = (before: Request | null, happened: Event, chance: Pick<Move, 'luck' | 'conflicts'>) => {
    const { luck, conflicts } = chance;
    const { request } = decideWith(
      before,
      happened,
      { now: at(seconds), network, luck, conflicts },
      everybody,
    );
    check(request, seconds);
    return { ...request, version: (before?.version ?? 0) + 1 };
  };
  let request = decideAt(null, opening, { luck: 0, conflicts: 0 });
  for (const move of drawn) {
    seconds += move.gapSeconds;
    request = decideAt(request, eventIn(request, move.event), move);
  }
}

const askedIn = (request: Request) => [
  ...liveOffers(request).map(({ to }) => to),
  ...[takenOffer(request)?.to ?? []].flat(),
  ...Object.keys(request.asked),
  ...request.outbox.flatMap(({ action }) => ('to' in action ? [action.to] : [])),
];

test('a canary asks nobody else, alerts nobody and ends by itself', () => {
  fc.assert(
    fc.property(moves, drawn => {
      live(rangOn(canaryLine, ofCanary), drawn, (request, seconds) => {
        expect(isCanary(request)).toBe(true);
        for (const asked of askedIn(request)) expect(asked).toBe(canaryContact.id);
        expect(request.outbox.filter(({ action }) => action.kind === 'alert')).toEqual([]);
        if (request.phase.kind === 'closed') return;
        expect(seconds).toBeLessThan(CANARY_AT_MOST_SECONDS);
        expect(sure(dueAt(request, network.settings))).toBeLessThanOrEqual(at(CANARY_AT_MOST_SECONDS));
      });
    }),
    { seed, numRuns: RUNS },
  );
});

test('a person is never put through to the canary, not even on its own line', () => {
  const callers = fc.constantFrom(
    [plainLine, survivor] as const,
    [plainLine, ofCanary] as const,
    [canaryLine, survivor] as const,
    [canaryLine, null] as const,
  );
  fc.assert(
    fc.property(callers, moves, ([line, from], drawn) => {
      live(rangOn(line, from), drawn, request => {
        expect(isCanary(request)).toBe(false);
        expect(askedIn(request)).not.toContain(canaryContact.id);
      });
    }),
    { seed, numRuns: RUNS },
  );
});

test('two minutes after it was opened every canary is over, even when only the sweep looks at it', () => {
  const opened = given(rangOn(canaryLine, ofCanary), { network, roster: everybody });
  const due = sure(opened.when(0.5, looked).performed(1).dueIn);
  expect(due).toBeLessThanOrEqual(CANARY_AT_MOST_SECONDS);
  for (const seconds of [60, 119]) {
    expect(opened.when(seconds, looked).request.phase).toMatchObject({
      kind: 'closed',
      because: 'canary-over',
    });
  }
});

test('the alerts that are about the whole hotline are raised also when it is the canary who meets them', () => {
  const opened = given(rangOn(canaryLine, ofCanary), { network });
  const reached = [{ reason: 'spend-cap', about: 'rings' }] as const;
  const results = opened.request.outbox.map(entry => ({ ...doneOf(entry), reached }));
  const { actions } = opened.when(1, { kind: 'actions-performed', results });
  expect(actions).toContainEqual(expect.objectContaining({ kind: 'alert', reason: 'spend-cap' }));
});

test('whoever else calls its line is served by the first line for people', () => {
  expect(servingLine(network, canaryLine.id, survivor)).toBe(plainLine);
  expect(servingLine(network, canaryLine.id, null)).toBe(plainLine);
  expect(servingLine(network, canaryLine.id, ofCanary)).toBe(canaryLine);
  expect(servingLine(network, plainLine.id, ofCanary)).toBe(plainLine);
});
