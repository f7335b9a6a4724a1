// What becomes of a swap, and of the two rotas with it. The only place that decides; the store writes all of it or none.
// Must never change a rota without the other one that belongs to it, nor leave a shift to nobody without anybody knowing.
import type { VolunteerId } from './ids.ts';
import { addSeconds, type Instant, secondsBetween } from './instant.ts';
import { type Occurrence, stillHers, takingOver, withAgain, without } from './occurrence.ts';
import type { Holidays } from './rota.ts';
import type { SelfService } from './self-service.ts';
import {
  type ApprovalReason,
  isOpen,
  isOver,
  type NotForYou,
  offersLess,
  RETURN_ASKED_SECONDS,
  type ShiftNews,
  type Swap,
  type SwapAlert,
  type SwapState,
  swapIdOf,
  type Taking,
  type Telling,
  whyNot,
  whyUnfit,
} from './swap.ts';
import type { Volunteer } from './volunteer.ts';

/** One rota before and after. */
export type RotaChange = { readonly before: Volunteer; readonly after: Volunteer };
/** Where fewer would be on duty than are needed, after these changes and not before. */
export type WouldSink = (changes: readonly RotaChange[]) => boolean;

export type SwapEvent =
  | { readonly kind: 'taken'; readonly by: VolunteerId; readonly inReturn: Occurrence | null }
  /** Whoever gives it agrees to what is offered in return, or not. */
  | { readonly kind: 'return-answered'; readonly agrees: boolean }
  | { readonly kind: 'approved' }
  | { readonly kind: 'declined' }
  /** By whoever gives it, or a manager in her place. */
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'looked' };

export type SwapFacts = {
  readonly now: Instant;
  readonly holidays: Holidays;
  readonly restHours: number;
  readonly settings: SelfService;
  readonly giver: Volunteer;
  /** Whoever takes it by this event, or has; null: nobody. */
  readonly taker: Volunteer | null;
  readonly wouldSink: WouldSink;
};

export type SwapRefusal =
  | NotForYou
  | 'gone' // over, taken, or no longer in the rota
  | 'begun'
  | 'not-asked' // there is nothing to answer or decide
  | 'return-unfit'; // whoever gives it could not take what is offered in return

export type SwapDecision =
  | { readonly refused: SwapRefusal }
  | {
      readonly refused: null;
      readonly swap: Swap;
      readonly changes: readonly RotaChange[];
      /** To whoever did it; null: nothing has changed for her. */
      readonly reply: ShiftNews | null;
    };

type Opening = Pick<SwapFacts, 'now' | 'holidays' | 'settings' | 'giver'> & {
  readonly occurrence: Occurrence;
  /** Opened before, and over. */
  readonly before: Swap | null;
  readonly isIll: boolean;
};

/** She cannot come. Ill, or too late for anybody to count on her, she is off it at once. */
export function openSwap(opening: Opening): SwapDecision {
  const { now, giver, holidays, settings, before, isIll } = opening;
  const occurrence = stillHers(giver, holidays, opening.occurrence);
  if (before !== null && !isOver(before)) return unchanged(before, before.isAway ? 'away' : 'opened');
  if (occurrence === null) return { refused: 'gone' };
  if (occurrence.window.until <= now) return { refused: 'begun' };
  const secondsLeft = secondsBetween(now, occurrence.window.from);
  const isAway = isIll || secondsLeft < settings.shortNoticeSeconds;
  const swap: Swap = {
    id: swapIdOf(giver.id, occurrence),
    version: (before?.version ?? 0) + 1,
    giver: giver.id,
    occurrence,
    openedAt: now,
    isAway,
    state: { kind: 'open' },
    refused: [],
    toAsk: null,
    hasFollowedUp: isAway && secondsLeft <= settings.followUpSeconds,
    telling: isAway ? [toManagers('shift-given-late')] : [],
  };
  const changes = isAway ? [{ before: giver, after: without(giver, occurrence) }] : [];
  return { refused: null, swap, changes, reply: isAway ? 'away' : 'opened' };
}

export function decideSwap(swap: Swap, event: SwapEvent, facts: SwapFacts): SwapDecision {
  if (event.kind === 'looked') return looked(swap, facts);
  if (event.kind === 'taken' && isBy(swap.state, event.by)) return unchanged(swap, newsFor(swap.state));
  if (event.kind === 'withdrawn' && swap.state.kind === 'withdrawn') return unchanged(swap, 'kept');
  if (isOver(swap)) return { refused: 'gone' };
  if (swap.occurrence.window.from <= facts.now) return { refused: 'begun' };
  switch (event.kind) {
    case 'taken':
      return taken(swap, { by: event.by, inReturn: event.inReturn }, facts);
    case 'return-answered':
      return returnAnswered(swap, event.agrees, facts);
    case 'approved':
      return approved(swap, facts);
    case 'declined':
      return declined(swap);
    case 'withdrawn':
      return withdrawn(swap, facts);
  }
}

