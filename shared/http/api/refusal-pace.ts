// How many refusals of one person go on record. The record is one chain, and who may do nothing at all could ask so often
// that the acts of managers, which must be on it before they are done, find no place in it.
// Must never hold back what was done: only refusals are counted.
import type { Instant } from '../../domain/instant.ts';

/** Who tries doors is known after a few of them; a page that shows what its reader may not press asks less. */
const KEPT_A_MINUTE = 20;
const MINUTE_MS = 60_000;

type Minute = { readonly since: Instant; readonly count: number };

/** By instance of the function, for each who asks. */
const minutes = new WeakMap<object, Map<string, Minute>>();

/** Whether this refusal is among the first of this actor's minute. `office` is what the instance has made once. */
export function isToBeKept(office: object, actor: string, at: Instant): boolean {
  const known = minutes.get(office) ?? new Map<string, Minute>();
  minutes.set(office, known);
  const going = known.get(actor);
  const minute = going && at - going.since < MINUTE_MS ? going : { since: at, count: 0 };
  known.set(actor, { ...minute, count: minute.count + 1 });
  return minute.count < KEPT_A_MINUTE;
}
