// What a survivor on the phone hears next: follows from where her request stands and from what has just happened.
// Every announcement leaves her keys live. Never says anything about an earlier call.
import { kindToAsk } from './consent.ts';
import type { Event } from './event.ts';
import { menuSays } from './menus.ts';
import { lineOf } from './network.ts';
import type { Next, Reply } from './reply.ts';
import { changePhase, type Input, note, type Step, type StepIn, stepIsIn } from './step.ts';
import { MENU_LISTEN_SECONDS, WAIT_LISTEN_SECONDS } from './timing.ts';
import type { Spoken, SpokenKey } from './wording.ts';

/** The reply to the survivor's own leg, and what saying it changes (a question asked, numbers told). */
export function answerSurvivor(step: Step, event: Event, input: Input): Step {
  const turn = 'turn' in event ? event.turn + 1 : 1;
  if (stepIsIn(step, 'intake')) {
    const says = menuSays(step.request, step.request.phase, input.network);
    return ask(step, says, MENU_LISTEN_SECONDS, { to: 'menu', turn });
  }
  if (stepIsIn(step, 'searching')) return answerWaiting(step, event, turn, input);
  return { ...step, reply: joinOrGoodbye(step) };
}

function joinOrGoodbye({ request }: Step): Reply {
  const { phase, language } = request;
  if (phase.kind === 'connected')
    return { kind: 'join', as: 'survivor', seq: phase.offer.seq, language, say: [{ say: 'connecting' }] };
  return { kind: 'hang-up', language, say: [] };
}

function ask(step: Step, say: readonly Spoken[], listenSeconds: number, next: Next): Step {
  return { ...step, reply: { kind: 'ask', language: step.request.language, say, listenSeconds, next } };
}

function answerWaiting(step: StepIn<'searching'>, event: Event, turn: number, input: Input): Step {
  const news = step.notes.flatMap(newsOf);
  const wait = (said: Step, say: readonly Spoken[]) =>
    ask(said, [...news, ...say], WAIT_LISTEN_SECONDS, { to: 'wait', turn });
  if (step.request.phase.owesNumbers)
    return wait(changePhase(step, { owesNumbers: false }), numbersToDial(step, input));
  if (event.kind !== 'caller-waited' || turn <= 1)
    return wait(step, [{ say: 'searching' }, { say: 'keys-while-waiting' }]);
  const kind = kindToAsk(step.request);
  if (kind !== null && turn % 3 === 2) {
    const asked = step.request.phase.consentAsked === kind ? step : changePhase(step, { consentAsked: kind });
    const noted = asked === step ? step : note(asked, { note: 'consent-asked', kind });
    return wait(noted, [{ say: questionAbout[kind] }]);
  }
  return wait(
    step,
    turn % 4 === 0
      ? [{ say: 'still-searching' }, { say: 'keys-while-waiting' }]
      : [{ say: 'still-searching' }],
  );
}

const questionAbout = {
  police: 'ask-police',
  legal: 'ask-legal',
  partner: 'ask-partner',
  manager: 'still-searching',
} as const satisfies Record<string, SpokenKey>;

function newsOf(noted: Step['notes'][number]): readonly Spoken[] {
  switch (noted.note) {
    case 'danger':
      return [{ say: 'danger-noted' }];
    case 'consent-answered':
      return noted.how === 'question' ? [{ say: noted.given ? 'consent-noted' : 'refusal-noted' }] : [];
    case 'helper-left':
      return [{ say: 'helper-left' }];
    default:
      return [];
  }
}

function numbersToDial({ request }: Step, { network }: Input): readonly Spoken[] {
  const { emergencyNumbers } = lineOf(network, request.lineId);
  return [
    { say: 'numbers-to-dial' },
    ...emergencyNumbers.flatMap((dial, index): Spoken[] =>
      index === 0 ? [{ dial }] : [{ say: 'or' }, { dial }],
    ),
  ];
}
