// When a limit is met, and what it means for a call or a text: slower or quieter, never dropped.
import { describe, expect, test } from 'vitest';
import { parseVolunteerId } from '../../shared/domain/ids.ts';
import {
  capReached,
  isAutomaticReply,
  mayReachNumber,
  ownLimit,
  percentSpent,
  questionsAMinuteOverCap,
  slowedSeconds,
  usualLimits,
} from '../../shared/domain/limits.ts';
import { callSid, sure } from '../support/given.ts';

const vol = sure(parseVolunteerId('vol_a'));

describe('a limit', () => {
  const calls = (so: number, ringsUsedUp = false) =>
    ownLimit({ limit: 'calls-of-number', calls: so, most: 20, ringsUsedUp });

  test.each([
    [19, null],
    [20, null],
    [21, 'calls-of-number'],
    [22, 'calls-of-number'],
  ] as const)('of 20: the %s. call meets %s', (so, met) => {
    expect(calls(so)).toBe(met);
  });

  test('that nobody could count limits nobody', () => {
    expect(calls(0, true)).toBeNull();
  });

  test('is met at a quarter when the rings of the day are used up: only by whoever calls often', () => {
    expect([1, 5, 6, 20, 21].map(so => calls(so, true))).toEqual([
      null,
      null,
      'rings-a-day',
      'rings-a-day',
      'calls-of-number',
    ]);
  });

  test('slows by a minute in a flood, by half of one for a second call, and else not at all', () => {
    expect(slowedSeconds(null)).toBe(0);
    expect(slowedSeconds({ limit: 'calls-of-line', isNew: false })).toBe(60);
    expect(slowedSeconds({ limit: 'withheld-on-line', isNew: false })).toBe(60);
    expect(slowedSeconds({ limit: 'rings-a-day', isNew: false })).toBe(60);
    expect(slowedSeconds({ limit: 'other-call', isNew: false })).toBe(30);
  });
});

test('a cap is news near it, at it, and at each further one that is spent', () => {
  const told = [16, 17, 20, 21, 30, 41, 42, 63].map(count => capReached('rings', count, 21));
  expect(told).toEqual([
    null,
    { reason: 'spend-near-cap', about: 'rings' },
    { reason: 'spend-near-cap', about: 'rings' },
    { reason: 'spend-cap', about: 'rings' },
    { reason: 'spend-cap', about: 'rings' },
    { reason: 'spend-cap', about: 'rings' },
    { reason: 'spend-cap', about: 'rings 2' },
    { reason: 'spend-cap', about: 'rings 3' },
  ]);
});

test('over the cap of texts as many questions again go out, spread over the day', () => {
  expect([10, 1440, 20_000].map(questionsAMinuteOverCap)).toEqual([1, 1, 14]);
});

describe('a number', () => {
  test.each([
    ['+77001234567', ['+7'], true],
    ['whatsapp:+77001234567', ['+7'], true],
    ['+996700123456', ['+7'], false],
    ['whatsapp:+996700123456', ['+7'], false],
    ['+996700123456', ['+7', '+996'], true],
    ['+19005550000', ['+'], true],
    ['+77001234567', ['+996'], false],
  ] as const)('%s, when %o is allowed: %s', (number, allowedPrefixes, may) => {
    expect(mayReachNumber(number, { ...usualLimits, allowedPrefixes })).toBe(may);
  });
});

test('automatic replies are the first question and the one about pictures, to anybody; nothing else', () => {
  expect(isAutomaticReply({ kind: 'text-survivor', text: { text: 'safe-question' } })).toBe(true);
  expect(isAutomaticReply({ kind: 'text-helper', to: vol, text: { text: 'no-media' } })).toBe(true);
  expect(isAutomaticReply({ kind: 'text-survivor', text: { text: 'ask-region' } })).toBe(false);
  expect(isAutomaticReply({ kind: 'text-survivor', text: { text: 'searching' } })).toBe(false);
  expect(isAutomaticReply({ kind: 'relay', to: 'survivor', textKey: 't1' })).toBe(false);
  expect(isAutomaticReply({ kind: 'end-leg', callSid })).toBe(false);
});

test.each([
  [0, 0],
  [1999, 0],
  [2000, 10],
  [20_000, 100],
  [50_000, 250],
])('%i of 20,000 of a day are shown as %i percent: nobody sees one more', (count, percent) => {
  expect(percentSpent(count, 20_000)).toBe(percent);
});
