// What Twilio's error codes mean for what we do next.
// Must never look at an error's message: it quotes phone numbers.

export type FailedReason = 'bad-number' | 'refused' | 'gone' | 'window-closed';
export type Failure =
  | { readonly outcome: 'failed'; readonly reason: FailedReason; readonly optedOut?: true }
  | { readonly outcome: 'temporary' }
  | { readonly outcome: 'unknown' };

/** Of a request: the number can not be reached whoever tries. */
const badNumber: ReadonlySet<number> = new Set([
  13_223, // dialled number has an invalid format
  21_211, // invalid `To`
  21_214, // `To` can not be reached
  21_217, // not a phone number
  21_265, // `To` is a short code
  21_401, // invalid phone number
  21_421, // invalid phone number
  21_614, // not a mobile number
  21_635, // a landline
  30_005, // unknown destination
  30_006, // landline or unreachable carrier
  63_003, // not on WhatsApp
  63_024, // invalid WhatsApp recipient
]);

/** Known refusals that no retry changes. Every other 4xx is treated the same; these are the ones to expect. */
const refused: ReadonlySet<number> = new Set([
  13_224, // Twilio does not call this number
  13_227, // calls to this country are not enabled
  21_210, // `From` is not verified
  21_212, // invalid `From`
  21_215, // calls to this country are not enabled
  21_216, // the account may not call this number
  21_219, // trial accounts call verified numbers only
  21_408, // texts to this country are not enabled
  21_606, // `From` can not send texts
  21_608, // trial accounts text verified numbers only
  21_612, // no route between these two numbers
  21_617, // longer than 1,600 characters
  63_007, // `From` is no WhatsApp sender
]);

/** Refused as well: the recipient has opted out. */
const OPTED_OUT = 21_610;

/** Nothing was done, and the number is not to blame: the same request may succeed later. */
const temporary: ReadonlySet<number> = new Set([
  10_004, // too many calls at once
  20_003, // our key is not accepted: rotated, or the account is suspended. No volunteer is at fault
  20_429, // too many requests
  20_500, // internal error
  20_503, // service unavailable
  21_611, // the sender's queue is full
  63_018, // WhatsApp's rate limit
]);

/** A live call was meant and there is none. */
const gone: ReadonlySet<number> = new Set([
  20_404, // not found
  21_220, // the call is not in progress
]);

export const unknown: Failure = { outcome: 'unknown' };

/** The request never left this machine: no connection was made. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/** `live`: the request was about a call that should be going on, so that a 404 means that it has ended. */
export function failureOf(error: unknown, live: boolean): Failure {
  if (error instanceof NotReached) return { outcome: 'temporary' };
  const { status, code } = numbersOf(error);
  if (status === null) return unknown;
  if (code !== null && badNumber.has(code)) return failed('bad-number');
  if (isWindowClosed(code)) return failed('window-closed');
  if (code === OPTED_OUT) return { ...failed('refused'), optedOut: true };
  if (code !== null && refused.has(code)) return failed('refused');
  if (code !== null && temporary.has(code)) return { outcome: 'temporary' };
  if (live && (status === 404 || (code !== null && gone.has(code)))) return failed('gone');
  return failureByStatus(status);
}

function failureByStatus(status: number): Failure {
  if (status >= 200 && status < 300) return unknown; // an answer that could not be read
  // A gateway gave up on whoever was behind it: that one may have done it.
  if (status === 502 || status === 504 || status === 408) return unknown;
  if (status === 401 || status === 429 || status >= 500 || status < 400) return { outcome: 'temporary' };
  return failed('refused');
}

/**
 * Of a delivery report: texts to this number will not arrive. Not 30003, a phone out of reach for now: one bad minute
 * of a carrier would take every volunteer off the roster.
 */
export function isBadNumber(errorCode: number | null): boolean {
  return errorCode !== null && badNumber.has(errorCode);
}

/** WhatsApp allows free words for 24 hours after the last word from the other side. */
export function isWindowClosed(errorCode: number | null): boolean {
  return errorCode === 63_016;
}

/** HTTP status and Twilio's code of an error that the library threw; null where there is none. */
export function numbersOf(error: unknown): { readonly status: number | null; readonly code: number | null } {
  const fields = typeof error === 'object' && error !== null ? error : {};
  return { status: numberIn(fields, 'status'), code: numberIn(fields, 'code') };
}

function numberIn(fields: object, name: string): number | null {
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'number' ? value : null;
}

function failed(reason: FailedReason): Extract<Failure, { outcome: 'failed' }> {
  return { outcome: 'failed', reason };
}
