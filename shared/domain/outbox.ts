// What becomes of actions: which are still wanted when somebody gets round to them, and what their outcome means.

import type { Action, ActionResult, FailedBecause, OutboxEntry } from './action.ts';
import { callInstead } from './asked-by-call.ts';
import { notReached } from './call-back.ts';
import { isContactRefusal } from './contact-rules.ts';
import { helperSilent } from './conversation-moves.ts';
import { callerHungUp } from './decide-wait.ts';
import type { Event, EventOf } from './event.ts';
import { answerableUntil } from './greeting.ts';
import { type HelperId, isVolunteer } from './ids.ts';
import { addSeconds, type Instant, instant } from './instant.ts';
import { severityOf } from './limits.ts';
import { endOffer } from './offers.ts';
import {
  type AskedOutcome,
  isAway,
  liveOffer,
  offersOf,
  type Request,
  takenOffer,
  withChanges,
  withOffer,
} from './request.ts';
import {
  act,
  alertManagers,
  begunSince,
  change,
  changePhase,
  type Input,
  isNeutralQuestion,
  NOT_BEGUN,
  note,
  type Step,
  type StepIn,
  stepIsIn,
  tellHelper,
} from './step.ts';
import { OFFER_TRIES, OUTBOX_LEASE_SECONDS, RETRY_AT_MOST_SECONDS, TRIES_AT_MOST } from './timing.ts';
import type { RequestText } from './wording.ts';
import { onItsWay, wordsLost } from './words-lost.ts';

/** False when the request has moved past an action before it was performed. */
export function stillWanted(request: Request, action: Action): boolean {
  switch (action.kind) {
    case 'ring':
    case 'text-offer':
      return liveOffer(request, action.seq) !== null;
    case 'text-survivor':
      return request.phase.kind !== 'closed' && stillFits(request, action.text.text);
    case 'relay':
      return action.textKey in request.private.texts && isPartner(request, action.to);
    case 'ring-survivor':
      return request.called?.seq === action.seq && request.called.callSid === null && isTaken(request);
    case 'redirect-survivor':
      return wantsHerLeg(request, action.seq);
    case 'tell-in-room':
      return takenOffer(request)?.seq === action.room;
    default:
      return true;
  }
}

/** She never picks up to nobody. */
function isTaken({ phase }: Request): boolean {
  return phase.kind === 'connected';
}

/** A text that waited for her word may be out of date: a question of a search that has found somebody, for one. */
function stillFits({ phase }: Request, text: RequestText['text']): boolean {
  switch (text) {
    case 'ask-need':
    case 'ask-region':
    case 'ask-consent':
    case 'searching':
    case 'one-moment':
      return phase.kind === 'searching';
    case 'here-now':
      return phase.kind === 'connected';
    default:
      return true;
  }
}

/** Her words are for whoever is with her, or was when it ended; words to her for her alone, and only until it ends. */
function isPartner(request: Request, to: 'survivor' | HelperId): boolean {
  const { phase, preferred } = request;
  if (to === 'survivor') return phase.kind !== 'closed';
  if (isAway(request) && preferred === to) return true;
  if (phase.kind === 'connected') return phase.offer.to === to;
  return phase.kind === 'closed' && phase.lastHelper === to;
}

/** Once she has come to the room by herself, sending her there again would tear the conversation apart. */
function wantsHerLeg({ phase }: Request, seq: number | null): boolean {
  if (phase.kind === 'connected') return phase.offer.seq === seq && !phase.joined;
  return phase.kind === 'searching' && seq === null;
}

/**
 * Takes over what nobody is at work on any more: whoever committed it has crashed or is very slow. Every event
 * does so, which is why any trigger alone drains the outbox.
 */
export function takeOver(request: Request, event: Event, { now }: Pick<Input, 'now'>): Request {
  const reported = event.kind === 'actions-performed' ? event.results : [];
  const isAbandoned = ({ id, leasedUntil }: OutboxEntry) =>
    leasedUntil <= now && !reported.some(result => result.id === id);
  if (!request.outbox.some(isAbandoned)) return request;
  const leasedUntil = addSeconds(now, OUTBOX_LEASE_SECONDS);
  const outbox = request.outbox.map(entry =>
    isAbandoned(entry) ? { ...entry, leasedUntil, tries: entry.tries + 1 } : entry,
  );
  return withChanges(request, { outbox });
}

/** What the maker of a decision is to perform: its own actions, and those it took over. */
export function toPerform(before: Request | null, after: Request): readonly OutboxEntry[] {
  return after.outbox.filter(begunSince(before));
}

export function actionsPerformed(step: Step, event: EventOf<'actions-performed'>, input: Input): Step {
  return event.results.reduce(
    (so, result) => performed(reachedLimits(so, result, input), result, input),
    step,
  );
}

