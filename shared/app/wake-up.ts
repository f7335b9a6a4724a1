// What arrives from the queue: "look at request R". Anything else is nonsense and goes to the dead letters.
import { parseRequestId } from '../domain/ids.ts';
import type { Ports } from './ports.ts';
import { look } from './sweep.ts';

/** True when the message is done with; false to have it delivered again. */
export async function wakeUp(ports: Ports, body: string): Promise<boolean> {
  const requestId = requestIdIn(body);
  if (requestId !== null) return look(ports, requestId);
  ports.log.error('queue-nonsense');
  return false;
}

function requestIdIn(body: string): ReturnType<typeof parseRequestId> {
  try {
    const message: unknown = JSON.parse(body);
    const id =
      typeof message === 'object' && message !== null && 'requestId' in message ? message.requestId : null;
    return typeof id === 'string' ? parseRequestId(id) : null;
  } catch {
    return null;
  }
}
