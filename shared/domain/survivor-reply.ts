// What a survivor on the phone hears next: follows from where her request stands and from what has just happened.
// Every announcement leaves her keys live. Never says anything about an earlier call.
import { kindToAsk } from './consent.ts';
import type { Event } from './event.ts';
import type { HelperId } from './ids.ts';
import { secondsBetween } from './instant.ts';
import { aboutInterpreter } from './joining.ts';
import { policeCanBeCalled } from './matching.ts';
import { menuSays } from './menus.ts';
import { type Line, lineOf } from './network.ts';
import type { Next, Reply } from './reply.ts';
import { isAway, type Request } from './request.ts';
import { changePhase, type Input, note, type Step, type StepIn, stepIsIn } from './step.ts';
import { MENU_LISTEN_SECONDS, WAIT_LISTEN_SECONDS } from './timing.ts';
import { canCallHer } from './ways.ts';
import type { Spoken, SpokenKey } from './wording.ts';

/** Her own leg comes back from a room within this time of the helper's end of it. */
const JUST_LEFT_SECONDS = 30;

/** Turns counted from the same beginning; more than any wait has. */
const TURNS_A_STRETCH = 10_000;

/** Of the turns of a stretch; never that of a question. */
const GUIDANCE_EVERY = 6;
const GUIDANCE_AT = 3;

/** The reply to the survivor's own leg, and what saying it changes (a question asked, numbers told). */
export function answerSurvivor(step: Step, event: Event, input: Input): Step {
  if (isAway(step.request)) return { ...step, reply: step.reply ?? goodbye(step.request) };
  const turn = nextTurn(step, event);
  if (stepIsIn(step, 'intake')) {
    const says = menuSays(step.request, step.request.phase, input.network);
    return ask(step, says, MENU_LISTEN_SECONDS, { to: 'menu', turn });
  }
  if (stepIsIn(step, 'searching')) return answerWaiting(step, event, turn, input);
  return { ...step, reply: joinOrGoodbye(step, input) };
}

/**
 * No turn may come twice on a leg: a webhook that has been answered gets the same answer again, and an old one
 * could send her into a room that is long empty. So whenever she comes to the wait, from the menus or back from a
 * room, her turns begin anew after a number that never comes twice.
 */
function nextTurn(step: Step, event: Event): number {
  const goesOn =
    (event.kind === 'caller-waited' && event.turn > 0) ||
    (event.kind === 'caller-chose' && stepIsIn(step, 'intake'));
  if (goesOn) return event.turn + 1;
  return event.kind === 'caller-rang' ? 1 : step.request.nextSeq * TURNS_A_STRETCH + 1;
}

function joinOrGoodbye({ request }: Step, { network }: Input): Reply {
  const { phase, language } = request;
  if (phase.kind === 'connected') {
    const { seq, to } = phase.offer;
    const interpreter = aboutInterpreter(request, network);
    const say = [{ say: 'connecting' } as const, ...languageOf(request, to), ...interpreter];
    return { kind: 'join', as: 'survivor', seq, added: null, language, say };
  }
  return goodbye(request);
}

function goodbye({ language }: Request): Reply {
  return { kind: 'hang-up', language, say: [] };
}

/** She is told beforehand when it is not her own. */
function languageOf({ inLanguage }: Request, helper: HelperId): readonly Spoken[] {
  const language = inLanguage[helper];
  return language === undefined ? [] : [{ say: 'helper-speaks' }, { language }];
}

function ask(step: Step, say: readonly Spoken[], listenSeconds: number, next: Next): Step {
  return { ...step, reply: { kind: 'ask', language: step.request.language, say, listenSeconds, next } };
}

function answerWaiting(step: StepIn<'searching'>, event: Event, turn: number, input: Input): Step {
  const told = step.request.phase.owesNumbers ? changePhase(step, { owesNumbers: false }) : step;
  const numbers = told === step ? [] : numbersToDial(lineOf(input.network, step.request.lineId));
  const news = step.notes.flatMap(noted => newsOf(noted, step.request, input));
  const wait = (said: Step, say: readonly Spoken[]) =>
    ask(said, [...news, ...say], WAIT_LISTEN_SECONDS, { to: 'wait', turn });
  const { callQuestion: about, keysFrom } = step.request.phase;
  const loop = turn % TURNS_A_STRETCH;
  if (about !== null)
    return wait(askedFrom(told, turn, loop), [
      ...numbers,
      { say: about.ask === 'hours' ? 'ask-call-hours' : 'ask-call-digit' },
    ]);
  if (loop === 1)
    return wait(turn < keysFrom ? askedFrom(told, turn, loop) : told, [
      ...firstWords(step.request, event, news, input),
      ...numbers,
      { say: 'keys-while-waiting' },
      ...wishKeys(step.request, input),
    ]);
  if (numbers.length > 0) return wait(told, numbers);
  const kind = kindToAsk(step.request);
  if (kind !== null && loop % 3 === 2) {
    if (step.request.phase.consentAsked === kind) return wait(step, [{ say: questionAbout[kind] }]);
    const asked = changePhase(askedFrom(step, turn, loop), { consentAsked: kind });
    return wait(note(asked, { note: 'consent-asked', kind }), [{ say: questionAbout[kind] }]);
  }
  // An answer of hers that was just noted is not buried under it.
  if (loop % GUIDANCE_EVERY === GUIDANCE_AT && news.length === 0 && guidanceHelps(step.request))
    return wait(note(step, { note: 'guidance-given' }), [{ say: 'still-searching' }, { say: 'guidance' }]);
  const keys: readonly Spoken[] =
    loop % 4 === 2 ? callBackKey(step.request, input) : [keysSaidIn[loop % 4] ?? []].flat();
  return wait(loop % 3 === 1 ? forgetQuestion(step) : step, [{ say: 'still-searching' }, ...keys]);
}

