// Reports: what is kept of a request that is over, how many of them are counted, and what of the counts may be shown.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineId } from '../../infra/local/seed/seed-values.ts';
import type { Event } from '../../shared/domain/event.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import { Counting, percentile } from '../../shared/domain/report.ts';
import { type Summary, summaryOf } from '../../shared/domain/report-summary.ts';
import { hidden, suppressed } from '../../shared/domain/report-suppression.ts';
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
    for (const summary of summaries) counting.add(summary);
    return counting.report();
  };
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
    expect(report.groups).toMatchObject([
      {
        key: '03',
        requests: 3,
        escalated: 1,
        outcomes: { reached: 2, abandonedAtOnce: 1, abandonedLater: 0, other: 0 },
      },
      {
        key: '14',
        requests: 2,
        escalated: 1,
        outcomes: { reached: 0, abandonedAtOnce: 0, abandonedLater: 1, other: 1 },
      },
    ]);
    expect(report.total).toMatchObject({ key: 'all', requests: 5, escalated: 2 });
  });

  test('who was called back at an agreed time says nothing about how soon we are there', () => {
    expect(
      reportOf('rung', [kept({ person: 'volunteer', secondsToPerson: null })]).total.toPerson,
    ).toBeNull();
  });

  test('less than five read <5, none reads 0, and times of less than five are not told', () => {
    const many = Array.from({ length: 40 }, (_, second) => reached(second));
    const few = Array.from({ length: 3 }, (_, second) => reached(second, { lineId: lineId('line_rare') }));
    const { groups, total } = suppressed(reportOf('line', [...many, ...few]));
    expect(groups.map(({ key, requests }) => [key, requests])).toEqual([
      ['line_plain', null], // with it and the total the other one would be told
      ['line_rare', '<5'],
    ]);
    expect(groups.map(({ toPerson }) => toPerson !== null)).toEqual([true, false]);
    expect(total.requests).toBe(43);
    expect(total.outcomes.abandonedLater).toBe(0);
  });
});

describe('what is hidden stays hidden', () => {
  const small = (count: number) => count > 0 && count < 5;
  const across = [[0, 1, 2]] as const;

  /** Every filling of the hidden cells that fits all that is shown: what somebody with time and paper can find out. */
  function fillings(counts: readonly number[][], isHidden: readonly (readonly boolean[])[]): number[][][] {
    const found: number[][][] = [];
    const cells = counts.flatMap((row, at) => row.map((_, column) => [at, column] as const));
    const filled = counts.map(row => [...row]);
    const most = Math.max(...counts.flat()) + 8;
    const fits = () =>
      filled.every(row => (row[0] as number) + (row[1] as number) === row[2]) &&
      [0, 1, 2].every(column => {
        const parts = filled.slice(0, -1).reduce((sum, row) => sum + (row[column] as number), 0);
        return parts === filled.at(-1)?.[column];
      });
    const fill = (place: number): void => {
      const cell = cells[place];
      if (cell === undefined) {
        if (fits()) found.push(filled.map(row => [...row]));
        return;
      }
      const [row, column] = cell;
      const count = counts[row]?.[column] ?? 0;
      const values = small(count)
        ? [1, 2, 3, 4]
        : isHidden[row]?.[column]
          ? Array.from({ length: most - 4 }, (_, index) => index + 5)
          : [count];
      for (const value of values) {
        (filled[row] as number[])[column] = value;
        if (column < 2 || (filled[row]?.[0] as number) + (filled[row]?.[1] as number) === value)
          fill(place + 1);
      }
      (filled[row] as number[])[column] = count;
    };
    fill(0);
    return found;
  }

  test('no small count follows from the others and the totals, by whatever reckoning', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 2 }), rows => {
        const groups = rows.map(([a, b]) => [a, b, a + b]);
        const total = [0, 1, 2].map(column => groups.reduce((sum, row) => sum + (row[column] as number), 0));
        const table = [...groups, total];
        const isHidden = hidden(table, across);
        const possible = fillings(table, isHidden);
        expect(possible).toContainEqual(table);
        table.forEach((row, at) => {
          row.forEach((each, column) => {
            if (!small(each)) return;
            const values = new Set(possible.map(filling => filling[at]?.[column]));
            const isAllSmall = table
              .flat()
              .every(other => other === 0 || isHidden.length === 0 || small(other));
            if (!isAllSmall)
              expect(values.size, JSON.stringify({ table, isHidden, at, column })).toBeGreaterThan(1);
          });
        });
      }),
      { numRuns: 400, seed: 611 },
    );
  });

  test('where nothing is small nothing is hidden', () => {
    const table = [
      [5, 0, 5],
      [9, 30, 39],
      [14, 30, 44],
    ];
    expect(hidden(table, across).flat().some(Boolean)).toBe(false);
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
