// What a helper writes while she talks on the phone: only codes come this way. A manager is fetched into the talk; whoever
// feels unsafe is let out of it. Must never end the survivor's own leg, nor say in the room what was written.

import { sought } from './joining.ts';
import { letOut } from './let-out.ts';
import { isAway } from './request.ts';
import { alertManagers, changePhase, type Input, type Step, type StepIn, tellHelper } from './step.ts';
import type { HelperCode } from './volunteer-codes.ts';

type OnCall = (step: StepIn<'connected'>, input: Input) => Step;

export const onCall: { readonly [Code in HelperCode]?: OnCall } = {
  escalate: (step, input) => {
    const { joining, offer } = step.request.phase;
    // Into an empty room nobody is fetched: she is being called back first.
    const isSought = joining.some(({ role }) => role === 'manager') || isAway(step.request);
    const told = tellHelper(
      alertManagers(step, 'escalated', 'critical', input),
      offer.to,
      { text: 'escalated' },
      input,
    ) as StepIn<'connected'>;
    return isSought ? told : changePhase(told, { joining: [...joining, sought('manager', input.now)] });
  },
  unsafe: (step, input) => {
    const { to } = step.request.phase.offer;
    const out = alertManagers(letOut(step, 'unsafe', input), 'helper-unsafe', 'critical', input);
    return tellHelper(out, to, { text: 'unsafe-noted' }, input);
  },
};
