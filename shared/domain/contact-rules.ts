// Whether, when and how we may reach her: what she agreed to, and nothing more. Without an agreement we may not.
// Judged when dialling or sending, never when it was planned; every path that reaches her asks `mayContact`.
import { addSeconds, type Instant } from './instant.ts';
import { addDays, daysBetween, localTimeAt, type MinuteOfDay } from './local-time.ts';
import type { Network } from './network.ts';
import type { Request } from './request.ts';
import { patternWindows } from './rota.ts';

/** Every day, on the clock where she is; past midnight when `until` comes first. */
export type ContactHours = { readonly from: MinuteOfDay; readonly until: MinuteOfDay };

/** What was agreed. The latest agreement counts whole: nothing of an earlier one is left. */
export type Agreement = {
  /** We may call, and whoever presses this number is she. Null: we may not call. */
  readonly callDigit: string | null;
  readonly mayText: boolean;
  /** Null: at any hour. */
  readonly hours: ContactHours | null;
  /** What somebody else hears who picks up and presses a wrong number. Who presses nothing hears nothing. */
  readonly otherHears: 'nothing' | 'wrong-number';
  readonly until: Instant;
};

export type AgreedBy = 'key' | 'text' | 'volunteer' | 'manager';

/** What somebody agreed to earlier, as it bounds what is agreed now: only whoever presses `digit` may go beyond it. */
export type Bounds = Pick<Agreement, 'hours' | 'until'> & { readonly digit: string };

export type ContactRules = Agreement & {
  readonly agreedBy: AgreedBy;
  /** Null: nothing was agreed before, or it was she who agreed anew. */
  readonly within: Bounds | null;
};

/** `quiet`: she has not written for so long that somebody else may hold the phone by now. */
const refusals = ['not-agreed', 'expired', 'outside-hours', 'quiet'] as const;
export type ContactRefusal = (typeof refusals)[number];
export type ContactVerdict = 'allowed' | ContactRefusal;

export function isContactRefusal(reason: string): reason is ContactRefusal {
  return refusals.some(each => each === reason);
}

/**
 * May we call or text her at `now`? What she writes is its own permission to answer, for as long as the quiet period;
 * after that, and for every call that we begin, only what she agreed to counts.
 */
export function mayContact(
  request: Request,
  way: 'call' | 'text',
  now: Instant,
  network: Network,
): ContactVerdict {
  const isWriting = request.channel === 'text' && isGoodTime(request, now);
  if (way === 'text' && isWriting) return 'allowed';
  const { rules } = request;
  const agreed = way === 'call' ? (rules?.callDigit ?? null) !== null : rules?.mayText === true;
  if (rules === null || !agreed) return way === 'text' && request.channel === 'text' ? 'quiet' : 'not-agreed';
  if (rules.until <= now) return 'expired';
  return isWithin(rules.hours, zonesOf(request, network), now) ? 'allowed' : 'outside-hours';
}

/** What she has said lately: a yes to the neutral question, or a word while that yes still counted. */
export function isGoodTime({ channel, goodTime }: Request, now: Instant): boolean {
  return channel === 'voice' || (goodTime.until !== null && goodTime.until > now);
}

/** The next instant, from `now` on, at which the agreed hours are open; null when they never are before their end. */
export function nextContactAt(request: Request, now: Instant, network: Network): Instant | null {
  const { rules } = request;
  if (rules === null || rules.until <= now) return null;
  const zones = zonesOf(request, network);
  const openings = zones.flatMap(zone => windowsAround(rules.hours, zone, now).map(({ from }) => from));
  const open = [now, ...openings]
    .filter(at => at >= now && at < rules.until && isWithin(rules.hours, zones, at))
    .sort((a, b) => a - b);
  return open[0] ?? null;
}

/** Her clock is that of her region. While nobody knows it, the hours must be open on every clock of the network. */
function zonesOf({ region }: Request, { regions }: Network): readonly string[] {
  const hers = regions.find(({ id }) => id === region);
  return hers ? [hers.zone] : [...new Set(regions.map(({ zone }) => zone))];
}

function isWithin(hours: ContactHours | null, zones: readonly string[], at: Instant): boolean {
  if (hours === null) return true;
  return zones.every(zone =>
    windowsAround(hours, zone, at).some(({ from, until }) => from <= at && at < until),
  );
}

const everyDay = [1, 2, 3, 4, 5, 6, 7] as const;

/** The hours of the days around an instant, as a rota's shifts are read: overnight, and across a change of the clocks. */
function windowsAround(hours: ContactHours | null, zone: string, at: Instant) {
  if (hours === null) return [];
  const today = localTimeAt(at, zone).date;
  const days = daysBetween(addDays(today, -2), addDays(today, 2));
  return patternWindows({ weekdays: everyDay, ...hours }, zone, days);
}

/** "As soon as you can" is about now, not about tonight. */
const SOON_SECONDS = 2 * 3600;
/** Named hours come once within it. Longer than a day nobody knows what her day will be like. */
const AGREED_SECONDS = 24 * 3600;

/** What follows from a digit, hours, or both: with a digit we may call, without one only write. */
export function agreementOf(callDigit: string | null, hours: ContactHours | null, now: Instant): Agreement {
  return {
    callDigit,
    mayText: callDigit === null,
    hours,
    otherHears: 'wrong-number',
    until: addSeconds(now, hours === null ? SOON_SECONDS : AGREED_SECONDS),
  };
}

export type AgreementSaid =
  | { readonly kind: 'nothing-agreed' }
  | { readonly kind: 'agreed'; readonly digit: string | null; readonly hours: ContactHours | null };

const said = /^(?:([1-8])(?![\d:.]))?\s*(?:(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?)?$/;

/** `5 18-21`: call between six and nine, she presses 5. `5`: call soon. `18-21`: write then. `0`: neither. Else null. */
export function agreementSaid(text: string): AgreementSaid | null {
  const words = text.trim();
  if (words === '0') return { kind: 'nothing-agreed' };
  const [, digit = null, from, fromMinutes = '0', until, untilMinutes = '0'] = said.exec(words) ?? [];
  if (from === undefined || until === undefined)
    return digit === null ? null : { kind: 'agreed', digit, hours: null };
  const hours = hoursOf(minuteOf(from, fromMinutes), minuteOf(until, untilMinutes));
  return hours && { kind: 'agreed', digit, hours };
}

/** Null for what no clock shows, and for hours that are none. */
function hoursOf(from: MinuteOfDay | null, until: MinuteOfDay | null): ContactHours | null {
  return from === null || until === null || from === until ? null : { from, until };
}

function minuteOf(hours: string, minutes: string): MinuteOfDay | null {
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(minutes) > 59 || minute > 1440 ? null : minute % 1440;
}
