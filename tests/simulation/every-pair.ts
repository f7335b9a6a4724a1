// One core's share of the pairs of faults in the short stories, in a process of its own: the first faults that fall to it,
// with each that may follow it. Tells its parent what it came to. Knows nothing of the other shares.
import { parseArgs } from 'node:util';
import { everySecond, everySingle, type Wrong, wrongWith } from './exhaustive.ts';
import { shortStories } from './short-stories.ts';

const SHOW_EVERY_MS = 5_000;
const TOLD_AT_MOST = 5;

export type Share = { readonly pairs: number; readonly endedBadly: number };

const { values } = parseArgs({
  options: {
    story: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    core: { type: 'string', default: '0' },
    of: { type: 'string', default: '1' },
  },
});
setImmediate(() => {
  const [every, core, cores] = [Number(values.every), Number(values.core), Number(values.of)];
  const wrongs: Wrong[] = [];
  let pairs = 0;
  for (const [name, story] of Object.entries(shortStories)) {
    if (!name.includes(values.story)) continue;
    const firsts = everySingle(story);
    let shownAt = Date.now();
    const mine = firsts.filter((_, place) => place % every === 0 && (place / every) % cores === core);
    mine.forEach((first, done) => {
      for (const second of everySecond(story, first)) {
        pairs += 1;
        const wrong = wrongWith(story, [first, second]);
        if (wrong !== null) wrongs.push(wrong);
      }
      if (Date.now() - shownAt < SHOW_EVERY_MS) return;
      shownAt = Date.now();
      console.error(
        `${name}: ${done} of ${mine.length} firsts · ${pairs} pairs · ${wrongs.length} ended badly`,
      );
    });
  }
  for (const { story, violations } of wrongs.slice(0, TOLD_AT_MOST))
    console.error(
      `${violations.map(({ invariant, what }) => `${invariant}, ${what}`).join('; ')}\n${JSON.stringify(story)}`,
    );
  process.send?.({ pairs, endedBadly: wrongs.length } satisfies Share);
});
