// The states of a leg: answered, ended, and the status callbacks on the way. Every way a call can end passes through
// here. Must never begin anything: legs.ts and ringing.ts do.
import { type CallStatus, ENDED_STATUSES } from './books.ts';
import type { Leg } from './leg.ts';
import type { Network } from './network.ts';
import { callStatusParams } from './webhook-params.ts';

/** Somebody (or a voicemail) picked up. */
export async function answerLeg(network: Network, leg: Leg): Promise<void> {
  if (leg.status !== 'ringing') return;
  leg.cancelRing?.();
  markAnswered(network, leg);
  await leg.onAnswered?.();
}

/** Also for an inbound leg, which its first TwiML verb answers. */
export function markAnswered(network: Network, leg: Leg): void {
  if (leg.status !== 'ringing') return;
  leg.answeredAt = network.now();
  if (leg.call) leg.call.state = 'in-progress';
  setStatus(network, leg, 'in-progress');
  network.feed.emit({ type: 'answered', phone: leg.phoneNumber, callSid: leg.sid });
  const { otherEnd } = leg;
  if (otherEnd) network.soon(() => answerLeg(network, otherEnd));
}

export function hangUpByPhone(network: Network, leg: Leg): void {
  if (leg.ended) return;
  if (leg.status === 'ringing') {
    // A caller who gives up before an answer, or the person called who declines.
    endLeg(network, leg, leg.direction === 'inbound' ? 'no-answer' : 'busy', 'phone');
    return;
  }
  endLeg(network, leg, 'completed', 'phone');
}

export function endLeg(network: Network, leg: Leg, status: CallStatus, by: 'phone' | 'network'): void {
  if (leg.ended) return;
  leg.cancelStart?.();
  leg.cancelRing?.();
  leg.endedAt = network.now();
  const rangOut = leg.answeredAt === undefined;
  setStatus(network, leg, status);
  if (leg.call) leg.call.state = 'ended';
  const on = { phone: leg.phoneNumber, callSid: leg.sid, status };
  if (rangOut && leg.direction !== 'inbound') network.feed.emit({ type: 'rang-out', ...on });
  else network.feed.emit({ type: 'hung-up', by, ...on });
  leg.session?.stop('hung-up');
  const { otherEnd } = leg;
  if (otherEnd) network.soon(() => hangUpByPhone(network, otherEnd));
  const { onEnded } = leg;
  if (onEnded) network.soon(onEnded);
}

const EVENT_OF: Partial<Record<CallStatus, string>> = {
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'answered',
};

export function setStatus(network: Network, leg: Leg, status: CallStatus): void {
  leg.status = status;
  leg.updatedAt = network.now();
  leg.history.push({ status, at: network.now() });
  const callback = leg.statusCallback;
  if (!callback) return;
  const event = ENDED_STATUSES.has(status) ? 'completed' : EVENT_OF[status];
  if (!event || !callback.events.has(event)) return;
  network.statuses.send({
    kind: 'call-status',
    url: callback.url,
    method: callback.method,
    sid: leg.sid,
    params: callStatusParams(network, leg),
  });
}
