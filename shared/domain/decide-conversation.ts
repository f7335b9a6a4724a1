// A helper writes: takes an offer by its code, declines, talks, ends, passes on. And what a conversation's own
// time limits do. A helper's number and the survivor's never meet: both write to the line.

import type { Action } from './action.ts';
import { relay } from './decide-texts.ts';
import { helperLeft } from './decide-wait.ts';
import type { EventOf } from './event.ts';
import type { HelperId } from './ids.ts';
import { addSeconds } from './instant.ts';
import { endOffer, fetchSurvivor, takeOffer } from './offers.ts';
import { type AskedOutcome, liveOffers, type Offer } from './request.ts';
import { silenceEndsAt } from './standing.ts';
import {
  act,
  alertManagers,
  change,
  close,
  type Input,
  ignore,
  type Step,
  type StepIn,
  stepIsIn,
} from './step.ts';
import { DECLINE_CODE, DONE_CODE, digitsOf, isOfferCode, isStop, PASS_ON_CODE } from './text-words.ts';
import { CALL_AT_MOST_SECONDS } from './timing.ts';

export function helperTexted(step: Step, event: EventOf<'helper-texted'>, input: Input): Step {
  if (stepIsIn(step, 'connected') && step.request.phase.offer.to === event.from)
    return talked(step, event, input);
  const offer = liveOffers(step.request).find(({ to, by }) => to === event.from && by === 'text');
  if (!offer || !stepIsIn(step, 'searching')) return ignore(step, event);
  if (isStop(event.body)) return endOffer(step, offer, 'declined', input);
  switch (digitsOf(event.body)) {
    case offer.code:
      // Lost the race for her own side of it: she is held by, or talks in, another request. Nothing is hers here.
      return input.conflicts === 0 ? takeOffer(step, offer, input) : turnedDown(step, offer, 'busy', input);
    case DECLINE_CODE:
      return turnedDown(step, offer, 'declined', input);
    default:
      return ignore(step, event);
  }
}

function turnedDown(step: StepIn<'searching'>, offer: Offer, outcome: AskedOutcome, input: Input): Step {
  const { to } = offer;
  return act(
    endOffer(step, offer, outcome, input),
    { kind: 'text-helper', to, text: { text: 'declined' } },
    input,
  );
}

function talked(step: StepIn<'connected'>, { body, hasMedia }: EventOf<'helper-texted'>, input: Input): Step {
  const { to } = step.request.phase.offer;
  // She wants no more texts, not even that it was passed on; and the survivor must not read that word.
  if (isStop(body)) return passOn(step, input);
  if (hasMedia) return relayWords(act(step, noMediaTo(to), input), body, input);
  switch (digitsOf(body)) {
    case step.request.phase.offer.code:
      return step; // the code again: a second press of the same key
    case DONE_CODE:
      return endConversation(step, 'done', input);
    case PASS_ON_CODE:
      return act(passOn(step, input), { kind: 'text-helper', to, text: { text: 'passed-on' } }, input);
    default:
      return relayWords(step, body, input);
  }
}

function noMediaTo(to: HelperId): Action {
  return { kind: 'text-helper', to, text: { text: 'no-media' } };
}

/** The code of an offer that is over comes here too, because only this conversation is left: it is not for her. */
function relayWords(step: Step, body: string, input: Input): Step {
  if (!stepIsIn(step, 'connected')) return step;
  const { to } = step.request.phase.offer;
  return isOfferCode(body)
    ? act(step, { kind: 'text-helper', to, text: { text: 'unknown-word' } }, input)
    : relay(step, 'survivor', 'survivor', body, input);
}

function endConversation(step: StepIn<'connected'>, because: 'done' | 'idle', input: Input): Step {
  const { to } = step.request.phase.offer;
  return act(close(step, because, input), { kind: 'text-helper', to, text: { text: 'closed' } }, input);
}

function passOn(step: StepIn<'connected'>, input: Input): Step {
  const searching = handOn(step, 'passed-on', 'passed-on', input);
  return act(searching, { kind: 'text-survivor', text: { text: 'one-moment' } }, input);
}

/** What of hers has not reached this helper yet goes to the next one instead. */
function handOn(
  step: StepIn<'connected'>,
  how: 'passed-on' | 'silent',
  outcome: AskedOutcome,
  input: Input,
): Step {
  const { to } = step.request.phase.offer;
  const outbox = step.request.outbox.filter(({ action }) => action.kind !== 'relay' || action.to !== to);
  return helperLeft(change(step, { outbox }) as StepIn<'connected'>, how, outcome, input);
}

/** When she is the silent one it is over. When it is the helper, she is not left alone: somebody else is asked. */
function silenceOver(step: StepIn<'connected'>, input: Input): Step {
  if (step.request.phase.lastWordBy === 'helper') return endConversation(step, 'idle', input);
  const { to } = step.request.phase.offer;
  return act(helperSilent(step, input), { kind: 'text-helper', to, text: { text: 'passed-on' } }, input);
}

/** A helper who does not answer, or whom her words do not reach: somebody else is asked, and a manager hears of it. */
export function helperSilent(step: StepIn<'connected'>, input: Input): Step {
  return alertManagers(handOn(step, 'silent', 'no-answer', input), 'helper-silent', 'warning', input);
}

/** The time limits of a conversation. */
export function connectedSettled(step: StepIn<'connected'>, input: Input): Step {
  const { roomEndsAt, since, offer } = step.request.phase;
  if (roomEndsAt !== null && roomEndsAt <= input.now)
    return fetchSurvivor(helperLeft(step, 'room-ended', 'left', input), input);
  if (offer.by === 'text')
    return silenceEndsAt(step.request.phase, input.network.settings) <= input.now
      ? silenceOver(step, input)
      : step;
  return addSeconds(since, CALL_AT_MOST_SECONDS) <= input.now ? close(step, 'talked', input) : step;
}
