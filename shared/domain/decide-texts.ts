// A survivor writes. Nothing of substance goes out before she says that it is a good time; STOP is immediate
// silence; what she writes while we search is kept for whoever takes it. Never answers about an earlier request.
import { answeredCall, callWanted } from './asked-by-call.ts';
import { servingLine } from './canary.ts';
import { firstRung, search } from './climb.ts';
import { hasAskedForHelp, kindToAsk } from './consent.ts';
import { isGoodTime } from './contact-rules.ts';
import { endConversation } from './conversation-moves.ts';
import { blank, danger } from './decide-intake.ts';
import { consentAnswered, wish } from './decide-wait.ts';
import type { EventOf } from './event.ts';
import { type Flag, flag } from './flags.ts';
import { askIfGood, goodFromNow, isAsked, isHeld, NOT_SAID, releaseHeld } from './good-time.ts';
import { greet, greetLater } from './greeting.ts';
import { type HelperId, requestIdOf } from './ids.ts';
import { addSeconds, secondsBetween } from './instant.ts';
import { hasRoom, join, keep, longestText } from './kept-words.ts';
import { gatheredBy, mayReachNumber } from './limits.ts';
import { DANGER_KEY, SKIP_KEY } from './menus.ts';
import { type Line, ladderOf, lineOf } from './network.ts';
import { withdrawAll } from './offers.ts';
import { takesTexts } from './request.ts';
import {
  act,
  actAt,
  alertManagers,
  begin,
  change,
  changePhase,
  close,
  type Input,
  NOT_BEGUN,
  note,
  noteLimit,
  type Step,
  type StepIn,
  stepIsIn,
  tellHelper,
} from './step.ts';
import { digitsOf, isStop, languageOfText, partsOf, regionNamed, wantsCall, yesOrNo } from './text-words.ts';
import { GREETINGS_AT_MOST, MEDIA_REFUSALS_AT_MOST, QUESTION_READ_SECONDS } from './timing.ts';
import { lineAddress } from './ways.ts';

type Texted = EventOf<'survivor-texted'>;

export function openText(event: Texted, input: Input): Step {
  // The canary never writes.
  const line = servingLine(input.network, event.lineId, null);
  const opened = blank(line, ladderOf(input.network, line.ladder), {
    id: requestIdOf(event.messageSid),
    channel: 'text',
    openedAt: input.now,
    callSid: null,
    suggestedRegion: null,
    phase: {
      kind: 'greeting',
      until: addSeconds(input.now, input.network.settings.greetingSeconds),
      timesAsked: 0,
    },
    private: { survivor: event.from, texts: {}, notes: [] },
  });
  const noted = note(begin({ ...opened, coolingDown: event.coolingDown }), {
    note: 'opened',
    channel: 'text',
    withheld: false,
    again: false,
  });
  const step = noteLimit(noted, event.limited, input);
  if (isStop(event.body)) return close(step, 'stopped', input);
  const told = mayBeAnswered(step, input)
    ? step
    : alertManagers(step, 'not-allowed-country', 'warning', input);
  return stepIsIn(told, 'greeting') ? beforeYes(told, event, input) : told;
}

/** False when she writes from where we may not or cannot write to: whatever we send would be refused. */
function mayBeAnswered({ request }: Step, { network }: Input): boolean {
  const { survivor } = request.private;
  if (survivor === null || !mayReachNumber(survivor, network.settings.limits)) return false;
  return lineAddress(lineOf(network, request.lineId), survivor) !== null;
}

export function survivorTexted(before: Step, event: Texted, input: Input): Step {
  // Not even noted: this text opens a request of its own, and may not count as having had its effect here.
  if (!takesTexts(before.request)) return before;
  const step = event.limited?.isNew ? noteLimit(before, event.limited, input) : before;
  if (isStop(event.body)) return stop(step, input);
  if (stepIsIn(step, 'greeting')) return answeredGreeting(step, event, input);
  return whoeverWaits(step, event, input);
}

