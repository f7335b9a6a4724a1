// Everything of the simulator that a test runs, as one module to be bundled. Holds nothing of its own.
export { everySecond, everySingle, wrongWith } from './exhaustive.ts';
export { Figures } from './figures.ts';
export { runMany } from './many.ts';
export { shrunk } from './shrink.ts';
export { storyOf } from './story.ts';
export { outsidePromises } from './virtual-time.ts';
export { runStory } from './world.ts';
