// `npm run simulate -- --seed N --requests M`: lives through that many requests with faults, shows how far it is, and
// says what became of everybody. Exits 1 when any invariant was broken, with a small story that shows how.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { aWorld, type Broken, runMany, summary } from './many.ts';
import type { Trigger } from './scene.ts';
import { shrunk } from './shrink.ts';
import { allTriggers, type Measure, type Story } from './story.ts';
import { runStory } from './world.ts';

const HELP = `npm run simulate -- [options]
  --seed N            where chance begins (default: the time)
  --requests M        people who call or write (default 20000)
  --faults SHARE      of all effects that fail (default 0.02)
  --lost SHARE        of the queue's messages that are lost besides (default 0)
  --without TRIGGER   callersLoop, queue, sweep or reconciler switched off; may be given several times
  --story FILE        tells one story from a file again
  --json              the figures as JSON in the last line, and no story made smaller`;

const options = {
  seed: { type: 'string' },
  requests: { type: 'string', default: '20000' },
  faults: { type: 'string', default: '0.02' },
  lost: { type: 'string', default: '0' },
  without: { type: 'string', multiple: true, default: [] as string[] },
  story: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const SHOW_EVERY_MS = { person: 5_000, file: 60_000 } as const;
/** Shrinking takes a while: only the first worlds that went wrong are told. */
const TOLD_AT_MOST = 3;

const { values } = parseArgs({ options });
if (values.help) console.log(HELP);
else setImmediate(values.story === undefined ? simulate : () => tell(values.story as string));

function simulate(): void {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const requests = Number(values.requests);
  const measure: Measure = {
    ...aWorld,
    faultRate: Number(values.faults),
    lostMessages: Number(values.lost),
    triggers: { ...allTriggers, ...Object.fromEntries(values.without.map(name => [name as Trigger, false])) },
  };
  const commit = process.env['PANA_COMMIT'] ?? 'unknown';
  const what = `seed ${seed} · commit ${commit} · ${requests} requests · faults ${measure.faultRate} · messages lost ${measure.lostMessages}`;
  console.error(what + (values.without.length > 0 ? ` · without ${values.without.join(', ')}` : ''));
  const figures = new Figures();
  const broken: Broken[] = [];
  let shownAt = Date.now();
  const startedAt = Date.now();
  const used = process.cpuUsage();
  runMany(seed, requests, measure, figures, {
    broken: one => broken.length < TOLD_AT_MOST && broken.push(one),
    progress: done => {
      if (Date.now() - shownAt < SHOW_EVERY_MS[values.json ? 'file' : 'person']) return;
      shownAt = Date.now();
      console.error(
        `${done} of ${requests} · ${((shownAt - startedAt) / 1000).toFixed(0)} s · ${summary(figures)}`,
      );
    },
  });
  // The processor's time, not the clock's: others may use the same core.
  const { user, system } = process.cpuUsage(used);
  const seconds = (user + system) / 1_000_000;
  for (const { story, violations } of broken) {
    console.error(
      `\nseed ${story.seed}: ${violations.map(({ invariant, what: how }) => `${invariant}, ${how}`).join('; ')}`,
    );
    if (values.json) continue;
    console.error(`The smallest story found that still does so, to be kept in tests/simulation/kept:`);
    console.error(JSON.stringify(shrunk(story)));
  }
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.error(
    [...figures.counts]
      .sort()
      .map(([name, count]) => `${name}: ${count}`)
      .join(' · '),
  );
  console.error(
    `${Math.round(requests / seconds)} requests a second of the processor, ${megabytes} MB at most`,
  );
  if (values.json)
    console.log(JSON.stringify(asJson(figures, { seed, commit, requests, seconds, megabytes })));
  else console.log(summary(figures));
  process.exitCode = figures.violated.size === 0 ? 0 : 1;
}

function asJson(figures: Figures, run: object): object {
  const read = (distribution: Figures['timeToPerson']) => ({
    count: distribution.count,
    most: distribution.most,
    p50: distribution.percentile(0.5),
    p90: distribution.percentile(0.9),
    p99: distribution.percentile(0.99),
  });
  return {
    ...run,
    violated: Object.fromEntries(figures.violated),
    counts: Object.fromEntries(figures.counts),
    firstRing: read(figures.timeToFirstRing),
    toPerson: read(figures.timeToPerson),
    nextRung: read(figures.timeToNextRung),
    rungsClimbed: read(figures.rungsClimbed),
  };
}

function tell(file: string): void {
  const story = JSON.parse(readFileSync(file, 'utf8')) as Story;
  const figures = new Figures();
  const { violations, faults } = runStory(story, figures);
  console.error(faults.map(({ place, effect, fault }) => `${place} ${effect}: ${fault}`).join('\n'));
  for (const { invariant, afterMs, what } of violations)
    console.error(`after ${(afterMs / 1000).toFixed(1)} s: ${invariant}, ${what}`);
  console.log(summary(figures));
  process.exitCode = violations.length === 0 ? 0 : 1;
}
