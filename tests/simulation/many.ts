// Many worlds, one after the other, until so many requests have been lived through. Each has a seed of its own that
// follows from the first, so that one world that went wrong can be told again alone.
import { countOf, DOUBLE_HANDLED, type Figures, STRANDED, type Violation } from './figures.ts';
import { type Measure, type Story, storyOf } from './story.ts';
import { runStory } from './world.ts';

export type Broken = { readonly story: Story; readonly violations: readonly Violation[] };

/** As many as keep a country of thirty volunteers busy without keeping everybody waiting. */
export const aWorld = { people: 40, volunteers: 30 } as const;

/** A world apart from the next by a prime, so that two runs share none. */
const NEXT_SEED = 7_919;

/**
 * Must be called outside of promises: see virtual-time.ts. Tells every world that broke an invariant to `broken`;
 * `progress` hears how many people have come so far. The first `skip` people are lived through elsewhere.
 */
export function runMany(
  seed: number,
  requests: number,
  measure: Measure,
  figures: Figures,
  hear: { readonly broken: (broken: Broken) => void; readonly progress: (done: number) => void },
  skip = 0,
): void {
  const first = skip / measure.people;
  const worlds = Math.ceil(requests / measure.people);
  for (let world = first; world < first + worlds; world += 1) {
    const story = storyOf((seed * 1_000_003 + world * NEXT_SEED) % 4_294_967_291, measure);
    const { violations } = runStory(story, figures);
    if (violations.length > 0) hear.broken({ story, violations });
    hear.progress((world + 1 - first) * measure.people);
  }
}

/** What a run comes to, in one line. */
export function summary(figures: Figures): string {
  const others = [...figures.violated]
    .filter(([kind]) => !STRANDED.has(kind) && !DOUBLE_HANDLED.has(kind))
    .reduce((sum, [, count]) => sum + count, 0);
  return [
    `stranded ${countOf(figures, STRANDED)}`,
    `double-handled ${countOf(figures, DOUBLE_HANDLED)}`,
    `other violations ${others}`,
    `first ring ${figures.timeToFirstRing}`,
    `to a person ${figures.timeToPerson}`,
    `next rung late by ${figures.timeToNextRung}`,
    `rungs climbed ${figures.rungsClimbed}`.replace(' s', ''),
    `hash ${figures.hash.toString(16).padStart(8, '0')}`,
  ].join(' · ');
}
