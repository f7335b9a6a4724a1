// Letting somebody out of a talk who did not hang up: she is fetched back to the wait, and somebody else is sought.
// Must never tell her more than that somebody else comes, nor the helper more than that it is over.
import { passOn } from './conversation-moves.ts';
import { helperLeft } from './decide-wait.ts';
import { fetchSurvivor, redirectHelper } from './offers.ts';
import { type Input, type Step, type StepIn, tellHelper } from './step.ts';

export function letOut(
  step: StepIn<'connected'>,
  how: 'passed-on' | 'unsafe' | 'released',
  input: Input,
): Step {
  const { to, by, callSid, seq } = step.request.phase.offer;
  if (by === 'text') return tellHelper(passOn(step, how, input), to, { text: 'passed-on' }, input);
  const searching = fetchSurvivor(helperLeft(step, how, 'passed-on', input), input);
  return callSid === null ? searching : redirectHelper(searching, callSid, seq, input);
}
