// The search: works the present rung, one offer at a decision, and climbs when there is nobody left to ask there.
// Empty rungs are passed at once. The last rung never ends. Reads the roster only through what it is given.
import { isCanary } from './canary.ts';
import { appliesTo, type ConsentVerdict, consentFor, mayReach } from './consent.ts';
import { type HelperId, isVolunteer, type LanguageId, type RegionId } from './ids.ts';
import { addSeconds, earliest, type Instant } from './instant.ts';
import {
  interpretedRung,
  isLastRung,
  type LanguageStep,
  type Rung,
  type Scope,
  type VolunteersRung,
  waveOf,
} from './ladder.ts';
import { type Looking, type Picked, pickContact, pickInterpreter, pickVolunteer } from './matching.ts';
import { type ContactKind, contactOf, lineOf } from './network.ts';
import { fetchSurvivor, makeOffer, withdraw, withdrawAll } from './offers.ts';
import { isAway, type Request, type Searching } from './request.ts';
import type { Candidate } from './roster.ts';
import { goesFurther, languagesFor } from './spoken-with.ts';
import {
  act,
  alertManagers,
  change,
  changePhase,
  close,
  type Input,
  note,
  type Step,
  type StepIn,
  stepIsIn,
} from './step.ts';
import { CONFLICTS_AT_MOST, LOOK_AGAIN_SECONDS } from './timing.ts';
import type { Way } from './ways.ts';

/** The decision cannot be made before this much of the roster has been read. */
export type NeedsRoster = { readonly needs: Scope; readonly region: RegionId | null };

type SearchStep = StepIn<'searching'>;
type Worked =
  | { readonly over: false; readonly step: Step }
  | { readonly over: true; readonly step: SearchStep };

/** Where a search begins: for a number of which abuse was reported, with the managers. */
export function firstRung({ coolingDown, ladder }: Request): number {
  if (!coolingDown) return 0;
  const managers = ladder.rungs.findIndex(({ kind }) => kind === 'manager');
  return managers === -1 ? ladder.rungs.length : managers;
}

/** Starts, or starts again, the search at a rung; `notBefore` leaves a goodbye in peace. */
export function search(step: Step, rung: number, notBefore: Instant, input: Input): Step {
  const phase: Searching = {
    kind: 'searching',
    rung,
    rungSince: input.now,
    offers: [],
    nextOfferAt: notBefore,
    repeatAt: null,
    passedOver: [],
    owesNumbers: false,
    consentAsked: null,
    asking: null,
    callQuestion: null,
    keysFrom: 0,
  };
  const reached = reach(note(change(step, { phase }), { note: 'search-started', rung }), rung, input);
  return stepIsIn(reached, 'searching') ? changePhase(reached, { nextOfferAt: notBefore }) : reached;
}

/** Brings a search up to date with the time: ends what is over, asks whom it may, climbs. */
export function climb(step: SearchStep, input: Input): Step | NeedsRoster {
  let current: Step = repeatIfDue(endOverdueOffers(step, input), input);
  while (stepIsIn(current, 'searching')) {
    const worked = workRung(current, input);
    if ('needs' in worked) return worked;
    if (!worked.over) return worked.step;
    current = reach(worked.step, worked.step.request.phase.rung + 1, input);
  }
  return current;
}

/** Goes to a rung, or past it when it does not concern her or she has not agreed to it. */
export function reach(step: Step, index: number, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  const { nextOfferAt } = step.request.phase;
  // A rung before that had nobody to ask may have put the next offer off for longer.
  const soon = addSeconds(input.now, input.network.settings.secondsBetweenOffers);
  const arrived = note(
    changePhase(step, {
      rung: index,
      rungSince: input.now,
      nextOfferAt: earliest([nextOfferAt, soon]) ?? soon,
    }),
    { note: 'rung-reached', rung: index },
  );
  const rung = step.request.ladder.rungs[index];
  if (!rung) return onLastRung(arrived, input);
  if (rung.kind === 'manager') return alertManagers(arrived, 'nobody-answers', 'warning', input);
  if (rung.kind === 'volunteers') return arriveAtVolunteers(arrived, index, rung, input);
  if (isAway(step.request)) return reach(passed(arrived, index, 'she-is-away'), index + 1, input);
  if (!appliesTo(rung, step.request.need))
    return reach(passed(arrived, index, 'not-for-this-need'), index + 1, input);
  const consent = consentFor(rung, step.request.consent);
  if (!mayReach(consent)) return reach(passOver(arrived, index, consent, input), index + 1, input);
  return act(
    arrived,
    {
      kind: 'alert',
      audience: 'contact',
      severity: 'warning',
      reason: step.request.danger ? 'danger' : 'nobody-answers',
      about: null,
    },
    input,
  );
}

