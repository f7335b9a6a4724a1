// Whoever holds her phone, or a volunteer, agrees anew. Who only holds her phone may be anybody: without her number it can
// become narrower or void, never wider. Must never let that be heard: the answer is the same as for anybody.
import type { AgreedBy, Agreement, Bounds, ContactHours, ContactRules } from './contact-rules.ts';
import { type Instant, instant } from './instant.ts';

/** `wished` as it holds now; null: nothing is agreed, and nothing was before. */
export function agreedAnew(
  before: ContactRules | null,
  wished: Agreement | null,
  agreedBy: AgreedBy,
  now: Instant,
): ContactRules | null {
  const isPersonOfOurs = agreedBy === 'volunteer' || agreedBy === 'manager';
  const within = isPersonOfOurs || before === null ? null : boundsIn(before);
  if (within === null || within.until <= now || wished?.callDigit === within.digit)
    return wished && { ...wished, agreedBy, within: null };
  return { ...narrowed(wished ?? nothingAgreed(now), within, now), agreedBy, within };
}

/** The bounds for the request after this one: those of the first agreement, however often it was narrowed since. */
export function boundsOf({ within, callDigit, hours, until }: ContactRules): Bounds | null {
  return within ?? (callDigit === null ? null : { digit: callDigit, hours, until });
}

/** Of what she chose herself in this very call there are none: she may change her mind. */
function boundsIn(rules: ContactRules): Bounds | null {
  if (rules.within !== null) return rules.within;
  return rules.agreedBy === 'volunteer' || rules.agreedBy === 'manager' ? boundsOf(rules) : null;
}

function nothingAgreed(now: Instant): Agreement {
  return { callDigit: null, mayText: false, hours: null, otherHears: 'nothing', until: now };
}

/** Without an hour that both allow it is over at once. */
function narrowed(wished: Agreement, within: Bounds, now: Instant): Agreement {
  const hours = bothOf(wished.hours, within.hours);
  if (hours === 'none') return { ...wished, until: now };
  return { ...wished, hours, until: instant(Math.min(wished.until, within.until)) };
}

const DAY_MINUTES = 24 * 60;

/** Where two times of the day share two stretches, the first of them: narrower is never wrong. */
function bothOf(one: ContactHours | null, other: ContactHours | null): ContactHours | null | 'none' {
  if (one === null || other === null) return one ?? other;
  const later = minutesBetween(other.from, one.from);
  if (later < lengthOf(other)) return stretch(one.from, Math.min(lengthOf(one), lengthOf(other) - later));
  const ahead = DAY_MINUTES - later;
  return ahead < lengthOf(one)
    ? stretch(other.from, Math.min(lengthOf(other), lengthOf(one) - ahead))
    : 'none';
}

const minutesBetween = (from: number, to: number): number => (to - from + DAY_MINUTES) % DAY_MINUTES;
const lengthOf = ({ from, until }: ContactHours): number => minutesBetween(from, until);

function stretch(from: number, minutes: number): ContactHours {
  return { from, until: (from + minutes) % DAY_MINUTES };
}
