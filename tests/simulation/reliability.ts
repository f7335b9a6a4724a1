// `npm run reliability`: runs the simulator in every setting that docs/reliability.md speaks of and writes that page.
// No figure in it comes from anywhere else, and it is written when all is done. Takes two hours of a core, on as many
// as there are; broken off and begun again with the same seed it goes on where it was. `--share 0.01` takes a hundredth
// of it, for trying.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commitNow } from './commit.ts';
import { type Lived, livedOnEveryCore, type Slice } from './every-core.ts';
import { brokenBy } from './mutant-bundle.ts';
import { mutants, WORLDS_AT_MOST } from './mutants.ts';
import { type Done, format, type Setting, settings } from './reliability-page.ts';

const PAGE = join(import.meta.dirname, '../../docs/reliability.md');
const SHOW_EVERY_MS = 60_000;
const REQUESTS_AT_LEAST = 40;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, share: { type: 'string', default: '1' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const commit = commitNow();
const kept = join(tmpdir(), `pana-reliability-${commit}-${seed}`);
mkdirSync(kept, { recursive: true });

const done: Done[] = [];
for (const [place, setting] of settings.entries())
  done.push({ setting, ...(await livedThrough(place, setting)) });
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

async function livedThrough(place: number, { name, requests: whole, options }: Setting) {
  const requests = Math.max(REQUESTS_AT_LEAST, Math.round(whole * Number(values.share)));
  console.error(`${name}: ${requests} requests`);
  let shownAt = Date.now();
  const progress = (people: number) => {
    if (Date.now() - shownAt < SHOW_EVERY_MS) return;
    shownAt = Date.now();
    console.error(`${name}: ${people} of ${requests}`);
  };
  const fileOf = ({ skip, requests: people }: Slice) => join(kept, `${place}-${skip}-${people}.json`);
  const hear = {
    progress,
    kept: (slice: Slice) =>
      existsSync(fileOf(slice)) ? (JSON.parse(readFileSync(fileOf(slice), 'utf8')) as Lived) : null,
    keep: (slice: Slice, lived: Lived) => writeFileSync(fileOf(slice), JSON.stringify(lived)),
  };
  return { requests, ...(await livedOnEveryCore({ seed, requests, options }, hear)) };
}
