// Every effect of a story made to fail in each of its ways, once; and every pair of them.
import { type Effect, FAULTS_OF, type Fault, type Taken } from './faults.ts';
import { Figures, type Violation } from './figures.ts';
import type { Story } from './story.ts';
import { runStory } from './world.ts';

type Listed = Pick<Taken, 'place' | 'fault'>;
export type Wrong = { readonly story: Story; readonly violations: readonly Violation[] };

/** Must be called outside of promises: see virtual-time.ts. */
export function everySingle(story: Story): readonly Listed[] {
  const { effects } = runStory(story, new Figures());
  return faultsFrom(effects, 0);
}

/** What else may fail after the first has failed: the story goes on otherwise from there. */
export function everySecond(story: Story, first: Listed): readonly Listed[] {
  const { effects } = runStory({ ...story, listed: [first] }, new Figures());
  return faultsFrom(effects, first.place + 1);
}

function faultsFrom(effects: readonly Effect[], from: number): readonly Listed[] {
  return effects.flatMap((effect, place) =>
    place < from ? [] : FAULTS_OF[effect].map((fault: Fault) => ({ place, fault })),
  );
}

/** Null when the story ends well all the same. */
export function wrongWith(story: Story, listed: readonly Listed[]): Wrong | null {
  const told = { ...story, listed };
  const { violations } = runStory(told, new Figures());
  return violations.length === 0 ? null : { story: told, violations };
}
