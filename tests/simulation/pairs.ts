// `npm run simulate:pairs -- [--story PART-OF-ITS-NAME] [--every N]`: every pair of faults in the short stories, on every
// core of the machine. Takes more than an hour of one and shows how far it is; a part of the pairs, drawn by chance, is in
// `npm test`. Exits 1 when any story ends badly, and prints it.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Share } from './every-pair.ts';
import { inItsOwnNode, type OwnNode } from './own-node.ts';

const cores = availableParallelism();

const shares = await inItsOwnNode('every-pair.ts', begin =>
  Promise.all(Array.from({ length: cores }, (_, core) => shareOf(begin, core))),
);
const sum = (what: keyof Share) => shares.reduce((total, share) => total + share[what], 0);
console.log(`${sum('pairs')} pairs of faults · ${sum('endedBadly')} ended badly`);
process.exitCode = sum('endedBadly') === 0 ? 0 : 1;

/** Throws when the process dies before it has told what it came to. */
async function shareOf(begin: OwnNode, core: number): Promise<Share> {
  const child = begin([...process.argv.slice(2), '--core', `${core}`, '--of', `${cores}`]);
  const told: Share[] = [];
  child.on('message', (share: Share) => told.push(share));
  const [code] = await once(child, 'close');
  const [share] = told;
  if (share === undefined) throw new Error(`share ${core} of ${cores}: died, with ${code}`);
  return share;
}
