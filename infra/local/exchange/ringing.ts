// An outgoing leg until somebody picks up: it waits its turn, rings a phone, and gives up after its time.
// Must never decide what happens after the answer: whoever calls out says that.
import { onRinging } from './automatic.ts';
import type { CallStatusCallback } from './leg.ts';
import { Leg } from './leg.ts';
import { endLeg, setStatus } from './leg-state.ts';
import type { Network } from './network.ts';
import { PhoneCall } from './phone-call.ts';

export interface OutboundSpec {
  from: string;
  to: string;
  timeoutSeconds: number;
  statusCallback?: CallStatusCallback | undefined;
  parentSid?: string | undefined;
}

/** The other end of a `<Dial><Number>`: exempt from the pace of REST calls. */
export function callOutByDial(network: Network, spec: OutboundSpec): Leg {
  const leg = new Leg({ ...outboundFields(network, spec), direction: 'outbound-dial', status: 'queued' });
  network.calls.push(leg);
  leg.cancelStart = network.soon(() => ring(network, leg, spec.timeoutSeconds));
  return leg;
}

export function outboundFields(network: Network, spec: OutboundSpec) {
  return {
    sid: network.sids.next('CA'),
    from: spec.from,
    to: spec.to,
    phone: network.phone(spec.to),
    parentSid: spec.parentSid,
    statusCallback: spec.statusCallback,
    createdAt: network.now(),
  };
}

export function attach(leg: Leg, showing: string): PhoneCall {
  const call = new PhoneCall(leg.phone, leg, showing, leg.startedAt ?? leg.createdAt);
  leg.call = call;
  leg.phone.calls.push(call);
  return call;
}

export function ring(network: Network, leg: Leg, timeoutSeconds: number): void {
  if (leg.ended) return;
  leg.startedAt = network.now();
  setStatus(network, leg, 'initiated');
  const { phone } = leg;
  if (phone.behaviour.kind === 'unreachable') {
    endLeg(network, leg, 'failed', 'network');
    return;
  }
  if (phone.behaviour.kind === 'busy' || phone.busy) {
    endLeg(network, leg, 'busy', 'network');
    return;
  }
  const call = attach(leg, leg.from);
  setStatus(network, leg, 'ringing');
  network.feed.emit({ type: 'rang', phone: phone.number, callSid: leg.sid, showing: leg.from });
  leg.cancelRing = network.later(timeoutSeconds * 1000, () => endLeg(network, leg, 'no-answer', 'network'));
  onRinging(network, call);
}
