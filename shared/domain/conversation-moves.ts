// The ways out of a text conversation: it ends, or it goes to somebody else. Each keeps what she wrote for whoever is
// with her next. Must never tell her more than to wait a moment.

import { leave } from './call-back.ts';
import { helperLeft } from './decide-wait.ts';
import { dropHeldWords } from './good-time.ts';
import type { AskedOutcome, HowLeft } from './request.ts';
import { act, alertManagers, change, close, type Input, type Step, type StepIn, tellHelper } from './step.ts';
import type { RequestText } from './wording.ts';

export function endConversation(
  step: StepIn<'connected'>,
  because: 'done' | 'idle' | 'not-now',
  text: RequestText,
  input: Input,
): Step {
  const over = because === 'not-now' ? close(step, because, input) : leave(step, because, input);
  return tellHelper(over, step.request.phase.offer.to, text, input);
}

/** Somebody else is asked, and she reads that it goes on soon. */
export function passOn(step: StepIn<'connected'>, how: HowLeft, input: Input): Step {
  const searching = handOn(step, how, 'passed-on', input);
  return act(searching, { kind: 'text-survivor', text: { text: 'one-moment' } }, input);
}

/** What of hers has not reached this helper yet goes to the next one instead. */
function handOn(step: StepIn<'connected'>, how: HowLeft, outcome: AskedOutcome, input: Input): Step {
  const { to } = step.request.phase.offer;
  const handed = dropHeldWords(step);
  const outbox = handed.request.outbox.filter(({ action }) => action.kind !== 'relay' || action.to !== to);
  return helperLeft(change(handed, { outbox }) as StepIn<'connected'>, how, outcome, input);
}

/** A helper who does not answer, or whom her words do not reach: somebody else is asked, and a manager hears of it. */
export function helperSilent(step: StepIn<'connected'>, input: Input): Step {
  return alertManagers(handOn(step, 'silent', 'no-answer', input), 'helper-silent', 'warning', input);
}
