// A mutant as a module of its own: the simulator bundled with the changed source, and what broke in it.
import { type Change, imported } from './bundle.ts';

const FAULT_RATE = 0.02;

/** The invariants that broke in the first of `worlds` worlds that went wrong; empty when all ended well. */
export async function brokenBy(
  changes: readonly Change[],
  worlds: number,
  lostMessages = 0,
): Promise<readonly string[]> {
  const { firstBroken } = await imported<typeof import('./mutant-run.ts')>('mutant-run.ts', changes);
  return firstBroken(worlds, FAULT_RATE, lostMessages);
}
