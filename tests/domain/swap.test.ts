// What becomes of a shift that somebody gives away. The property: whatever happens in whatever order, nobody is on it
// twice, and it is with nobody only when whoever gave it is off it and managers know.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languageId, skillId } from '../../infra/local/seed/seed-values.ts';
import { decideSwap, openSwap, type SwapEvent, type SwapFacts } from '../../shared/domain/decide-swap.ts';
import { addSeconds, type Instant } from '../../shared/domain/instant.ts';
import { parseLocalDate } from '../../shared/domain/local-time.ts';
import { occurrencesOf } from '../../shared/domain/occurrence.ts';
import { dutyAt } from '../../shared/domain/rota.ts';
import { usualSelfService } from '../../shared/domain/self-service.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { isOver, type Swap, swapDueAt } from '../../shared/domain/swap.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { at, sure } from '../support/given.ts';
import { volunteer } from '../support/small-network.ts';

const zone = 'Asia/Almaty';
const HOUR = 3600;
const shiftOn = (day: string, from: number, until: number) => ({
  date: sure(parseLocalDate(`2026-11-${day}`)),
  from: from * 60,
  until: until * 60,
});
// Second 0 is Monday the 23rd, 10:00.
const giver = volunteer('aigul', 11, { rota: plainRota(zone, { dated: [shiftOn('25', 18, 22)] }) });
const idle = (name: string, more: Partial<Volunteer> = {}) =>
  volunteer(name, 12, { rota: plainRota(zone, { dated: [shiftOn('27', 9, 13)] }), ...more });
const taker = idle('dana');
const holidays = new Set<never>();
const [occurrence] = occurrencesOf(giver, holidays, at(0), at(7 * 24 * HOUR));
const during = addSeconds(sure(occurrence).window.from, 60);
const rules = { holidays, settings: usualSelfService, restHours: 11 };

function facts(now: Instant, more: Partial<SwapFacts> = {}): SwapFacts {
  return { now, ...rules, giver, taker, wouldSink: () => false, ...more };
}

function opened(now: Instant, isIll = false) {
  const decision = openSwap({ now, ...rules, giver, occurrence: sure(occurrence), before: null, isIll });
  if (decision.refused !== null) throw new Error(decision.refused);
  return decision;
}

const takes = (by = taker): SwapEvent => ({ kind: 'taken', by: by.id, inReturn: null });

test('given away in time it stays hers until somebody takes it; ill or too late she is off it and managers hear', () => {
  const early = opened(at(0));
  expect([early.reply, early.changes, early.swap.telling]).toEqual(['opened', [], []]);
  for (const late of [opened(at(0), true), opened(at(50 * HOUR))]) {
    expect(late.reply).toBe('away');
    expect(late.swap.telling).toEqual([{ tell: 'managers', reason: 'shift-given-late' }]);
    const [change] = late.changes;
    expect(dutyAt(sure(change).after.rota, holidays, during)).toBeNull();
  }
});

test.each([
  ['speaks none of its languages', idle('x', { languages: [languageId('kk')] }), 'language'],
  ['is on duty then', idle('x', { rota: plainRota(zone, { dated: [shiftOn('25', 21, 23)] }) }), 'busy'],
  [
    'is away then',
    idle('x', {
      rota: plainRota(zone, {
        absences: [{ from: '2026-11-25T00:00' as never, until: '2026-11-26T00:00' as never }],
      }),
    }),
    'busy',
  ],
  ['would not rest', idle('x', { rota: plainRota(zone, { dated: [shiftOn('25', 5, 17)] }) }), 'rest'],
  ['gave it herself', giver, 'own'],
] as const)('whoever %s cannot take it', (_why, who, refused) => {
  expect(decideSwap(opened(at(0)).swap, takes(who), facts(at(60), { taker: who }))).toEqual({ refused });
});

test('it waits for a manager when the hotline says so, when it would leave a hole, and when the taker can do less', () => {
  const { swap } = opened(at(0));
  const less = { giver: { ...giver, skills: [skillId('crisis'), skillId('legal')] } };
  for (const [more, because] of [
    [{ settings: { ...usualSelfService, approveEverySwap: true } }, ['always']],
    [{ wouldSink: () => true }, ['hole']],
    [less, ['offers-less']],
  ] as const) {
    const decision = decideSwap(swap, takes(), facts(at(60), more));
    expect(decision).toMatchObject({ changes: [], reply: 'waits', swap: { state: { because } } });
  }
});

