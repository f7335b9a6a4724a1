// What a manager does to a request by hand. The one way in, for whatever a manager uses; it decides nothing itself.
import type { RequestId } from '../domain/ids.ts';
import type { ManagerEvent, Refusal } from '../domain/manager-act.ts';
import type { Request } from '../domain/request.ts';
import { handleEvent } from './handle-event.ts';
import type { Ports } from './ports.ts';

/** `request`: as it stands now; null: there is no such request. `came`: done, or why it was not. */
export type Managed =
  | { readonly request: null }
  | { readonly request: Request; readonly came: 'done' | Refusal };

export async function manage(ports: Ports, requestId: RequestId, event: ManagerEvent): Promise<Managed> {
  const { request, notes } = await handleEvent(ports, { requestId, event, webhookId: null });
  if (request === null) return { request };
  const byHand = notes.flatMap(each => (each.note === 'by-hand' ? [each.came] : []));
  return { request, came: byHand[0] ?? 'done' };
}
