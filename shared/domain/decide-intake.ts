// A call begins: the request is opened, and at most three menus lead to the search. Every menu can be skipped,
// and silence goes on without an answer: nothing here may keep her from a person.

import { servingLine } from './canary.ts';
import { firstRung, reach, search, tellNumbers } from './climb.ts';
import { hasAskedForHelp } from './consent.ts';
import { nothingYet } from './course.ts';
import type { Carried, EventOf } from './event.ts';
import { NOT_SAID } from './good-time.ts';
import type { LanguageId, RegionId, SkillId } from './ids.ts';
import { requestIdOf } from './ids.ts';
import { addSeconds, earliest } from './instant.ts';
import { emergencyRung, type Ladder } from './ladder.ts';
import { slowedSeconds } from './limits.ts';
import { policeCanBeCalled } from './matching.ts';
import { choiceOf, DANGER_KEY, menuSteps } from './menus.ts';
import { type Line, ladderOf, lineOf, regionSuggestedBy } from './network.ts';
import type { Intake, Request } from './request.ts';
import {
  alertManagers,
  begin,
  change,
  changePhase,
  type Input,
  ignore,
  note,
  noteLimit,
  type Step,
  type StepIn,
  stepIsIn,
} from './step.ts';
import type { Note } from './timeline.ts';
import { SILENCES_PER_MENU } from './timing.ts';

/** What a new request is before anybody has chosen anything. */
export function blank(
  line: Line,
  ladder: Ladder,
  opening: Pick<Request, 'id' | 'channel' | 'openedAt' | 'callSid' | 'private' | 'phase' | 'suggestedRegion'>,
): Request {
  const [language] = line.languages;
  if (language === undefined) throw new Error(`${line.id} offers no language`);
  const { id, channel, openedAt, callSid, suggestedRegion, phase, private: kept } = opening;
  return {
    id,
    version: 0,
    lineId: line.id,
    channel,
    openedAt,
    callSid,
    language,
    need: null,
    region: line.region,
    suggestedRegion,
    ladder,
    consent: {},
    rules: null,
    callBack: null,
    called: null,
    danger: false,
    excluded: [],
    excludedByHand: [],
    elsewhere: false,
    minor: false,
    cannotSpeak: false,
    wishedGender: null,
    inLanguage: {},
    coolingDown: false,
    callAsked: false,
    preferred: null,
    asked: {},
    phase,
    outbox: [],
    goodTime: NOT_SAID,
    course: nothingYet,
    mediaRefused: 0,
    nextSeq: 1,
    private: kept,
  };
}

export function openCall(event: EventOf<'caller-rang'>, input: Input): Step {
  const line = servingLine(input.network, event.lineId, event.from);
  const ladder = ladderOf(input.network, line.ladder);
  // A canary's calls have nothing to do with each other, and none of them is a flood.
  const { carried, limited, coolingDown } =
    ladder.purpose === 'canary' ? { carried: null, limited: null, coolingDown: false } : event;
  const blankCall = blank(line, ladder, {
    id: requestIdOf(event.callSid),
    channel: 'voice',
    openedAt: input.now,
    callSid: event.callSid,
    suggestedRegion: suggestionFor(event.from, line, input),
    phase: intake('language', slowedSeconds(limited), input),
    private: { survivor: event.from, texts: {}, notes: [] },
  });
  const agreed = ladder.purpose === 'canary' ? null : event.agreed;
  const opened = { ...blankCall, coolingDown, ...agreed };
  const carriedOver: readonly Note[] = agreed === null ? [] : [{ note: 'call-back-carried' }];
  const noted = note(begin(opened), {
    note: 'opened',
    channel: 'voice',
    withheld: event.from === null,
    again: carried !== null,
  });
  const step = noteLimit(note(noted, ...carriedOver), limited, input);
  if (!stepIsIn(step, 'intake')) return step;
  return carried ? resume(step, carried, input) : nextMenu(step, null, input);
}

function intake(step: Intake['step'], slowed: number, { now }: Input): Intake {
  return { kind: 'intake', step, page: 0, silences: 0, since: now, slowedSeconds: slowed };
}

function suggestionFor(from: string | null, line: Line, { network }: Input): RegionId | null {
  const suggested = from === null || line.region !== null ? null : regionSuggestedBy(network, from);
  return suggested !== null && line.regionMenu.includes(suggested) ? suggested : null;
}

/** She called again within the grace time: no menus, the rung she had reached, whoever she spoke with first. */
function resume(step: StepIn<'intake'>, carried: Carried, input: Input): Step {
  const { rung, ...facts } = carried;
  const from = Math.min(Math.max(rung, firstRung(step.request)), step.request.ladder.rungs.length);
  const searching = search(change(step, facts), from, input.now, input);
  return facts.danger ? searching : slowed(searching, step.request.phase.slowedSeconds, input);
}

