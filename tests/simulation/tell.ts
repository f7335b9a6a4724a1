// Tells one story again, from the file that is its argument: its faults, and what they broke.
import { readFileSync } from 'node:fs';
import { Figures } from './figures.ts';
import { summary } from './many.ts';
import type { Story } from './story.ts';
import { runStory } from './world.ts';

setImmediate(() => {
  const story = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Story;
  const figures = new Figures();
  const { violations, faults } = runStory(story, figures);
  console.error(faults.map(({ place, effect, fault }) => `${place} ${effect}: ${fault}`).join('\n'));
  for (const { invariant, afterMs, what } of violations)
    console.error(`after ${(afterMs / 1000).toFixed(1)} s: ${invariant}, ${what}`);
  console.log(summary(figures));
  process.exitCode = violations.length === 0 ? 0 : 1;
});
