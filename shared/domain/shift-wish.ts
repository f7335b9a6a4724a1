// What a volunteer writes about her shifts: a code and the numbers of the list that she was sent.
// Must never guess which shift is meant: without a number she gets the list.
import type { SaidCode } from './volunteer-codes.ts';

export type ShiftWish =
  | { readonly wish: 'list' | 'list-open' | 'which' | 'page' | 'codes' }
  | { readonly wish: 'give'; readonly number: number; readonly isIll: boolean }
  | { readonly wish: 'take' | 'keep'; readonly number: number }
  | { readonly wish: 'exchange'; readonly give: number; readonly take: number }
  | { readonly wish: 'answer-return'; readonly number: number; readonly agrees: boolean }
  | { readonly wish: 'confirm-number'; readonly code: number };

/** Null: a code about something else. */
export function shiftWishOf({ code, numbers: [first, second] }: SaidCode): ShiftWish | null {
  switch (code) {
    case 'my-shifts':
      return { wish: 'list' };
    case 'open-shifts':
      return first === undefined ? { wish: 'list-open' } : { wish: 'take', number: first };
    case 'cannot-come':
    case 'ill':
      return first === undefined ? which : { wish: 'give', number: first, isIll: code === 'ill' };
    case 'comes-after-all':
      return first === undefined ? which : { wish: 'keep', number: first };
    case 'exchange':
      return exchange(first, second);
    case 'confirm-number':
      return first === undefined ? { wish: 'codes' } : { wish: 'confirm-number', code: first };
    case 'own-page':
      return { wish: 'page' };
    case 'shift-codes':
      return { wish: 'codes' };
    default:
      return null;
  }
}

const which: ShiftWish = { wish: 'which' };

/** `77 4 7` gives 4 for 7; `77 9` agrees to 9 in return, `77 9 0` does not. */
function exchange(first: number | undefined, second: number | undefined): ShiftWish {
  if (first === undefined) return which;
  if (second === undefined || second === 0)
    return { wish: 'answer-return', number: first, agrees: second === undefined };
  return { wish: 'exchange', give: first, take: second };
}
