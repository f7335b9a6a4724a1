// What a handset does by itself once it rings or is answered: a voicemail, a script, a refusal.
// Must never do more than a person could.
import type { ScriptStep } from './behaviour.ts';
import { answerLeg, hangUpByPhone } from './leg-state.ts';
import type { Network } from './network.ts';
import type { PhoneCall } from './phone-call.ts';

/** What the handset does by itself once it rings or is answered. */
export function onRinging(network: Network, call: PhoneCall): void {
  const { behaviour } = call.phone;
  const answerAfter = (seconds: number, then: () => void) =>
    network.later(seconds * 1000, async () => {
      if (call.state !== 'ringing') return;
      then();
      await answerLeg(network, call.leg);
    });
  switch (behaviour.kind) {
    case 'voicemail': {
      const hangsUpAfterSeconds = behaviour.hangsUpAfterSeconds ?? 30;
      answerAfter(behaviour.afterSeconds ?? 20, () =>
        runSteps(network, call, [{ afterSeconds: hangsUpAfterSeconds, hangUp: true }]),
      );
      return;
    }
    case 'scripted':
      answerAfter(behaviour.answerAfterSeconds, () => runSteps(network, call, behaviour.steps ?? []));
      return;
    case 'rejects':
      network.later((behaviour.afterSeconds ?? 0) * 1000, () => {
        if (call.state === 'ringing') hangUpByPhone(network, call.leg);
      });
      return;
    case 'manual':
    case 'no-answer':
    case 'busy':
    case 'unreachable':
      return;
  }
}

function runSteps(network: Network, call: PhoneCall, steps: readonly ScriptStep[]): void {
  for (const step of steps) {
    network.later(step.afterSeconds * 1000, async () => {
      if (call.state !== 'in-progress') return;
      if (step.press !== undefined) await call.pressNow(step.press);
      if (step.hangUp) hangUpByPhone(network, call.leg);
    });
  }
}
