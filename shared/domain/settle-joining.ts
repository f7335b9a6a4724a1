// Seeks whoever is to join a talk: asks, one at a decision, lets them in, notices that they have gone, gives up in time.
// Must never end the talk or keep the two waiting for it.

import type { NeedsRoster } from './climb.ts';
import { areInTheRoom } from './decide-wait.ts';
import type { LanguageId } from './ids.ts';
import { addSeconds, secondsBetween } from './instant.ts';
import { isAsking, isInRoom, sought, waveFor } from './joining.ts';
import { type Picked, pickContact, pickInterpreter } from './matching.ts';
import { letGo, makeOffer, redirectHelper, remember, withdraw, withdrawWhere } from './offers.ts';
import type { Joining, Offer, Request, Role } from './request.ts';
import { toInterpret } from './spoken-with.ts';
import {
  act,
  alertManagers,
  change,
  changePhase,
  type Input,
  note,
  type Step,
  type StepIn,
  stepIsIn,
} from './step.ts';
import { CONFLICTS_AT_MOST, GOODBYE_PAUSE_SECONDS, LOOK_AGAIN_SECONDS } from './timing.ts';

type Talk = StepIn<'connected'>;

/** Brings the seeking up to date with the time. */
export function settleJoining(step: Talk, input: Input): Step | NeedsRoster {
  const overdue = step.request.phase.joining
    .flatMap(({ offers }) => offers)
    .find(({ endsAt }) => endsAt <= input.now);
  if (overdue) return settleJoining(withdraw(step, overdue, 'no-answer', input) as Talk, input);
  const unheard = step.request.phase.joining.find(
    ({ byHand, offers, joined }) => byHand && offers.length === 0 && joined === null,
  );
  // Nobody in the talk waits for a manager who rang herself in.
  if (unheard) return settleJoining(without(step, unheard.role), input);
  const next = step.request.phase.joining.find(
    each => isAsking(each, step.request) && each.nextOfferAt <= input.now,
  );
  return next === undefined ? step : seek(step, next, input);
}

function seek(step: Talk, joining: Joining, input: Input): Step | NeedsRoster {
  return joining.role === 'manager'
    ? seekManager(step, joining, input)
    : seekInterpreter(step, joining, input);
}

/** Rung again and again: a desk is never struck off. Nothing of it is said in the room. */
function seekManager(step: Talk, { role, until, offers }: Joining, input: Input): Step {
  if (until <= input.now && offers.length === 0) {
    return alertManagers(without(step, role), 'escalated', 'critical', input);
  }
  const picked = pickContact(step.request, ['manager'], input.network, input.now);
  const isOver = until <= input.now || picked.way !== 'call';
  return isOver ? pause(step, role, input) : ask(step, role, picked, [], input);
}

function without(step: Talk, role: Role): Talk {
  return note(
    changed(step, role, () => null),
    { note: 'joining-given-up', role },
  ) as Talk;
}

function seekInterpreter(step: Talk, { role, until, offers }: Joining, input: Input): Step | NeedsRoster {
  const { request } = step;
  const into = toInterpret(request, request.phase.offer.to, input.network);
  if (into === null || until <= input.now)
    return offers.length > 0 ? pause(step, role, input) : giveUp(step, role, input);
  if (input.conflicts >= CONFLICTS_AT_MOST) return pause(step, role, input);
  const candidates = input.roster.national;
  if (candidates === undefined) return { needs: 'national', region: request.region };
  const picked = pickInterpreter(request, candidates, into, input);
  if (picked.chosen !== null) return ask(step, role, picked, [request.language, into], input);
  const isEarly = secondsBetween(request.phase.since, input.now) < LOOK_AGAIN_SECONDS;
  return offers.length > 0 || isEarly ? pause(step, role, input) : giveUp(judged(step, picked), role, input);
}

function ask(step: Talk, role: Role, picked: Picked, languages: readonly LanguageId[], input: Input): Step {
  if (picked.chosen === null) return step;
  const { request } = step;
  const isFirst = request.phase.joining.every(each => each.role !== role || each.offers.length === 0);
  const begun = isFirst ? note(step, { note: 'joining-sought', role, languages }) : step;
  const asking = {
    to: picked.chosen,
    as: role,
    place: picked.place,
    rung: request.phase.offer.rung,
    wave: waveFor(role, request),
  };
  return makeOffer(judged(begun, picked), { ...asking, by: 'call', consent: null, inLanguage: null }, input);
}

function judged(step: Step, { verdicts }: Picked): Step {
  const { phase } = step.request;
  return phase.kind === 'connected' ? note(step, { note: 'judged', rung: phase.offer.rung, verdicts }) : step;
}

