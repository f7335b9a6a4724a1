// `npm run simulate:pairs -- [--story PART-OF-ITS-NAME] [--every N]`: every pair of faults in the short stories.
import { once } from 'node:events';
import { inItsOwnNode } from './own-node.ts';

process.exitCode = await inItsOwnNode('every-pair.ts', async begin =>
  Number((await once(begin(process.argv.slice(2)), 'close'))[0] ?? 1),
);
