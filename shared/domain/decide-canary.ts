// A canary's request ends by itself, in whatever phase it is: nothing of it may ever last, or reach a person.
import { canaryEndsAt, isCanary } from './canary.ts';
import { releaseHelper } from './decide-wait.ts';
import { withdrawAll } from './offers.ts';
import { close, type Input, type Step, stepIsIn } from './step.ts';

/** The very same step for a person's request, and for a canary's that has still time. */
export function endCanaryInTime(step: Step, input: Input): Step {
  const { request } = step;
  const goesOn = !isCanary(request) || request.phase.kind === 'closed' || input.now < canaryEndsAt(request);
  if (goesOn) return step;
  const released = stepIsIn(step, 'connected') ? releaseHelper(step, input) : withdrawAll(step, input);
  return close(released, 'canary-over', input);
}