/** After a silence her yes or no is about the question that she was asked again, and her words do not make it good. */
function whoeverWaits(before: Step, event: Texted, input: Input): Step {
  const isGood = isGoodTime(before.request, input.now);
  const answer = isAsked(before.request, input.now) ? yesOrNo(event.body) : null;
  if (answer !== null) return answer ? goodAgain(before, input) : notNow(before, input);
  const step = isGood ? goodFromNow(before, input) : askSinceSheWrites(before, event, input);
  const refused = event.hasMedia && !isOwnFlood(event) ? refuseMedia(step, input) : step;
  if (stepIsIn(refused, 'searching')) return textedWhileSearching(refused, event, input);
  if (stepIsIn(refused, 'connected')) return relayToHelper(refused, event, input);
  return refused;
}

/**
 * She has the phone in her hand now; but while nobody is there to answer her there is nothing to ask for. Somebody who
 * talks with her may not fall silent for her because her yes was lost twice: then she is asked as long as she writes.
 */
function askSinceSheWrites(step: Step, { limited }: Texted, input: Input): Step {
  if (limited !== null) return step;
  if (stepIsIn(step, 'connected')) return askIfGood(step, input, Number.POSITIVE_INFINITY);
  return step.request.outbox.some(isHeld) ? askIfGood(step, input) : step;
}

/** What waited for her word goes out; whoever waits with it hears of it. */
function goodAgain(step: Step, input: Input): Step {
  const good = note(goodFromNow(step, input), { note: 'good-time', is: true });
  const hasWaited = step.request.outbox.some(isHeld);
  if (stepIsIn(good, 'searching') && !hasWaited) return askNext(good, 'need', input);
  const released = releaseHeld(good, input);
  if (!stepIsIn(released, 'connected') || !hasWaited) return released;
  return tellHelper(released, released.request.phase.offer.to, { text: 'good-time-again' }, input);
}

/** Silence, as after the first question. Whoever talks with her is told that it is over. */
function notNow(step: Step, input: Input): Step {
  const noted = note(step, { note: 'good-time', is: false });
  return stepIsIn(noted, 'connected')
    ? endConversation(noted, 'not-now', { text: 'not-now' }, input)
    : close(withdrawAll(noted, input), 'not-now', input);
}

/** Only what her own number does concerns what she has begun: the flood of a line is made by others. */
function isOwnFlood({ limited }: Texted): boolean {
  return limited?.limit === 'texts-of-number';
}

/** Not more often than the limit: a machine could ask for it without end. */
function refuseMedia(step: Step, input: Input): Step {
  const { mediaRefused } = step.request;
  if (mediaRefused >= MEDIA_REFUSALS_AT_MOST) return step;
  return act(
    change(step, { mediaRefused: mediaRefused + 1 }),
    { kind: 'text-survivor', text: { text: 'no-media' } },
    input,
  );
}

/**
 * Immediate silence: no acknowledgement, and everything on its way to her is taken back. The request is closed for
 * good. Only a new text of hers opens another, which knows nothing of this one and begins with the neutral question:
 * to leave her unanswered for ever would be worse than what somebody who has taken her phone can learn from it.
 */
function stop(step: Step, input: Input): Step {
  const helper = stepIsIn(step, 'connected') ? step.request.phase.offer.to : null;
  const closed = close(withdrawAll(step, input), 'stopped', input);
  return helper === null ? closed : tellHelper(closed, helper, { text: 'closed' }, input);
}

function answeredGreeting(step: StepIn<'greeting'>, event: Texted, input: Input): Step {
  const answer = yesOrNo(event.body);
  if (answer === null) return beforeYes(step, event, input);
  return answer ? startTextSearch(goodFromNow(step, input), input) : close(step, 'not-now', input);
}

/** Her words are kept, and tell her language; what she is asked is only whether it is a good time. */
function beforeYes(step: StepIn<'greeting'>, event: Texted, input: Input): Step {
  if (digitsOf(event.body) === DANGER_KEY) return dangerByText(step, input);
  const { languages } = lineOf(input.network, step.request.lineId);
  const language = languageOfText(event.body, languages) ?? step.request.language;
  const kept = keep(change(step, { language }), event.body, input) as StepIn<'greeting'>;
  if (!mayBeAnswered(kept, input)) return kept;
  if (event.limited?.limit === 'texts-of-line') return greetLater(kept, input);
  if (event.limited !== null) return greet(kept, input);
  if (goesOnWriting(kept)) return searchUnasked(kept, input);
  return greet(tellOfWords(step, kept, input) as StepIn<'greeting'>, input);
}

