// What coverage says about people: who is on duty too much, who could take a hole, and how good a rota is.
import { describe, expect, test } from 'vitest';
import { whoCouldTake } from '../../shared/domain/coverage-candidates.ts';
import { overloaded } from '../../shared/domain/coverage-load.ts';
import type { Person } from '../../shared/domain/coverage-people.ts';
import { scoreOf } from '../../shared/domain/coverage-score.ts';
import { usualCoverage } from '../../shared/domain/coverage-settings.ts';
import { addSeconds } from '../../shared/domain/instant.ts';
import type { DutyWindow } from '../../shared/domain/rota.ts';
import {
  crisis,
  day,
  floor,
  HOUR_SECONDS,
  hour,
  kk,
  legal,
  person,
  ru,
  withFloors,
} from '../support/coverage-parts.ts';
import { at, window } from '../support/rota-parts.ts';
import { almaty, almatyRegion, astana, smallNetwork } from '../support/small-network.ts';

describe('who is on duty too much', () => {
  const week = window('2026-11-23T00:00+05:00', '2026-11-30T00:00+05:00');
  const on = (date: string, from: string, length: number) => {
    const start = at(`${date}T${from}+05:00`);
    return { from: start, until: addSeconds(start, length * HOUR_SECONDS) };
  };
  const kindsOf = (duties: readonly DutyWindow[]) =>
    overloaded([person('a', { on: duties })], usualCoverage, week).flatMap(({ overloads }) =>
      overloads.map(each => each.kind),
    );

  test('hours of a week of the calendar, exactly as many being none too many', () => {
    const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
    expect(kindsOf(days.map(date => on(date, '08:00', 8)))).toEqual([]);
    expect(kindsOf([...days.map(date => on(date, '08:00', 8)), on('2026-11-28', '08:00', 1)])).toEqual([
      'hours',
    ]);
  });

  test('a fourth night in a row, and less than eleven hours of rest', () => {
    const nights = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];
    expect(kindsOf(nights.slice(1).map(date => on(date, '22:00', 8)))).toEqual([]);
    expect(kindsOf(nights.map(date => on(date, '22:00', 8)))).toEqual(['nights']);
    expect(kindsOf([on('2026-11-23', '12:00', 10), on('2026-11-24', '06:00', 4)])).toEqual(['rest']);
    // A pause at noon is no short rest: the night after it is long.
    expect(kindsOf([on('2026-11-23', '08:00', 4), on('2026-11-23', '13:00', 4)])).toEqual([]);
  });
});

describe('who could take a hole', () => {
  const hole = { region: almaty, skill: crisis, language: ru, ...hour('10:00', '14:00') };
  const verdicts = (people: readonly Person[]) =>
    whoCouldTake(hole, people, smallNetwork).map(({ volunteerId: id, verdict }) => [id, verdict]);

  test('those of the region first, then its neighbours, then the least burdened; without the language nobody', () => {
    const people = [
      person('far', { home: astana }),
      person('near', { home: almatyRegion }),
      person('busy', { on: [window('2026-11-24T10:00+05:00', '2026-11-24T18:00+05:00')] }),
      person('idle'),
      person('kazakh', { languages: [kk] }),
      person('lawyer', { skills: [legal] }),
    ];
    expect(verdicts(people)).toEqual([
      ['vol_idle', 'could'],
      ['vol_busy', 'could'],
      ['vol_near', 'could'],
      ['vol_far', 'could'],
    ]);
  });

  test('who is away, on duty already, would get no rest, or carries enough comes last, with the reason', () => {
    const works = (from: string, until: string) => [{ ...hour(from, until) }];
    const heavy = [23, 24, 25, 26].map(date =>
      window(`2026-11-${date}T08:00+05:00`, `2026-11-${date}T18:00+05:00`),
    );
    const people = [
      person('away', { away: [hour('13:00', '20:00')] }),
      person('there', { on: works('08:00', '15:00') }),
      person('tired', { on: [window('2026-11-28T20:00+05:00', '2026-11-29T04:00+05:00')] }),
      person('heavy', { on: heavy }),
      person('free'),
    ];
    expect(Object.fromEntries(verdicts(people))).toEqual({
      vol_free: 'could',
      vol_away: 'away',
      vol_there: 'on-duty',
      vol_tired: 'too-little-rest',
      vol_heavy: 'too-many-hours',
    });
    expect(verdicts(people)[0]).toEqual(['vol_free', 'could']);
  });
});

describe('the quality of a rota', () => {
  test('all there, one to spare, evenly and with rest: 100; nobody: nothing of what is asked', () => {
    const early = window('2026-11-29T00:00+05:00', '2026-11-29T12:00+05:00');
    const late = window('2026-11-29T12:00+05:00', '2026-11-30T00:00+05:00');
    const people = [
      person('a', { on: [early] }),
      person('b', { on: [early] }),
      person('c', { on: [late] }),
      person('d', { on: [late] }),
    ];
    const best = scoreOf(people, withFloors(floor()), day);
    expect(best).toEqual({
      score: 100,
      parts: [
        { part: 'coverage', percent: 100, missingHours: 0 },
        { part: 'redundancy', percent: 100 },
        { part: 'balance', percent: 100, busiestTenthPercent: 25 },
        { part: 'rest', percent: 100, overloaded: 0 },
      ],
    });
    const none = scoreOf([], withFloors(floor({ atLeast: 2 })), day);
    expect(none.parts[0]).toEqual({ part: 'coverage', percent: 0, missingHours: 48 });
  });

  test('one who carries nearly all, without rest, is seen in balance and rest; a minute that is missing in coverage', () => {
    const nearly = window('2026-11-29T00:00+05:00', '2026-11-29T23:59+05:00');
    const people = [person('a', { on: [nearly] }), person('b', { on: [hour('00:00', '01:00')] })];
    const { parts } = scoreOf(people, withFloors(floor()), day);
    expect(parts).toMatchObject([
      { percent: 99, missingHours: 1 },
      { percent: 4 },
      { percent: 54, busiestTenthPercent: 95 },
      { percent: 50, overloaded: 1 },
    ]);
  });
});
