// One slice of a run, in a process of its own: lives through its people, tells its parent how far it is, tells the
// worlds that went wrong, and hands its figures over. Knows nothing of the other slices.
import { parseArgs } from 'node:util';
import { Figures } from './figures.ts';
import { type Broken, runMany } from './many.ts';
import { measureOf, measureOptions } from './options.ts';
import { shrunk } from './shrink.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '' },
    requests: { type: 'string', default: '' },
    skip: { type: 'string', default: '0' },
    ...measureOptions,
  },
});
/** Making a story smaller takes a while: only the first worlds of a slice that went wrong are told. */
const TOLD_AT_MOST = 3;

setImmediate(() => {
  const figures = new Figures();
  const broken: Broken[] = [];
  const used = process.cpuUsage();
  const hear = {
    broken: (one: Broken) => broken.length < TOLD_AT_MOST && broken.push(one),
    progress: (done: number) => process.send?.({ done }),
  };
  runMany(
    Number(values.seed),
    Number(values.requests),
    measureOf(values),
    figures,
    hear,
    Number(values.skip),
  );
  // The processor's time, not the clock's: others may use the same core.
  const { user, system } = process.cpuUsage(used);
  for (const { story, violations } of broken) {
    const what = violations.map(({ invariant, what: how }) => `${invariant}, ${how}`).join('; ');
    console.error(`\nseed ${story.seed}: ${what}`);
    console.error('The smallest story found that still does so, to be kept in tests/simulation/kept:');
    console.error(JSON.stringify(shrunk(story)));
  }
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.send?.({ figures, seconds: (user + system) / 1_000_000, megabytes });
});
