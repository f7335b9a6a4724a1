// What limits there are, when one is passed, and what that means. A limit makes things slower or quieter; it never
// drops a person. Must never count anything by itself: the shell says how many there were.
import type { Action, AlertReason, Severity } from './action.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { Address } from './phone.ts';

export type Limits = {
  readonly callsPerNumberAnHour: number;
  readonly callsPerLineAMinute: number;
  /** Of the calls with a withheld number on one line. */
  readonly withheldPerLineAMinute: number;
  readonly textsPerNumberAnHour: number;
  readonly textsPerLineAMinute: number;
  /** Calls to helpers' phones a day, UTC. Each ring costs money. */
  readonly ringsADay: number;
  /** Texts sent a day, UTC. */
  readonly textsADay: number;
  /** Answers to one number that a machine at the other end could provoke without end. */
  readonly automaticRepliesAnHour: number;
  /** Beginnings of E.164 numbers that we may call and text, as `+7`; `+` alone is everywhere. */
  readonly allowedPrefixes: readonly string[];
};

/**
 * For a network written before there were limits. It may have been used from anywhere, so everywhere is allowed: an
 * upgrade must not fall silent towards anybody. The carrier's own geographic permissions hold meanwhile.
 */
export const usualLimits: Limits = {
  callsPerNumberAnHour: 20,
  callsPerLineAMinute: 60,
  withheldPerLineAMinute: 20,
  textsPerNumberAnHour: 60,
  textsPerLineAMinute: 120,
  ringsADay: 20_000,
  textsADay: 20_000,
  automaticRepliesAnHour: 5,
  allowedPrefixes: ['+'],
};

/** Which limit a call or a text has met. */
export type LimitKind =
  | 'calls-of-number'
  | 'calls-of-line'
  | 'withheld-on-line'
  | 'rings-a-day'
  | 'other-call' // a call of the same number on the same line goes on
  | 'texts-of-number'
  | 'texts-of-line';

/** `isNew`: people have not been told of it in this window. */
export type Limited = { readonly limit: LimitKind; readonly isNew: boolean };

/** `calls` in the present window, of a number or of all who withhold theirs; `most` while there are rings left. */
export type CallsSoFar = {
  readonly limit: 'calls-of-number' | 'withheld-on-line';
  readonly calls: number;
  readonly most: number;
  readonly ringsUsedUp: boolean;
};

/** When the rings of a day are used up, whoever calls often meets the limit at this part of it; nobody else does. */
const USED_UP_PART = 1 / 4;

/** A limit that a call meets by what its own number does, and all who withhold theirs. */
export function ownLimit({ limit, calls, most, ringsUsedUp }: CallsSoFar): LimitKind | null {
  if (calls > most) return limit;
  return ringsUsedUp && calls > Math.ceil(most * USED_UP_PART) ? 'rings-a-day' : null;
}

/** In a flood the first phone rings this much later: machines do not stay to hear out a sentence, people do. */
const FLOOD_SECONDS = 60;

/**
 * When she calls again from a phone whose call seems to go on, it has most likely been lost: a mobile network gives
 * a lost call up within about half a minute. By then its volunteers are free for this one.
 */
const OTHER_CALL_SECONDS = 30;

/** How much later than usual the first phone rings. */
export function slowedSeconds(limited: Limited | null): number {
  if (limited === null) return 0;
  return limited.limit === 'other-call' ? OTHER_CALL_SECONDS : FLOOD_SECONDS;
}

/** Words written in a flood are gathered this long, and go to the helper as one text. */
const GATHER_SECONDS = 60;

export function gatheredBy(now: Instant): Instant {
  return addSeconds(now, GATHER_SECONDS);
}

/** What a machine that answers everything could provoke for ever. Never a question of the search, never a person's word. */
export function isAutomaticReply(action: Action): boolean {
  if (action.kind !== 'text-survivor' && action.kind !== 'text-helper') return false;
  return action.text.text === 'safe-question' || action.text.text === 'no-media';
}

/** The first question waits in a flood of its line: a minute until it is over, and then each its own time. */
export function askedAfterFlood(now: Instant, luck: number): Instant {
  return addSeconds(now, FLOOD_SECONDS + Math.floor(luck * FLOOD_SECONDS));
}

/** Four texts of five in a day, and so on: people hear of it before it is too late. */
const NEAR = 0.8;
const MINUTES_A_DAY = 1440;

/**
 * First questions a minute when the texts of the day are used up: as many again as the cap, spread over the day. So a
 * flood costs twice the cap at most, and nobody has to wait for the next day.
 */
export function questionsAMinuteOverCap(textsADay: number): number {
  return Math.ceil(textsADay / MINUTES_A_DAY);
}

/** A limit that was reached while something was done, and what of. */
export type Reached = {
  readonly reason: Extract<AlertReason, 'spend-near-cap' | 'spend-cap' | 'robot-loop'>;
  readonly about: string | null;
};

export const severityOf: Readonly<Record<Reached['reason'], Severity>> = {
  'spend-near-cap': 'warning',
  'spend-cap': 'critical',
  'robot-loop': 'info',
};

/** With `count` of them today. Each further cap that is spent is news again. */
export function capReached(of: 'rings' | 'texts', count: number, cap: number): Reached | null {
  const caps = Math.floor(count / cap);
  if (caps > 0) return { reason: 'spend-cap', about: caps === 1 ? of : `${of} ${caps}` };
  return count >= Math.ceil(cap * NEAR) ? { reason: 'spend-near-cap', about: of } : null;
}

/** How much of a cap is spent, in whole ten percent: the count itself, looked at each minute, would tell of each call. */
export function percentSpent(count: number, cap: number): number {
  return Math.floor((count / cap) * 10) * 10;
}

/** By SMS, WhatsApp or call alike: it is the number's beginning that counts. */
export function mayReachNumber(address: Address | string, { allowedPrefixes }: Limits): boolean {
  const number = address.replace(/^whatsapp:/, '');
  return allowedPrefixes.some(prefix => number.startsWith(prefix));
}
