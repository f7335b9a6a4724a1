// `npm run reliability`: runs the simulator in every setting that docs/reliability.md speaks of and writes that page.
// No figure in it comes from anywhere else. Takes half an hour on two cores, one run a core; `--share 0.01` takes a
// hundredth of it, for trying.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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
  const done = await oneACore(file);
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

type Done = { readonly run: Run; readonly figures: unknown };

/** In the order of the page, whichever ends first. The longest stands first, so that no core is idle for long. */
async function oneACore(file: string): Promise<readonly Done[]> {
  const done: Done[] = [];
  const left = [...runs.entries()];
  const core = async () => {
    for (let next = left.shift(); next; next = left.shift())
      done[next[0]] = { run: next[1], figures: await simulated(file, next[1]) };
  };
  await Promise.all(Array.from({ length: availableParallelism() }, core));
  return done;
}

async function simulated(file: string, { requests, options }: Run): Promise<unknown> {
  const share = Math.max(40, Math.round(requests * Number(values.share)));
  const args = ['--seed', String(seed), '--requests', String(share), '--json', ...options];
  console.error(args.join(' '));
  const limits = [`--max-old-space-size=${MEGABYTES}`, '--max-semi-space-size=32'];
  const child = spawn(process.execPath, [...limits, file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PANA_COMMIT: commit },
  });
  const [stdout] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
