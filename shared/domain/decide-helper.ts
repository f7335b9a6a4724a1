// A helper's leg: picked up, a key, hung up. Only a key press is a yes; a voicemail never presses one.
import { askForACall, wantsACall } from './asked-by-call.ts';
import { mayContact } from './contact-rules.ts';
import { areInTheRoom, helperLeft } from './decide-wait.ts';
import type { EventOf, LegOutcome } from './event.ts';
import { exclude } from './flags.ts';
import { type HelperId, isVolunteer, type LanguageId } from './ids.ts';
import { addSeconds } from './instant.ts';
import { aboutInterpreter, isInRoom, roleOf } from './joining.ts';
import { endOffer, fetchSurvivor, takeOffer } from './offers.ts';
import type { Reply } from './reply.ts';
import {
  type AskedOutcome,
  isAway,
  liveOffer,
  type Offer,
  offersOf,
  type Request,
  takenOffer,
  withOffer,
} from './request.ts';
import { joinTalk, leaveTalk } from './settle-joining.ts';
import { languageWith, toInterpret } from './spoken-with.ts';
import {
  act,
  answer,
  change,
  changePhase,
  type Input,
  ignore,
  note,
  type Step,
  type StepIn,
  stepIsIn,
} from './step.ts';
import {
  HOLD_LISTEN_SECONDS,
  ROOM_ENDED_PAUSE_SECONDS,
  SCREEN_AT_MOST_SECONDS,
  SCREEN_LISTEN_SECONDS,
  SCREEN_TURNS,
} from './timing.ts';
import type { Spoken, SpokenKey } from './wording.ts';

const TAKE_KEY = '1';
const DECLINE_KEY = '2';
const MAY_KNOW_KEY = '3';

export function helperAnswered(step: Step, event: EventOf<'helper-answered'>, input: Input): Step {
  const offer = liveOffer(step.request, event.seq);
  if (waitsForHer(step.request, event.seq)) return answer(step, holding(step.request, event.seq, 0, input));
  if (!offer) return answer(ignore(step, event), whatBecameOf(step.request, event.seq, input));
  const screened = answer(step, screening(step.request, offer, 1, input));
  if (offer.answered) return screened;
  const callSid = offer.callSid ?? event.callSid; // the report of the ring may have been lost
  const endsAt = addSeconds(input.now, SCREEN_AT_MOST_SECONDS);
  const marked = withOffer(step.request.phase, offer.seq, each => ({
    ...each,
    answered: true,
    endsAt,
    callSid,
  }));
  return note(change(screened, { phase: marked }), { note: 'answered', seq: offer.seq, to: offer.to });
}

export function helperPressed(step: Step, event: EventOf<'helper-pressed'>, input: Input): Step {
  const offer = liveOffer(step.request, event.seq);
  if (waitsForHer(step.request, event.seq))
    return answer(step, holding(step.request, event.seq, event.turn, input));
  if (!offer) return answer(ignore(step, event), whatBecameOf(step.request, event.seq, input));
  if (event.digit === TAKE_KEY) {
    // Lost the race for her own side of it: another request holds her by now.
    if (input.conflicts > 0) return endScreening(step, offer, 'busy', 'taken', input);
    if (mayNotBeCalled(step.request, input))
      return endScreening(step, offer, 'withdrawn', 'not-reached', input);
    const alone = withoutTwin(step, offer, event, input);
    if (wantsACall(step.request, offer) && stepIsIn(alone, 'searching'))
      return asksForACall(alone, offer, input);
    const taken = saidYes(alone, { ...offer, callSid: event.callSid }, input);
    return waitsForHer(taken.request, offer.seq)
      ? answer(taken, holding(taken.request, offer.seq, event.turn, input))
      : answer(taken, whatBecameOf(taken.request, offer.seq, input));
  }
  if (event.digit === DECLINE_KEY) return endScreening(step, offer, 'declined', 'declined', input);
  if (event.digit === MAY_KNOW_KEY && isVolunteer(offer.to))
    return exclude(endScreening(step, offer, 'declined', 'declined', input), offer.to, 'volunteer', input);
  if (event.turn < SCREEN_TURNS) return answer(step, screening(step.request, offer, event.turn + 1, input));
  return endScreening(step, offer, 'no-answer', 'declined', input);
}

