// How calls begin: a phone dials a line, or the product dials a phone. Must never interpret TwiML: an answered leg
// only starts its session.
import { type Fallback, Leg, type Target } from './leg.ts';
import { endLeg, setStatus } from './leg-state.ts';
import type { Network } from './network.ts';
import type { Line } from './options.ts';
import type { Phone } from './phone.ts';
import type { PhoneCall } from './phone-call.ts';
import { attach, type OutboundSpec, outboundFields, ring } from './ringing.ts';
import { Session } from './session.ts';

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
      ? {
          url: line.statusCallbackUrl,
          method: line.statusCallbackMethod ?? 'POST',
          events: new Set(['completed']),
        }
      : undefined,
  });
  leg.startedAt = now;
  const call = attach(leg, to);
  network.calls.push(leg);
  network.feed.emit({ type: 'dialled', phone: phone.number, callSid: leg.sid, line: to, showing: leg.from });
  const begin = async () => {
    if (leg.ended) return;
    if (line.voiceUrl && !line.voiceApplicationSid && !line.trunkSid) {
      await startSession(network, leg).load({
        url: line.voiceUrl,
        method: line.voiceMethod ?? 'POST',
        fallback: fallbackOf(line),
      });
      return;
    }
    network.fail(21_401, `${to} has no voice URL that is asked`, { sid: leg.sid });
    endLeg(network, leg, 'failed', 'network');
  };
  return { call, begin };
}

function fallbackOf({ voiceFallbackUrl, voiceFallbackMethod = 'POST' }: Line): Fallback | undefined {
  return voiceFallbackUrl ? { url: voiceFallbackUrl, method: voiceFallbackMethod } : undefined;
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
  leg.cancelStart = network.later(at - now, () => {
    if (network.lines.has(spec.to)) return ringOwnNumber(network, leg, spec.timeoutSeconds);
    ring(network, leg, spec.timeoutSeconds);
  });
  return leg;
}

/** One number of the account calls another: no phone rings, the other number's own webhook is asked. */
function ringOwnNumber(network: Network, leg: Leg, timeoutSeconds: number): void {
  if (leg.ended) return;
  leg.startedAt = network.now();
  setStatus(network, leg, 'initiated');
  const { call, begin } = dialIn(network, network.phone(leg.from), leg.to, undefined);
  leg.otherEnd = call.leg;
  call.leg.otherEnd = leg;
  setStatus(network, leg, 'ringing');
  leg.cancelRing = network.later(timeoutSeconds * 1000, () => endLeg(network, leg, 'no-answer', 'network'));
  network.soon(begin);
}

export function startSession(network: Network, leg: Leg): Session {
  const session = new Session(network, leg);
  leg.session = session;
  return session;
}
