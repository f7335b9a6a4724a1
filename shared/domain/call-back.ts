// She is not with us and has agreed to be called: when she leaves with such an agreement the request waits for its hours
// instead of ending. Must never dial by itself: her phone rings only for a helper who has said yes and waits for her.
import { firstRung, search } from './climb.ts';
import type { ContactRules } from './contact-rules.ts';
import { mayContact, nextContactAt } from './contact-rules.ts';
import { isHeld } from './good-time.ts';
import type { CallSid, HelperId } from './ids.ts';
import { addSeconds, earliest, type Instant, secondsBetween } from './instant.ts';
import { redirectHelper, withdrawAll } from './offers.ts';
import { type CallingBack, type ClosedBecause, isAway, type Request } from './request.ts';
import {
  act,
  alertManagers,
  begun,
  change,
  changePhase,
  close,
  goesToSurvivor,
  type Input,
  note,
  type Step,
  type StepIn,
  stepIsIn,
} from './step.ts';
import { CALL_BACK_REST_SECONDS, GOODBYE_AFTER_SECONDS } from './timing.ts';

/** A call to her that is still to come. */
export type CallBack = {
  /** How often we have called her for it. */
  readonly tries: number;
  /** When she left; null while she is with us. */
  readonly since: Instant | null;
};

/** We call her. */
export type Called = {
  /** The offer of the helper who waits for her. */
  readonly seq: number;
  /** Null until the network has told us its name of the leg. */
  readonly callSid: CallSid | null;
  /** Picked up, by whomever. */
  readonly answered: boolean;
  readonly wrongKeys: number;
  /** Over at this instant unless her number is pressed. */
  readonly endsAt: Instant;
};

/** Parts of the day that can be chosen by a key; `soon` is now. */
export type PartOfDay = 'soon' | 'morning' | 'afternoon' | 'evening';

export type CallQuestion =
  | { readonly ask: 'hours'; readonly times: number }
  | { readonly ask: 'digit'; readonly times: number; readonly part: PartOfDay };

/** What an earlier request of the same number leaves to the next one. */
export type Agreed = { readonly rules: ContactRules; readonly callBack: CallBack };

export type NotReached =
  | 'no-answer'
  | 'no-key'
  | 'other-number' // somebody pressed keys, and not hers
  | 'refused' // by the network
  | 'helper-gone' // it rang, and nobody waited for her any more
  | 'not-dialled'; // what she agreed to did not allow it, or she was with us

/** What is still to be called for: nothing of it may have been taken back, nor be over. */
export function agreedIn({ rules, callBack }: Request, now: Instant): Agreed | null {
  const isOpen = rules !== null && rules.callDigit !== null && rules.until > now;
  return callBack !== null && isOpen ? { rules, callBack } : null;
}

/** What was agreed, by which she may be called again and again until she is reached. */
export function agreedFor({ rules, callBack }: Request): Agreed | null {
  return rules && { rules, callBack: callBack ?? { tries: 0, since: null } };
}

/** She has left. The request is over, unless she is to be called back: then it waits for that. */
export function leave(step: Step, because: ClosedBecause, input: Input): Step {
  const agreed = agreedIn(step.request, input.now);
  if (agreed === null || isReplaced(step, agreed, because, input)) return close(step, because, input);
  const talkedWith = partnerOf(step, because);
  const { asked, preferred } = step.request;
  const gone = change(away(step, agreed, input), {
    preferred: talkedWith ?? preferred,
    ...(talkedWith === null
      ? {}
      : { asked: { ...asked, [talkedWith]: { at: input.now, outcome: 'left' as const } } }),
  });
  const notBefore = addSeconds(input.now, CALL_BACK_REST_SECONDS);
  return waitToCall(gone, notBefore, talkedWith === null ? 'waiting' : 'talk', input);
}

