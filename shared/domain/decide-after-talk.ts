// What a volunteer writes about a talk, while she has it or within an hour of its end: that it was hard, that the
// caller was abusive, that she may know her, that she is under age, that she feels unsafe. Must never tell her what comes of it.
import { exclude, flag } from './flags.ts';
import type { VolunteerId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { act, alertManagers, change, type Input, note, type Step, tellHelper } from './step.ts';
import type { HelperCode } from './volunteer-codes.ts';
import type { PlainText } from './wording.ts';

type AboutATalk = (step: Step, from: VolunteerId, input: Input) => Step;

export const aboutATalk: { readonly [Code in HelperCode]?: AboutATalk } = {
  'hard-talk': (step, from, input) => told(rest(step, from, input), from, 'rest-noted', input),
  abusive: (step, from, input) => told(reportAbuse(step, input), from, 'noted', input),
  'may-know-them': (step, from, input) => told(exclude(step, from, 'volunteer', input), from, 'noted', input),
  // Somebody may have found out who she is: she is to be called, and never put through to that person again.
  unsafe: (step, from, input) => {
    const apart = exclude(step, from, 'volunteer', input);
    return told(alertManagers(apart, 'helper-unsafe', 'critical', input), from, 'unsafe-noted', input);
  },
  minor: (step, from, input) => told(flag(step, 'minor', 'volunteer', input), from, 'noted', input),
};

function told(step: Step, to: VolunteerId, text: PlainText, input: Input): Step {
  return tellHelper(step, to, { text }, input);
}

function rest(step: Step, volunteerId: VolunteerId, input: Input): Step {
  const until = addSeconds(input.now, input.network.settings.care.hardRestSeconds);
  return note(act(step, { kind: 'rest-volunteer', volunteerId, until }, input), {
    note: 'hard-talk',
    volunteer: volunteerId,
  });
}

/** Only a person's word starts it, never silence and never a count. A manager hears of it and may end it. */
export function reportAbuse(step: Step, input: Input): Step {
  const until = addSeconds(input.now, input.network.settings.care.abuseSeconds);
  return alertManagers(coolDown(step, until, 'volunteer', input), 'abuse-reported', 'warning', input);
}

/** From then on her number is served by managers alone; null: by anybody, again. */
export function coolDown(step: Step, until: Instant | null, by: 'volunteer' | 'manager', input: Input): Step {
  const noted = note(change(step, { coolingDown: until !== null }), { note: 'cooling-down', until, by });
  return step.request.private.survivor === null ? noted : act(noted, { kind: 'cool-down', until }, input);
}
