// Whether a text that was found late still means what it meant when it was written. Pure.
// Must never let an old word undo a newer one, nor write to somebody who has said stop since.
import type { Instant } from '../domain/instant.ts';
import { liveOffer, type Request, takenOffer } from '../domain/request.ts';
import { digitsOf, isStop, yesOrNo } from '../domain/text-words.ts';

/** A later text of the same person to the same line. `known`: it has had its effect. */
export type LaterText = { readonly body: string; readonly known: boolean };

/**
 * A stop ends whatever was written before it. An answer ("1", "да", a code) counts only while nothing later has been
 * taken in: by then another question stood. Words are passed on late rather than never, as long as there is somebody to
 * pass them to (`isOpen`); they never begin anew what has run its course since.
 */
export function isStillMeant(body: string, later: readonly LaterText[], isOpen: boolean): boolean {
  if (later.some(text => isStop(text.body))) return false;
  if (!later.some(({ known }) => known)) return true;
  return isOpen && !isAnswer(body);
}

function isAnswer(body: string): boolean {
  return isStop(body) || digitsOf(body) !== null || yesOrNo(body) !== null;
}

/**
 * A helper's code or word is about what there was when it was written: an offer made since, a conversation begun since
 * must not be taken, ended or spoken into by it.
 */
export function wasThereAt(request: Request, seq: number, at: Instant): boolean {
  const offer = liveOffer(request, seq);
  if (offer) return offer.madeAt <= at;
  const { phase } = request;
  return phase.kind === 'connected' && takenOffer(request)?.seq === seq && phase.since <= at;
}
