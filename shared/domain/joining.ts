// Who joins a talk by phone beside the helper who took it: knowingly added, sought by role, and never the one on whom
// the talk depends: whether somebody comes, declines or hangs up, the two go on talking. What is here is the state;
// who is asked, and what they are told, is `settle-joining.ts`.
import type { LanguageId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { interpretedRung, type Wave } from './ladder.ts';
import type { Network } from './network.ts';
import { type Joining, type Offer, type Request, type Role, takenOffer } from './request.ts';
import { languageWith, toInterpret } from './spoken-with.ts';
import { INTERPRETER_AT_MOST_SECONDS, MANAGER_AT_MOST_SECONDS } from './timing.ts';
import type { Spoken } from './wording.ts';

const soughtSeconds: Readonly<Record<Role, number>> = {
  interpreter: INTERPRETER_AT_MOST_SECONDS,
  manager: MANAGER_AT_MOST_SECONDS,
};

/** Sought from `from` on. */
export function sought(role: Role, from: Instant): Joining {
  return {
    role,
    until: addSeconds(from, soughtSeconds[role]),
    nextOfferAt: from,
    offers: [],
    byHand: false,
    joined: null,
  };
}

/** Whom a talk begins with seeking, when that offer is taken. */
export function joiningFor(
  { to, by }: Offer,
  request: Request,
  { network, now }: { readonly network: Network; readonly now: Instant },
): readonly Joining[] {
  return by === 'call' && toInterpret(request, to, network) !== null ? [sought('interpreter', now)] : [];
}

/** The role of that offer in the talk; null: it is none of those who join. */
export function roleOf({ phase }: Pick<Request, 'phase'>, seq: number): Role | null {
  if (phase.kind !== 'connected') return null;
  const is = (offer: Offer | undefined) => offer?.seq === seq;
  return phase.joining.find(({ offers, joined }) => offers.some(is) || is(joined?.offer))?.role ?? null;
}

export function isInRoom({ phase }: Pick<Request, 'phase'>, seq: number): boolean {
  return phase.kind === 'connected' && phase.joining.some(({ joined }) => joined?.offer.seq === seq);
}

/** Whether more people are to be asked for it. */
export function isAsking({ role, byHand, joined, offers }: Joining, request: Request): boolean {
  return !byHand && joined === null && offers.length < waveFor(role, request).waveSize;
}

/** As many at the same time, and for as long, as on the rung that goes so far. */
export function waveFor(role: Role, { ladder }: Request): Wave {
  const rung =
    role === 'manager' ? ladder.rungs.find(({ kind }) => kind === 'manager') : interpretedRung(ladder);
  return rung ?? ladder.last;
}

/** When the seeking must be looked at again; none: not before somebody acts. */
export function joiningDueAt(request: Request): readonly Instant[] {
  if (request.phase.kind !== 'connected') return [];
  return request.phase.joining.flatMap(each => [
    ...each.offers.map(({ endsAt }) => endsAt),
    ...(isAsking(each, request) ? [each.nextOfferAt] : []),
  ]);
}

/** What whoever enters the room hears of it: that somebody comes, or that nobody does. */
export function aboutInterpreter(request: Request, network: Network): readonly Spoken[] {
  const taken = takenOffer(request);
  if (taken === null || toInterpret(request, taken.to, network) === null) return [];
  const comes =
    request.phase.kind === 'connected' && request.phase.joining.some(({ role }) => role === 'interpreter');
  return [{ say: comes ? 'interpreter-comes' : 'no-interpreter' }];
}

/** What is said in the room when nobody comes: to her (null) with what she can do herself, to the helper without. */
export function nobodyComes(
  request: Request,
  seq: number | null,
  network: Network,
): { readonly language: LanguageId; readonly say: readonly Spoken[] } {
  const taken = takenOffer(request);
  const isHers = seq === null || taken === null;
  const language = isHers ? request.language : languageWith(request, taken.to, network);
  return { language, say: [{ say: 'no-interpreter' }, ...(isHers ? [{ say: 'guidance' } as const] : [])] };
}
