// What a manager does to a request by hand. The one way in, for whatever a manager uses; it decides nothing itself.
import type { Event } from '../domain/event.ts';
import type { RequestId } from '../domain/ids.ts';
import { handleEvent } from './handle-event.ts';
import type { Ports } from './ports.ts';

export type ManagerEvent = Extract<Event, { readonly kind: `manager-${string}` }>;

/** False when there is no such request. */
export async function manage(ports: Ports, requestId: RequestId, event: ManagerEvent): Promise<boolean> {
  return (await handleEvent(ports, { requestId, event, webhookId: null })).request !== null;
}
