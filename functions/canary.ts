// Lambda behind the canary's rule. Fails only when it could not even try; a canary that did not come through is told
// by its own line in the log and its own alert.
import { setTimeout } from 'node:timers/promises';
import { runCanary } from '../shared/app/canary.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, ({ ports }) => async () => {
  await runCanary(ports, { pause: async seconds => void (await setTimeout(seconds * 1000)) });
});