/** What follows the menus. In a flood it is slowed. */
export function startSearch(step: StepIn<'intake'>, input: Input): Step {
  return slowed(
    search(step, firstRung(step.request), input.now, input),
    step.request.phase.slowedSeconds,
    input,
  );
}

/**
 * She hears at once what she can dial herself, and is served if she stays. No time of a rung is spent meanwhile.
 * Key 9 ends the waiting.
 */
function slowed(step: Step, seconds: number, input: Input): Step {
  if (seconds === 0 || !stepIsIn(step, 'searching')) return step;
  const from = addSeconds(input.now, seconds);
  return tellNumbers(changePhase(step, { rungSince: from, nextOfferAt: from }), input);
}

/** The end of being slowed, for whoever is in danger. */
function hurried(step: Step, { now }: Input): Step {
  if (!stepIsIn(step, 'searching') || step.request.phase.rungSince <= now) return step;
  const { nextOfferAt } = step.request.phase;
  return changePhase(step, { rungSince: now, nextOfferAt: earliest([nextOfferAt, now]) ?? now });
}

/** The menu after `done` (null: the first), or the search when there is none left. */
function nextMenu(step: StepIn<'intake'>, done: Intake['step'] | null, input: Input): Step {
  const steps = menuSteps(lineOf(input.network, step.request.lineId));
  const order: readonly Intake['step'][] = ['language', 'need', 'region'];
  const next = steps.find(each => done === null || order.indexOf(each) > order.indexOf(done));
  if (next === undefined) return startSearch(step, input);
  return change(step, { phase: intake(next, step.request.phase.slowedSeconds, input) });
}

export function callerChose(step: Step, event: EventOf<'caller-chose'>, input: Input): Step {
  if (event.digit === DANGER_KEY) return dangerKey(step, event, input);
  if (!stepIsIn(step, 'intake')) return ignore(step, event);
  const choice =
    event.digit === null ? null : choiceOf(step.request, step.request.phase, event.digit, input.network);
  if (choice === null) return unanswered(step, input);
  if (choice.kind === 'more')
    return changePhase(step, { page: step.request.phase.page + 1, silences: 0, since: input.now });
  return chosen(step, choice.kind === 'skip' ? null : choice.value, input);
}

function unanswered(step: StepIn<'intake'>, input: Input): Step {
  const silences = step.request.phase.silences + 1;
  return silences < SILENCES_PER_MENU ? changePhase(step, { silences }) : chosen(step, null, input);
}

function chosen(step: StepIn<'intake'>, value: string | null, input: Input): Step {
  const menu = step.request.phase.step;
  return nextMenu(takeChoice(step, menu, value) as StepIn<'intake'>, menu, input);
}

function takeChoice(step: Step, menu: Intake['step'], value: string | null): Step {
  switch (menu) {
    case 'language': {
      const language = (value as LanguageId | null) ?? step.request.language;
      return note(change(step, { language }), { note: 'language-chosen', language });
    }
    case 'need':
      return note(change(step, { need: value as SkillId | null }), {
        note: 'need-chosen',
        need: value as SkillId | null,
      });
    case 'region':
      return note(change(step, { region: value as RegionId | null }), {
        note: 'region-chosen',
        region: value as RegionId | null,
      });
  }
}

/** Key 9 at any prompt: in a menu, while waiting, or in a menu that time has just ended. */
export function dangerKey(step: Step, event: EventOf<'caller-chose' | 'caller-waited'>, input: Input): Step {
  const waiting = stepIsIn(step, 'intake') || stepIsIn(step, 'searching');
  return waiting && !hasAskedForHelp(step.request) ? danger(step, input) : ignore(step, event);
}

/** Key 9, or its text: a request for help now. It is her consent, and it jumps the ladder. */
export function danger(step: Step, input: Input): Step {
  const { ladder, consent } = step.request;
  const marked = change(step, {
    danger: true,
    consent: { ...consent, police: { given: true, at: input.now, how: 'danger-key' } },
  });
  const noted = note(
    marked,
    { note: 'danger' },
    { note: 'consent-answered', kind: 'police', given: true, how: 'danger-key' },
  );
  const alerted = alertManagers(noted, 'danger', 'critical', input);
  const rung = emergencyRung(ladder);
  const searching = stepIsIn(alerted, 'searching')
    ? hurried(alerted, input)
    : search(alerted, rung ?? 0, input.now, input);
  const jumped = stepIsIn(alerted, 'searching') && rung !== null ? reach(searching, rung, input) : searching;
  return policeCanBeCalled(jumped.request, input) ? jumped : tellNumbers(jumped, input);
}
