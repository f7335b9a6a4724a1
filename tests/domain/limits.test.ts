// When a limit is met, and what it means for a call or a text: slower or quieter, never dropped.
import { describe, expect, test } from 'vitest';
import { parseVolunteerId } from '../../shared/domain/ids.ts';
import {
  capReached,
  firstOf,
  isAutomaticReply,
  type Limited,
  limitedBy,
  mayReachNumber,
  slowedSeconds,
  usualLimits,
} from '../../shared/domain/limits.ts';
import { callSid, sure } from '../support/given.ts';

const vol = sure(parseVolunteerId('vol_a'));

describe('a limit', () => {
  test.each([
    [19, null],
    [20, null],
    [21, { limit: 'calls-of-number', isNew: true }],
    [22, { limit: 'calls-of-number', isNew: false }],
  ] as const)('of 20: the %s. is met by %o', (count, met) => {
    expect(limitedBy('calls-of-number', count, 20)).toEqual(met);
  });

  test('that nobody could count limits nobody', () => {
    expect(limitedBy('calls-of-line', 0, 1)).toBeNull();
  });

  test('of several the first is named, and it is new when any is', () => {
    const old: Limited = { limit: 'calls-of-number', isNew: false };
    expect(firstOf([null, null])).toBeNull();
    expect(firstOf([null, old, { limit: 'calls-of-line', isNew: true }])).toEqual({ ...old, isNew: true });
    expect(firstOf([old, { limit: 'other-call', isNew: false }])).toEqual(old);
  });

  test('slows by a minute in a flood, by half of one for a second call, and else not at all', () => {
    expect(slowedSeconds(null)).toBe(0);
    expect(slowedSeconds({ limit: 'calls-of-line', isNew: false })).toBe(60);
    expect(slowedSeconds({ limit: 'rings-a-day', isNew: false })).toBe(60);
    expect(slowedSeconds({ limit: 'other-call', isNew: false })).toBe(30);
  });
});

test('a cap is told of on exactly two counts: at four fifths, and when it is reached', () => {
  const told = Array.from({ length: 30 }, (_, count) => capReached(count, 21));
  expect(told.flatMap((reason, count) => (reason === null ? [] : [[count, reason]]))).toEqual([
    [17, 'spend-near-cap'],
    [21, 'spend-cap'],
  ]);
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
