// The one pure function that decides. Given a request, what happened and what is known, it says what the request
// is now, what is answered, and (in the outbox) what is to be done. Never throws for late or repeated events.

import type { OutboxEntry } from './action.ts';
import { awaySettled, calledInstead, callingBackSettled, endCallBack, survivorStopped } from './call-back.ts';
import { climb, type NeedsRoster } from './climb.ts';
import { withCourse } from './course.ts';
import { calledSettled, survivorAnswered, survivorLegEnded, survivorPressed } from './decide-called.ts';
import { endCanaryInTime } from './decide-canary.ts';
import { connectedSettled, helperTexted } from './decide-conversation.ts';
import { helperAnswered, helperLeftRoom, helperPressed, legEnded } from './decide-helper.ts';
import { callerChose, openCall, startSearch } from './decide-intake.ts';
import { actByHand } from './decide-manager.ts';
import { openMissedCall, textMissed } from './decide-missed.ts';
import { greetingLapsed, openText, survivorTexted } from './decide-texts.ts';
import { callerHungUp, callerLeftRoom, callerWaited } from './decide-wait.ts';
import type { Event } from './event.ts';
import { holdUntilGood, notAsked } from './good-time.ts';
import { addSeconds } from './instant.ts';
import { isByHand } from './manager-act.ts';
import { lineOf } from './network.ts';
import { actionsPerformed, takeOver, textFailed, toPerform } from './outbox.ts';
import { nothing, type Reply } from './reply.ts';
import { isAway, type Request, withChanges } from './request.ts';
import { letJoiningGo } from './settle-joining.ts';
import { begin, type Input, ignore, type Step, stepIsIn } from './step.ts';
import { answerSurvivor } from './survivor-reply.ts';
import { inTurn } from './texts-in-order.ts';
import type { Note } from './timeline.ts';
import { INTAKE_AT_MOST_SECONDS } from './timing.ts';

export type Decided = {
  readonly needs: null;
  /** The very same object when nothing changed. */
  readonly request: Request;
  readonly reply: Reply;
  readonly notes: readonly Note[];
  /** What to perform once this is committed. */
  readonly work: readonly OutboxEntry[];
};

/** An event for a request that is not there, and that does not open one. */
export type NotOpened = { readonly needs: null; readonly request: null };

export function decide(
  request: Request | null,
  event: Event,
  input: Input,
): Decided | NeedsRoster | NotOpened {
  const happened =
    request === null
      ? opened(event, input)
      : happen(begin(takeOver(onALine(request, input), event, input)), event, input);
  if (happened === null) return { needs: null, request: null };
  if ('needs' in happened) return happened;
  const settled = settle(happened, input);
  if ('needs' in settled) return settled;
  const parted = letJoiningGo(request, settled, input);
  const held = withCourse(request, inTurn(request, holdUntilGood(request, parted, input), input), input);
  const {
    request: after,
    reply,
    notes,
  } = isOnTheLine(held, event) ? answerSurvivor(held, event, input) : held;
  return {
    needs: null,
    request: after,
    reply: reply ?? nothing,
    notes,
    work: toPerform(request, after),
  };
}

/** Her line was taken out of the network: she goes on, and her texts with her, on the one that serves her now. */
function onALine(request: Request, { network }: Input): Request {
  const { id } = lineOf(network, request.lineId);
  const isServed = id === request.lineId || request.phase.kind === 'closed';
  return isServed ? request : withChanges(request, { lineId: id });
}

function opened(event: Event, input: Input): Step | null {
  if (event.kind === 'caller-rang') return openCall(event, input);
  if (event.kind === 'caller-missed') return openMissedCall(event, input);
  return event.kind === 'survivor-texted' ? openText(event, input) : null;
}

function happen(step: Step, event: Event, input: Input): Step | NeedsRoster {
  if (isByHand(event)) return actByHand(step, event, input);
  // Of a leg that has ended long ago: what it still asks or says is nothing of hers.
  if (isSurvivorsLeg(event) && isAway(step.request)) return ignore(step, event);
  switch (event.kind) {
    case 'caller-missed':
      return step; // its first webhook has come after all
    case 'text-missed':
      return textMissed(step, input);
    case 'caller-rang':
      return step; // the first webhook again: she is answered from where the request stands
    case 'caller-chose':
      return callerChose(step, event, input);
    case 'caller-waited':
      return callerWaited(step, event, input);
    case 'caller-left-room':
      return callerLeftRoom(step, event, input);
    case 'caller-hung-up':
      return callerHungUp(step, event, input);
    case 'caller-called-again':
      return isAway(step.request) ? endCallBack(step, 'called-again', input) : ignore(step, event);
    case 'survivor-stopped':
      return stepIsIn(step, 'closed') && step.request.rules === null
        ? ignore(step, event)
        : survivorStopped(step, input);
    case 'survivor-answered':
      return survivorAnswered(step, event, input);
    case 'survivor-pressed':
      return survivorPressed(step, event, input);
    case 'survivor-leg-ended':
      return survivorLegEnded(step, event, input);
    case 'helper-answered':
      return helperAnswered(step, event, input);
    case 'helper-pressed':
      return helperPressed(step, event, input);
    case 'helper-left-room':
      return helperLeftRoom(step, event, input);
    case 'leg-ended':
      return legEnded(step, event, input);
    case 'survivor-texted':
      return survivorTexted(step, event, input);
    case 'helper-texted':
      return helperTexted(step, event, input);
    case 'text-failed':
      return textFailed(notAsked(step, event), event, input);
    case 'actions-performed':
      return actionsPerformed(step, event, input);
    case 'looked':
      return step;
  }
}

/** Brings the phase up to date with the time, whatever the event was: any trigger alone is enough. */
function settle(given: Step, input: Input): Step | NeedsRoster {
  const step = calledSettled(endCanaryInTime(given, input), input);
  if (stepIsIn(step, 'intake') && addSeconds(step.request.phase.since, INTAKE_AT_MOST_SECONDS) <= input.now)
    return settle(startSearch(step, input), input);
  if (stepIsIn(step, 'greeting'))
    return step.request.phase.until <= input.now ? greetingLapsed(step, input) : step;
  if (stepIsIn(step, 'connected')) {
    const settled = connectedSettled(step, input);
    if ('needs' in settled) return settled;
    return stepIsIn(settled, 'connected') ? settled : settle(settled, input);
  }
  if (stepIsIn(step, 'calling-back')) {
    const settled = callingBackSettled(step, input);
    return stepIsIn(settled, 'searching') ? climb(settled, input) : settled;
  }
  if (!stepIsIn(step, 'searching')) return step;
  const sought = isAway(step.request) ? awaySettled(step, input) : calledInstead(step, input);
  if (stepIsIn(sought, 'searching')) return climb(sought, input);
  return sought === step ? sought : settle(sought, input);
}

const survivorsLeg: ReadonlySet<Event['kind']> = new Set([
  'caller-rang',
  'caller-chose',
  'caller-waited',
  'caller-left-room',
]);

function isSurvivorsLeg(event: Event): boolean {
  return survivorsLeg.has(event.kind);
}

/** By a call of hers, or by ours once her number has been pressed on it. */
function isOnTheLine({ request, reply }: Step, event: Event): boolean {
  return isSurvivorsLeg(event) || (event.kind === 'survivor-pressed' && reply === null && !isAway(request));
}