function reachedLimits(step: Step, { reached = [] }: ActionResult, input: Input): Step {
  return reached.reduce(
    (so, { reason, about }) => alertManagers(so, reason, severityOf[reason], input, about),
    step,
  );
}

function performed(step: Step, result: ActionResult, input: Input): Step {
  const entry = step.request.outbox.find(each => each.id === result.id);
  if (!entry) return step; // taken back meanwhile, or reported twice
  if (result.outcome === 'not-begun')
    return leaseUntil(step, { ...entry, tries: entry.tries - 1 }, input.now);
  if (result.outcome === 'held-back') return heldBack(step, entry, result.until, input);
  if (result.outcome === 'later' && !isGivenUp(entry)) return putOff(step, entry, input);
  const isLost = result.outcome === 'failed' || result.outcome === 'later';
  const isWriting = stepIsIn(step, 'connected') && step.request.phase.offer.by === 'text';
  if (isLost && isWriting && entry.action.kind === 'relay')
    return relayLost(step, entry, entry.action.to, result.outcome === 'failed' ? result.reason : null, input);
  const cleared = clear(step, entry);
  switch (result.outcome) {
    case 'done':
      return handedOver(cleared, entry, result.sid, input);
    case 'dropped':
      return note(cleared, { note: 'not-performed', entryId: entry.id, because: 'moved-past' });
    case 'later':
      return failed(cleared, entry, 'refused', input);
    case 'failed':
      return failed(cleared, entry, result.reason, input);
  }
}

/** True when this try, if it fails too, is the last. */
function isGivenUp({ action, tries }: OutboxEntry): boolean {
  if (action.kind === 'alert') return false;
  const isOffer = action.kind === 'ring' || action.kind === 'text-offer' || action.kind === 'ring-survivor';
  return tries + 1 >= (isOffer ? OFFER_TRIES : TRIES_AT_MOST);
}

/** Taken over again and again and never reported: whatever it does, doing it once more helps nobody. */
export function isWornOut(entry: OutboxEntry): boolean {
  return entry.tries > 0 && isGivenUp({ ...entry, tries: entry.tries - 1 });
}

function putOff(step: Step, entry: OutboxEntry, input: Input): Step {
  const leasedUntil = addSeconds(input.now, Math.min(2 ** (entry.tries + 1), RETRY_AT_MOST_SECONDS));
  return leaseUntil(step, entry, leasedUntil);
}

/** It waits as if it had not been begun, and she keeps all the time to answer that she would have had. */
function heldBack(step: Step, entry: OutboxEntry, given: Instant, input: Input): Step {
  const until = instant(Math.max(given, addSeconds(input.now, 1))); // the clock that gave it may be behind
  const held = leaseUntil(step, { ...entry, tries: NOT_BEGUN }, until);
  const waits = note(held, { note: 'not-performed', entryId: entry.id, because: 'limited' });
  return stepIsIn(waits, 'greeting') ? answerableUntil(waits, until, input) : waits;
}

/** Whoever takes it over next counts the try. */
function leaseUntil(step: Step, { id, tries }: OutboxEntry, leasedUntil: Instant): Step {
  return change(step, {
    outbox: step.request.outbox.map(each => (each.id === id ? { ...each, leasedUntil, tries } : each)),
  });
}

function clear(step: Step, { id, action }: OutboxEntry): Step {
  const { private: kept, outbox } = step.request;
  const { [action.kind === 'relay' ? action.textKey : '']: _passedOn, ...texts } = kept.texts;
  return change(step, {
    outbox: outbox.filter(each => each.id !== id),
    private: action.kind === 'relay' ? { ...kept, texts } : kept,
  });
}

/** Whoever wrote it is told, or what she wrote goes to somebody whom it reaches: no word is lost in silence. */
function relayLost(
  step: StepIn<'connected'>,
  entry: OutboxEntry,
  to: 'survivor' | HelperId,
  reason: FailedBecause | null,
  input: Input,
): Step {
  const noted = note(step, { note: 'not-delivered', entryId: entry.id });
  const told = toldOfWindow(noted, reason === 'window-closed', input);
  if (to !== 'survivor') return helperSilent(told as StepIn<'connected'>, input);
  const text = reason === 'window-closed' ? 'window-closed' : 'not-delivered';
  return tellHelper(clear(told, entry), step.request.phase.offer.to, { text }, input);
}

/** Each offer is noted when the network has taken it: asked, rung, answered and confirmed are four different things. */
function handedOver(step: Step, { id, action }: OutboxEntry, sid: string | null, input: Input): Step {
  if (action.kind === 'relay') return onItsWay(step, { entryId: id, to: action.to, at: input.now });
  if (action.kind === 'text-offer') return note(step, { note: 'texted', seq: action.seq, to: action.to });
  if (action.kind === 'ring-survivor') return herPhoneRings(step, action.seq, sid, input);
  if (action.kind !== 'ring') return step;
  return ringing(note(step, { note: 'rung', seq: action.seq, to: action.to }), action, sid, input);
}

