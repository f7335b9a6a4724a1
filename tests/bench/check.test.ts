// What `npm run bench -- --check` says of figures: which is over its budget, and by what name.
import { expect, test } from 'vitest';
import { broken, missedBy, readBudgets } from './check.ts';
import { figure, type Unit } from './figures.ts';

const written = (value: number) => figure('a call: written', 'write units', value);

test('a figure over its budget is named, and one within it is not', () => {
  const budgets = { 'a call: written': { atMost: 40 } };
  expect(broken([written(40)], budgets)).toEqual([]);
  expect(broken([written(40.5)], budgets)).toEqual([
    { name: 'a call: written', said: '40.5 write units, and at most 40 is allowed' },
  ]);
});

test('a figure that is no number is over every budget', () => {
  expect(broken([written(Number.NaN)], { 'a call: written': { atMost: 40 } })).toHaveLength(1);
});

test('a budget of what is not measured any more is told', () => {
  expect(broken([written(1)], { 'a call: read': { atMost: 9 } }).map(({ name }) => name)).toEqual([
    'a call: read',
  ]);
});

test.each<Unit>(['ms', 'a second'])(
  'nothing in %s is held against a budget, for others use the machine too',
  unit => {
    expect(broken([figure('slow', unit, 1)], { slow: { atMost: 5 } })).toHaveLength(1);
  },
);

test('a target that is missed says by what share of it', () => {
  expect(missedBy(written(60), { target: { atMost: 40 } })).toBeCloseTo(0.5);
  expect(missedBy(written(40), { target: { atMost: 40 } })).toBeNull();
  expect(missedBy(figure('rate', 'a second', 1500), { target: { atLeast: 2000 } })).toBeCloseTo(0.25);
});

test('every committed budget is a number', () => {
  const all = Object.values(readBudgets()).flatMap(each => Object.values(each));
  expect(all.length).toBeGreaterThan(0);
  for (const { atMost, target } of all) {
    const bounds = [atMost, target?.atMost, target?.atLeast].filter(each => each !== undefined);
    expect(bounds.length).toBeGreaterThan(0);
    for (const bound of bounds) expect(bound).toBeTypeOf('number');
  }
});