/** Other words instead of an answer: a person perhaps in need, whom nobody reads yet. Managers hear of it once. */
function tellOfWords(before: Step, kept: StepIn<'greeting'>, input: Input): Step {
  const saysMore = wordsOf(before) === 1 && wordsOf(kept) > 1;
  const hasRead = secondsBetween(kept.request.openedAt, input.now) >= QUESTION_READ_SECONDS;
  return saysMore && hasRead ? alertManagers(kept, 'words-unread', 'warning', input) : kept;
}

/** How many different texts of hers nobody has read. */
const wordsOf = ({ request }: Step): number => new Set(Object.values(request.private.texts)).size;

/** Words after words and never a yes or no: a person, who perhaps cannot make anything of the question. */
function goesOnWriting(step: StepIn<'greeting'>): boolean {
  const isAskedEnough = step.request.phase.timesAsked >= GREETINGS_AT_MOST;
  return isAskedEnough && wordsOf(step) > GREETINGS_AT_MOST;
}

/**
 * Somebody must read what she writes, and may call for help. To her nothing is written but the question, once more when
 * a person is there. A machine says the same again and again, and is left alone.
 */
function searchUnasked(step: StepIn<'greeting'>, input: Input): Step {
  const asked = change(step, { goodTime: { ...NOT_SAID, asked: 1 } });
  return search(asked, firstRung(asked.request), input.now, input);
}

/** Help is called at once. She is told no more than anybody who waits. */
function dangerByText(step: Step, input: Input): Step {
  return hasAskedForHelp(step.request) ? step : askedAll(danger(goodFromNow(step, input), input), input);
}

/** The search runs at once; need and region are asked meanwhile and make it better, never later. */
function startTextSearch(step: Step, input: Input): Step {
  return askNext(search(step, firstRung(step.request), input.now, input), 'need', input);
}

type Question = 'need' | 'region' | 'wish' | 'consent' | null;
const following = { need: 'region', region: 'wish', wish: 'consent', consent: null } as const;

function askNext(step: Step, question: Question, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  if (question === null) return askedAll(step, input);
  const asked = ask(step, question, lineOf(input.network, step.request.lineId), input);
  return asked ?? askNext(step, following[question], input);
}

/** Nothing more is asked: she reads once that somebody will answer. */
function askedAll(step: Step, input: Input): Step {
  if (!stepIsIn(step, 'searching')) return step;
  return act(
    changePhase(step, { asking: null }),
    { kind: 'text-survivor', text: { text: 'searching' } },
    input,
  );
}

/** Null when this question has no place on this line. */
function ask(
  step: StepIn<'searching'>,
  question: Exclude<Question, null>,
  line: Line,
  input: Input,
): Step | null {
  const asking = changePhase(step, { asking: question });
  switch (question) {
    case 'need':
      return line.needs.length > 1
        ? act(asking, { kind: 'text-survivor', text: { text: 'ask-need', needs: line.needs } }, input)
        : null;
    case 'region':
      return line.region === null
        ? act(asking, { kind: 'text-survivor', text: { text: 'ask-region' } }, input)
        : null;
    case 'wish':
      return line.asksGender
        ? act(asking, { kind: 'text-survivor', text: { text: 'ask-wish' } }, input)
        : null;
    case 'consent': {
      const kind = kindToAsk(step.request);
      if (kind === null) return null;
      return note(
        act(
          changePhase(step, { asking: question, consentAsked: kind }),
          { kind: 'text-survivor', text: { text: 'ask-consent' } },
          input,
        ),
        { note: 'consent-asked', kind },
      );
    }
  }
}

/** Only while she waits: to a helper they may be the answer to a question. */
const flagOfCode: ReadonlyMap<string, Flag> = new Map([
  ['33', 'elsewhere'],
  ['55', 'minor'],
]);

function textedWhileSearching(step: StepIn<'searching'>, event: Texted, input: Input): Step {
  const digits = digitsOf(event.body);
  if (digits === DANGER_KEY) return dangerByText(step, input);
  const said = digits === null ? undefined : flagOfCode.get(digits);
  if (said !== undefined)
    return act(
      flag(step, said, 'survivor', input),
      { kind: 'text-survivor', text: { text: 'noted' } },
      input,
    );
  if (wantsCall(event.body)) return keep(callWanted(step, input), event.body, input);
  return answered(step, event.body, input) ?? keep(step, event.body, input);
}

