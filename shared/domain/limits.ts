// What limits there are, when one is passed, and what that means. A limit makes things slower or quieter; it never
// drops a person. Must never count anything by itself: the shell says how many there were.
import type { Action, AlertReason, Severity } from './action.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { Address } from './phone.ts';

export type Limits = {
  readonly callsPerNumberAnHour: number;
  readonly callsPerLineAMinute: number;
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
  | 'rings-a-day'
  | 'other-call' // a call of the same number on the same line goes on
  | 'texts-of-number'
  | 'texts-of-line';

/** `isNew`: it was met just now, for the first time in this window: people are told. */
export type Limited = { readonly limit: LimitKind; readonly isNew: boolean };

/** The `count`th in a window in which there may be `most`; null while that is no more than there may be. */
export function limitedBy(limit: LimitKind, count: number, most: number): Limited | null {
  return count > most ? { limit, isNew: count === most + 1 } : null;
}

/** One limit is enough; it is new when any of them is. */
export function firstOf(met: readonly (Limited | null)[]): Limited | null {
  const all = met.filter(each => each !== null);
  const [first] = all;
  return first === undefined ? null : { limit: first.limit, isNew: all.some(({ isNew }) => isNew) };
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

/** A limit that was reached while something was done. */
export type Reached = Extract<AlertReason, 'spend-near-cap' | 'spend-cap' | 'robot-loop'>;

export const severityOf: Readonly<Record<Reached, Severity>> = {
  'spend-near-cap': 'warning',
  'spend-cap': 'critical',
  'robot-loop': 'info',
};

const NEAR = 0.8;

/** Each once a day: on the very count that reaches it. */
export function capReached(count: number, cap: number): Reached | null {
  if (count === cap) return 'spend-cap';
  return count === Math.ceil(cap * NEAR) ? 'spend-near-cap' : null;
}

/** By SMS, WhatsApp or call alike: it is the number's beginning that counts. */
export function mayReachNumber(address: Address | string, { allowedPrefixes }: Limits): boolean {
  const number = address.replace(/^whatsapp:/, '');
  return allowedPrefixes.some(prefix => number.startsWith(prefix));
}
