// What a manager says about a request: who is to be kept away from her, by hand. Whoever is with her is let go.
import { passOn } from './conversation-moves.ts';
import { helperLeft } from './decide-wait.ts';
import { exclude } from './flags.ts';
import type { VolunteerId } from './ids.ts';
import { fetchSurvivor, redirectHelper } from './offers.ts';
import { joinedOffers } from './request.ts';
import { sendAway } from './settle-joining.ts';
import { type Input, type Step, type StepIn, stepIsIn, tellHelper } from './step.ts';

export function managerExcluded(step: Step, volunteerId: VolunteerId, input: Input): Step {
  const excluded = exclude(step, volunteerId, 'manager', input);
  const isWithHer = stepIsIn(excluded, 'connected') && excluded.request.phase.offer.to === volunteerId;
  if (isWithHer) return letOut(excluded, 'passed-on', input);
  const joined = joinedOffers(excluded.request).find(({ to }) => to === volunteerId);
  return joined ? sendAway(excluded, joined.seq, input) : excluded;
}

/** She is told no more than that somebody else comes; the volunteer no more than that it is over. */
export function letOut(step: StepIn<'connected'>, how: 'passed-on' | 'unsafe', input: Input): Step {
  const { to, by, callSid, seq } = step.request.phase.offer;
  if (by === 'text') return tellHelper(passOn(step, 'passed-on', input), to, { text: 'passed-on' }, input);
  const searching = fetchSurvivor(helperLeft(step, how, 'passed-on', input), input);
  return callSid === null ? searching : redirectHelper(searching, callSid, seq, input);
}
