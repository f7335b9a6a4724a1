// Lambda behind the hourly rule. Fails when a copy could not be deleted, once everything else is done: that is what the
// alarm hears.
import { forgetCopies } from '../shared/app/forget-copies.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, ({ ports }) => async () => {
  const { failed } = await forgetCopies(ports);
  if (failed > 0) throw new Error(`forgotten, but ${failed} copies could not be deleted`);
});
