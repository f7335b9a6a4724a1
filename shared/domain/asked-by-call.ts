// A survivor writes, and somebody is asked by call because nothing that is written to her would arrive: she cannot write
// on this line at all, or WhatsApp lets nobody write to her before she has written. Must never say aloud what was written.
import { agreementOf, agreementSaid } from './contact-rules.ts';
import { setContactRules } from './decide-contact-rules.ts';
import { addSeconds } from './instant.ts';
import { waveOf } from './ladder.ts';
import { lineOf } from './network.ts';
import { endOffer, openConversation, withdrawWhere } from './offers.ts';
import type { Offer, Request } from './request.ts';
import { act, change, changePhase, type Input, note, type Step, type StepIn, stepIsIn } from './step.ts';
import { RING_MARGIN_SECONDS } from './timing.ts';
import { canCallHer, canCallOut } from './ways.ts';

/** She can only talk, and the survivor writes: they come together by a call, or not at all. */
export function wantsACall({ channel }: Request, { by, thenWrites }: Offer): boolean {
  return channel === 'text' && by === 'call' && !thenWrites;
}

/**
 * Somebody is there who can only talk. The survivor is asked, once, whether she may be called; meanwhile the search goes
 * on among those who write, and nobody else is called in vain.
 */
export function askForACall(step: StepIn<'searching'>, offer: Offer, input: Input): Step {
  const asked = change(endOffer(step, offer, 'withdrawn', input), { callAsked: true, preferred: offer.to });
  const quiet = withdrawWhere(asked, other => wantsACall(step.request, other), input);
  if (!stepIsIn(quiet, 'searching')) return quiet;
  return note(askWhen(quiet, input), { note: 'call-asked', to: offer.to });
}

/** She wants to be called: she is asked when. Her words are kept for whoever comes all the same. */
export function callWanted(step: StepIn<'searching'>, input: Input): Step {
  const line = lineOf(input.network, step.request.lineId);
  const { survivor } = step.request.private;
  if (step.request.phase.asking === 'call' || !canCallHer(line, survivor, input.network.settings.limits))
    return step;
  return askWhen(step, input);
}

function askWhen(step: StepIn<'searching'>, input: Input): Step {
  const asking = changePhase(step, { asking: 'call' });
  return act(asking, { kind: 'text-survivor', text: { text: 'ask-call' } }, input);
}

/**
 * What she answers. Only a digit with hours is a yes: a digit alone may still be meant for the question before. Null when
 * it is no answer: then it is kept for whoever comes.
 */
export function answeredCall(step: StepIn<'searching'>, body: string, input: Input): Step | null {
  const said = agreementSaid(body);
  if (said === null) return null;
  const answered = changePhase(step, { asking: null });
  if (said.kind === 'nothing-agreed')
    return act(answered, { kind: 'text-survivor', text: { text: 'no-call-agreed' } }, input);
  if (said.digit === null || said.hours === null) return null;
  const agreed = setContactRules(answered, agreementOf(said.digit, said.hours, input.now), 'text', input);
  return act(agreed, { kind: 'text-survivor', text: { text: 'call-agreed' } }, input);
}

/** An offer in writing that WhatsApp did not let through: the same helper is rung, and writes first when she takes it. */
export function callInstead(step: StepIn<'searching'>, offer: Offer, input: Input): Step | null {
  const line = lineOf(input.network, step.request.lineId);
  // A race that is lost: she writes with somebody besides, and a call wants all of her.
  if (offer.by !== 'text' || !canCallOut(line) || input.conflicts > 0) return null;
  const { seq, to, rung } = offer;
  const { ringSeconds } = waveOf(step.request.ladder, rung);
  const byCall: Offer = {
    ...offer,
    by: 'call',
    thenWrites: true,
    code: null,
    endsAt: addSeconds(input.now, ringSeconds + RING_MARGIN_SECONDS),
    entryId: step.request.nextSeq,
  };
  const { offers } = step.request.phase;
  const called = changePhase(step, { offers: offers.map(each => (each.seq === seq ? byCall : each)) });
  return act(
    note(called, { note: 'called-instead', seq, to }),
    { kind: 'ring', seq, to, ringSeconds },
    input,
  );
}

/** Her first word has come: what she is written arrives from now on, and the survivor learns that somebody is there. */
export function writesNow(step: StepIn<'connected'>, input: Input): StepIn<'connected'> {
  const { helperWrites, offer } = step.request.phase;
  if (helperWrites) return step;
  const begun = openConversation(changePhase(step, { helperWrites: true }), offer.to, input);
  return begun as StepIn<'connected'>;
}