/** Who wrote with her goes on by phone as who called: the request is one by voice from here on, and she is not on the line. */
export function away(step: Step, { callBack }: Agreed, { now }: Input): Step {
  const isWriting = step.request.channel === 'text';
  const { outbox } = step.request;
  return change(step, {
    channel: 'voice',
    callSid: null,
    callBack: { tries: callBack.tries, since: callBack.since ?? now },
    outbox: isWriting
      ? outbox.filter(({ action }) => !goesToSurvivor(action)).map(entry => begun(entry, now))
      : outbox,
  });
}

function partnerOf({ request: { channel, phase } }: Step, because: ClosedBecause): HelperId | null {
  return phase.kind === 'connected' && (because === 'talked' || channel === 'text') ? phase.offer.to : null;
}

/** She writes and has agreed to be called now: nobody else is asked to write. What is on its way to her goes first. */
export function calledInstead(step: StepIn<'searching'>, input: Input): Step {
  const { request } = step;
  const agreed = request.channel === 'text' ? agreedIn(request, input.now) : null;
  const isNow = agreed !== null && mayContact(request, 'call', input.now, input.network) === 'allowed';
  const isTold = !request.outbox.some(entry => goesToSurvivor(entry.action) && !isHeld(entry));
  if (agreed === null || !isNow || !isTold) return step;
  return waitToCall(away(withdrawAll(step, input), agreed, input), input.now, 'waiting', input);
}

/**
 * She asked for it while she waited, and has talked since. What was agreed with somebody in a talk is an appointment, and
 * a talk of a moment is none: it may have been cut off.
 */
function isReplaced(
  { request: { phase } }: Step,
  { rules }: Agreed,
  because: ClosedBecause,
  { now }: Input,
): boolean {
  const isAppointment = rules.agreedBy === 'volunteer' || rules.agreedBy === 'manager';
  if (because !== 'talked' || isAppointment) return false;
  return phase.kind !== 'connected' || secondsBetween(phase.since, now) >= GOODBYE_AFTER_SECONDS;
}

/** Until the next hour that she agreed to; when there is none any more, it has failed. */
function waitToCall(step: Step, notBefore: Instant, after: CallingBack['after'], input: Input): Step {
  const { rules, callBack } = step.request;
  const nextTryAt = nextContactAt(step.request, notBefore, input.network);
  if (rules === null || callBack === null || nextTryAt === null) return failed(step, input);
  const phase: CallingBack = { kind: 'calling-back', nextTryAt, until: rules.until, after };
  return note(change(step, { phase }), {
    note: 'call-back-planned',
    at: nextTryAt,
    tries: callBack.tries,
  });
}

/** Nothing is sent to her about it: she has agreed to a call and not to a text. */
function failed(step: Step, input: Input): Step {
  const told = alertManagers(step, 'call-back-failed', 'warning', input);
  const isUnread = Object.keys(step.request.private.texts).length > 0;
  return close(isUnread ? alertManagers(told, 'words-lost', 'warning', input) : told, 'not-reached', input);
}

/** It is time: somebody is looked for first, and called she is only when there is somebody. */
export function callingBackSettled(step: StepIn<'calling-back'>, input: Input): Step {
  const { nextTryAt, after } = step.request.phase;
  if (nextTryAt > input.now) return step;
  if (mayContact(step.request, 'call', input.now, input.network) === 'allowed')
    return search(step, firstRung(step.request), input.now, input);
  return waitToCall(step, input.now, after, input);
}

/** Her hours may end while somebody is looked for. */
export function awaySettled(step: StepIn<'searching'>, input: Input): Step {
  const { request } = step;
  if (request.called !== null || mayContact(request, 'call', input.now, input.network) === 'allowed')
    return step;
  return waitToCall(withdrawAll(step, input), input.now, 'waiting', input);
}

/**
 * She was not reached this time. Whoever waits for her is let go; the next try comes after a while, until there have
 * been enough. `other-number`: somebody else has her phone, and nobody calls there again before a manager says so.
 */
