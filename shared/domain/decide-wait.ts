// She waits on the line: her keys, her hanging up, her side of the room ending. Late events change nothing.

import { helperGone, leave } from './call-back.ts';
import { firstRung, reach, search } from './climb.ts';
import { consentFor, hasAskedForHelp, mayReach } from './consent.ts';
import { askAboutCall, callAnswered } from './decide-call-keys.ts';
import { dangerKey } from './decide-intake.ts';
import type { EventOf } from './event.ts';
import { type Flag, flag } from './flags.ts';
import { type HelperId, isVolunteer } from './ids.ts';
import { addSeconds, type Instant, secondsBetween } from './instant.ts';
import { emergencyRung } from './ladder.ts';
import { CALL_BACK_KEY, CANNOT_SPEAK_KEY, DANGER_KEY, ELSEWHERE_KEY, MINOR_KEY, SKIP_KEY } from './menus.ts';
import { type ContactKind, contactOf, lineOf } from './network.ts';
import { redirectHelper, withdraw, withdrawAll } from './offers.ts';
import type { AskedOutcome, HowLeft, Offer } from './request.ts';
import { change, changePhase, type Input, ignore, note, type Step, type StepIn, stepIsIn } from './step.ts';
import { GOODBYE_AFTER_SECONDS, GOODBYE_PAUSE_SECONDS } from './timing.ts';
import type { Gender } from './volunteer.ts';

const YES_KEY = '1';
const NO_KEY = '2';
const wishKeys: Readonly<Record<string, Gender>> = { '6': 'woman', '7': 'man' };

const flagOfKey: ReadonlyMap<string, Flag> = new Map([
  [ELSEWHERE_KEY, 'elsewhere'],
  [CANNOT_SPEAK_KEY, 'cannot-speak'],
  [MINOR_KEY, 'minor'],
]);

export function callerWaited(step: Step, event: EventOf<'caller-waited'>, input: Input): Step {
  if (stepIsIn(step, 'connected'))
    return step.request.phase.joined ? step : changePhase(step, { joined: true });
  if (event.digit === DANGER_KEY) return dangerKey(step, event, input);
  if (!stepIsIn(step, 'searching')) return step;
  if (event.turn < step.request.phase.keysFrom) return event.digit === null ? step : ignore(step, event);
  const about = step.request.phase.callQuestion;
  if (event.digit === SKIP_KEY && about?.ask !== 'hours')
    return leave(withdrawAll(step, input), 'ended', input);
  if (about !== null) return callAnswered(step, about, event, input);
  if (event.digit === null) return step;
  if (event.digit === CALL_BACK_KEY) return askAboutCall(step, event, input);
  const said = flagOfKey.get(event.digit);
  if (said !== undefined) return flag(step, said, 'survivor', input);
  const gender = wishKeys[event.digit];
  if (gender !== undefined && lineOf(input.network, step.request.lineId).asksGender)
    return wish(step, gender);
  const kind = step.request.phase.consentAsked;
  if (kind === null || (event.digit !== YES_KEY && event.digit !== NO_KEY)) return ignore(step, event);
  return consentAnswered(step, kind, event.digit === YES_KEY, input);
}

/** Whom she would rather talk with. Phones that ring already ring on: it ranks whoever is asked from now on. */
export function wish(step: StepIn<'searching'>, wishedGender: Gender | null): Step {
  return note(change(step, { wishedGender }), { note: 'wish-noted', gender: wishedGender });
}

/** Her answer is kept with its time. A yes goes back to the rung that was passed over for want of it. */
export function consentAnswered(
  step: StepIn<'searching'>,
  kind: ContactKind,
  given: boolean,
  input: Input,
): Step {
  const { consent, ladder, phase } = step.request;
  const noted = note(
    change(changePhase(step, { consentAsked: null }), {
      consent: { ...consent, [kind]: { given, at: input.now, how: 'question' } },
    }),
    { note: 'consent-answered', kind, given, how: 'question' },
  ) as StepIn<'searching'>;
  if (!given) return withoutThem(noted, kind, input);
  const back = phase.passedOver.find(index => {
    const rung = ladder.rungs[index];
    return rung?.kind === 'contact' && rung.contactKind === kind;
  });
  return back === undefined ? noted : reach(noted, back, input);
}

