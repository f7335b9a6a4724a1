// The life of a leg: queued, ringing, answered, ended; and the status callbacks on the way. Every way a call can
// begin or end passes through here. Must never interpret TwiML: an answered leg only starts its session.
import { type CallStatus, ENDED_STATUSES } from './books.ts';
import { type CallStatusCallback, Leg, type Target } from './leg.ts';
import type { Network } from './network.ts';
import { onRinging, type Phone, PhoneCall } from './phone.ts';
import { Session } from './session.ts';
import { callStatusParams } from './webhook-params.ts';

export interface OutboundSpec {
  from: string;
  to: string;
  timeoutSeconds: number;
  statusCallback?: CallStatusCallback | undefined;
  parentSid?: string | undefined;
}

/** A phone calls a line. `begin` does the first step, on the clock. */
export function dialIn(
  network: Network,
  phone: Phone,
  to: string,
  withheld: string | undefined,
): { call: PhoneCall; begin: () => Promise<void> } {
  const line = network.lines.get(to);
  if (!line) throw new Error(`${to} is none of this exchange's lines`);
  const now = network.now();
  const leg = new Leg({
    sid: network.sids.next('CA'),
    direction: 'inbound',
    from: withheld ?? phone.number,
    to,
    phone,
    createdAt: now,
    status: 'ringing',
    statusCallback: line.statusCallbackUrl
      ? { url: line.statusCallbackUrl, method: 'POST', events: new Set(['completed']) }
      : undefined,
  });
  leg.startedAt = now;
  const call = attach(leg, to);
  network.calls.push(leg);
  network.feed.emit({ type: 'dialled', phone: phone.number, callSid: leg.sid, line: to, showing: leg.from });
  const begin = async () => {
    if (leg.ended) return;
    if (line.voiceUrl) {
      await startSession(network, leg).load({
        url: line.voiceUrl,
        method: 'POST',
        fallbackUrl: line.voiceFallbackUrl,
      });
      return;
    }
    network.fail(21_401, `${to} has no voice URL`, { sid: leg.sid });
    endLeg(network, leg, 'failed', 'network');
  };
  return { call, begin };
}

/** A call by REST: it waits for its turn, then rings. */
export function callOut(network: Network, spec: OutboundSpec, onAnswered: Target | { twiml: string }): Leg {
  const now = network.now();
  const at = network.callPacer.slot('account', now);
  const leg = new Leg({
    ...outboundFields(network, spec),
    direction: 'outbound-api',
    status: 'queued',
    queueMs: at - now,
  });
  leg.onAnswered = () => {
    const session = startSession(network, leg);
    return 'twiml' in onAnswered ? session.runText(onAnswered.twiml, '') : session.load(onAnswered);
  };
  network.calls.push(leg);
  leg.cancelStart = network.later(at - now, () => ring(network, leg, spec.timeoutSeconds));
  return leg;
}

/** The other end of a `<Dial><Number>`: exempt from the pace of REST calls. */
export function callOutByDial(network: Network, spec: OutboundSpec): Leg {
  const leg = new Leg({ ...outboundFields(network, spec), direction: 'outbound-dial', status: 'queued' });
  network.calls.push(leg);
  leg.cancelStart = network.soon(() => ring(network, leg, spec.timeoutSeconds));
  return leg;
}

function outboundFields(network: Network, spec: OutboundSpec) {
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

function attach(leg: Leg, showing: string): PhoneCall {
  const call = new PhoneCall(leg.phone, leg, showing, leg.startedAt ?? leg.createdAt);
  leg.call = call;
  leg.phone.calls.push(call);
  return call;
}

function ring(network: Network, leg: Leg, timeoutSeconds: number): void {
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
}

export function hangUpByPhone(network: Network, leg: Leg): void {
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
  const { onEnded } = leg;
  if (onEnded) network.soon(onEnded);
}

const EVENT_OF: Partial<Record<CallStatus, string>> = {
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'answered',
};

function setStatus(network: Network, leg: Leg, status: CallStatus): void {
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

export function startSession(network: Network, leg: Leg): Session {
  const session = new Session(network, leg);
  leg.session = session;
  return session;
}
