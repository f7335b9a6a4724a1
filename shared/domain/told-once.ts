// Of what keeps happening people are told once in a while: an alert that comes with every event is read by nobody.
// Must never keep back what is about one person in need: nobody answers, danger, a helper who is silent.
import type { AlertReason } from './action.ts';

export type TellingWindow = 'ten-minutes' | 'hour' | 'day';

/** Once in a window for each line, each request, each thing that the alert is about, or for the whole hotline. */
export type ToldOnce = {
  readonly within: TellingWindow;
  readonly each: 'line' | 'request' | 'about' | 'hotline';
};

const aLineAnHour: ToldOnce = { within: 'hour', each: 'line' };
/** Every one of them is on record; the first says where to look. */
const aLineInAWhile: ToldOnce = { within: 'ten-minutes', each: 'line' };

const tellingRules: Readonly<Partial<Record<AlertReason, ToldOnce>>> = {
  flood: aLineAnHour,
  'robot-loop': aLineAnHour,
  'words-unread': { within: 'day', each: 'request' },
  'survivor-silent': aLineAnHour,
  'left-unanswered': aLineAnHour,
  'window-closed': { within: 'day', each: 'line' },
  'not-allowed-country': aLineAnHour,
  'call-missed': aLineInAWhile,
  'text-missed': aLineInAWhile,
  'consent-missing': { within: 'day', each: 'request' },
  'volunteer-unreachable': { within: 'day', each: 'about' },
  'helper-unanswered': { within: 'hour', each: 'about' },
  'helper-not-allowed': { within: 'hour', each: 'hotline' },
  'spend-near-cap': { within: 'day', each: 'about' },
  'spend-cap': { within: 'day', each: 'about' },
  'canary-failed': { within: 'hour', each: 'hotline' },
};

/** Null: people are told each time. */
export function toldOnce(reason: AlertReason): ToldOnce | null {
  return tellingRules[reason] ?? null;
}