/** An older turn asks nothing anew, unless it begins a stretch: then it is where she is. */
function askedFrom(step: StepIn<'searching'>, turn: number, loop: number): StepIn<'searching'> {
  return turn > step.request.phase.keysFrom || loop === 1 ? changePhase(step, { keysFrom: turn }) : step;
}

/** By turns, so that she is not told of six keys at once. */
const keysSaidIn: { readonly [loop: number]: Spoken } = {
  0: { say: 'keys-while-waiting' },
  3: { say: 'more-keys-while-waiting' },
};

/** The same whether she has agreed to it before or not. */
function callBackKey({ lineId, private: kept }: Request, { network }: Input): readonly Spoken[] {
  const isReached = canCallHer(lineOf(network, lineId), kept.survivor, network.settings.limits);
  return isReached ? [{ say: 'call-back-key' }] : [];
}

/** She has had the question and one round more to answer it: a key pressed later may mean anything but a yes. */
function forgetQuestion(step: StepIn<'searching'>): Step {
  return step.request.phase.consentAsked === null ? step : changePhase(step, { consentAsked: null });
}

/** On the way to other people than volunteers she waits the longest. */
function guidanceHelps({ phase, ladder }: StepIn<'searching'>['request']): boolean {
  return ladder.purpose === 'people' && ladder.rungs[phase.rung]?.kind !== 'volunteers';
}

/** Asked once, and not again when she calls again. */
function wishKeys({ lineId, wishedGender }: Request, { network }: Input): readonly Spoken[] {
  return lineOf(network, lineId).asksGender && wishedGender === null ? [{ say: 'wish-keys' }] : [];
}

/** Back from a room, or called back from one that stayed empty, she must hear that the search goes on. */
function firstWords(
  { asked }: Request,
  event: Event,
  news: readonly Spoken[],
  { now }: Input,
): readonly Spoken[] {
  if (event.kind !== 'caller-left-room' && event.kind !== 'caller-waited') return [{ say: 'searching' }];
  if (news.length > 0) return [];
  const justLeft = Object.values(asked).some(
    ({ outcome, at }) => outcome === 'left' && secondsBetween(at, now) < JUST_LEFT_SECONDS,
  );
  return [{ say: justLeft ? 'helper-left' : 'still-searching' }];
}

const questionAbout = {
  police: 'ask-police',
  legal: 'ask-legal',
  partner: 'ask-partner',
  manager: 'still-searching',
  canary: 'still-searching',
} as const satisfies Record<string, SpokenKey>;

function newsOf(noted: Step['notes'][number], request: Request, input: Input): readonly Spoken[] {
  switch (noted.note) {
    case 'danger':
      return policeCanBeCalled(request, input) ? [{ say: 'danger-noted' }] : [];
    case 'consent-answered':
      return noted.how === 'question' ? [{ say: noted.given ? 'consent-noted' : 'refusal-noted' }] : [];
    case 'flagged':
      return noted.by === 'survivor' ? [{ say: `${noted.flag}-noted` }] : [];
    case 'contact-rules-set':
      return noted.by === 'key' ? [{ say: noted.call ? 'call-agreed' : 'no-call-agreed' }] : [];
    case 'helper-left':
      return [{ say: 'helper-left' }];
    case 'wish-noted':
      return [{ say: 'wish-noted' }];
    default:
      return [];
  }
}

/** What she can dial herself. */
export function numbersToDial({ emergencyNumbers }: Line): readonly Spoken[] {
  return [
    { say: 'numbers-to-dial' },
    ...emergencyNumbers.flatMap((dial, index): Spoken[] =>
      index === 0 ? [{ dial }] : [{ say: 'or' }, { dial }],
    ),
  ];
}
