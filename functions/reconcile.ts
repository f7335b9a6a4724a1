// Lambda behind the two-minute rule. Fails when something could not be reconciled, once everything else is done: that
// is what the alarm hears.
import { reconcile } from '../shared/app/reconcile.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, ({ ports }) => async () => {
  const { failed } = await reconcile(ports);
  if (failed > 0) throw new Error(`reconciled, but ${failed} could not be done`);
});