/** To the talk, or to joining it. */
function saidYes(step: Step, offer: Offer, input: Input): Step {
  const role = roleOf(step.request, offer.seq);
  if (role !== null && stepIsIn(step, 'connected')) return joinTalk(step, offer, role, input);
  return stepIsIn(step, 'searching') ? takeOffer(step, offer, input) : step;
}

function asksForACall(step: StepIn<'searching'>, offer: Offer, input: Input): Step {
  const language = languageOf(offer.to, step.request, input);
  return answer(askForACall(step, offer, input), letGo(language, 'we-ask-first'));
}

/** One offer may have rung twice, when nobody knew whether the first ring went out. Whichever leg says yes is hers. */
function withoutTwin(step: Step, { callSid }: Offer, event: EventOf<'helper-pressed'>, input: Input): Step {
  if (callSid === null || callSid === event.callSid) return step;
  return act(step, { kind: 'end-leg', callSid }, input);
}

function endScreening(step: Step, offer: Offer, outcome: AskedOutcome, say: SpokenKey, input: Input): Step {
  const language = languageOf(offer.to, step.request, input);
  return answer(endOffer(step, offer, outcome, input), { kind: 'hang-up', language, say: [{ say }] });
}

function languageOf(to: HelperId, request: Request, { network }: Input): LanguageId {
  return languageWith(request, to, network);
}

/** Language and need at most, and for a contact the region: it may be a voicemail that listens. */
function screening(request: Request, { seq, to }: Offer, turn: number, input: Input): Reply {
  // Said the second time only: whoever wants to answer at once need not hear it out.
  const known: Spoken[] = isVolunteer(to) && turn > 1 ? [{ say: 'press-if-known' }] : [];
  const how: Spoken[] = request.cannotSpeak ? [{ say: 'cannot-speak' }] : [];
  const isToInterpret = roleOf(request, seq) === 'interpreter';
  const what = isToInterpret ? askedToJoin(request, input) : askedToTalk(request, to, input);
  return {
    kind: 'ask',
    language: languageOf(to, request, input),
    say: [...what, ...how, { say: 'press-to-take' }, ...known],
    listenSeconds: SCREEN_LISTEN_SECONDS,
    next: { to: 'screen', seq, turn },
  };
}

function askedToTalk(request: Request, to: HelperId, input: Input): readonly Spoken[] {
  const { need, region, danger, inLanguage } = request;
  const volunteer = isVolunteer(to);
  const intro: Spoken = { say: danger ? 'offer-in-danger' : volunteer ? 'offer' : 'offer-to-contact' };
  const where: Spoken[] = volunteer || region === null ? [] : [{ region }];
  const spoken = inLanguage[to];
  const other: Spoken[] = spoken === undefined ? [] : [{ say: 'offer-in-language' }, { language: spoken }];
  const interpreted: Spoken[] =
    toInterpret(request, to, input.network) === null ? [] : [{ say: 'with-interpreter' }];
  const what: Spoken[] = need === null ? [] : [{ need }];
  const written: Spoken[] = request.channel === 'text' ? [{ say: 'offer-written' }] : [];
  return [intro, { language: request.language }, ...other, ...interpreted, ...what, ...written, ...where];
}

/** Between which languages, and nothing of what it is about. */
function askedToJoin(request: Request, { network }: Input): readonly Spoken[] {
  const taken = takenOffer(request);
  const into = taken === null ? null : toInterpret(request, taken.to, network);
  return [
    { say: 'offer-to-interpret' },
    { language: request.language },
    ...(into === null ? [] : [{ language: into }]),
  ];
}

/** Her hours have ended while it was being offered. */
function mayNotBeCalled(request: Request, { now, network }: Input): boolean {
  return (
    isAway(request) && request.called === null && mayContact(request, 'call', now, network) !== 'allowed'
  );
}

/** Whoever has taken it while she is away hears so until her number has been pressed. */
function waitsForHer(request: Request, seq: number): boolean {
  return isAway(request) && takenOffer(request)?.seq === seq;
}

/** Turns after a redirect are counted from a number that never comes twice, as hers are. */
const TURNS_A_STRETCH = 10_000;

function holding(request: Request, seq: number, turn: number, input: Input): Reply {
  const next = turn === 0 ? request.nextSeq * TURNS_A_STRETCH : turn;
  const { to } = takenOffer(request) as Offer;
  return {
    kind: 'ask',
    language: languageOf(to, request, input),
    say: [{ say: 'calling-her' }],
    listenSeconds: HOLD_LISTEN_SECONDS,
    next: { to: 'screen', seq, turn: next + 1 },
  };
}

