// A manager names the volunteer to ask next, whatever the rung, her training and what she answered before. Must never ask
// whom nobody may ask: kept away, off duty, on a break, busy, without a common language or a way; and she has to say yes.
import type { NeedsRoster } from './climb.ts';
import type { VolunteerId } from './ids.ts';
import { waveOf } from './ladder.ts';
import type { Refusal } from './manager-act.ts';
import { pickVolunteer } from './matching.ts';
import { makeOffer } from './offers.ts';
import { type Request, withChanges } from './request.ts';
import { languagesFor } from './spoken-with.ts';
import { type Input, note, type Step, stepIsIn } from './step.ts';
import { CONFLICTS_AT_MOST } from './timing.ts';

/** A manager has chosen: she need not be the best, only one who may be asked. */
const chosen = {
  scope: 'national',
  skill: 'preferred',
  isWidest: true,
  mayBend: true,
  interpretingInto: null,
} as const;

export function assign(step: Step, to: VolunteerId, input: Input): Step | Refusal | NeedsRoster {
  if (stepIsIn(step, 'connected')) return 'somebody-has-it';
  if (!stepIsIn(step, 'searching')) return 'not-searching';
  const { request } = step;
  if (input.conflicts >= CONFLICTS_AT_MOST) return 'busy';
  const onDuty = input.roster.national;
  if (onDuty === undefined) return { needs: 'national', region: request.region };
  const her = onDuty.filter(({ volunteerId }) => volunteerId === to);
  const languages = languagesFor(request, 'second', input.network);
  const picked = pickVolunteer(askedAnew(request, to), her, { ...chosen, languages }, input);
  const { way, place, inLanguage, bent, verdicts } = picked;
  if (way === null) return whyNot(verdicts[0]?.verdict);
  const noted = bent === null ? step : note(step, { note: 'limits-bent', to, because: bent });
  const { phase, ladder } = request;
  const rung = phase.rung;
  const wave = waveOf(ladder, rung);
  return makeOffer(
    noted,
    { to, as: 'assigned', by: way, place, rung, wave, consent: null, inLanguage },
    input,
  );
}

function whyNot(
  verdict: ReturnType<typeof pickVolunteer>['verdicts'][number]['verdict'] = 'off-duty',
): Refusal {
  return verdict === 'chosen' || verdict === 'eligible' ? 'busy' : verdict;
}

/** What she answered before is between the two of them: perhaps they have just spoken. */
function askedAnew(request: Request, to: VolunteerId): Request {
  const { [to]: _before, ...asked } = request.asked;
  return withChanges(request, { asked });
}
