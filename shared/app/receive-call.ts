// A call comes in on a line. Opens its request; a call within the grace time takes over from the one before.
import { carriedFrom } from '../domain/carried.ts';
import type { Carried } from '../domain/event.ts';
import { type CallSid, requestIdOf } from '../domain/ids.ts';
import type { Line } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import { faultOf } from './fault.ts';
import { type Handled, handleEvent } from './handle-event.ts';
import type { Ports, WebhookId } from './ports.ts';

export type IncomingCall = {
  readonly callSid: CallSid;
  readonly line: Line;
  /** Null when the number is withheld. */
  readonly from: Address | null;
  readonly webhookId: WebhookId;
};

export async function receiveCall(
  ports: Ports,
  { callSid, line, from, webhookId }: IncomingCall,
): Promise<Handled> {
  const carried = from === null ? null : await carriedIfPossible(ports, line, from);
  const event = { kind: 'caller-rang', callSid, lineId: line.id, from, carried } as const;
  return handleEvent(ports, { requestId: requestIdOf(callSid), event, webhookId });
}

/** Continuity is a kindness. Nothing that is wrong with an earlier request may keep her from this one. */
async function carriedIfPossible(ports: Ports, line: Line, from: Address): Promise<Carried | null> {
  try {
    return await carriedFor(ports, line, from);
  } catch (error) {
    ports.log.error('nothing-carried', { fault: faultOf(error) });
    return null;
  }
}

async function carriedFor(ports: Ports, line: Line, from: Address): Promise<Carried | null> {
  const now = ports.clock.now();
  const { requests } = await ports.directory.who(from, now);
  const earlier = requests.find(({ lineId, channel }) => lineId === line.id && channel === 'voice');
  if (!earlier) return null;
  const { request } = await ports.requests.load(earlier.requestId, null);
  const { settings } = await ports.networks.network();
  return request === null ? null : carriedFrom(request, now, settings);
}
