// A mutant as a module of its own: the simulator bundled with the changed source, and what broke in it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled, type Change } from './bundle.ts';

const FAULT_RATE = 0.02;

/** The invariants that broke in the first of `worlds` worlds that went wrong; empty when all ended well. */
export async function brokenBy(
  changes: readonly Change[],
  worlds: number,
  lostMessages = 0,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pana-mutant-'));
  try {
    const file = await bundled(join(import.meta.dirname, 'mutant-run.ts'), folder, changes);
    const { firstBroken } = (await import(pathToFileURL(file).href)) as typeof import('./mutant-run.ts');
    return await firstBroken(worlds, FAULT_RATE, lostMessages);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
