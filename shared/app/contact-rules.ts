// A manager writes down what a survivor has agreed to about being reached, or takes it back.
// Must never reach her by itself: it is asked again when somebody dials or writes.
import type { Agreement } from '../domain/contact-rules.ts';
import type { RequestId } from '../domain/ids.ts';
import { handleEvent } from './handle-event.ts';
import type { Ports } from './ports.ts';

/** `closed`: the request is over or unknown, and nothing was changed. `agreement` null: nothing is agreed any more. */
export async function setContactRules(
  ports: Ports,
  requestId: RequestId,
  agreement: Agreement | null,
): Promise<'set' | 'closed'> {
  const event = { kind: 'manager-set-contact-rules', agreement } as const;
  const { request, ignored } = await handleEvent(ports, { requestId, event, webhookId: null });
  return request === null || ignored ? 'closed' : 'set';
}
