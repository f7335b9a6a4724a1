// Whether somebody has shown that she reads what is sent to her number: a code goes there and comes back. Until then she
// is rung all the same: a number that is wrong costs a ring, one that is not rung may cost a person.
// Must never hold a number or a code, only marks that cannot be turned back.
import { addSeconds, type Instant } from './instant.ts';

export type NumberCheck = {
  /** Of the number that this is about. */
  readonly mark: string;
  readonly confirmedAt: Instant | null;
  /** The one that may come back; null: none is on its way. */
  readonly code: { readonly mark: string; readonly until: Instant; readonly triesLeft: number } | null;
  readonly sentAt: Instant | null;
  readonly sent: number;
};

/** Long enough to find the time, short enough that nobody finds it later on an old phone. */
export const CODE_SECONDS = 24 * 3600;
/** One in two hundred thousand guesses it. */
const TRIES = 5;
/** Who has not answered three is told of to managers, and texted no more. */
const CODES_AT_MOST = 3;

export const freshCheck = (mark: string): NumberCheck => ({
  mark,
  confirmedAt: null,
  code: null,
  sentAt: null,
  sent: 0,
});

/** Of a number that has been rung since before there were codes: nobody is asked, and managers see that it is not confirmed. */
export const unasked = (mark: string): NumberCheck => ({ ...freshCheck(mark), sent: CODES_AT_MOST });

/** When a code is to be sent next; null: never. */
export function codeDueAt({ confirmedAt, sentAt, sent }: NumberCheck, now: Instant): Instant | null {
  if (confirmedAt !== null || sent >= CODES_AT_MOST) return null;
  return sentAt === null ? now : addSeconds(sentAt, CODE_SECONDS);
}

export function withCode(check: NumberCheck, mark: string, now: Instant): NumberCheck {
  const code = { mark, until: addSeconds(now, CODE_SECONDS), triesLeft: TRIES };
  return { ...check, code, sentAt: now, sent: check.sent + 1 };
}

/** With what came back. `confirmedAt` tells whether it was right; a wrong one counts. */
export function withAnswer(check: NumberCheck, mark: string, now: Instant): NumberCheck {
  const { code, confirmedAt } = check;
  if (confirmedAt !== null || code === null || code.until <= now || code.triesLeft === 0) return check;
  if (code.mark === mark) return { ...check, confirmedAt: now, code: null };
  return { ...check, code: { ...code, triesLeft: code.triesLeft - 1 } };
}
