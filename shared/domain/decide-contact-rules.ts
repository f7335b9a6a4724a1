// An agreement about reaching her is made, changed or taken back: by a volunteer's code, by a manager, by herself.
// The latest counts whole. Must never note the number that she presses: whoever knows it passes for her.
import { type AgreedBy, type Agreement, agreementOf, agreementSaid } from './contact-rules.ts';
import type { EventOf } from './event.ts';
import type { HelperId } from './ids.ts';
import { change, type Input, ignore, note, type Step, stepIsIn, tellHelper } from './step.ts';
import { contactCodeWith } from './text-words.ts';

/** Null: nothing is agreed any more, and nobody may call her or begin to write to her. */
export function setContactRules(step: Step, agreement: Agreement | null, agreedBy: AgreedBy): Step {
  const rules = agreement && { ...agreement, agreedBy };
  return note(change(step, { rules }), {
    note: 'contact-rules-set',
    by: agreedBy,
    call: rules !== null && rules.callDigit !== null,
    text: rules?.mayText === true,
    hours: rules?.hours ?? null,
    until: rules?.until ?? null,
  });
}

export function managerSetContactRules(step: Step, event: EventOf<'manager-set-contact-rules'>): Step {
  return stepIsIn(step, 'closed') ? ignore(step, event) : setContactRules(step, event.agreement, 'manager');
}

/** A volunteer's code for what she has just agreed with her; null when the text is no such code. */
export function contactCode(step: Step, from: HelperId, body: string, input: Input): Step | null {
  const words = contactCodeWith(body);
  if (words === null) return null;
  const said = agreementSaid(words);
  if (said === null) return tellHelper(step, from, { text: 'contact-how' }, input);
  const agreement = said.kind === 'agreed' ? agreementOf(said.digit, said.hours, input.now) : null;
  return tellHelper(setContactRules(step, agreement, 'volunteer'), from, { text: 'contact-noted' }, input);
}
