// A helper who writes with her wants to talk: when her agreement allows a call now, the conversation goes on by phone,
// the helper's first, then hers, and neither sees a number. Must never call because somebody asks: only because she agreed.
import { agreedFor, away } from './call-back.ts';
import { firstRung, search } from './climb.ts';
import { type ContactVerdict, mayContact } from './contact-rules.ts';
import { addSeconds } from './instant.ts';
import { isLastRung, waveOf } from './ladder.ts';
import { lineOf } from './network.ts';
import { makeOffer } from './offers.ts';
import {
  change,
  changePhase,
  type Input,
  note,
  type Step,
  type StepIn,
  stepIsIn,
  tellHelper,
} from './step.ts';
import { canCallHer } from './ways.ts';
import type { PlainText } from './wording.ts';

export type CallVerdict = ContactVerdict | 'no-way';

/** What the helper reads when she may not be called: what was not agreed, and how to ask for it. */
const refusals: { readonly [Verdict in CallVerdict]: PlainText } = {
  allowed: 'calling',
  'not-agreed': 'call-refused',
  expired: 'call-refused',
  quiet: 'call-refused',
  'no-way': 'call-no-way',
  'outside-hours': 'call-not-now',
};

export function callHer(step: StepIn<'connected'>, input: Input): Step {
  const { to } = step.request.phase.offer;
  const verdict = verdictOn(step, input);
  const noted = note(step, { note: 'call-wished', to, verdict });
  if (verdict !== 'allowed') return tellHelper(noted, to, { text: refusals[verdict] }, input);
  // She writes with somebody else besides, or is off duty by now: a call wants all of her.
  if (input.conflicts > 0) return tellHelper(noted, to, { text: 'call-busy' }, input);
  return goOnByPhone(noted, step, input);
}

function verdictOn({ request }: Step, { now, network }: Input): CallVerdict {
  const line = lineOf(network, request.lineId);
  if (!canCallHer(line, request.private.survivor, network.settings.limits)) return 'no-way';
  return mayContact(request, 'call', now, network);
}

/**
 * On the rung on which this helper was asked to write. Others are asked only when she does not answer: a call was agreed
 * on, by whomever it is.
 */
function goOnByPhone(noted: Step, { request }: StepIn<'connected'>, input: Input): Step {
  const { to, place, rung } = request.phase.offer;
  const agreed = agreedFor(request);
  if (agreed === null) return noted;
  const { ladder } = request;
  const wave = waveOf(ladder, rung);
  const told = tellHelper(noted, to, { text: 'calling' }, input);
  const searching = search(
    change(away(told, agreed, input), { preferred: to }),
    firstRung(request),
    input.now,
    input,
  );
  const inLanguage = request.inLanguage[to] ?? null;
  const asked = makeOffer(
    searching,
    { to, as: 'helper', by: 'call', place, rung, wave, consent: null, inLanguage },
    input,
  );
  if (!stepIsIn(asked, 'searching')) return asked;
  const repeatAt = isLastRung(ladder, rung) ? addSeconds(input.now, ladder.last.repeatSeconds) : null;
  return changePhase(asked, { rung, repeatAt, nextOfferAt: addSeconds(input.now, wave.ringSeconds) });
}
