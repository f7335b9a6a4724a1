// Lambda behind the queue of wake-ups. A message that could not be dealt with is reported alone, so that the
// others of its batch are not delivered again.
import { queueHandler } from '../shared/http/queue.ts';
import { startContext } from './environment.ts';
import { once } from './once.ts';

export const handler = once(startContext, queueHandler);
