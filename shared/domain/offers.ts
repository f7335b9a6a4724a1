// Making an offer, ending one, taking one. Each volunteer has at most one at a time: the store's claims see to it
// that two requests cannot both succeed; here one request never makes two to the same person.

import type { ConsentVerdict } from './consent.ts';
import type { CallSid, HelperId, LanguageId } from './ids.ts';
import { isVolunteer } from './ids.ts';
import { addSeconds, earliest } from './instant.ts';
import { waveOf } from './ladder.ts';
import { type AskedOutcome, liveOffers, type Offer, takenOffer } from './request.ts';
import {
  act,
  alertManagers,
  change,
  changePhase,
  type Input,
  note,
  type Step,
  type StepIn,
  stepIsIn,
  tellHelper,
} from './step.ts';
import { RING_MARGIN_SECONDS } from './timing.ts';
import type { Way } from './ways.ts';

/** Two digits from 10 to 69; those from 70 on are codes that mean the same for everybody. */
const codeFrom = (luck: number): string => String(10 + Math.floor(luck * 60));

export type Asking = {
  readonly to: HelperId;
  readonly by: Way;
  readonly place: number;
  readonly consent: ConsentVerdict | null;
  readonly inLanguage: LanguageId | null;
};

/** What whoever was asked by call is told to write, to begin. Never passed on. */
const FIRST_WORD = '1';

/** Offers the request to `to`, in the way that was chosen with her. */
export function makeOffer(
  step: StepIn<'searching'>,
  { to, by, place, consent, inLanguage }: Asking,
  input: Input,
): Step {
  const { request } = step;
  const { phase, nextSeq: seq } = request;
  const wave = waveOf(request.ladder, phase.rung);
  const offer: Offer = {
    seq,
    to,
    by,
    place,
    rung: phase.rung,
    madeAt: input.now,
    endsAt: addSeconds(input.now, by === 'call' ? wave.ringSeconds + RING_MARGIN_SECONDS : wave.replySeconds),
    answered: false,
    callSid: null,
    thenWrites: false,
    code: by === 'text' ? codeFrom(input.luck) : null,
    entryId: seq + 1,
  };
  const offered = change(
    changePhase(step, {
      offers: [...phase.offers, offer],
      nextOfferAt: addSeconds(input.now, input.network.settings.secondsBetweenOffers),
    }),
    {
      nextSeq: seq + 1,
      ...(inLanguage === null ? {} : { inLanguage: { ...request.inLanguage, [to]: inLanguage } }),
    },
  );
  return note(send(offered, offer, wave.ringSeconds, input), {
    note: 'offered',
    seq,
    to,
    by,
    rung: phase.rung,
    consent,
    inLanguage,
  });
}

function send(step: Step, { seq, to, code }: Offer, ringSeconds: number, input: Input): Step {
  const { language, need, danger, inLanguage } = step.request;
  const spoken = inLanguage[to] ?? null;
  return code === null
    ? act(step, { kind: 'ring', seq, to, ringSeconds }, input)
    : act(
        step,
        {
          kind: 'text-offer',
          seq,
          to,
          text: { text: 'offer', code, language, inLanguage: spoken, need, danger },
        },
        input,
      );
}

/** Ends a live offer whose leg has ended by itself, or never began. */
export function endOffer(step: StepIn<'searching'>, offer: Offer, outcome: AskedOutcome, input: Input): Step {
  const { phase } = step.request;
  const soon = addSeconds(input.now, input.network.settings.secondsBetweenOffers);
  const ended = changePhase(step, {
    offers: phase.offers.filter(each => each.seq !== offer.seq),
    nextOfferAt: earliest([phase.nextOfferAt, soon]) ?? soon,
  });
  return remember(ended, offer, outcome, input);
}

function remember(step: Step, { seq, to }: Offer, outcome: AskedOutcome, { now }: Input): Step {
  return note(change(step, { asked: { ...step.request.asked, [to]: { at: now, outcome } } }), {
    note: 'offer-ended',
    seq,
    to,
    outcome,
  });
}

/** Ends a live offer and lets go of its phone. */
export function withdraw(step: StepIn<'searching'>, offer: Offer, outcome: AskedOutcome, input: Input): Step {
  return letGo(endOffer(step, offer, outcome, input), offer, input);
}

/** Stops the ringing; whoever has picked up hears why. A leg we do not know yet is ended when we learn its name. */
function letGo(step: Step, { callSid, answered, seq }: Offer, input: Input): Step {
  if (callSid === null) return step;
  return answered
    ? redirectHelper(step, callSid, seq, input)
    : act(step, { kind: 'end-leg', callSid }, input);
}

export function redirectHelper(step: Step, callSid: CallSid, seq: number, input: Input): Step {
  return act(step, { kind: 'redirect-helper', callSid, seq }, input);
}

export function withdrawAll(step: Step, input: Input): Step {
  return withdrawWhere(step, () => true, input);
}

export function withdrawWhere(step: Step, whom: (offer: Offer) => boolean, input: Input): Step {
  const offer = liveOffers(step.request).find(whom);
  if (offer === undefined || !stepIsIn(step, 'searching')) return step;
  return withdrawWhere(withdraw(step, offer, 'withdrawn', input), whom, input);
}

/** A person has said yes. Everybody else is let go, and both sides are brought together. */
export function takeOffer(step: StepIn<'searching'>, offer: Offer, input: Input): Step {
  const { seq, to, by } = offer;
  const alone = withdrawAll(
    changePhase(step, { offers: step.request.phase.offers.filter(each => each.seq !== seq) }),
    input,
  );
  const connected = change(alone, {
    phase: {
      kind: 'connected',
      offer: offer.thenWrites ? { ...offer, by: 'text', code: FIRST_WORD } : offer,
      since: input.now,
      lastWordAt: input.now,
      lastWordBy: 'survivor',
      helperWrites: !offer.thenWrites,
      sent: [],
      joined: false,
      roomEndsAt: null,
    },
  });
  const confirmed = note(connected, { note: 'confirmed', seq, to });
  const told = isVolunteer(to) ? confirmed : alertManagers(confirmed, 'contact-confirmed', 'info', input);
  // Who is to write first has heard so; till then nothing that is written to her arrives.
  if (offer.thenWrites) return told;
  return by === 'call' ? fetchSurvivor(told, input) : openConversation(told, to, input);
}

/** Makes her leg ask what is next: the room, or the wait when there is none. */
export function fetchSurvivor(step: Step, input: Input): Step {
  const { callSid } = step.request;
  const seq = takenOffer(step.request)?.seq ?? null;
  return callSid === null ? step : act(step, { kind: 'redirect-survivor', callSid, seq }, input);
}

/** Everything she wrote while she waited goes first to whoever took it; what an earlier helper wrote to her does not. */
export function openConversation(step: Step, to: HelperId, input: Input): Step {
  const greeted = act(
    tellHelper(step, to, { text: 'accepted' }, input),
    { kind: 'text-survivor', text: { text: 'here-now' } },
    input,
  );
  const { private: kept, outbox, minor } = step.request;
  const told = minor ? tellHelper(greeted, to, { text: 'is-minor' }, input) : greeted;
  const onTheirWay = new Set(
    outbox.flatMap(({ action }) => (action.kind === 'relay' ? [action.textKey] : [])),
  );
  return Object.keys(kept.texts)
    .filter(textKey => !onTheirWay.has(textKey))
    .reduce((so, textKey) => act(so, { kind: 'relay', to, textKey }, input), told);
}