const isBy = (state: SwapState, by: VolunteerId): boolean =>
  (state.kind === 'approved' || state.kind === 'needs-approval') && state.by === by;

const newsFor = ({ kind }: SwapState): ShiftNews => (kind === 'approved' ? 'yours' : 'waits');

function taken(swap: Swap, taking: Taking, facts: SwapFacts): SwapDecision {
  const { taker, giver, now } = facts;
  if (!isOpen(swap) || taker === null) return { refused: 'gone' };
  const unfit = whyNot(swap, taker, giver, facts);
  if (unfit !== null) return { refused: unfit };
  const { inReturn } = taking;
  if (inReturn === null) return settled(swap, taking, facts);
  if (swap.state.kind === 'asked') return { refused: 'gone' }; // one question at a time
  if (stillHers(taker, facts.holidays, inReturn) === null) return { refused: 'gone' };
  if (whyUnfit(inReturn, without(giver, swap.occurrence), taker, facts) !== null)
    return { refused: 'return-unfit' };
  const until = earlier(addSeconds(now, RETURN_ASKED_SECONDS), swap.occurrence.window.from);
  const asked = moved(swap, { kind: 'asked', by: taking.by, inReturn, until });
  return {
    refused: null,
    swap: telling(asked, { tell: 'volunteer', to: swap.giver, news: 'return-asked', about: inReturn }),
    changes: [],
    reply: 'waits',
  };
}

function returnAnswered(swap: Swap, agrees: boolean, facts: SwapFacts): SwapDecision {
  if (swap.state.kind !== 'asked') return { refused: 'not-asked' };
  const { by, inReturn } = swap.state;
  if (agrees) return settled(swap, { by, inReturn }, facts, 'giver');
  const open = moved(swap, { kind: 'open' });
  return {
    refused: null,
    swap: telling(open, { tell: 'volunteer', to: by, news: 'return-refused', about: swap.occurrence }),
    changes: [],
    reply: 'opened',
  };
}

/** It is done, or waits for a manager. */
function settled(
  swap: Swap,
  taking: Taking,
  facts: SwapFacts,
  actor: 'taker' | 'giver' = 'taker',
): SwapDecision {
  const changes = changesFor(swap, taking, facts);
  if (changes === null) return { refused: 'gone' };
  const because = reasonsToAsk(swap, changes, facts);
  if (because.length === 0) return done(swap, taking, changes, actor);
  const waiting = moved(swap, { kind: 'needs-approval', because, ...taking });
  return {
    refused: null,
    swap: telling(waiting, ...turnedAway(swap, taking), toManagers('swap-to-approve')),
    changes: [],
    reply: 'waits',
  };
}

function done(
  swap: Swap,
  taking: Taking,
  changes: readonly RotaChange[],
  actor: 'taker' | 'giver' | 'manager',
): SwapDecision {
  const about = swap.occurrence;
  const toTaker: Telling = { tell: 'volunteer', to: taking.by, news: 'yours', about };
  const toGiver: Telling = { tell: 'volunteer', to: swap.giver, news: 'handed-over', about };
  const told = { taker: [toGiver], giver: [toTaker], manager: [toTaker, toGiver] }[actor];
  return {
    refused: null,
    swap: telling(moved(swap, { kind: 'approved', ...taking }), ...turnedAway(swap, taking), ...told),
    changes,
    reply: actor === 'giver' ? 'handed-over' : 'yours',
  };
}

/** Somebody had offered a shift of hers for it, and it has gone to another. */
function turnedAway({ state, occurrence }: Swap, { by }: Taking): readonly Telling[] {
  if (state.kind !== 'asked' || state.by === by) return [];
  return [{ tell: 'volunteer', to: state.by, news: 'return-refused', about: occurrence }];
}

/** Both rotas as they will be; null: one of the two shifts is no longer where it was. */
function changesFor(
  swap: Swap,
  { inReturn }: Taking,
  { giver, taker, holidays }: SwapFacts,
): readonly RotaChange[] | null {
  if (taker === null) return null;
  const isStillThere = swap.isAway || stillHers(giver, holidays, swap.occurrence) !== null;
  const isReturnThere = inReturn === null || stillHers(taker, holidays, inReturn) !== null;
  if (!isStillThere || !isReturnThere) return null;
  const given = without(giver, swap.occurrence);
  const took = takingOver(taker, swap.occurrence);
  return [
    { before: giver, after: inReturn === null ? given : takingOver(given, inReturn) },
    { before: taker, after: inReturn === null ? took : without(took, inReturn) },
  ];
}

function reasonsToAsk(
  { occurrence }: Swap,
  changes: readonly RotaChange[],
  { settings, giver, taker, wouldSink }: SwapFacts,
): readonly ApprovalReason[] {
  return [
    ...(settings.approveEverySwap ? (['always'] as const) : []),
    ...(taker !== null && offersLess(occurrence, taker, giver) ? (['offers-less'] as const) : []),
    ...(wouldSink(changes) ? (['hole'] as const) : []),
  ];
}

