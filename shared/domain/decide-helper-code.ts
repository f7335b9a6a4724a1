// What a helper's code does to the request: one row a code, for an offer that is open to her and for a conversation
// that she has. A code without a row means nothing there. Codes about herself (on duty, a break) are no request's.
import { endConversation, passOn } from './conversation-moves.ts';
import { reportAbuse } from './decide-after-talk.ts';
import { callHer } from './decide-call-her.ts';
import { exclude } from './flags.ts';
import { isVolunteer } from './ids.ts';
import { endOffer } from './offers.ts';
import type { AskedOutcome, Offer } from './request.ts';
import { alertManagers, type Input, type Step, type StepIn, tellHelper } from './step.ts';
import type { HelperCode } from './volunteer-codes.ts';

type OnOffer = (step: StepIn<'searching'>, offer: Offer, input: Input) => Step;
type InConversation = (step: StepIn<'connected'>, input: Input) => Step;

export const onOffer: { readonly [Code in HelperCode]?: OnOffer } = {
  decline: (step, offer, input) => turnedDown(step, offer, 'declined', input),
  'may-know-them': (step, offer, input) =>
    mayKnowThem(turnedDown(step, offer, 'declined', input), offer, input),
  unsafe: (step, offer, input) => unsafe(endOffer(step, offer, 'declined', input), offer, input),
};

export const inConversation: { readonly [Code in HelperCode]?: InConversation } = {
  done: (step, input) => endConversation(step, 'done', { text: 'closed' }, input),
  'pass-on': (step, input) => passedOn(step, 'passed-on', input),
  'may-know-them': (step, input) =>
    mayKnowThem(passedOn(step, 'may-know-them', input), step.request.phase.offer, input),
  abusive: (step, input) => reportAbuse(endConversation(step, 'done', { text: 'closed' }, input), input),
  'call-her': callHer,
  escalate: (step, input) =>
    tellHelper(
      alertManagers(step, 'escalated', 'critical', input),
      step.request.phase.offer.to,
      { text: 'escalated' },
      input,
    ),
  unsafe: (step, input) => unsafe(passOn(step, 'unsafe', input), step.request.phase.offer, input),
};

export function turnedDown(
  step: StepIn<'searching'>,
  offer: Offer,
  outcome: AskedOutcome,
  input: Input,
): Step {
  return tellHelper(endOffer(step, offer, outcome, input), offer.to, { text: 'declined' }, input);
}

function passedOn(step: StepIn<'connected'>, how: 'passed-on' | 'may-know-them', input: Input): Step {
  return tellHelper(passOn(step, how, input), step.request.phase.offer.to, { text: 'passed-on' }, input);
}

/** A desk is staffed by turns: from there it is a no like any other. */
function mayKnowThem(step: Step, { to }: Offer, input: Input): Step {
  return isVolunteer(to) ? exclude(step, to, 'volunteer', input) : step;
}

/** She is let go at once, and a manager is to reach her. */
function unsafe(step: Step, { to }: Offer, input: Input): Step {
  return tellHelper(
    alertManagers(step, 'helper-unsafe', 'critical', input),
    to,
    { text: 'unsafe-noted' },
    input,
  );
}
