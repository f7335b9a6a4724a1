// Limits that would strand people, or let anybody spend without end, are refused when they are configured.
import { expect, test } from 'vitest';
import type { Limits } from '../../shared/domain/limits.ts';
import { usualLimits } from '../../shared/domain/limits.ts';
import type { Network } from '../../shared/domain/network.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';
import { plainLine, smallNetwork } from '../support/small-network.ts';

const everythingCanBeSaid = { prompts: () => true, audioFor: () => [], naming: () => [] };
const pathsOf = (network: Network): readonly string[] =>
  problemsOfNetwork(network, everythingCanBeSaid).map(({ path }) => path);
const withLimits = (limits: Partial<Limits>): Network => ({
  ...smallNetwork,
  settings: { ...smallNetwork.settings, limits: { ...usualLimits, ...limits } },
});

test('the usual limits may be used', () => {
  expect(pathsOf(withLimits({}))).toEqual([]);
});

test.each([
  'callsPerNumberAnHour',
  'callsPerLineAMinute',
  'textsPerNumberAnHour',
  'textsPerLineAMinute',
  'ringsADay',
  'textsADay',
  'automaticRepliesAnHour',
] as const)('%s: none at all, a part of one, and no end to them are refused', limit => {
  for (const value of [0, -1, 10.5, Number.POSITIVE_INFINITY, 1e9])
    expect(pathsOf(withLimits({ [limit]: value }))).toEqual([`settings.limits.${limit}`]);
});

test('no allowed country at all is refused: nobody could be rung', () => {
  const paths = pathsOf(withLimits({ allowedPrefixes: [] }));
  expect(paths).toContain('settings.limits.allowedPrefixes');
});

test.each(['7', '', '+7 7', '++7', 'whatsapp:+7'])('"%s" is not the beginning of a number', prefix => {
  expect(pathsOf(withLimits({ allowedPrefixes: ['+7', prefix] }))).toContain(
    'settings.limits.allowedPrefixes[1]',
  );
});

test('contacts and fallback desks outside the allowed countries are refused by path, without their numbers', () => {
  const abroad = problemsOfNetwork(withLimits({ allowedPrefixes: ['+996'] }), everythingCanBeSaid);
  expect(abroad.map(({ path }) => path)).toEqual([
    'lines[0].fallbackNumber',
    'lines[1].fallbackNumber',
    ...[0, 1, 2].flatMap(index => [`contacts[${index}].callNumber`, `contacts[${index}].textNumber`]),
  ]);
  expect(JSON.stringify(abroad)).not.toContain(plainLine.fallbackNumber.slice(1));
});
