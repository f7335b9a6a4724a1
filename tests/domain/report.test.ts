// Reports: what is kept of a request that is over, how many of them are counted, and what of the counts may be shown.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineId } from '../../infra/local/seed/seed-values.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { RequestId } from '../../shared/domain/ids.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import { type Cell, Counting, type Dimension, percentile } from '../../shared/domain/report.ts';
import { type LuckOf, rounded, roundedCell } from '../../shared/domain/report-rounding.ts';
import { type Summary, summaryOf } from '../../shared/domain/report-summary.ts';
import { canaryLine, canaryNetwork, canaryNumber } from '../support/canary-network.ts';
import {
  answered,
  at,
  given,
  hungUp,
  looked,
  offerTo,
  onDuty,
  pressed,
  rang,
  type Story,
  sure,
  survivor,
  texted,
  waited,
} from '../support/given.ts';
import { fullLine, plainLine, police, smallNetwork } from '../support/small-network.ts';

const aigul = onDuty('aigul');
const keptOf = ({ request }: Story): Summary => sure(summaryOf(request, smallNetwork));

describe('what is kept of a request', () => {
  const talking = given(rang(), { roster: [aigul] })
    .performed(1)
    .when(4, answered(1))
    .when(5, pressed(1, '1'))
    .when(6, waited(null, 1));

  test('a call that was answered: how soon, how long, in which hour, and nothing that points to anybody', () => {
    expect(summaryOf(talking.request, smallNetwork)).toBeNull();
    const kept = keptOf(talking.when(605, hungUp));
    expect(kept).toEqual({
      requestId: talking.request.id,
      lineId: plainLine.id,
      channel: 'voice',
      region: 'KZ-75',
      skill: null,
      language: 'ru',
      openedOn: '2026-11-23',
      openedHour: 10,
      closedAt: at(600),
      because: 'talked',
      secondsToPerson: 5,
      talkSeconds: 600,
      person: 'volunteer',
      rungs: 0,
      rung: 'region',
      askedContacts: [],
      abandoned: null,
      calledBack: false,
    });
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${survivor.slice(1)}|vol_|CA[0-9a-f]{32}`));
  });

  test.each([
    [4, 'at-once'],
    [40, 'later'],
  ])('who hangs up after %i seconds without anybody is counted as gone %s', (seconds, abandoned) => {
    const gone = given(rang(), { roster: [aigul] })
      .performed(1)
      .when(seconds, hungUp);
    expect(keptOf(gone)).toMatchObject({ abandoned, person: null, secondsToPerson: null, talkSeconds: 0 });
  });

  test('nobody there: it climbs, a desk is asked, and the report says how far and whom', () => {
    const danger = given(rang(fullLine)).when(2, waited('9')).performed(3);
    const desk = offerTo(police.id, danger);
    const helped = danger
      .when(10, answered(desk.seq))
      .when(20, pressed(desk.seq, '1'))
      .when(21, waited(null, 2))
      .when(100, hungUp);
    expect(keptOf(helped)).toMatchObject({
      person: 'police',
      rung: 'police',
      rungs: 4,
      askedContacts: ['police'],
      secondsToPerson: 20,
    });
  });

  test('in writing the time runs from her yes, and a talk to its last word', () => {
    const asked = given(texted('Salem'), { roster: [aigul] });
    const search = asked.performed(1).when(900, texted('1')).performed(901);
    const offer = offerTo(aigul.volunteerId, search);
    const talk = search.when(960, { ...helperText(sure(offer.code)) }).performed(961);
    const words = talk.when(1100, helperText('Tyndap turmyn')).performed(1101);
    const done = words.when(1500, texted('Rahmet')).performed(1501).when(1560, helperText('90'));
    expect(keptOf(done)).toMatchObject({
      channel: 'text',
      secondsToPerson: 60,
      talkSeconds: 540,
      person: 'volunteer',
    });
  });

  test('a canary is nobody, and leaves nothing for a report', () => {
    const story = given({ ...rang(canaryLine), from: smsAddress(canaryNumber) } as Event, {
      network: canaryNetwork,
    });
    const over = story.when(90, looked);
    expect(over.request.phase.kind).toBe('closed');
    expect(summaryOf(over.request, canaryNetwork)).toBeNull();
  });
});

describe('counting', () => {
  const kept = (changes: Partial<Summary>): Summary => ({
    ...keptOf(
      given(rang(), { roster: [aigul] })
        .performed(1)
        .when(4, hungUp),
    ),
    abandoned: null,
    ...changes,
  });
  const reportOf = (by: 'line' | 'hour' | 'rung', summaries: readonly Summary[]) => {
    const counting = new Counting(by);
    for (const summary of summaries) counting.add(summary, '2026-11');
    return counting.report();
  };
  const sizes = (cells: readonly Cell[]) => cells.map(({ count }) => count);
  const reached = (secondsToPerson: number, changes: Partial<Summary> = {}) =>
    kept({ person: 'volunteer', secondsToPerson, ...changes });

  test('half and nine of ten, by the nearest rank: a time that somebody waited', () => {
    const seconds = [10, 20, 30, 40, 50, 60, 70, 80, 90, 500];
    const { total } = reportOf(
      'line',
      seconds.map(each => reached(each)),
    );
    expect(total.toPerson).toEqual({ p50: 50, p90: 90, count: 10 });
    expect(percentile([7], 0.9)).toBe(7);
  });

  test('each request once in its group: reached, gone at once, gone later, other; and whether it climbed', () => {
    const report = reportOf('hour', [
      reached(9, { openedHour: 3 }),
      reached(90, { openedHour: 3, rungs: 2 }),
      kept({ openedHour: 3, abandoned: 'at-once' }),
      kept({ openedHour: 14, abandoned: 'later', rungs: 1 }),
      kept({ openedHour: 14, because: 'stopped' }),
    ]);
    expect(
      report.groups.map(({ key, requests, escalated, outcomes: how }) => [
        key,
        ...[requests, escalated, how.reached, how.abandonedAtOnce, how.abandonedLater, how.other].flatMap(
          sizes,
        ),
      ]),
    ).toEqual([
      ['03', 3, 1, 2, 1, 0, 0],
      ['14', 2, 1, 0, 0, 1, 1],
    ]);
    expect([report.total.key, sizes(report.total.requests), sizes(report.total.escalated)]).toEqual([
      'all',
      [5],
      [2],
    ]);
  });

  test('who was called back at an agreed time says nothing about how soon we are there', () => {
    expect(
      reportOf('rung', [kept({ person: 'volunteer', secondsToPerson: null })]).total.toPerson,
    ).toBeNull();
  });
});

describe('what is shown', () => {
  const hashed: LuckOf = words => createHash('sha256').update(words).digest().readUInt32BE() / 2 ** 32;
  const idOf = (serial: number) =>
    `req_${createHash('md5').update(String(serial)).digest('hex')}` as RequestId;
  const one = keptOf(
    given(rang(), { roster: [aigul] })
      .performed(1)
      .when(4, hungUp),
  );
  const summaries = (count: number, changes: Partial<Summary> = {}, from = 0): readonly Summary[] =>
    Array.from({ length: count }, (_, index) => ({ ...one, requestId: idOf(from + index), ...changes }));
  const shownOf = (months: Readonly<Record<string, readonly Summary[]>>, by: Dimension = 'line') => {
    const counting = new Counting(by);
    for (const [month, all] of Object.entries(months)) for (const each of all) counting.add(each, month);
    return rounded(counting.report(), hashed);
  };

  test('every count is a multiple of five less than five away, and of the same requests always the same one', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(1e6), (count, from) => {
        const some = summaries(count, {}, from);
        const { total, groups } = shownOf({ '2026-10': some });
        expect(total.requests % 5).toBe(0);
        expect(Math.abs(total.requests - count)).toBeLessThan(5);
        // In another order, by something else, as a group or as the total: nothing to compare it with.
        const others = [shownOf({ '2026-10': some.toReversed() }), shownOf({ '2026-10': some }, 'rung')];
        for (const { total: again } of others) expect(again).toEqual(total);
        for (const group of groups) expect({ ...group, key: 'all' }).toEqual(total);
      }),
      { numRuns: 200, seed: 611 },
    );
  });

  test('is right on average: nobody’s count is too many or too few for ever', () => {
    const shown = Array.from({ length: 2_000 }, (_, month) =>
      roundedCell({ count: 2, high: month, low: 7 }, hashed),
    );
    const mean = shown.reduce((sum, count) => sum + count, 0) / shown.length;
    expect([...new Set(shown)].sort()).toEqual([0, 5]);
    expect(mean).toBeGreaterThan(1.8);
    expect(mean).toBeLessThan(2.2);
  });

  test('several months are the sum of what each of them shows: subtracted they say nothing new', () => {
    const months = { '2026-09': summaries(3), '2026-10': summaries(12, {}, 100) };
    const [first, second] = [
      shownOf({ '2026-09': months['2026-09'] }),
      shownOf({ '2026-10': months['2026-10'] }),
    ];
    const both = shownOf(months);
    expect(both.total.requests).toBe(first.total.requests + second.total.requests);
    expect(both.total.outcomes.abandonedAtOnce).toBe(
      first.total.outcomes.abandonedAtOnce + second.total.outcomes.abandonedAtOnce,
    );
  });

  test('a group of which nothing is left is not named, and times are of ten people or more, to five seconds', () => {
    const never: LuckOf = () => 0.999;
    const counting = new Counting('line');
    const people = [
      ...summaries(10, { person: 'volunteer', secondsToPerson: 13 }),
      ...summaries(4, { lineId: lineId('line_rare'), person: 'volunteer', secondsToPerson: 99 }, 50),
    ];
    for (const each of people) counting.add(each, '2026-10');
    const { groups, total } = rounded(counting.report(), never);
    expect(groups.map(({ key, toPerson }) => [key, toPerson])).toEqual([
      ['line_plain', { p50: 15, p90: 15 }],
    ]);
    expect(total.requests).toBe(10);
    const few = shownOf({ '2026-10': summaries(9, { person: 'volunteer', secondsToPerson: 13 }) });
    expect(few.total.toPerson).toBeNull();
  });
});

function helperText(body: string) {
  return {
    kind: 'helper-texted' as const,
    messageSid: 'SM00000000000000000000000000000009' as never,
    lineId: plainLine.id,
    from: aigul.volunteerId,
    body,
    hasMedia: false,
  };
}
