// Every effect of the short stories fails in each of its ways, once, and nobody is stranded by it; of all pairs of
// faults as many as chance draws (`npm run simulate:pairs` has them all). SEED=<printed> draws the same ones again.
import { describe, expect, test } from 'vitest';
import { imported } from './bundle.ts';
import { Chance } from './chance.ts';
import { shortStories } from './short-stories.ts';

const { everySecond, everySingle, outsidePromises, wrongWith } =
  await imported<typeof import('./simulator.ts')>('simulator.ts');

const seed = Number(process.env['SEED'] ?? 2026);
const PAIRS_A_STORY = 60;
console.log(`pairs of faults: SEED=${seed}`);

describe.each(Object.entries(shortStories))('%s', (_name, story) => {
  test('ends well when nothing fails', async () => {
    expect(await outsidePromises(() => wrongWith(story, []))).toBeNull();
  });

  test('ends well whichever single effect fails', async () => {
    const wrongs = await outsidePromises(() =>
      everySingle(story).flatMap(fault => wrongWith(story, [fault]) ?? []),
    );
    expect(wrongs).toEqual([]);
  });

  test('ends well when two effects fail', async () => {
    const wrongs = await outsidePromises(() => {
      const chance = new Chance(seed, story.people.length + story.seed.toString());
      const firsts = everySingle(story);
      return Array.from({ length: PAIRS_A_STORY }, () => chance.pick(firsts)).flatMap(first => {
        const seconds = everySecond(story, first);
        const second = seconds.length === 0 ? first : chance.pick(seconds);
        return wrongWith(story, [first, second]) ?? [];
      });
    });
    expect(wrongs).toEqual([]);
  });
});