/** A taking is agreed to; or, while nobody has taken it, that she need not come. */
function approved(swap: Swap, facts: SwapFacts): SwapDecision {
  const { state, occurrence, giver: id } = swap;
  if (state.kind === 'needs-approval') {
    const { by, inReturn } = state;
    const changes = changesFor(swap, state, facts);
    return changes === null ? { refused: 'gone' } : done(swap, { by, inReturn }, changes, 'manager');
  }
  if (swap.isAway) return { refused: 'not-asked' };
  const { giver, holidays } = facts;
  if (stillHers(giver, holidays, occurrence) === null) return { refused: 'gone' };
  const excused = { ...moved(swap, state), isAway: true, hasFollowedUp: false };
  return {
    refused: null,
    swap: telling(excused, { tell: 'volunteer', to: id, news: 'away', about: occurrence }),
    changes: [{ before: giver, after: without(giver, occurrence) }],
    reply: null,
  };
}

/** It stays as it was: hers; or, when she is off it, open for others. */
function declined(swap: Swap): SwapDecision {
  const { state, occurrence, giver, isAway } = swap;
  if (state.kind !== 'needs-approval' && isAway) return { refused: 'not-asked' };
  const taker = state.kind === 'needs-approval' ? state.by : null;
  const about = occurrence;
  const told: readonly Telling[] = [
    ...(taker === null ? [] : [{ tell: 'volunteer', to: taker, news: 'declined', about } as const]),
    ...(isAway ? [] : [{ tell: 'volunteer', to: giver, news: 'declined', about } as const]),
  ];
  const refused = taker === null ? swap.refused : [...swap.refused, taker];
  const next = { ...moved(swap, isAway ? { kind: 'open' } : { kind: 'declined' }), refused };
  return { refused: null, swap: telling(next, ...told), changes: [], reply: null };
}

/** She comes after all. What stood in her rota for it goes. */
function withdrawn(swap: Swap, { giver }: SwapFacts): SwapDecision {
  const { isAway, occurrence } = swap;
  return {
    ...ended({ ...swap, isAway: false }, 'withdrawn'),
    changes: isAway ? [{ before: giver, after: withAgain(giver, occurrence) }] : [],
    reply: 'kept',
  };
}

/** Time has passed, or her rota has changed without us. */
function looked(swap: Swap, { now, giver, holidays, settings }: SwapFacts): SwapDecision {
  const { state, occurrence, isAway } = swap;
  if (isOver(swap)) return unchanged(swap, null);
  const isGone = !isAway && stillHers(giver, holidays, occurrence) === null;
  if (isGone) return ended(swap, 'withdrawn');
  if (occurrence.window.from <= now) return ended(swap, 'expired');
  if (state.kind === 'asked' && state.until <= now) {
    const told: Telling = { tell: 'volunteer', to: state.by, news: 'return-refused', about: occurrence };
    return { refused: null, swap: telling(moved(swap, { kind: 'open' }), told), changes: [], reply: null };
  }
  const isSoon = addSeconds(occurrence.window.from, -settings.followUpSeconds) <= now;
  if (swap.hasFollowedUp || !isSoon) return unchanged(swap, null);
  const followedUp = { ...moved(swap, state), hasFollowedUp: true };
  return { refused: null, swap: telling(followedUp, ...followUp(swap)), changes: [], reply: null };
}

function followUp({ state, isAway, giver, occurrence }: Swap): readonly Telling[] {
  if (state.kind === 'needs-approval') return [toManagers('swap-to-approve')];
  const toGiver: Telling = { tell: 'volunteer', to: giver, news: 'nobody-yet', about: occurrence };
  return [toManagers('shift-open'), ...(isAway ? [] : [toGiver])];
}

/** Whoever would have taken it does not. */
function ended(swap: Swap, kind: 'withdrawn' | 'expired'): Exclude<SwapDecision, { refused: SwapRefusal }> {
  const { state, occurrence: about } = swap;
  const taker = state.kind === 'needs-approval' || state.kind === 'asked' ? state.by : null;
  const told: readonly Telling[] =
    taker === null ? [] : [{ tell: 'volunteer', to: taker, news: 'declined', about }];
  return { refused: null, swap: telling(moved(swap, { kind }), ...told), changes: [], reply: null };
}

const moved = (swap: Swap, state: SwapState): Swap => ({ ...swap, version: swap.version + 1, state });

const telling = (swap: Swap, ...told: readonly Telling[]): Swap => ({
  ...swap,
  telling: [...swap.telling, ...told],
});

const toManagers = (reason: SwapAlert): Telling => ({ tell: 'managers', reason });

const unchanged = (swap: Swap, reply: ShiftNews | null): SwapDecision => ({
  refused: null,
  swap,
  changes: [],
  reply,
});

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);
