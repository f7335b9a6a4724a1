// How many requests the simulator lives through in a second of one core: what it costs to look for a bug that comes once in
// a million.
import { livedOnEveryCore } from '../simulation/every-core.ts';
import { figure, type How, type Section } from './figures.ts';

const REQUESTS = { whole: 40_000, quick: 4_000 } as const;
const SEED = 1;

export async function simulation({ length, say }: How): Promise<Section> {
  const requests = REQUESTS[length];
  let shown = 0;
  const progress = (done: number) => {
    if (done < shown + requests / 5) return;
    shown = done;
    say(`${done} of ${requests}`);
  };
  const { seconds, megabytes } = await livedOnEveryCore({ seed: SEED, requests, options: [] }, { progress });
  return {
    title: 'Simulation',
    told: `\`npm run simulate -- --seed ${SEED} --requests ${requests}\`, by the processor's time of one core.`,
    figures: [
      figure('requests lived through', 'a second', requests / seconds),
      figure('memory of the largest process', 'MB', megabytes),
    ],
  };
}
