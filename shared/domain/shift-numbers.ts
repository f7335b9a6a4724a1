// The numbers by which a volunteer names shifts in a text. A number that she has been sent means the same shift for as
// long as it can matter to her. Must never be given to another one meanwhile: she may answer a text of yesterday.
import type { OpeningId, ShiftId, SwapId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { LocalDate } from './local-time.ts';

/** What a number means: a shift of hers, one that is to be had, or one that she is offered in return. */
export type Meant =
  | { readonly of: 'shift'; readonly shiftId: ShiftId; readonly date: LocalDate }
  | { readonly of: 'swap'; readonly swapId: SwapId }
  | { readonly of: 'return'; readonly swapId: SwapId }
  /** One that nobody has yet. */
  | { readonly of: 'opening'; readonly openingId: OpeningId };

export type NumberedShift = { readonly number: number; readonly meant: Meant; readonly until: Instant };

/** Two digits are quick to write; nobody is ever sent so many. */
const NUMBERS = Array.from({ length: 99 }, (_, index) => index + 1);
/** She may answer late. */
const KEPT_SECONDS = 24 * 3600;

export type ToNumber = { readonly meant: Meant; readonly endsAt: Instant };

/** The list with these in it, and their numbers in the order asked. When all are used the one that ends first is given up. */
export function numbered(
  list: readonly NumberedShift[],
  wanted: readonly ToNumber[],
  now: Instant,
): { readonly list: readonly NumberedShift[]; readonly numbers: readonly number[] } {
  let kept = list.filter(({ until }) => until > now);
  const numbers = wanted.map(({ meant, endsAt }) => {
    const known = kept.find(each => isSame(each.meant, meant));
    if (known) return known.number;
    const number = NUMBERS.find(each => !kept.some(used => used.number === each)) ?? soonest(kept);
    const entry = { number, meant, until: addSeconds(endsAt, KEPT_SECONDS) };
    kept = [...kept.filter(each => each.number !== number), entry];
    return number;
  });
  return { list: kept, numbers };
}

/** Null: that number means nothing to her now. */
export function meantByNumber(list: readonly NumberedShift[], number: number, now: Instant): Meant | null {
  return list.find(each => each.number === number && each.until > now)?.meant ?? null;
}

const soonest = (list: readonly NumberedShift[]): number =>
  list.reduce((first, each) => (each.until < first.until ? each : first)).number;

function isSame(one: Meant, other: Meant): boolean {
  if (one.of === 'shift')
    return other.of === 'shift' && one.shiftId === other.shiftId && one.date === other.date;
  if (one.of === 'opening') return other.of === 'opening' && other.openingId === one.openingId;
  return other.of === one.of && other.swapId === one.swapId;
}
