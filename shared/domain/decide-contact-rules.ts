// An agreement about reaching her is made, changed or taken back: by a volunteer's code, by a manager, by herself.
// The latest counts whole. Must never note the number that she presses: whoever knows it passes for her.
import { agreedAnew } from './agreed-anew.ts';
import { plannedAnew } from './call-back.ts';
import { type AgreedBy, type Agreement, agreementOf, agreementSaid, nextContactAt } from './contact-rules.ts';
import type { HelperId } from './ids.ts';
import { lineOf } from './network.ts';
import { alertManagers, change, type Input, note, type Step, tellHelper } from './step.ts';
import { contactCodeWith } from './text-words.ts';
import { canCallHer } from './ways.ts';

/**
 * Null: nothing is agreed any more, and nobody may call her or begin to write to her. With a number that she presses she
 * is to be called when she has left, as often as it takes anew.
 */
export function setContactRules(
  step: Step,
  agreement: Agreement | null,
  agreedBy: AgreedBy,
  input: Input,
): Step {
  const { callBack: before, private: kept, lineId } = step.request;
  const rules = agreedAnew(step.request.rules, agreement, agreedBy, input.now);
  const { network } = input;
  const isReached = canCallHer(lineOf(network, lineId), kept.survivor, network.settings.limits);
  const isToBeCalled = rules !== null && rules.callDigit !== null && isReached;
  const callBack = isToBeCalled ? { tries: 0, since: before?.since ?? null } : null;
  const set = note(change(step, { rules, callBack }), {
    note: 'contact-rules-set',
    by: agreedBy,
    call: rules !== null && rules.callDigit !== null,
    text: rules?.mayText === true,
    hours: rules?.hours ?? null,
    until: rules?.until ?? null,
  });
  const isVoid =
    isToBeCalled && rules.within !== null && nextContactAt(set.request, input.now, network) === null;
  return isVoid ? neverCalled(set, input) : plannedAnew(set, input);
}

/** She, or somebody with her phone, wants what she had not agreed to before: people decide. */
function neverCalled(step: Step, input: Input): Step {
  return change(alertManagers(step, 'call-back-failed', 'warning', input), { callBack: null });
}

/** A volunteer's code for what she has just agreed with her; null when the text is no such code. */
export function contactCode(step: Step, from: HelperId, body: string, input: Input): Step | null {
  const words = contactCodeWith(body);
  if (words === null) return null;
  const said = agreementSaid(words);
  if (said === null) return tellHelper(step, from, { text: 'contact-how' }, input);
  const agreement = said.kind === 'agreed' ? agreementOf(said.digit, said.hours, input.now) : null;
  return tellHelper(
    setContactRules(step, agreement, 'volunteer', input),
    from,
    { text: 'contact-noted' },
    input,
  );
}
