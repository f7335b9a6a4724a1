// The simulator must notice every planted bug, and none where none is planted.
import { expect, test } from 'vitest';
import { brokenBy } from './mutant-bundle.ts';
import { mutants, WORLDS_AT_MOST } from './mutants.ts';

const WORLDS_WITHOUT_A_BUG = 6;
/** The worst case is a survivor: a mutant that nothing notices in all of its worlds. */
const TIME_LIMIT_MS = 120_000;

test('without a planted bug nothing breaks', { timeout: TIME_LIMIT_MS }, async () => {
  expect(await brokenBy([], WORLDS_WITHOUT_A_BUG)).toEqual([]);
});

test.each(mutants)(
  'notices: $name',
  { timeout: TIME_LIMIT_MS },
  async ({ changes, breaks, lostMessages }) => {
    const found = await brokenBy(changes, WORLDS_AT_MOST, lostMessages);
    expect(found.filter(invariant => breaks.includes(invariant))).not.toEqual([]);
  },
);
