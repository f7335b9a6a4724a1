// What a mutant's bundle runs: worlds until one goes wrong. Imported by the test and by nothing else.
import { Figures } from './figures.ts';
import { allTriggers, storyOf } from './story.ts';
import { outsidePromises } from './virtual-time.ts';
import { runStory } from './world.ts';

/** The invariants that broke in the first world that went wrong; empty when `worlds` of them ended well. */
export function firstBroken(
  worlds: number,
  faultRate: number,
  lostMessages: number,
): Promise<readonly string[]> {
  return outsidePromises(() => {
    for (let seed = 1; seed <= worlds; seed += 1) {
      const measure = { people: 25, volunteers: 20, faultRate, lostMessages, triggers: allTriggers };
      const { violations } = runStory(storyOf(seed, measure), new Figures());
      if (violations.length > 0) return [...new Set(violations.map(({ invariant }) => invariant))];
    }
    return [];
  });
}
