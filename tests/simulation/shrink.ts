// Makes a story that goes wrong as small as it will go and still go wrong in the same way: fewer faults, then fewer
// people, edits and volunteers. What is left can be kept in tests/simulation/kept.
import type { Figures } from './figures.ts';
import { Figures as NewFigures } from './figures.ts';
import type { Story } from './story.ts';
import { runStory } from './world.ts';

/** Runs of a story at most: shrinking is for reading, not for the perfect minimum. */
const RUNS_AT_MOST = 600;

/** Must be called outside of promises: see virtual-time.ts. */
export function shrunk(story: Story, figures: () => Figures = () => new NewFigures()): Story {
  let runs = 0;
  const wrongs = (candidate: Story): readonly string[] => {
    runs += 1;
    return runStory(candidate, figures()).violations.map(({ invariant }) => invariant);
  };
  const first = runStory(story, figures());
  const wrong = first.violations[0]?.invariant;
  if (wrong === undefined) return story;
  const listed = first.faults.map(({ place, fault }) => ({ place, fault }));
  const isStill = (candidate: Story) => runs < RUNS_AT_MOST && wrongs(candidate).includes(wrong);
  let small: Story = { ...story, listed };
  small = { ...small, listed: without(listed, rest => isStill({ ...small, listed: rest })) };
  small = { ...small, people: without(small.people, rest => isStill({ ...small, people: rest })) };
  small = { ...small, edits: without(small.edits, rest => isStill({ ...small, edits: rest })) };
  small = { ...small, acts: without(small.acts, rest => isStill({ ...small, acts: rest })) };
  return { ...small, listed: without(small.listed ?? [], rest => isStill({ ...small, listed: rest })) };
}

/** Leaves out halves, then quarters, and so on down to single things, as long as it still goes wrong. */
function without<Thing>(
  things: readonly Thing[],
  isStill: (rest: readonly Thing[]) => boolean,
): readonly Thing[] {
  let left = things;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length; ) {
      const rest = [...left.slice(0, at), ...left.slice(at + size)];
      if (rest.length < left.length && isStill(rest)) left = rest;
      else at += size;
    }
  }
  return left;
}
