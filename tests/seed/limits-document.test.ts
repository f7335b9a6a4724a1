// A network that was written before there were limits must still answer the phone.
import { expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { isRefused, parseNetwork } from '../../shared/app/network-document.ts';
import { usualLimits } from '../../shared/domain/limits.ts';

const { limits, ...settingsBefore } = kazakhstan.settings;

function limitsAfter(settings: object): unknown {
  const outcome = parseNetwork(JSON.parse(JSON.stringify({ ...kazakhstan, settings })));
  return isRefused(outcome) ? outcome.problems : outcome.settings.limits;
}

test('without limits it gets the usual ones, and may reach every country as it could before', () => {
  expect(limitsAfter(settingsBefore)).toEqual({ ...usualLimits, allowedPrefixes: ['+'] });
});

test('with some of them it gets the others', () => {
  expect(limitsAfter({ ...settingsBefore, limits: { ringsADay: 77 } })).toEqual({
    ...usualLimits,
    ringsADay: 77,
  });
});

test('what comes out is frozen, also what was not written', () => {
  const outcome = parseNetwork({ ...kazakhstan, settings: settingsBefore });
  if (isRefused(outcome)) throw new Error('refused');
  const read = outcome.settings.limits;
  expect([read, read.allowedPrefixes].every(Object.isFrozen)).toBe(true);
});

test('a limit that nobody knows is refused by path', () => {
  expect(limitsAfter({ ...settingsBefore, limits: { ...limits, callsAWeek: 5 } })).toEqual([
    { path: 'settings.limits.callsAWeek', problem: 'is not known here' },
  ]);
});
