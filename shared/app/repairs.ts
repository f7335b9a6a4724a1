// Which reports a call's request has missed: legs that have ended in the network's books and go on in the request.
// Pure. Never guesses: a leg of which nobody can say that it has ended has not.
import type { Event, LegOutcome } from '../domain/event.ts';
import type { CallSid } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { liveOffers, type Offer, type Request, takenOffer } from '../domain/request.ts';

/**
 * The legs that go on as far as the request knows, and began at `until` or before: the reports about a younger one may
 * still be on their way. Her own leg first. None once the request is closed.
 */
export function legsOf(request: Request, until: Instant): readonly CallSid[] {
  if (request.channel !== 'voice' || request.phase.kind === 'closed') return [];
  const own = request.openedAt <= until ? [request.callSid, request.called?.callSid ?? null] : [];
  const helpers = offersOf(request).flatMap(({ madeAt, callSid }) => (madeAt <= until ? [callSid] : []));
  return [...own, ...helpers].filter(callSid => callSid !== null);
}

/**
 * The events that bring the request up to date. `endings`: those of its legs that have ended, and how. When she has
 * hung up nothing else matters: that closes the request and lets everybody go.
 */
export function repairsFor(request: Request, endings: ReadonlyMap<CallSid, LegOutcome>): readonly Event[] {
  if (request.channel !== 'voice' || request.phase.kind === 'closed') return [];
  const { callSid: hers, called } = request;
  if (hers !== null && endings.has(hers)) return [{ kind: 'caller-hung-up', callSid: hers }];
  if (called !== null && called.callSid !== null && endings.has(called.callSid))
    return [{ kind: 'survivor-leg-ended', seq: called.seq, callSid: called.callSid }];
  return offersOf(request).flatMap(({ seq, callSid }): readonly Event[] => {
    const outcome = callSid === null ? undefined : endings.get(callSid);
    return callSid === null || outcome === undefined ? [] : [{ kind: 'leg-ended', seq, callSid, outcome }];
  });
}

function offersOf(request: Request): readonly Offer[] {
  const taken = takenOffer(request);
  return taken ? [taken] : liveOffers(request);
}