function pause(step: Talk, role: Role, { now }: Input): Step {
  return changed(step, role, each => ({ ...each, nextOfferAt: addSeconds(now, LOOK_AGAIN_SECONDS) }));
}

/** The talk goes on: both hear that nobody comes, she what she can do herself, and people are told. */
function giveUp(step: Step, role: Role, input: Input): Step {
  if (!stepIsIn(step, 'connected')) return step;
  const { callSid } = step.request;
  const { offer, joined } = step.request.phase;
  const alerted = alertManagers(without(step, role), 'no-interpreter', 'warning', input);
  const room = offer.seq;
  // Who is not there yet hears it on the way in.
  const toldHer =
    callSid === null || !joined
      ? alerted
      : note(act(alerted, { kind: 'tell-in-room', callSid, room, seq: null }, input), {
          note: 'guidance-given',
        });
  return offer.callSid === null
    ? toldHer
    : act(toldHer, { kind: 'tell-in-room', callSid: offer.callSid, room, seq: room }, input);
}

/** Somebody has said yes: the others who were asked for this are let go. */
export function joinTalk(step: Talk, offer: Offer, role: Role, input: Input): Step {
  const taken = changed(step, role, each => ({
    ...each,
    offers: each.offers.filter(({ seq }) => seq !== offer.seq),
    joined: { offer, since: input.now },
  }));
  const others = offersFor(taken, role);
  const alone = withdrawWhere(taken, ({ seq }) => others.includes(seq), input);
  return note(alone, { note: 'joined', seq: offer.seq, to: offer.to, role });
}

function offersFor({ request: { phase } }: Step, role: Role): readonly number[] {
  if (phase.kind !== 'connected') return [];
  return phase.joining.flatMap(each => (each.role === role ? each.offers.map(({ seq }) => seq) : []));
}

/** Cut off, or gone: the two talk on, and after the time of a goodbye somebody else is sought. */
export function leaveTalk(step: Talk, seq: number, input: Input): Step {
  const left = step.request.phase.joining.find(({ joined }) => joined?.offer.seq === seq);
  if (!left?.joined) return step;
  const { role, joined } = left;
  // A manager who goes has done what there was to do; without an interpreter they can not talk.
  const again = role === 'manager' ? null : sought(role, addSeconds(input.now, GOODBYE_PAUSE_SECONDS));
  return gone(
    changed(step, role, () => again),
    joined.offer,
    role,
    input,
  );
}

function gone(step: Step, { to, seq }: Offer, role: Role, { now }: Input): Step {
  const asked = { ...step.request.asked, [to]: { at: now, outcome: 'joined' as const } };
  return note(change(step, { asked }), { note: 'left-talk', seq, to, role });
}

/**
 * When a talk is over or has another helper, whoever joined it or was being asked is let go. Asked of every decision,
 * so that no way out of a talk can forget them.
 */
export function letJoiningGo(before: Request | null, step: Step, input: Input): Step {
  if (before?.phase.kind !== 'connected') return step;
  const { joining, offer } = before.phase;
  const { phase } = step.request;
  if (joining.length === 0 || (phase.kind === 'connected' && phase.offer.seq === offer.seq)) return step;
  return joining.reduce((so, { role, offers, joined }) => {
    const quiet = offers.reduce(
      (each, asked) => letGo(remember(each, asked, 'withdrawn', input), asked, input),
      so,
    );
    return joined ? outOfRoom(quiet, joined, role, input) : quiet;
  }, step);
}

/** The room ends with the talk, unless they had not entered it yet: then they would wait in it alone. */
function outOfRoom(step: Step, joined: NonNullable<Joining['joined']>, role: Role, input: Input): Step {
  const { offer, since } = joined;
  const left = gone(step, offer, role, input);
  if (offer.callSid === null || areInTheRoom(since, input)) return left;
  return redirectHelper(left, offer.callSid, offer.seq, input);
}

/** By a manager's hand. */
export function sendAway(step: Step, seq: number, input: Input): Step {
  if (!stepIsIn(step, 'connected') || !isInRoom(step.request, seq)) return step;
  const found = step.request.phase.joining.find(({ joined }) => joined?.offer.seq === seq)?.joined;
  const left = leaveTalk(step, seq, input);
  return found ? letGo(left, { ...found.offer, answered: false }, input) : left;
}

function changed(step: Talk, role: Role, change: (joining: Joining) => Joining | null): Talk {
  const joining = step.request.phase.joining.flatMap(each =>
    each.role === role ? (change(each) ?? []) : each,
  );
  return changePhase(step, { joining }) as Talk;
}