/** A no is the last word, also after key 9: their phones stop, and their rung is passed over before anybody is rung. */
function withoutThem(step: StepIn<'searching'>, kind: ContactKind, input: Input): Step {
  const { ladder, consent, phase } = step.request;
  const isTheirs = ({ to }: Offer) => !isVolunteer(to) && contactOf(input.network, to)?.kind === kind;
  const silent = phase.offers
    .filter(isTheirs)
    .reduce<Step>((so, offer) => withdraw(so, offer, 'withdrawn', input), step);
  const rung = ladder.rungs[phase.rung];
  const isHere = rung?.kind === 'contact' && rung.contactKind === kind;
  return isHere && !mayReach(consentFor(rung, consent)) ? reach(silent, phase.rung, input) : silent;
}

export function callerHungUp(step: Step, event: EventOf<'caller-hung-up'>, input: Input): Step {
  // The report may be of a call before: one that has not been hers for long.
  if (event.callSid !== step.request.callSid) return ignore(step, event);
  if (stepIsIn(step, 'intake')) return leave(step, 'left-menu', input);
  if (stepIsIn(step, 'searching'))
    return endedWithGoodbye(step, input) ?? leave(withdrawAll(step, input), 'left-waiting', input);
  if (stepIsIn(step, 'connected'))
    return leave(releaseHelper(step, input), step.request.phase.joined ? 'talked' : 'left-waiting', input);
  return ignore(step, event);
}

/** The helper hung up first and she a moment later: they have talked, whatever the search has begun meanwhile. */
function endedWithGoodbye(step: StepIn<'searching'>, input: Input): Step | null {
  const { asked, phase } = step.request;
  const partner = Object.entries(asked).find(
    ([, { outcome, at }]) => outcome === 'left' && secondsBetween(at, input.now) <= GOODBYE_PAUSE_SECONDS,
  );
  if (partner === undefined || phase.offers.length > 0) return null;
  const closed = leave(step, 'talked', input);
  return stepIsIn(closed, 'closed') ? changePhase(closed, { lastHelper: partner[0] as HelperId }) : closed;
}

/** Once both are in the room it ends with her; before that the helper would wait alone in it, and must be told. */
export function releaseHelper(step: StepIn<'connected'>, input: Input): Step {
  const { offer, joined, since, roomEndsAt } = step.request.phase;
  const goesByHerself = roomEndsAt !== null || (joined && areInTheRoom(since, input));
  if (offer.callSid === null || goesByHerself) return step;
  return redirectHelper(step, offer.callSid, offer.seq, input);
}

/** Nobody tells us who has entered the room; each is told to, hears that they are connected, and enters. */
export function areInTheRoom(takenAt: Instant, { now }: Input): boolean {
  return secondsBetween(takenAt, now) >= GOODBYE_AFTER_SECONDS;
}

/** Her call goes on and the room does not: the helper is gone. She is back in the search, never dropped. */
export function callerLeftRoom(step: Step, event: EventOf<'caller-left-room'>, input: Input): Step {
  if (stepIsIn(step, 'connected') && step.request.phase.offer.seq === event.seq)
    return helperLeft(step, 'room-ended', 'left', input);
  return ignore(step, event);
}

/** Searches again from the first rung, when she has asked for help from that of the police. After a real conversation nobody is woken until she has had time to hang up. */
export function helperLeft(
  step: StepIn<'connected'>,
  how: HowLeft,
  outcome: AskedOutcome,
  input: Input,
): Step {
  const { offer, since } = step.request.phase;
  const talked =
    step.request.channel === 'voice' && secondsBetween(since, input.now) >= GOODBYE_AFTER_SECONDS;
  const remembered = change(step, {
    asked: { ...step.request.asked, [offer.to]: { at: input.now, outcome } },
  });
  const noted = note(remembered, { note: 'helper-left', to: offer.to, how });
  const left = helperGone(noted, input);
  if (!stepIsIn(left, 'connected')) return left;
  const { request } = step;
  const from = hasAskedForHelp(request) ? (emergencyRung(request.ladder) ?? 0) : firstRung(request);
  return search(left, from, talked ? addSeconds(input.now, GOODBYE_PAUSE_SECONDS) : input.now, input);
}
