// Instants and lengths of time. An instant is milliseconds since 1970 UTC; the domain is always told the time.
import type { Branded } from './ids.ts';

export type Instant = Branded<number, 'Instant'>;

/** An instant from epoch milliseconds. Throws on anything that is not a finite whole number: that is a bug. */
export function instant(epochMs: number): Instant {
  if (!Number.isSafeInteger(epochMs)) throw new RangeError(`not an instant: ${epochMs}`);
  return epochMs as Instant;
}

export function addSeconds(at: Instant, seconds: number): Instant {
  return instant(at + Math.round(seconds * 1000));
}

export function secondsBetween(from: Instant, to: Instant): number {
  return (to - from) / 1000;
}

/** The earliest of the given instants, null when there is none. */
export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  let first: Instant | null = null;
  for (const at of instants) if (at !== null && (first === null || at < first)) first = at;
  return first;
}
