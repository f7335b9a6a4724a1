// Making an offer, ending one, taking one. Each volunteer has at most one at a time: the store's claims see to it
// that two requests cannot both succeed; here one request never makes two to the same person.

import type { ConsentVerdict } from './consent.ts';
import type { CallSid, HelperId, LanguageId } from './ids.ts';
import { isVolunteer } from './ids.ts';
import { addSeconds, earliest, type Instant } from './instant.ts';
import { joiningFor } from './joining.ts';
import type { Wave } from './ladder.ts';
import {
  type AskedOutcome,
  isAway,
  liveOffers,
  type Offer,
  type Phase,
  type Request,
  type Role,
  takenOffer,
  withOffer,
} from './request.ts';
import {
  act,
  alertManagers,
  change,
  changePhase,
  type Input,
  note,
  type Step,
  type StepIn,
  tellHelper,
} from './step.ts';
import { CALL_HER_RING_SECONDS, RING_MARGIN_SECONDS } from './timing.ts';
import type { Way } from './ways.ts';

/** Two digits from 10 to 69; those from 70 on are codes that mean the same for everybody. */
const codeFrom = (luck: number): string => String(10 + Math.floor(luck * 60));

export type Asking = {
  readonly to: HelperId;
  /** For the talk itself, by the ladder or by a manager's hand, or into it. */
  readonly as: 'helper' | 'assigned' | Role;
  readonly by: Way;
  readonly place: number;
  readonly rung: number;
  readonly wave: Wave;
  /** On whose word a contact is called in; null for everybody else. */
  readonly consent: ConsentVerdict | null;
  /** The language to be spoken when it is not hers. */
  readonly inLanguage: LanguageId | null;
};

/** What whoever was asked by call is told to write, to begin. Never passed on. */
const FIRST_WORD = '1';

/** Asks `to`, in the way that was chosen with her. */
export function makeOffer(step: Step, asking: Asking, input: Input): Step {
  const { request } = step;
  const { nextSeq: seq } = request;
  const { to, as, by, place, rung, wave, consent, inLanguage } = asking;
  const offer: Offer = {
    seq,
    to,
    by,
    place,
    rung,
    madeAt: input.now,
    endsAt: addSeconds(input.now, by === 'call' ? wave.ringSeconds + RING_MARGIN_SECONDS : wave.replySeconds),
    answered: false,
    callSid: null,
    thenWrites: false,
    code: by === 'text' ? codeFrom(input.luck) : null,
    entryId: seq + 1,
  };
  const nextOfferAt = addSeconds(input.now, input.network.settings.secondsBetweenOffers);
  const offered = change(step, {
    phase: withNewOffer(request.phase, as, offer, nextOfferAt),
    nextSeq: seq + 1,
    inLanguage: spokenWith(request, to, inLanguage),
  });
  return note(send(offered, offer, wave.ringSeconds, input), {
    note: 'offered',
    seq,
    to,
    by,
    as,
    rung,
    consent,
    inLanguage,
  });
}

/** Whoever is asked in her own language now may have been asked in another before. */
function spokenWith(
  { inLanguage }: Request,
  to: HelperId,
  language: LanguageId | null,
): Request['inLanguage'] {
  if (language !== null) return { ...inLanguage, [to]: language };
  const { [to]: before, ...others } = inLanguage;
  return before === undefined ? inLanguage : others;
}

function withNewOffer(phase: Phase, as: Asking['as'], offer: Offer, nextOfferAt: Instant): Phase {
  if (phase.kind === 'searching') return { ...phase, offers: [...phase.offers, offer], nextOfferAt };
  if (phase.kind !== 'connected') return phase;
  const joining = phase.joining.map(each =>
    each.role === as ? { ...each, offers: [...each.offers, offer], nextOfferAt } : each,
  );
  return { ...phase, joining };
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
export function endOffer(step: Step, offer: Offer, outcome: AskedOutcome, input: Input): Step {
  const soon = addSeconds(input.now, input.network.settings.secondsBetweenOffers);
  const phase = nextOfferBy(
    soon,
    withOffer(step.request.phase, offer.seq, () => null),
  );
  return remember(change(step, { phase }), offer, outcome, input);
}

/** Wherever somebody is sought. */
function nextOfferBy(soon: Instant, phase: Phase): Phase {
  const sooner = <Sought extends { readonly nextOfferAt: Instant }>(sought: Sought): Sought => ({
    ...sought,
    nextOfferAt: earliest([sought.nextOfferAt, soon]) ?? soon,
  });
  if (phase.kind === 'searching') return sooner(phase);
  return phase.kind === 'connected' ? { ...phase, joining: phase.joining.map(sooner) } : phase;
}

/** On record, and not asked again at once. */
export function remember(step: Step, { seq, to }: Offer, outcome: AskedOutcome, { now }: Input): Step {
  return note(change(step, { asked: { ...step.request.asked, [to]: { at: now, outcome } } }), {
    note: 'offer-ended',
    seq,
    to,
    outcome,
  });
}

/** Ends a live offer and lets go of its phone. */
export function withdraw(step: Step, offer: Offer, outcome: AskedOutcome, input: Input): Step {
  return letGo(endOffer(step, offer, outcome, input), offer, input);
}

/** Stops the ringing; whoever has picked up hears why. A leg we do not know yet is ended when we learn its name. */
export function letGo(step: Step, { callSid, answered, seq }: Offer, input: Input): Step {
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
  if (offer === undefined) return step;
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
      joining: isAway(step.request) ? [] : joiningFor(offer, step.request, input),
    },
  });
  const confirmed = note(connected, { note: 'confirmed', seq, to });
  const told = isVolunteer(to) ? confirmed : alertManagers(confirmed, 'contact-confirmed', 'info', input);
  // Who is to write first has heard so; till then nothing that is written to her arrives.
  if (offer.thenWrites) return told;
  if (by === 'text') return openConversation(told, to, input);
  return isAway(told.request) ? callHer(told, seq, input) : fetchSurvivor(told, input);
}

/** Makes her leg ask what is next: the room, or the wait when there is none. */
export function fetchSurvivor(step: Step, input: Input): Step {
  const { callSid } = step.request;
  const seq = takenOffer(step.request)?.seq ?? null;
  return callSid === null ? step : act(step, { kind: 'redirect-survivor', callSid, seq }, input);
}

/** Somebody waits for her: now her phone rings. Unless it has been picked up already, when another was with her. */
function callHer(step: Step, seq: number, input: Input): Step {
  if (step.request.called !== null) return step;
  const endsAt = addSeconds(input.now, CALL_HER_RING_SECONDS + RING_MARGIN_SECONDS);
  const called = { seq, callSid: null, answered: false, wrongKeys: 0, endsAt };
  const ring = { kind: 'ring-survivor', seq, ringSeconds: CALL_HER_RING_SECONDS } as const;
  return act(change(step, { called }), ring, input);
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
