import { expect, test } from 'vitest';
import { addSeconds } from '../../shared/domain/instant.ts';
import { isOpen } from '../../shared/domain/opening-hours.ts';
import { at, everyDay, weekly } from '../support/rota-parts.ts';

const almaty = 'Asia/Almaty';

test('no hours means always open, and the zone is not even looked at', () => {
  expect(isOpen([], 'Asia/Nowhere', at('2026-11-22T03:00Z'))).toBe(true);
});

test('an office is open from its first minute until its last, on its days', () => {
  const hours = [weekly([1, 2, 3, 4, 5], '09:00', '18:00')];
  expect(isOpen(hours, almaty, at('2026-11-23T08:59:59+05:00'))).toBe(false);
  expect(isOpen(hours, almaty, at('2026-11-23T09:00+05:00'))).toBe(true);
  expect(isOpen(hours, almaty, at('2026-11-23T17:59:59+05:00'))).toBe(true);
  expect(isOpen(hours, almaty, at('2026-11-23T18:00+05:00'))).toBe(false);
  expect(isOpen(hours, almaty, at('2026-11-22T12:00+05:00'))).toBe(false); // Sunday
});

test('overnight hours go on into the next morning, from Sunday to Monday too', () => {
  const hours = [weekly([7], '20:00', '08:00')];
  expect(isOpen(hours, almaty, at('2026-11-23T07:59+05:00'))).toBe(true);
  expect(isOpen(hours, almaty, at('2026-11-22T07:59+05:00'))).toBe(false);
});

test('several patterns are open when any of them is', () => {
  const hours = [weekly([1], '09:00', '12:00'), weekly([1], '14:00', '18:00')];
  expect(isOpen(hours, almaty, at('2026-11-23T13:00+05:00'))).toBe(false);
  expect(isOpen(hours, almaty, at('2026-11-23T15:00+05:00'))).toBe(true);
});

test('two halves of the day are open around the clock, also when clocks change', () => {
  const hours = [weekly(everyDay, '00:00', '12:00'), weekly(everyDay, '12:00', '00:00')];
  for (let minute = 0; minute < 2 * 1440; minute += 30) {
    expect(isOpen(hours, 'Europe/Berlin', addSeconds(at('2026-10-24T12:00Z'), minute * 60))).toBe(true);
  }
});

test('hours that end in the repeated hour stay open until its second showing', () => {
  const hours = [weekly([7], '01:00', '02:30')];
  expect(isOpen(hours, 'Europe/Berlin', at('2026-10-25T02:45+02:00'))).toBe(true);
  expect(isOpen(hours, 'Europe/Berlin', at('2026-10-25T02:15+01:00'))).toBe(true);
  expect(isOpen(hours, 'Europe/Berlin', at('2026-10-25T02:30+01:00'))).toBe(false);
});

test('an unknown zone is an error once there are hours', () => {
  expect(() => isOpen([weekly([1], '09:00', '12:00')], 'Asia/Nowhere', at('2026-11-23T10:00Z'))).toThrow(
    RangeError,
  );
});
