// `npm run reliability`: runs the simulator in every setting that docs/reliability.md speaks of and writes that page.
// No figure in it comes from anywhere else, and it is written when all is done. Takes an hour of two cores, one run a
// core; broken off and begun again with the same seed it goes on with the runs that are left. `--share 0.01` takes a
// hundredth of it, for trying.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
const kept = join(tmpdir(), `pana-reliability-${commit}-${seed}-${values.share}`);
mkdirSync(kept, { recursive: true });

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
  rmSync(kept, { recursive: true, force: true });
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
      done[next[0]] = { run: next[1], figures: await keptOr(next[0], () => simulated(file, next[1])) };
  };
  await Promise.all(Array.from({ length: availableParallelism() }, core));
  return done;
}

/** What a run that was broken off has already done. */
async function keptOr(place: number, run: () => Promise<string>): Promise<unknown> {
  const file = join(kept, `${place}.json`);
  if (!existsSync(file)) writeFileSync(file, await run());
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The figures, as JSON. Throws when it was killed, or had no memory left: a run with violations has figures too. */
async function simulated(file: string, { name, requests, options }: Run): Promise<string> {
  const share = Math.max(40, Math.round(requests * Number(values.share)));
  const args = ['--seed', String(seed), '--requests', String(share), '--json', ...options];
  const told = (line: string) => console.error(`${name}: ${line}`);
  told(args.join(' '));
  const limits = [`--max-old-space-size=${MEGABYTES}`, '--max-semi-space-size=32'];
  const child = spawn(process.execPath, [...limits, file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PANA_COMMIT: commit },
  });
  createInterface(child.stderr).on('line', told);
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0 && code !== 1) throw new Error(`${name}: died, with ${code}`);
  return stdout.trim().split('\n').at(-1) ?? '';
}
