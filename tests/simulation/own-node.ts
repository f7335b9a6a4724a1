// Bundles a module of the simulator and runs it in a Node of its own: a bundle is several times as fast as modules
// that are translated while they are loaded, and the memory limit is part of what is measured.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundle.ts';

/** Of these 64 are for what lives for a moment only: nearly everything here does. */
const MEGABYTES = 400;
const LIMITS = [`--max-old-space-size=${MEGABYTES}`, '--max-semi-space-size=32'];

export type OwnNode = (args: readonly string[]) => ChildProcess;

/** `use` gets what begins the module, as often as it likes; the bundle is there until `use` has resolved. */
export async function inItsOwnNode<Result>(
  module: string,
  use: (begin: OwnNode) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'pana-simulation-'));
  try {
    const file = await bundled(join(import.meta.dirname, module), folder);
    return await use(args => fork(file, args, { execArgv: LIMITS }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