/** What a helper hears whose offer is no longer open: the room when it is hers, else why not. */
function whatBecameOf(request: Request, seq: number, input: Input): Reply {
  const { phase } = request;
  const taken = takenOffer(request);
  if (taken?.seq === seq && phase.kind === 'connected' && phase.roomEndsAt === null) {
    const language = languageOf(taken.to, request, input);
    if (taken.by === 'text') return letGo(language, 'write-to-us');
    const minor: Spoken[] = request.minor ? [{ say: 'is-minor' }] : [];
    const say: Spoken[] = [{ say: 'connecting' }, ...aboutInterpreter(request, input.network), ...minor];
    return { kind: 'join', as: 'helper', seq, added: null, language, say };
  }
  if (taken && isInRoom(request, seq)) {
    const say: Spoken[] = [{ say: 'connecting' }];
    return { kind: 'join', as: 'helper', seq: taken.seq, added: seq, language: request.language, say };
  }
  if (phase.kind === 'calling-back') return letGo(lastLanguage(request, input), wordsAfter[phase.after]);
  if (phase.kind !== 'closed') return letGo(request.language, 'taken');
  if (phase.because === 'not-reached') return letGo(lastLanguage(request, input), 'not-reached');
  const language =
    phase.lastHelper === null ? request.language : languageOf(phase.lastHelper, request, input);
  const isOver = phase.because === 'talked' || phase.because === 'by-manager';
  return letGo(language, isOver ? 'call-over' : 'caller-gone');
}

const wordsAfter = { waiting: 'caller-gone', talk: 'call-over', try: 'not-reached' } as const;

/** Whoever was with her, or waited for her, is the one who is asked first the next time. */
function lastLanguage(request: Request, input: Input): LanguageId {
  return request.preferred === null ? request.language : languageOf(request.preferred, request, input);
}

function letGo(language: LanguageId, say: SpokenKey): Reply {
  return { kind: 'hang-up', language, say: [{ say }] };
}

/**
 * The helper is still on the line and the room is not: the survivor's side ended it. She has most likely hung up,
 * which is reported a moment later; only if it is not, the search begins again.
 */
export function helperLeftRoom(step: Step, event: EventOf<'helper-left-room'>, input: Input): Step {
  const { phase, language } = step.request;
  const helper = phase.kind === 'closed' ? phase.lastHelper : (takenOffer(step.request)?.to ?? null);
  const over = letGo(helper === null ? language : languageOf(helper, step.request, input), 'call-over');
  if (!stepIsIn(step, 'connected') || step.request.phase.offer.seq !== event.seq)
    return answer(ignore(step, event), over);
  return answer(changePhase(step, { roomEndsAt: addSeconds(input.now, ROOM_ENDED_PAUSE_SECONDS) }), over);
}

export function legEnded(step: Step, event: EventOf<'leg-ended'>, input: Input): Step {
  const offer = liveOffer(step.request, event.seq);
  const known = offersOf(step.request).find(({ seq }) => seq === event.seq)?.callSid ?? event.callSid;
  if (known !== event.callSid) return ignore(step, event); // the end of a twin is nobody's end
  if (offer) return endOffer(step, offer, outcomeOf(event.outcome), input);
  if (stepIsIn(step, 'connected') && isInRoom(step.request, event.seq))
    return leaveTalk(step, event.seq, input);
  if (!stepIsIn(step, 'connected') || step.request.phase.offer.seq !== event.seq) return ignore(step, event);
  if (step.request.phase.offer.by === 'text') return step; // asked by call: she goes on in writing
  return step.request.phase.roomEndsAt === null ? hungUpOnHer(step, input) : step;
}

/** The room ends with the helper, unless the helper never entered it: then she would wait in it alone. */
function hungUpOnHer(step: StepIn<'connected'>, input: Input): Step {
  const left = helperLeft(step, 'hung-up', 'left', input);
  return areInTheRoom(step.request.phase.since, input) ? left : fetchSurvivor(left, input);
}

function outcomeOf(leg: LegOutcome): AskedOutcome {
  // A failed leg may be the carrier's bad minute: only a number that is known to be wrong is not tried again.
  return leg === 'busy' ? 'busy' : 'no-answer';
}
