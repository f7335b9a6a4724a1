// A manager does not wait for the time of a rung: the search goes to the next one, or to one ahead, now. Phones that ring
// ring on. Must never reach anybody whom she has not agreed to.
import { reach } from './climb.ts';
import { appliesTo, consentFor, mayReach } from './consent.ts';
import { isLastRung } from './ladder.ts';
import type { Refusal } from './manager-act.ts';
import { isAway, type Searching } from './request.ts';
import { changePhase, type Input, type Step, type StepIn, stepIsIn } from './step.ts';

export function escalate(step: Step, rung: number | null, input: Input): Step | Refusal {
  if (stepIsIn(step, 'connected')) return 'somebody-has-it';
  if (!stepIsIn(step, 'searching')) return 'not-searching';
  const { ladder, phase } = step.request;
  if (isLastRung(ladder, phase.rung)) return 'last-rung';
  const to = rung ?? phase.rung + 1;
  if (to <= phase.rung) return 'behind';
  if (to > ladder.rungs.length) return 'no-such-rung';
  const why = rung === null ? null : whyNotTo(step, rung);
  return why ?? reach(changePhase(step, { passedOver: passedOverTo(step, to) }), to, input);
}

/** The rung that a manager names is meant: when it can not be reached she hears so, and nothing else is done. */
function whyNotTo({ request }: StepIn<'searching'>, index: number): Refusal | null {
  const rung = request.ladder.rungs[index];
  if (rung?.kind !== 'contact') return null;
  if (isAway(request)) return 'she-is-away';
  if (!appliesTo(rung, request.need)) return 'not-for-this-need';
  return mayReach(consentFor(rung, request.consent)) ? null : 'no-consent';
}

/** A yes that she gives later still leads to the contacts that were leapt over. */
function passedOverTo({ request }: StepIn<'searching'>, to: number): Searching['passedOver'] {
  const { ladder, phase } = request;
  const leapt = ladder.rungs.flatMap((rung, index) =>
    rung.kind === 'contact' && index > phase.rung && index < to ? [index] : [],
  );
  return [...new Set([...phase.passedOver, ...leapt])];
}