/** A rung that goes further than her own language says so on record, or is passed when there is none to go to. */
function arriveAtVolunteers(step: Step, index: number, { language }: VolunteersRung, input: Input): Step {
  if (language === 'exact') return step;
  const interpreted = language === 'interpreted';
  const languages = languagesFor(step.request, language, input.network);
  return goesFurther(step.request, language, input.network)
    ? note(step, { note: 'language-relaxed', languages, interpreted })
    : reach(passed(step, index, interpreted ? 'no-interpreter' : 'no-second-language'), index + 1, input);
}

function passed(
  step: Step,
  rung: number,
  because: Extract<Step['notes'][number], { note: 'rung-passed' }>['because'],
): Step {
  return note(step, { note: 'rung-passed', rung, because });
}

/** Without her yes nobody is called in: a manager hears of it, and she hears what she can dial herself. */
function passOver(step: Step, rung: number, consent: ConsentVerdict, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  const { passedOver } = step.request.phase;
  const noted = changePhase(step, { passedOver: [...new Set([...passedOver, rung])] });
  return alertManagers(passed(tellNumbers(noted, input), rung, consent), 'consent-missing', 'warning', input);
}

/** By voice she hears them with the next answer to her leg; a text has to be sent. */
export function tellNumbers(step: Step, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  if (step.request.channel === 'voice') return changePhase(step, { owesNumbers: true });
  const { emergencyNumbers: numbers } = lineOf(input.network, step.request.lineId);
  return act(step, { kind: 'text-survivor', text: { text: 'numbers-to-dial', numbers } }, input);
}

/** For people it never ends; for a canary it is the end. */
function onLastRung(step: Step, input: Input): Step {
  return isCanary(step.request)
    ? close(withdrawAll(step, input), 'canary-over', input)
    : alertLastRung(step, input);
}

function alertLastRung(step: Step, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  const repeatAt = addSeconds(input.now, step.request.ladder.last.repeatSeconds);
  return alertManagers(changePhase(step, { repeatAt }), 'nobody-answers', 'critical', input);
}

function repeatIfDue(step: Step, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  const { rung, repeatAt } = step.request.phase;
  const due = isLastRung(step.request.ladder, rung) && (repeatAt === null || repeatAt <= input.now);
  if (!due) return step;
  // When the report of her hanging up was lost, this finds out: nobody is called for ever on behalf of nobody.
  return repeatAt === null ? alertLastRung(step, input) : fetchSurvivor(alertLastRung(step, input), input);
}

function endOverdueOffers(step: Step, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  const overdue = step.request.phase.offers.find(offer => offer.endsAt <= input.now);
  return overdue ? endOverdueOffers(withdraw(step, overdue, 'no-answer', input), input) : step;
}

function workRung(step: SearchStep, input: Input): Worked | NeedsRoster {
  const { phase, ladder } = step.request;
  const rung = ladder.rungs[phase.rung];
  if (rung && addSeconds(phase.rungSince, rung.rungSeconds) <= input.now) return over(step, 'time-over');
  const live = phase.offers.filter(offer => offer.rung === phase.rung).length;
  if (live >= waveOf(ladder, phase.rung).waveSize || input.now < phase.nextOfferAt)
    return { over: false, step };
  if (input.conflicts >= CONFLICTS_AT_MOST)
    return pause(step, input.network.settings.secondsBetweenOffers, input);
  const picked = pickOn(step, live, input);
  if ('needs' in picked) return picked;
  if (picked.chosen !== null && picked.way !== null)
    return { over: false, step: offerTo(picked.chosen, picked.way, picked, step, input) };
  if (rung && live === 0) return over(judged(step, picked), 'nobody-to-ask');
  return pause(step, LOOK_AGAIN_SECONDS, input);
}

/** Whom the present rung asks next, while `live` of its phones ring. */
export function pickOn(step: SearchStep, live: number, input: Input): Picked | NeedsRoster {
  const rung = step.request.ladder.rungs[step.request.phase.rung];
  return rung ? pickFor(rung, step, live, input) : pickForLastRung(step, input);
}

/** Nobody is offered anything now, so that whatever else this event means is not lost with the race. */
function pause(step: SearchStep, seconds: number, { now }: Input): Worked {
  return { over: false, step: changePhase(step, { nextOfferAt: addSeconds(now, Math.max(1, seconds)) }) };
}

function over(step: Step, because: 'time-over' | 'nobody-to-ask'): Worked {
  if (!stepIsIn(step, 'searching')) throw new Error('only a search has rungs');
  return { over: true, step: passed(step, step.request.phase.rung, because) as SearchStep };
}

function judged(step: SearchStep, { verdicts }: Picked): Step {
  return note(step, { note: 'judged', rung: step.request.phase.rung, verdicts });
}

