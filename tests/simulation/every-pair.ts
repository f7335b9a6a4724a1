// Every pair of faults in the short stories, in one process. Takes a while and shows how far it is; a part
// of the pairs, drawn by chance, is in `npm test`. Exits 1 when any story ends badly, and prints it.
import { parseArgs } from 'node:util';
import { everySecond, everySingle, type Wrong, wrongWith } from './exhaustive.ts';
import { shortStories } from './short-stories.ts';

const SHOW_EVERY_MS = 5_000;
const TOLD_AT_MOST = 5;

const { values } = parseArgs({
  options: { story: { type: 'string' }, every: { type: 'string', default: '1' } },
});
setImmediate(() => {
  const every = Number(values.every);
  const wrongs: Wrong[] = [];
  let pairs = 0;
  for (const [name, story] of Object.entries(shortStories)) {
    if (values.story !== undefined && !name.includes(values.story)) continue;
    const firsts = everySingle(story);
    let shownAt = Date.now();
    console.error(`${name}: ${firsts.length} single faults`);
    firsts.forEach((first, done) => {
      if (done % every !== 0) return;
      for (const second of everySecond(story, first)) {
        pairs += 1;
        const wrong = wrongWith(story, [first, second]);
        if (wrong !== null) wrongs.push(wrong);
      }
      if (Date.now() - shownAt < SHOW_EVERY_MS) return;
      shownAt = Date.now();
      console.error(`  ${done} of ${firsts.length} · ${pairs} pairs · ${wrongs.length} ended badly`);
    });
  }
  for (const { story, violations } of wrongs.slice(0, TOLD_AT_MOST))
    console.error(
      `${violations.map(({ invariant, what }) => `${invariant}, ${what}`).join('; ')}\n${JSON.stringify(story)}`,
    );
  console.log(`${pairs} pairs of faults · ${wrongs.length} ended badly`);
  process.exitCode = wrongs.length === 0 ? 0 : 1;
});
