import { writesNow } from './asked-by-call.ts';
import type { NeedsRoster } from './climb.ts';
import { endConversation, helperSilent, passOn } from './conversation-moves.ts';
import { aboutATalk } from './decide-after-talk.ts';
import { contactCode } from './decide-contact-rules.ts';
import { inConversation, onOffer, turnedDown } from './decide-helper-code.ts';
import { relay } from './decide-texts.ts';
import { helperLeft } from './decide-wait.ts';
import type { EventOf } from './event.ts';
import { isAsked } from './good-time.ts';
import { onCall } from './helper-on-call.ts';
import { isVolunteer } from './ids.ts';
import { addSeconds } from './instant.ts';
import { endOffer, fetchSurvivor, takeOffer } from './offers.ts';
import { liveOffers, type Offer } from './request.ts';
import { settleJoining } from './settle-joining.ts';
import { silenceEndsAt, talksBehind } from './standing.ts';
import {
  alertManagers,
  close,
  type Input,
  ignore,
  type Step,
  type StepIn,
  stepIsIn,
  tellHelper,
} from './step.ts';
import { digitsOf, isOfferCode, isStop } from './text-words.ts';
import { CALL_AT_MOST_SECONDS } from './timing.ts';
import { codeIn } from './volunteer-codes.ts';

export function helperTexted(step: Step, event: EventOf<'helper-texted'>, input: Input): Step {
  if (stepIsIn(step, 'connected') && step.request.phase.offer.to === event.from)
    return talked(hasWritten(step, event, input), event, input);
  const offer = liveOffers(step.request).find(({ to, by }) => to === event.from && by === 'text');
  if (!offer || !stepIsIn(step, 'searching')) return afterTalk(step, event, input);
  if (isStop(event.body)) return endOffer(step, offer, 'declined', input);
  return answeredOffer(step, offer, event, input);
}

/** A code, or a stop, does not begin what she was asked to begin. */
function hasWritten(
  step: StepIn<'connected'>,
  event: EventOf<'helper-texted'>,
  input: Input,
): StepIn<'connected'> {
  const isForHer = !isStop(event.body) && codeIn(event.body) === null && isInThread(step, event);
  return isForHer ? writesNow(step, input) : step;
}

/** In the thread of another line she writes to somebody else: perhaps to nobody of ours. Codes count in any. */
function isInThread({ request }: Step, { lineId }: EventOf<'helper-texted'>): boolean {
  return lineId === null || lineId === request.lineId;
}

/** She had it, and does no longer: what she writes now is about the talk. */
function afterTalk(step: Step, event: EventOf<'helper-texted'>, input: Input): Step {
  const said = codeIn(event.body)?.code;
  const does = said === undefined ? undefined : aboutATalk[said];
  const talked = talksBehind(step.request).find(({ helper }) => helper === event.from);
  return does && talked ? does(step, talked.helper, input) : ignore(step, event);
}

function answeredOffer(
  step: StepIn<'searching'>,
  offer: Offer,
  event: EventOf<'helper-texted'>,
  input: Input,
): Step {
  const said = codeIn(event.body)?.code ?? null;
  // Lost the race for her own side of it: she is held by, or talks in, another request. Nothing is hers here.
  if (digitsOf(event.body) === offer.code || said === 'take')
    return input.conflicts === 0 ? takeOffer(step, offer, input) : turnedDown(step, offer, 'busy', input);
  const does = said === null ? undefined : onOffer[said];
  return does ? does(step, offer, input) : ignore(step, event);
}

function talked(step: StepIn<'connected'>, event: EventOf<'helper-texted'>, input: Input): Step {
  const { body, hasMedia } = event;
  const { to, code } = step.request.phase.offer;
  // She wants no more texts, not even that it was passed on; and the survivor must not read that word.
  if (isStop(body)) return passOn(step, 'passed-on', input);
  const agreed = contactCode(step, to, body, input);
  if (agreed !== null) return agreed;
  // While they talk on the phone only codes come this way.
  if (step.request.phase.offer.by === 'call') {
    const duringCall = onCall[codeIn(body)?.code ?? 'list'];
    return duringCall ? duringCall(step, input) : step;
  }
  if (hasMedia && isInThread(step, event))
    return relayWords(tellHelper(step, to, { text: 'no-media' }, input), body, input);
  if (digitsOf(body) === code) return step; // the code again: a second press of the same key
  const said = codeIn(body);
  const does = said === null ? undefined : inConversation[said.code];
  if (does) return does(step, input);
  const about = said === null ? undefined : aboutATalk[said.code];
  if (about && isVolunteer(to)) return about(step, to, input);
  // A code that means nothing here, as that of an offer that is over, is no word for the survivor either.
  const areWords = said === null && !isOfferCode(body) && isInThread(step, event);
  return areWords ? relayWords(step, body, input) : ignore(step, event);
}

function relayWords(step: Step, body: string, input: Input): Step {
  return stepIsIn(step, 'connected') ? relay(step, 'survivor', 'survivor', body, input) : step;
}

/** When she is the silent one it is over. When it is the helper, she is not left alone: somebody else is asked. */
function silenceOver(step: StepIn<'connected'>, input: Input): Step {
  if (step.request.phase.lastWordBy === 'helper') {
    const over = endConversation(step, 'idle', { text: 'closed' }, input);
    return isAsked(step.request, input.now) ? alertManagers(over, 'survivor-silent', 'info', input) : over;
  }
  const { to } = step.request.phase.offer;
  return tellHelper(helperSilent(step, input), to, { text: 'passed-on' }, input);
}

/** The time limits of a conversation. */
export function connectedSettled(step: StepIn<'connected'>, input: Input): Step | NeedsRoster {
  const { roomEndsAt, since, offer } = step.request.phase;
  if (roomEndsAt !== null && roomEndsAt <= input.now)
    return fetchSurvivor(helperLeft(step, 'room-ended', 'left', input), input);
  if (offer.by === 'text')
    return silenceEndsAt(step.request.phase, input.network.settings) <= input.now
      ? silenceOver(step, input)
      : step;
  if (addSeconds(since, CALL_AT_MOST_SECONDS) <= input.now) return close(step, 'talked', input);
  return roomEndsAt === null ? settleJoining(step, input) : step;
}
