// The leg by which we call her. Whoever picks up hears nothing at all: only her number, pressed, says that it is she.
// Must never say, to whoever it may be, what kind of call this is, nor speak to a machine.
import { type Called, endHerLeg, notReached } from './call-back.ts';
import { callerHungUp } from './decide-wait.ts';
import type { EventOf } from './event.ts';
import type { HelperId } from './ids.ts';
import { addSeconds } from './instant.ts';
import { joiningFor } from './joining.ts';
import { redirectHelper } from './offers.ts';
import type { Reply } from './reply.ts';
import { isAway, type Request } from './request.ts';
import { act, answer, change, changePhase, type Input, ignore, note, type Step, stepIsIn } from './step.ts';
import { CALLED_AT_MOST_SECONDS, CALLED_LISTEN_SECONDS, CALLED_TURNS, WRONG_KEYS_AT_MOST } from './timing.ts';
import type { Spoken } from './wording.ts';

type Answered = EventOf<'survivor-answered'>;
type Pressed = EventOf<'survivor-pressed'>;

export function survivorAnswered(step: Step, event: Answered, input: Input): Step {
  const called = calledBy(step.request, event);
  if (called === null) return answer(ignore(step, event), letGo(step.request, []));
  const picked = called.answered ? step : note(step, { note: 'she-picked-up', seq: called.seq });
  const endsAt = called.answered ? called.endsAt : addSeconds(input.now, CALLED_AT_MOST_SECONDS);
  const marked = change(picked, { called: { ...called, answered: true, callSid: event.callSid, endsAt } });
  return answer(marked, silence(step.request, called, 1));
}

export function survivorPressed(step: Step, event: Pressed, input: Input): Step {
  const called = calledBy(step.request, event);
  if (called === null)
    return isShe(step, event) ? step : answer(ignore(step, event), letGo(step.request, []));
  if (event.digit !== null && event.digit === step.request.rules?.callDigit)
    return reached(step, event, input);
  return event.digit === null
    ? pressedNothing(step, called, event, input)
    : pressedWrong(step, called, event, input);
}

/** She is on the line: from here on it is a call like any other. */
function reached(step: Step, { seq, callSid }: Pressed, input: Input): Step {
  const here = note(change(step, { callSid, called: null, callBack: null }), { note: 'she-is-reached', seq });
  if (!stepIsIn(here, 'connected')) return here;
  const { offer } = here.request.phase;
  const joining = joiningFor(offer, here.request, input);
  const there = changePhase(here, { joined: true, since: input.now, joining });
  const joined = whatSheWrote(there, offer.to, input);
  return offer.callSid === null ? joined : redirectHelper(joined, offer.callSid, offer.seq, input);
}

/** Before it went on by phone, and nobody has read it. */
function whatSheWrote(step: Step, to: HelperId, input: Input): Step {
  const textKeys = Object.keys(step.request.private.texts);
  return textKeys.reduce((so, textKey) => act(so, { kind: 'relay', to, textKey }, input), step);
}

/** A voicemail presses nothing, and nothing is said to it. */
function pressedNothing(step: Step, called: Called, { turn }: Pressed, input: Input): Step {
  if (turn < CALLED_TURNS) return answer(step, silence(step.request, called, turn + 1));
  return answer(notReached(step, 'no-key', input), letGo(step.request, []));
}

function pressedWrong(step: Step, called: Called, { turn }: Pressed, input: Input): Step {
  const wrongKeys = called.wrongKeys + 1;
  if (wrongKeys < WRONG_KEYS_AT_MOST)
    return answer(
      change(step, { called: { ...called, wrongKeys } }),
      silence(step.request, called, turn + 1),
    );
  const says = step.request.rules?.otherHears === 'wrong-number';
  return answer(
    notReached(step, 'other-number', input),
    letGo(step.request, says ? [{ say: 'wrong-number' }] : []),
  );
}

export function survivorLegEnded(step: Step, event: EventOf<'survivor-leg-ended'>, input: Input): Step {
  const called = calledBy(step.request, event);
  if (called !== null) return notReached(step, called.answered ? 'no-key' : 'no-answer', input);
  if (step.request.callSid !== event.callSid) return ignore(step, event);
  return callerHungUp(step, { kind: 'caller-hung-up', callSid: event.callSid }, input);
}

/** The time limit of a call to her: its report may have been lost. */
export function calledSettled(step: Step, input: Input): Step {
  const { called } = step.request;
  if (called === null || called.endsAt > input.now) return step;
  const because = called.answered ? 'no-key' : 'no-answer';
  const { callSid } = called;
  const over = notReached(step, because, input);
  return callSid === null ? over : endHerLeg(change(over, { called: { ...called, callSid } }), input);
}

/** This event is of the leg that we have called her by; null: of another, or it is over. */
function calledBy(
  { called }: Request,
  { seq, callSid }: { seq: number; callSid: Called['callSid'] },
): Called | null {
  if (called === null || called.seq !== seq) return null;
  return called.callSid === null || called.callSid === callSid ? called : null;
}

function isShe({ request }: Step, { callSid }: Pressed): boolean {
  return !isAway(request) && request.callSid === callSid;
}

function silence({ language }: Request, { seq }: Called, turn: number): Reply {
  return {
    kind: 'ask',
    language,
    say: [],
    listenSeconds: CALLED_LISTEN_SECONDS,
    next: { to: 'called', seq, turn },
  };
}

function letGo({ language }: Request, say: readonly Spoken[]): Reply {
  return { kind: 'hang-up', language, say };
}