/** When nobody wants her any more by now, her phone must not go on ringing. */
function herPhoneRings(step: Step, seq: number, sid: string | null, input: Input): Step {
  const noted = note(step, { note: 'she-is-rung', seq });
  const { called, callSid: hers } = step.request;
  const callSid = sid as Request['callSid'];
  if (callSid === null || hers === callSid) return noted;
  return called?.seq === seq
    ? change(noted, { called: { ...called, callSid } })
    : act(noted, { kind: 'end-leg', callSid }, input);
}

/** We know the leg's name now. If its offer has ended meanwhile, the phone must not go on ringing. */
function ringing(
  step: Step,
  { seq }: Extract<Action, { kind: 'ring' }>,
  sid: string | null,
  input: Input,
): Step {
  const callSid = sid as Request['callSid'];
  if (callSid === null) return step;
  if (offersOf(step.request).some(offer => offer.seq === seq))
    return change(step, { phase: withOffer(step.request.phase, seq, offer => ({ ...offer, callSid })) });
  return act(step, { kind: 'end-leg', callSid }, input);
}

/** People are told, while it matters to somebody: with a template it would have arrived. */
function toldOfWindow(step: Step, isClosed: boolean, input: Input): Step {
  const matters = isClosed && !stepIsIn(step, 'closed');
  return matters ? alertManagers(step, 'window-closed', 'warning', input) : step;
}

function failed(step: Step, { id, action }: OutboxEntry, reason: FailedBecause, input: Input): Step {
  const missed = note(step, { note: 'not-performed', entryId: id, because: reason });
  const noted = toldOfWindow(missed, reason === 'window-closed', input);
  if (action.kind === 'ring' || action.kind === 'text-offer')
    return offerFailed(noted, action.seq, reason, input);
  // Her leg had ended before we could bring her to the helper: she has hung up, and the report of it was lost.
  if (action.kind === 'redirect-survivor' && reason === 'gone')
    return callerHungUp(noted, { kind: 'caller-hung-up', callSid: action.callSid }, input);
  if (action.kind === 'ring-survivor')
    return notReached(
      noted,
      isContactRefusal(reason) || reason === 'with-us' ? 'not-dialled' : 'refused',
      input,
    );
  if (action.kind === 'relay' && action.to !== 'survivor')
    return alertManagers(noted, 'words-lost', 'warning', input);
  return isNeutralQuestion(action) ? notAskedAfterAll(noted, reason, input) : noted;
}

/** The question can not reach her: people are told, and before her first yes her next text may put it again. */
function notAskedAfterAll(step: Step, reason: FailedBecause, input: Input): Step {
  const told = alertManagers(step, 'left-unanswered', 'warning', input);
  if (stepIsIn(told, 'connected') && reason === 'window-closed')
    return tellHelper(told, told.request.phase.offer.to, { text: 'window-closed' }, input);
  if (!stepIsIn(told, 'greeting')) return told;
  return changePhase(told, { timesAsked: Math.max(0, told.request.phase.timesAsked - 1) });
}

/** An offer that could not be made, or not be delivered. A number that does not work is not tried again. */
function offerFailed(step: Step, seq: number, reason: FailedBecause, input: Input): Step {
  const offer = liveOffer(step.request, seq);
  if (!offer) return step;
  const isClosed = reason === 'window-closed' && stepIsIn(step, 'searching');
  const called = isClosed ? callInstead(step, offer, input) : null;
  if (called !== null) return called;
  const neverWorks = reason === 'bad-number' || reason === 'not-allowed';
  const outcome: AskedOutcome = neverWorks ? 'unreachable' : 'no-answer';
  const ended = endOffer(step, offer, outcome, input);
  // It is our settings that keep us from her: tomorrow's request may ask her, when they have been mended.
  if (reason === 'not-allowed') return alertManagers(ended, 'helper-not-allowed', 'warning', input);
  if (!neverWorks || !isVolunteer(offer.to)) return ended;
  return alertManagers(
    act(ended, { kind: 'mark-unreachable', volunteerId: offer.to }, input),
    'volunteer-unreachable',
    'info',
    input,
    offer.to,
  );
}

export function textFailed(step: Step, event: EventOf<'text-failed'>, input: Input): Step {
  if (stepIsIn(step, 'connected')) return wordsLost(step, event, input);
  const offer = stepIsIn(step, 'searching')
    ? step.request.phase.offers.find(({ entryId }) => entryId === event.entryId)
    : undefined;
  const missed = note(step, { note: 'not-delivered', entryId: event.entryId });
  const noted = toldOfWindow(missed, event.windowClosed, input);
  const reason = event.windowClosed ? 'window-closed' : event.badNumber ? 'bad-number' : 'refused';
  return offer ? offerFailed(noted, offer.seq, reason, input) : noted;
}
