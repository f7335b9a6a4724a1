// `npm run reliability`: runs the simulator in every setting that docs/reliability.md speaks of and writes that page.
// No figure in it comes from anywhere else. Takes half an hour; `--share 0.01` takes a hundredth of it, for trying.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundle.ts';
import { brokenBy } from './mutant-bundle.ts';
import { mutants, WORLDS_AT_MOST } from './mutants.ts';
import { format, type Run, runs } from './reliability-page.ts';

const PAGE = join(import.meta.dirname, '../../docs/reliability.md');
const MEGABYTES = 400;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, share: { type: 'string', default: '1' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'pana-reliability-'));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();

try {
  const file = await bundled(join(import.meta.dirname, 'simulate.ts'), folder);
  const done = runs.map(run => ({ run, figures: simulated(file, run) }));
  const caught: { readonly name: string; readonly by: readonly string[] }[] = [];
  for (const { name, changes, lostMessages } of mutants) {
    caught.push({ name, by: await brokenBy(changes, WORLDS_AT_MOST, lostMessages) });
    console.error(`mutant: ${name}: ${caught.at(-1)?.by.join(', ') || 'SURVIVED'}`);
  }
  const machine = `${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  writeFileSync(
    PAGE,
    format({ seed, commit, machine, date: new Date().toISOString().slice(0, 10), done, caught }),
  );
  console.log(`written: ${PAGE}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function simulated(file: string, { requests, options }: Run): unknown {
  const share = Math.max(40, Math.round(requests * Number(values.share)));
  const args = ['--seed', String(seed), '--requests', String(share), '--json', ...options];
  console.error(args.join(' '));
  const limits = [`--max-old-space-size=${MEGABYTES}`, '--max-semi-space-size=32'];
  const { stdout } = spawnSync(process.execPath, [...limits, file, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PANA_COMMIT: commit },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
