// Bundles a command of the simulator and runs it in a Node of its own: a bundle is several times as fast as modules
// that are translated while they are loaded, and the memory limit is part of what is measured.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundle.ts';

/** Of these 64 are for what lives for a moment only: nearly everything here does. */
const MEGABYTES = 400;

const [command = 'simulate', ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'pana-simulation-'));
const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
};
try {
  const file = await bundled(join(import.meta.dirname, `${command}.ts`), folder);
  const limits = [`--max-old-space-size=${MEGABYTES}`, '--max-semi-space-size=32'];
  const { status } = spawnSync(process.execPath, [...limits, file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PANA_COMMIT: commit() },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
