import { expect, test } from 'vitest';
import type { Rota } from '../../shared/domain/rota.ts';
import { problemsOfHours, problemsOfRota } from '../../shared/domain/rota-rules.ts';
import { absence, date, dated, rotaIn, weekly } from '../support/rota-parts.ts';

const inAlmaty = (parts: Partial<Rota>) => rotaIn('Asia/Almaty', parts);

test('a rota with weekly, dated and overnight shifts and an absence has no problems', () => {
  const rota = inAlmaty({
    weekly: [
      { ...weekly([1, 7], '22:00', '06:00'), startsOn: date('2026-11-22'), endsOn: date('2026-11-22') },
    ],
    dated: [dated('2026-11-22', '18:00', '00:00')],
    absences: [absence('2026-11-22T00:00', '2026-11-22T00:01')],
  });
  expect(problemsOfRota(rota)).toEqual([]);
});

test('an unknown zone is refused', () => {
  expect(problemsOfRota(rotaIn('Asia/Nowhere', {}))).toEqual([{ path: 'zone', problem: 'unknown-zone' }]);
});

test('a shift that ends when it begins is refused: nothing, or a whole day?', () => {
  const rota = inAlmaty({
    weekly: [weekly([1], '00:00', '12:00'), weekly([1], '00:00', '00:00')],
    dated: [dated('2026-11-22', '08:00', '08:00')],
  });
  expect(problemsOfRota(rota)).toEqual([
    { path: 'weekly[1].until', problem: 'from-equals-until' },
    { path: 'dated[0].until', problem: 'from-equals-until' },
  ]);
});

test.each([-1, 1440, 0.5, Number.NaN])('minute %s is refused', minute => {
  const rota = inAlmaty({ weekly: [{ ...weekly([1], '08:00', '12:00'), from: minute }] });
  expect(problemsOfRota(rota)).toEqual([{ path: 'weekly[0].from', problem: 'not-a-minute-of-day' }]);
});

test('a weekly shift on no day, or on a day that no week has, is refused', () => {
  const eighth = JSON.parse('[8]');
  const rota = inAlmaty({ weekly: [weekly([], '08:00', '12:00'), weekly(eighth, '08:00', '12:00')] });
  expect(problemsOfRota(rota)).toEqual([
    { path: 'weekly[0].weekdays', problem: 'no-weekdays' },
    { path: 'weekly[1].weekdays', problem: 'not-a-weekday' },
  ]);
});

test('an absence that ends before it starts, or at once, is refused', () => {
  const rota = inAlmaty({
    absences: [
      absence('2026-11-22T08:00', '2026-11-21T09:00'),
      absence('2026-11-22T08:00', '2026-11-22T08:00'),
    ],
  });
  expect(problemsOfRota(rota).map(each => each.path)).toEqual(['absences[0].until', 'absences[1].until']);
});

test('a weekly shift whose last day comes before its first is refused', () => {
  const shift = {
    ...weekly([1], '08:00', '12:00'),
    startsOn: date('2026-11-23'),
    endsOn: date('2026-11-22'),
  };
  expect(problemsOfRota(inAlmaty({ weekly: [shift] }))).toEqual([
    { path: 'weekly[0].endsOn', problem: 'ends-before-it-starts' },
  ]);
});

test('opening hours keep to the same rules, and are told by their own path', () => {
  expect(problemsOfHours([], 'contacts[0].hours')).toEqual([]);
  expect(problemsOfHours([weekly([], '08:00', '08:00')], 'contacts[0].hours')).toEqual([
    { path: 'contacts[0].hours[0].weekdays', problem: 'no-weekdays' },
    { path: 'contacts[0].hours[0].until', problem: 'from-equals-until' },
  ]);
});

test('weeks are counted from somewhere, regions are some or her own, notes are short, names are there once', () => {
  const one = weekly([1], '09:00', '17:00');
  const rota = inAlmaty({
    weekly: [
      { ...one, everyWeeks: 2 },
      { ...one, everyWeeks: 9, startsOn: date('2026-11-23') },
      weekly([1], '09:00', '17:00', { everyWeeks: 8, startsOn: date('2026-11-23') }),
    ],
    dated: [dated('2026-11-23', '09:00', '17:00', { regions: [] })],
    absences: [{ ...absence('2026-11-22T00:00', '2026-11-23T00:00'), note: 'x'.repeat(201) }],
  });
  expect(problemsOfRota(rota)).toEqual([
    { path: 'weekly[0].startsOn', problem: 'needs-a-first-day' },
    { path: 'weekly[1].everyWeeks', problem: 'not-1-to-8-weeks' },
    { path: 'dated[0].regions', problem: 'names-no-region' },
    { path: 'absences[0].note', problem: 'note-too-long' },
    { path: 'weekly[1].id', problem: 'id-is-there-twice' },
  ]);
  const many = Array.from({ length: 61 }, () => weekly([1], '09:00', '17:00'));
  expect(problemsOfRota(inAlmaty({ weekly: many }))).toEqual([{ path: 'weekly', problem: 'too-many' }]);
});
