// `npm run bench`: measures how fast and how cheap Pana is, and writes docs/performance.md. Nothing on that page comes from
// anywhere else. `--check` holds what does not depend on the machine against budgets.json and writes nothing; with `--quick`
// it takes less than a minute. `--quick` and `--only cold,capacity` without it are for trying: they write beside the page.
import { writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commitNow } from '../simulation/commit.ts';
import { capacity } from './capacity.ts';
import { broken, readBudgets } from './check.ts';
import { cold } from './cold.ts';
import type { How, Measurement, Section } from './figures.ts';
import { load } from './load.ts';
import { matching } from './matching.ts';
import { page } from './page.ts';
import { simulation } from './simulation.ts';
import { warm } from './warm.ts';

const measurements: Readonly<Record<string, Measurement>> = {
  cold,
  warm,
  matching,
  capacity,
  load,
  simulation,
};
/** What every push can pay for. */
const CHECKED_QUICKLY = ['cold', 'capacity'];

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const beganAt = Date.now();
const length: How['length'] = values.quick ? 'quick' : 'whole';
const wanted =
  values.only?.split(',') ?? (values.check && values.quick ? CHECKED_QUICKLY : Object.keys(measurements));
const sections = new Map<string, Section>();
for (const name of wanted) {
  const measure = measurements[name];
  if (!measure)
    throw new Error(`no such measurement: ${name}; there are ${Object.keys(measurements).join(', ')}`);
  const say = (words: string) => console.error(`${seconds()} s · ${name}: ${words}`);
  sections.set(name, await measure({ length, say }));
}
const budgets = readBudgets();
if (values.check) check();
else write();
process.exit();

function seconds(): string {
  return ((Date.now() - beganAt) / 1000).toFixed(0);
}

function check(): void {
  const found = [...sections].flatMap(([name, { figures }]) => broken(figures, budgets[name] ?? {}));
  for (const { name, said } of found) console.log(`over budget: ${name}: ${said}`);
  console.log(found.length === 0 ? `within every budget, in ${seconds()} s` : `${found.length} over budget`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

function write(): void {
  const isWhole = length === 'whole' && values.only === undefined;
  const file = isWhole
    ? join(import.meta.dirname, '../../docs/performance.md')
    : join(tmpdir(), 'pana-performance.md');
  const [processor] = cpus();
  const head = {
    commit: commitNow(),
    machine: `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GB`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.ceil((Date.now() - beganAt) / 60_000),
  };
  writeFileSync(file, page(head, sections, budgets));
  console.log(`written: ${file}`);
}
