// The simulator must notice every planted bug, and none where none is planted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundled, type Change } from './bundle.ts';
import { mutants } from './mutants.ts';

const WORLDS = 200;
const WORLDS_WITHOUT_A_BUG = 15;
const FAULT_RATE = 0.02;

async function broken(changes: readonly Change[], worlds: number, lostMessages = 0): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pana-mutant-'));
  try {
    const file = await bundled(join(import.meta.dirname, 'mutant-run.ts'), folder, changes);
    const { firstBroken } = (await import(pathToFileURL(file).href)) as typeof import('./mutant-run.ts');
    return await firstBroken(worlds, FAULT_RATE, lostMessages);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('without a planted bug nothing breaks', async () => {
  expect(await broken([], WORLDS_WITHOUT_A_BUG)).toEqual([]);
});

test.each(mutants)('notices: $name', async ({ changes, breaks, lostMessages }) => {
  const found = await broken(changes, WORLDS, lostMessages);
  expect(found.filter(invariant => breaks.includes(invariant))).not.toEqual([]);
});