/** Null when the text is not an answer to the open question: then it is hers to whoever comes. */
function answered(step: StepIn<'searching'>, body: string, input: Input): Step | null {
  const skipped = digitsOf(body) === SKIP_KEY;
  switch (step.request.phase.asking) {
    case null:
      return null;
    case 'need': {
      const need = lineOf(input.network, step.request.lineId).needs[Number(digitsOf(body) ?? 0) - 1];
      if (need === undefined) return skipped ? askNext(step, 'region', input) : null;
      return askNext(note(change(step, { need }), { note: 'need-chosen', need }), 'region', input);
    }
    case 'region': {
      const region = regionNamed(body, input.network);
      if (region === null) return skipped ? askNext(step, 'wish', input) : null;
      return askNext(note(change(step, { region }), { note: 'region-chosen', region }), 'wish', input);
    }
    case 'wish': {
      const woman = skipped ? false : yesOrNo(body);
      return woman === null ? null : askNext(wish(step, woman ? 'woman' : null), 'consent', input);
    }
    case 'consent': {
      const given = yesOrNo(body);
      const kind = step.request.phase.consentAsked;
      if (given === null || kind === null) return null;
      const noted = consentAnswered(step, kind, given, input);
      return askNext(noted, null, input);
    }
    case 'call':
      return answeredCall(step, body, input);
  }
}

/** In a flood her words are gathered, so that a helper's phone does not ring with each of them. */
function relayToHelper(step: StepIn<'connected'>, event: Texted, input: Input): Step {
  const { body } = event;
  const { offer, helperWrites } = step.request.phase;
  const { to } = offer;
  if (!helperWrites) return keep(changePhase(step, wordOf(step, 'helper', input)), body, input);
  const gathered = step.request.outbox.find(
    ({ action, tries }) =>
      action.kind === 'relay' &&
      action.to === to &&
      tries === NOT_BEGUN &&
      hasRoom(step, action.textKey, body, input),
  );
  if (body !== '' && gathered?.action.kind === 'relay')
    return join(changePhase(step, wordOf(step, 'helper', input)), gathered.action.textKey, body, input);
  return relay(step, to, 'helper', body, input, isOwnFlood(event) ? 'gathered' : 'at-once');
}

/** Passes on a text, either way; a long one in several parts. The words stay in the sealed part; the outbox knows only their key. */
export function relay(
  step: StepIn<'connected'>,
  to: 'survivor' | HelperId,
  towards: 'survivor' | 'helper',
  body: string,
  input: Input,
  when: 'at-once' | 'gathered' = 'at-once',
): Step {
  if (body === '') return step;
  const said = changePhase(step, wordOf(step, towards, input));
  const sent = partsOf(body, longestText(input)).reduce<Step>(
    (so, part) => relayPart(so, to, part, when, input),
    said,
  );
  return note(sent, { note: 'relayed', to: towards });
}

function relayPart(
  step: Step,
  to: 'survivor' | HelperId,
  part: string,
  when: 'at-once' | 'gathered',
  input: Input,
): Step {
  const { private: kept, nextSeq } = step.request;
  const textKey = `t${nextSeq}`;
  const held = change(step, {
    nextSeq: nextSeq + 1,
    private: { ...kept, texts: { ...kept.texts, [textKey]: part } },
  });
  const action = { kind: 'relay', to, textKey } as const;
  return when === 'at-once' ? act(held, action, input) : actAt(held, action, gatheredBy(input.now));
}

/** She wrote once and never answered whether it is a good time. Whom we could not ask, people have heard of. */
export function greetingLapsed(step: StepIn<'greeting'>, input: Input): Step {
  const closed = close(step, 'silent', input);
  return step.request.phase.timesAsked > 0 ? alertManagers(closed, 'survivor-silent', 'info', input) : closed;
}

/** A second word of hers does not put off the time by which the first should have been answered. */
function wordOf(step: StepIn<'connected'>, towards: 'survivor' | 'helper', { now }: Input) {
  const { lastWordBy, lastWordAt } = step.request.phase;
  if (towards === 'survivor') return { lastWordBy: 'helper', lastWordAt: now } as const;
  return { lastWordBy: 'survivor', lastWordAt: lastWordBy === 'survivor' ? lastWordAt : now } as const;
}
