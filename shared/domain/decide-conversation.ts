// A helper writes: takes an offer by its code, declines, talks, ends, passes on. And what a conversation's own
// time limits do. A helper's number and the survivor's never meet: both write to the line.

import { relay } from './decide-texts.ts';
import { helperLeft } from './decide-wait.ts';
import type { EventOf } from './event.ts';
import { addSeconds } from './instant.ts';
import { endOffer, takeOffer } from './offers.ts';
import { liveOffers } from './request.ts';
import { act, close, type Input, ignore, type Step, type StepIn, stepIsIn } from './step.ts';
import { DECLINE_CODE, DONE_CODE, digitsOf, PASS_ON_CODE } from './text-words.ts';
import { CALL_AT_MOST_SECONDS } from './timing.ts';

export function helperTexted(step: Step, event: EventOf<'helper-texted'>, input: Input): Step {
  if (stepIsIn(step, 'connected') && step.request.phase.offer.to === event.from)
    return talked(step, event, input);
  const offer = liveOffers(step.request).find(({ to, by }) => to === event.from && by === 'text');
  const digits = digitsOf(event.body);
  if (!offer || !stepIsIn(step, 'searching') || digits === null) return ignore(step, event);
  if (digits === offer.code) return takeOffer(step, offer, input);
  if (digits !== DECLINE_CODE) return ignore(step, event);
  return act(
    endOffer(step, offer, 'declined', input),
    { kind: 'text-helper', to: offer.to, text: { text: 'declined' } },
    input,
  );
}

function talked(step: StepIn<'connected'>, { body }: EventOf<'helper-texted'>, input: Input): Step {
  switch (digitsOf(body)) {
    case step.request.phase.offer.code:
      return step; // the code again: a second press of the same key
    case DONE_CODE:
      return endConversation(step, 'done', input);
    case PASS_ON_CODE:
      return passOn(step, input);
    default:
      return relay(step, 'survivor', 'survivor', body, input);
  }
}

function endConversation(step: StepIn<'connected'>, because: 'done' | 'idle', input: Input): Step {
  const { to } = step.request.phase.offer;
  return act(close(step, because, input), { kind: 'text-helper', to, text: { text: 'closed' } }, input);
}

function passOn(step: StepIn<'connected'>, input: Input): Step {
  const { to } = step.request.phase.offer;
  const searching = helperLeft(step, 'passed-on', 'passed-on', input);
  return act(
    act(searching, { kind: 'text-helper', to, text: { text: 'passed-on' } }, input),
    { kind: 'text-survivor', text: { text: 'one-moment' } },
    input,
  );
}

/** The time limits of a conversation. */
export function connectedSettled(step: StepIn<'connected'>, input: Input): Step {
  const { roomEndsAt, since, lastWordAt, offer } = step.request.phase;
  if (roomEndsAt !== null && roomEndsAt <= input.now) return helperLeft(step, 'room-ended', 'left', input);
  if (offer.by === 'text')
    return addSeconds(lastWordAt, input.network.settings.idleSeconds) <= input.now
      ? endConversation(step, 'idle', input)
      : step;
  return addSeconds(since, CALL_AT_MOST_SECONDS) <= input.now ? close(step, 'talked', input) : step;
}
