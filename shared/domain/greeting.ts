// The question whether it is a good time: put at once, or after a flood. Whoever writes is always asked in the end.
// Must never be put more often than people can bear, nor lapse before she has had time to answer.
import { addSeconds, type Instant } from './instant.ts';
import { askedAfterFlood } from './limits.ts';
import {
  act,
  actAt,
  begun,
  change,
  changePhase,
  type Input,
  isNeutralQuestion,
  NOT_BEGUN,
  type Step,
  type StepIn,
} from './step.ts';
import { GREETINGS_AT_MOST } from './timing.ts';

const question = { kind: 'text-survivor', text: { text: 'safe-question' } } as const;

/** Not more often than the limit, however much she writes. One that waits for the end of a flood is put now. */
export function greet(step: StepIn<'greeting'>, input: Input): Step {
  if (waits(step)) return askedNow(step, input);
  const { timesAsked } = step.request.phase;
  if (timesAsked >= GREETINGS_AT_MOST) return step;
  return act(changePhase(step, { timesAsked: timesAsked + 1 }), question, input);
}

/** In a flood of the line the first question waits, and a second one is not put. */
export function greetLater(step: StepIn<'greeting'>, input: Input): Step {
  if (step.request.phase.timesAsked > 0) return step;
  const at = askedAfterFlood(input.now, input.luck);
  const asked = changePhase(step, { timesAsked: 1 });
  return actAt(answerableUntil(asked, at, input), question, at);
}

/** What is asked at `at` may be answered as long as if she had written then. */
export function answerableUntil(step: StepIn<'greeting'>, at: Instant, { network }: Input): Step {
  const until = addSeconds(at, network.settings.greetingSeconds);
  return until <= step.request.phase.until ? step : changePhase(step, { until });
}

function waits({ request }: Step): boolean {
  return request.outbox.some(({ action, tries }) => isNeutralQuestion(action) && tries === NOT_BEGUN);
}

function askedNow(step: Step, { now }: Input): Step {
  const { outbox } = step.request;
  return change(step, {
    outbox: outbox.map(entry => (isNeutralQuestion(entry.action) ? begun(entry, now) : entry)),
  });
}