export function notReached(step: Step, because: NotReached, input: Input): Step {
  const { called, callBack, rules } = step.request;
  if (called === null) return step;
  const noted = note(change(step, { called: null }), { note: 'not-reached', seq: called.seq, because });
  const tries = (callBack?.tries ?? 0) + (because === 'not-dialled' ? 0 : 1);
  const alone = letHelperGo(change(noted, { callBack: callBack && { ...callBack, tries } }), input);
  if (because === 'other-number') return suspended(alone, rules?.until ?? input.now, input);
  const { callBackTries, callBackEverySeconds } = input.network.settings;
  if (tries >= callBackTries) return failed(alone, input);
  return waitToCall(alone, addSeconds(input.now, callBackEverySeconds), 'try', input);
}

/**
 * Whoever waited for her has gone, and nobody waits any more. If her phone was picked up, she is not cut off: she comes to
 * the wait. While it only rang, it stops, and was rung: as often as the settings say, and not once for every helper.
 */
export function helperGone(step: Step, input: Input): Step {
  const { called, callBack } = step.request;
  if (called === null || called.answered) return step;
  const noted = note(endHerLeg(step, input), {
    note: 'not-reached',
    seq: called.seq,
    because: 'helper-gone',
  });
  const tries = (callBack?.tries ?? 0) + 1;
  const counted = change(noted, { callBack: callBack && { ...callBack, tries } });
  const { callBackTries, callBackEverySeconds } = input.network.settings;
  if (tries >= callBackTries) return failed(counted, input);
  // It may be ringing without our knowing the leg: another ring now would be a second one.
  const isKnown = called.callSid !== null;
  return isKnown ? counted : waitToCall(counted, addSeconds(input.now, callBackEverySeconds), 'try', input);
}

/** What was agreed is void. A manager may agree anew on her behalf, until then. When she left is not forgotten. */
function suspended(step: Step, until: Instant, input: Input): Step {
  const alerted = alertManagers(step, 'call-back-doubtful', 'critical', input);
  const phase: CallingBack = { kind: 'calling-back', nextTryAt: until, until, after: 'try' };
  return change(alerted, { phase, rules: null });
}

/** The helper who waits hears that she was not reached, and whoever is being asked is let go. */
function letHelperGo(step: Step, input: Input): Step {
  if (!stepIsIn(step, 'connected')) return withdrawAll(step, input);
  const { offer } = step.request.phase;
  const remembered = note(
    change(step, {
      preferred: offer.to,
      asked: { ...step.request.asked, [offer.to]: { at: input.now, outcome: 'withdrawn' } },
    }),
    { note: 'offer-ended', seq: offer.seq, to: offer.to, outcome: 'withdrawn' },
  );
  return offer.callSid === null ? remembered : redirectHelper(remembered, offer.callSid, offer.seq, input);
}

/** She called by herself, or wants no calls: nobody goes on for her here. */
export function endCallBack(step: Step, because: ClosedBecause, input: Input): Step {
  return close(letHelperGo(endHerLeg(step, input), input), because, input);
}

/** She said stop by text: no calls either. A call that she is in goes on. */
export function survivorStopped(step: Step, input: Input): Step {
  const silent = change(step, { rules: null, callBack: null });
  return isAway(step.request) ? endCallBack(silent, 'stopped', input) : silent;
}

export function endHerLeg(step: Step, input: Input): Step {
  const { called } = step.request;
  const without = change(step, { called: null });
  return called === null || called.callSid === null
    ? without
    : act(without, { kind: 'end-leg', callSid: called.callSid }, input);
}

/** What was agreed has changed while she is away: the next try follows it, or there is none. */
export function plannedAnew(step: Step, input: Input): Step {
  if (!isAway(step.request)) return step;
  const { rules } = step.request;
  if (rules === null || rules.callDigit === null) return endCallBack(step, 'not-reached', input);
  if (!stepIsIn(step, 'calling-back')) return step;
  const at = earliest([nextContactAt(step.request, input.now, input.network), rules.until]);
  return changePhase(step, { nextTryAt: at ?? rules.until, until: rules.until });
}
