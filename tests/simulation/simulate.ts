// `npm run simulate -- --seed N --requests M`: lives through that many requests with faults, shows how far it is, and
// says what became of everybody. Exits 1 when any invariant was broken, with small stories that show how.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { commitNow } from './commit.ts';
import { livedOnEveryCore } from './every-core.ts';
import { Figures } from './figures.ts';
import { summary } from './many.ts';
import { measureOptions } from './options.ts';
import { inItsOwnNode } from './own-node.ts';

const HELP = `npm run simulate -- [options]
  --seed N            where chance begins (default: the time)
  --requests M        people who call or write (default 20000)
  --faults SHARE      of all effects that fail (default 0.02)
  --lost SHARE        of the queue's messages that are lost besides (default 0)
  --without TRIGGER   callersLoop, queue, sweep or reconciler switched off; may be given several times
  --story FILE        tells one story from a file again`;

const SHOW_EVERY_MS = 5_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    requests: { type: 'string', default: '20000' },
    story: { type: 'string' },
    help: { type: 'boolean', default: false },
    ...measureOptions,
  },
});
if (values.help) console.log(HELP);
else if (values.story === undefined) await simulate();
else process.exitCode = await tell(values.story);

async function simulate(): Promise<void> {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const requests = Number(values.requests);
  const { faults, lost, without } = values;
  const withoutThem = without.flatMap(name => ['--without', name]);
  const off = without.length > 0 ? ` · without ${without.join(', ')}` : '';
  const commit = commitNow();
  console.error(
    `seed ${seed} · commit ${commit} · ${requests} requests · faults ${faults} · messages lost ${lost}${off}`,
  );
  const startedAt = Date.now();
  let shownAt = startedAt;
  const progress = (done: number) => {
    if (Date.now() - shownAt < SHOW_EVERY_MS) return;
    shownAt = Date.now();
    console.error(`${done} of ${requests} · ${((shownAt - startedAt) / 1000).toFixed(0)} s`);
  };
  const options = ['--faults', faults, '--lost', lost, ...withoutThem];
  const lived = await livedOnEveryCore({ seed, requests, options }, { progress });
  const figures = new Figures();
  figures.take(lived.figures);
  const counts = [...figures.counts].sort().map(([name, count]) => `${name}: ${count}`);
  console.error(counts.join(' · '));
  const minutes = (Date.now() - startedAt) / 60_000;
  console.error(
    `${Math.round(requests / lived.seconds)} requests a second of a core; ${minutes.toFixed(1)} minutes on ` +
      `${availableParallelism()} of them, ${lived.megabytes} MB at most in each`,
  );
  console.log(summary(figures));
  process.exitCode = figures.violated.size === 0 ? 0 : 1;
}

function tell(file: string): Promise<number> {
  return inItsOwnNode('tell.ts', async begin => Number((await once(begin([file]), 'close'))[0] ?? 1));
}
