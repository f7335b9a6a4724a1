// Lambda behind the minute rule.
import { sweep } from '../shared/app/sweep.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(
  startContext,
  ({ ports }) =>
    () =>
      sweep(ports),
);
