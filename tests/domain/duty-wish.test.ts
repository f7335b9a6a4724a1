// What a volunteer says about her own duty, and what her rota and pause are afterwards.
import { expect, test } from 'vitest';
import { dutyWishOf, wished } from '../../shared/domain/duty-wish.ts';
import { dutyAt } from '../../shared/domain/rota.ts';
import { codeIn } from '../../shared/domain/volunteer-codes.ts';
import { at, sure } from '../support/given.ts';
import { absence, none } from '../support/rota-parts.ts';
import { volunteer } from '../support/small-network.ts';

const always = volunteer('aigul', 11);
const never = { ...always, rota: { ...always.rota, weekly: [] } };
const HOURS = 3_600;

test.each([
  ['99', 30],
  ['99 45', 45],
  ['перерыв 15', 15],
  ['99 0', 30],
  ['99 999', 720],
])('%s is a break of %i minutes', (body, minutes) => {
  expect(dutyWishOf(sure(codeIn(body)))).toEqual({ wish: 'break', minutes });
  const resting = wished(always, { wish: 'break', minutes }, none, at(0));
  expect(resting.pausedUntil).toBe(at(minutes * 60));
});

test('codes about a request are no wish', () => {
  for (const body of ['90', '95', '70']) expect(dutyWishOf(sure(codeIn(body)))).toBeNull();
});

test('off duty lasts until the shift ends, and half a day on a rota without an end', () => {
  expect(wished(always, { wish: 'off-duty' }, none, at(0)).pausedUntil).toBe(at(12 * HOURS));
  const shift = wished(never, { wish: 'on-duty' }, none, at(0));
  expect(wished(shift, { wish: 'off-duty' }, none, at(HOURS)).pausedUntil).toBe(at(4 * HOURS));
  expect(wished(never, { wish: 'off-duty' }, none, at(0)).pausedUntil).toBeNull();
});

test('on duty ends a break, and without a shift is one of four hours', () => {
  const resting = wished(always, { wish: 'break', minutes: 30 }, none, at(0));
  expect(wished(resting, { wish: 'on-duty' }, none, at(60))).toEqual(always);
  const on = wished(never, { wish: 'on-duty' }, none, at(0));
  expect(dutyAt(on.rota, none, at(0))).toEqual({ from: at(0), until: at(4 * HOURS) });
});

test('on duty is back from an absence before its end', () => {
  const away = {
    ...always,
    rota: { ...always.rota, absences: [absence('2026-11-20T00:00', '2026-11-30T00:00')] },
  };
  expect(dutyAt(away.rota, none, at(0))).toBeNull();
  expect(dutyAt(wished(away, { wish: 'on-duty' }, none, at(0)).rota, none, at(0))).not.toBeNull();
});
