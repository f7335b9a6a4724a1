// Lambda behind the minute rule. Fails when a look has failed, once everything else is done: that is what the alarm
// hears.
import { sweep } from '../shared/app/sweep.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, ({ ports }) => async () => {
  const { looked, failed } = await sweep(ports);
  if (failed > 0) throw new Error(`looked at ${looked}, but ${failed} could not be done`);
});