function offerTo(to: HelperId, by: Way, picked: Picked, step: SearchStep, input: Input): Step {
  const noted = judged(step, picked);
  const bent = picked.bent === null ? noted : note(noted, { note: 'limits-bent', to, because: picked.bent });
  const { phase, ladder } = step.request;
  const { inLanguage, place } = picked;
  const consent = consentBehind(to, step.request, input);
  const wave = waveOf(ladder, phase.rung);
  return makeOffer(bent, { to, as: 'helper', by, place, rung: phase.rung, wave, consent, inLanguage }, input);
}

/** On whose word a contact is called in. On the last rung it is that of the rung it stands on otherwise. */
function consentBehind(
  to: HelperId,
  { ladder, consent, need, phase }: SearchStep['request'],
  { network }: Input,
): ConsentVerdict | null {
  const kind = isVolunteer(to) ? null : contactOf(network, to)?.kind;
  const here = ladder.rungs[phase.rung];
  const rung = [...(here ? [here] : ladder.rungs)].find(
    each =>
      each.kind === 'contact' &&
      each.contactKind === kind &&
      appliesTo(each, need) &&
      mayReach(consentFor(each, consent)),
  );
  return rung?.kind === 'contact' ? consentFor(rung, consent) : null;
}

function pickFor(rung: Rung, step: SearchStep, live: number, input: Input): Picked | NeedsRoster {
  switch (rung.kind) {
    case 'volunteers': {
      const here = isWidest(step.request, input);
      return pickOnDuty({ ...rung, isWidest: here, mayBend: here && live === 0 }, step, input);
    }
    case 'manager':
      return pickContact(step.request, ['manager'], input.network, input.now);
    case 'contact':
      return pickContact(step.request, [rung.contactKind], input.network, input.now);
  }
}

/** No rung after the present one asks volunteers; one for a second language is none when she has none. */
function isWidest(request: SearchStep['request'], { network }: Input): boolean {
  const { ladder, phase } = request;
  return !ladder.rungs
    .slice(phase.rung + 1)
    .some(
      rung =>
        rung.kind === 'volunteers' &&
        (rung.language === 'exact' || goesFurther(request, rung.language, network)),
    );
}

type Reach = Omit<Looking, 'languages' | 'interpretingInto'> & { readonly language: LanguageStep };

function pickOnDuty(rung: Reach, { request }: SearchStep, input: Input): Picked | NeedsRoster {
  if (isCanary(request))
    return {
      chosen: null,
      way: null,
      place: 0,
      inLanguage: null,
      verdicts: [],
      bent: null,
      isFirstChoice: true,
    };
  const withoutRegion = request.region === null && rung.scope !== 'national';
  const candidates = withoutRegion ? [] : input.roster[rung.scope];
  const { language, ...looking } = rung;
  const needs = { needs: rung.scope, region: request.region };
  if (!candidates) return needs;
  const languages = languagesFor(request, language, input.network);
  const spoken = language === 'interpreted' ? bridged(request, languages, candidates, input) : languages;
  const asks = { ...looking, languages: spoken, interpretingInto: null };
  const picked = pickVolunteer(request, candidates, asks, input);
  const isSeenInPart = input.roster.inPart?.includes(rung.scope) === true;
  return isSeenInPart && !picked.isFirstChoice ? needs : picked;
}

/** Those that she understands, and those for which somebody is free to interpret. */
function bridged(
  request: Request,
  languages: readonly LanguageId[],
  candidates: readonly Candidate[],
  input: Input,
): readonly LanguageId[] {
  const understood = languagesFor(request, 'second', input.network);
  return languages.filter(
    each => understood.includes(each) || pickInterpreter(request, candidates, each, input).chosen !== null,
  );
}

/**
 * On the last rung everybody who may be asked is asked: managers, consented contacts, then the whole country, also in
 * a second language.
 */
function pickForLastRung(step: SearchStep, input: Input): Picked | NeedsRoster {
  const { ladder, consent, need } = step.request;
  // The police or a lawyer were for while she waits: they are not whom she expects on her phone.
  const away = isAway(step.request);
  const consented = ladder.rungs.flatMap((rung): ContactKind[] =>
    rung.kind === 'contact' && !away && appliesTo(rung, need) && mayReach(consentFor(rung, consent))
      ? [rung.contactKind]
      : [],
  );
  const contact = pickContact(step.request, ['manager', ...consented], input.network, input.now);
  if (contact.chosen !== null) return contact;
  const language = interpretedRung(ladder) === null ? 'second' : 'interpreted';
  const anybody = { scope: 'national', skill: 'preferred', language } as const;
  const volunteer = pickOnDuty({ ...anybody, isWidest: true, mayBend: true }, step, input);
  return 'needs' in volunteer
    ? volunteer
    : { ...volunteer, verdicts: [...contact.verdicts, ...volunteer.verdicts] };
}
