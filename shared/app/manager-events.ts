// What a manager does to a request by hand. The one way in, for whatever a manager uses; it decides nothing itself.
import type { Event } from '../domain/event.ts';
import type { RequestId } from '../domain/ids.ts';
import { handleEvent } from './handle-event.ts';
import type { Ports } from './ports.ts';

export type ManagerEvent = Extract<Event, { readonly kind: `manager-${string}` }>;

/** `unknown`: there is no such request. `too-late`: it is over, and what was said of it changes nothing any more. */
export async function manage(
  ports: Ports,
  requestId: RequestId,
  event: ManagerEvent,
): Promise<'done' | 'too-late' | 'unknown'> {
  const { request, ignored } = await handleEvent(ports, { requestId, event, webhookId: null });
  if (request === null) return 'unknown';
  return ignored ? 'too-late' : 'done';
}