test('a manager declines: it stays hers, or is open again without the one who was refused, when she is off it', () => {
  const declined = (swap: Swap) => {
    const waiting = decideSwap(swap, takes(), facts(at(60), { wouldSink: () => true }));
    if (waiting.refused !== null) throw new Error(waiting.refused);
    return decideSwap(waiting.swap, { kind: 'declined' }, facts(at(120)));
  };
  expect(declined(opened(at(0)).swap)).toMatchObject({ swap: { state: { kind: 'declined' } }, changes: [] });
  const open = declined(opened(at(0), true).swap);
  expect(open).toMatchObject({ swap: { state: { kind: 'open' }, refused: [taker.id] } });
  if (open.refused === null)
    expect(decideSwap(open.swap, takes(), facts(at(180)))).toEqual({ refused: 'refused' });
});

test('a day before it begins managers and she hear once that nobody has taken it; at its beginning it is over', () => {
  const { swap } = opened(at(0));
  const soon = addSeconds(sure(occurrence).window.from, -24 * HOUR);
  expect(swapDueAt({ ...swap, toAsk: [] }, usualSelfService, at(0))).toBe(soon);
  const told = decideSwap(swap, { kind: 'looked' }, facts(soon));
  if (told.refused !== null) throw new Error(told.refused);
  expect(told.swap.telling).toEqual([
    { tell: 'managers', reason: 'shift-open' },
    { tell: 'volunteer', to: giver.id, news: 'nobody-yet', about: swap.occurrence },
  ]);
  expect(decideSwap(told.swap, { kind: 'looked' }, facts(addSeconds(soon, 60)))).toMatchObject({
    swap: { version: told.swap.version },
  });
  const over = decideSwap(told.swap, { kind: 'looked' }, facts(sure(occurrence).window.from));
  expect(over).toMatchObject({ swap: { state: { kind: 'expired' } }, changes: [] });
});

const others = [taker, idle('bota'), idle('kanat', { languages: [languageId('ru'), languageId('kk')] })];
const anyEvent = fc.oneof(
  fc.record({ kind: fc.constant('taken' as const), who: fc.nat(2), returns: fc.boolean() }),
  fc.record({ kind: fc.constant('return-answered' as const), agrees: fc.boolean() }),
  fc.constantFrom(
    { kind: 'approved' as const },
    { kind: 'declined' as const },
    { kind: 'withdrawn' as const },
    { kind: 'looked' as const },
  ),
);
const anyLife = fc.record({
  isIll: fc.boolean(),
  sinks: fc.boolean(),
  steps: fc.array(fc.record({ event: anyEvent, after: fc.nat(20 * HOUR) }), { maxLength: 12 }),
});

test('whatever happens in whatever order: one person at most is on it, one exactly while nobody is off it', () => {
  fc.assert(
    fc.property(anyLife, ({ isIll, sinks, steps }) => {
      const people = new Map([giver, ...others].map(each => [each.id, each]));
      const written = (changes: readonly { readonly after: Volunteer }[]) => {
        for (const { after } of changes) people.set(after.id, after);
      };
      const first = opened(at(0), isIll);
      written(first.changes);
      let [swap, now] = [first.swap, at(0)];
      for (const { event, after } of steps) {
        now = addSeconds(now, after);
        const by =
          event.kind === 'taken' ? sure(others[event.who]).id : 'by' in swap.state ? swap.state.by : null;
        const who = by === null ? null : sure(people.get(by));
        const inReturn =
          event.kind === 'taken' && event.returns && who !== null
            ? (occurrencesOf(who, holidays, now, at(7 * 24 * HOUR))[0] ?? null)
            : null;
        const happened: SwapEvent =
          event.kind === 'taken' ? { kind: 'taken', by: sure(who).id, inReturn } : event;
        const decision = decideSwap(swap, happened, {
          ...facts(now),
          giver: sure(people.get(giver.id)),
          taker: who,
          wouldSink: () => sinks,
        });
        if (decision.refused !== null) continue;
        written(decision.changes);
        swap = decision.swap;
        const there = [...people.values()].filter(({ rota }) => dutyAt(rota, holidays, during) !== null);
        expect(there.length).toBe(swap.isAway && swap.state.kind !== 'approved' ? 0 : 1);
        if (isOver(swap) && swap.state.kind !== 'approved' && !swap.isAway)
          expect(there[0]?.id).toBe(giver.id);
      }
    }),
    { numRuns: 300 },
  );
});
