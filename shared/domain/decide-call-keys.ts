// She asks by key to be called back: which part of the day, and the number that she will press. The search goes on
// meanwhile. Must never say whether anything was agreed before: it is the same for whoever holds her phone.
import type { CallQuestion, PartOfDay } from './call-back.ts';
import { agreementOf, type ContactHours } from './contact-rules.ts';
import { setContactRules } from './decide-contact-rules.ts';
import type { EventOf } from './event.ts';
import { SKIP_KEY } from './menus.ts';
import { lineOf } from './network.ts';
import { changePhase, type Input, ignore, type Step, type StepIn, stepIsIn } from './step.ts';
import { SILENCES_PER_MENU } from './timing.ts';
import { canCallHer } from './ways.ts';

const partOfKey: ReadonlyMap<string, PartOfDay> = new Map([
  ['1', 'soon'],
  ['2', 'morning'],
  ['3', 'afternoon'],
  ['4', 'evening'],
]);

/** On her clock. `soon` has no hours: it is over in two. */
const hoursOf: Readonly<Record<PartOfDay, ContactHours | null>> = {
  soon: null,
  morning: { from: 9 * 60, until: 12 * 60 },
  afternoon: { from: 12 * 60, until: 17 * 60 },
  evening: { from: 17 * 60, until: 21 * 60 },
};

/** A number that is withheld can not be called, nor one that the line does not reach. */
export function askAboutCall(
  step: StepIn<'searching'>,
  event: EventOf<'caller-waited'>,
  { network }: Input,
): Step {
  const { lineId, private: kept } = step.request;
  const line = lineOf(network, lineId);
  if (!canCallHer(line, kept.survivor, network.settings.limits)) return ignore(step, event);
  return changePhase(step, { callQuestion: { ask: 'hours', times: 1 } });
}

export function callAnswered(
  step: StepIn<'searching'>,
  question: CallQuestion,
  { digit }: EventOf<'caller-waited'>,
  input: Input,
): Step {
  if (question.ask === 'digit') return digitChosen(step, question, digit, input);
  if (digit === SKIP_KEY) return agreed(step, null, input);
  const part = digit === null ? undefined : partOfKey.get(digit);
  if (part === undefined) return again(step, question);
  return changePhase(step, { callQuestion: { ask: 'digit', times: 1, part } });
}

function digitChosen(
  step: StepIn<'searching'>,
  question: Extract<CallQuestion, { ask: 'digit' }>,
  digit: string | null,
  input: Input,
): Step {
  if (digit === null || !/^[1-8]$/.test(digit)) return again(step, question);
  return agreed(step, agreementOf(digit, hoursOf[question.part], input.now), input);
}

function agreed(
  step: StepIn<'searching'>,
  agreement: Parameters<typeof setContactRules>[1],
  input: Input,
): Step {
  const said = setContactRules(step, agreement, 'key', input);
  return stepIsIn(said, 'searching') ? changePhase(said, { callQuestion: null }) : said;
}

/** Not answered: asked once more, then left. Nothing is agreed. */
function again(step: StepIn<'searching'>, question: CallQuestion): Step {
  const isEnough = question.times >= SILENCES_PER_MENU;
  return changePhase(step, { callQuestion: isEnough ? null : { ...question, times: question.times + 1 } });
}
