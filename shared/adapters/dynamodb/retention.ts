// How long each kind of record is kept. The only place for these lengths.
// The table's own TTL may lag by days, so whoever reads checks `expiresAt` as well: expired is absent.
import type { Instant } from '../../domain/instant.ts';

const DAY_SECONDS = 24 * 3600;

export const KEEP_SECONDS = {
  /**
   * Twilio repeats a webhook within minutes. But its signature never expires: one that somebody has captured must
   * not open a request, and so write to her, for as long as we keep anything about her.
   */
  webhook: 90 * DAY_SECONDS,
  /** A request after its end, and each entry of its timeline after it was written. */
  closedRequest: 90 * DAY_SECONDS,
  timelineEntry: 90 * DAY_SECONDS,
  /** What a survivor's number leads to, should the request never close; closing makes it the grace time. */
  openNumberRow: 90 * DAY_SECONDS,
  /**
   * The key to what only its own people may read of a request, after its end: long enough to look into a complaint.
   * When it is gone, her number and her words are, in backups too; what happened when stays as long as the request.
   */
  sealingKey: 7 * DAY_SECONDS,
  /** What stood in a rota is asked about, or wanted back, within a quarter. */
  formerRota: 90 * DAY_SECONDS,
  hintCount: DAY_SECONDS,
  /** After the shift: who stood in for whom is asked about at the end of a quarter. */
  swap: 90 * DAY_SECONDS,
  /** Longer than any shift is announced ahead. */
  shiftNumbers: 60 * DAY_SECONDS,
  /** Whoever last wrote a day ago can not be written to; that she ever did is forgotten after a month. */
  wrote: 30 * DAY_SECONDS,
  /**
   * Thirteen months: a report of a year can be made in the month after it. It outlives the request, and so tells of nobody
   * who called: no number, no exact time, no helper.
   */
  summary: 400 * DAY_SECONDS,
  /** A year: what a manager did is asked about when a complaint comes, which takes months. It holds ids, nothing personal. */
  audit: 365 * DAY_SECONDS,
  /** What stood and stands: long enough to put a mistake right. The entry says without it that something was changed. */
  auditValues: 90 * DAY_SECONDS,
  /** An answer to a creation, for a client that did not get it. */
  answer: DAY_SECONDS,
  /** After the end of its window nobody asks for a count again; people who look into a flood may. */
  counter: DAY_SECONDS,
  /** A job with its rows: long enough to ask what a file has changed. */
  job: 30 * DAY_SECONDS,
} as const;

/** Epoch seconds, as the table's TTL wants them; rounded up, so that nothing ends early. */
export function expiryAfter(at: Instant, seconds: number): number {
  return Math.ceil(at / 1000) + Math.ceil(seconds);
}

export function hasExpired(expiresAt: number | undefined, now: Instant): boolean {
  return expiresAt !== undefined && expiresAt * 1000 <= now;
}
