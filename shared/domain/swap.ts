// A shift that somebody else is to take, this one time: who gives it, who takes it, how far it has come. Who may take one.
// Must never hold a name or a number, nor a word of why she cannot come.
import { leavesNoRest } from './coverage-candidates.ts';
import type { RegionId, SwapId, VolunteerId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { type Occurrence, overlap, stillHers, takingOver } from './occurrence.ts';
import { type DutyWindow, dutyWindows, type Holidays } from './rota.ts';
import type { SelfService } from './self-service.ts';
import { shiftIdFor } from './shift-ids.ts';
import type { Volunteer } from './volunteer.ts';

/** Why a manager has to look. */
export type ApprovalReason =
  | 'always' // as the hotline has chosen
  | 'hole' // it would leave fewer than are needed
  | 'offers-less'; // whoever takes it lacks a language or skill of whoever gives it

export type Taking = {
  readonly by: VolunteerId;
  /** What she gives for it; null: nothing. */
  readonly inReturn: Occurrence | null;
};

export type SwapState =
  | { readonly kind: 'open' }
  /** Whoever gives it is asked whether she takes that time in return. Others may take it meanwhile. */
  | {
      readonly kind: 'asked';
      readonly by: VolunteerId;
      readonly inReturn: Occurrence;
      readonly until: Instant;
    }
  | ({ readonly kind: 'needs-approval'; readonly because: readonly ApprovalReason[] } & Taking)
  | ({ readonly kind: 'approved' } & Taking)
  | { readonly kind: 'declined' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'expired' };

/** What is still to be told, in its order, and to whom; committed with what it tells of. */
export type Telling =
  | {
      readonly tell: 'volunteer';
      readonly to: VolunteerId;
      readonly news: ShiftNews;
      readonly about: Occurrence;
    }
  | { readonly tell: 'managers'; readonly reason: SwapAlert };

export type SwapAlert = 'shift-given-late' | 'shift-open' | 'swap-to-approve';

export type ShiftNews =
  | 'opened' // others are asked; until somebody takes it it is hers
  | 'away' // she is off it; others are asked
  | 'yours'
  | 'handed-over' // somebody has taken it: she is free
  | 'waits' // a manager is to decide
  | 'declined' // a manager has: it stays as it was
  | 'kept' // she has taken it back
  | 'nobody-yet' // it begins soon, nobody has taken it, it is still hers
  | 'return-asked' // somebody would take hers and give this one for it
  | 'return-refused';

export type Swap = {
  readonly id: SwapId;
  readonly version: number;
  readonly giver: VolunteerId;
  readonly occurrence: Occurrence;
  readonly openedAt: Instant;
  /** Whoever gives it is off it already: she is ill, it is too near, or a manager has agreed. */
  readonly isAway: boolean;
  readonly state: SwapState;
  /** A manager did not want them for it. */
  readonly refused: readonly VolunteerId[];
  /** Those who are still to be asked whether they take it; null: nobody has been chosen yet. */
  readonly toAsk: readonly VolunteerId[] | null;
  readonly hasFollowedUp: boolean;
  readonly telling: readonly Telling[];
};

/** One swap for each single shift of a person: whoever opens it twice opens the same one. */
export function swapIdOf(
  giver: VolunteerId,
  { shiftId, date }: Pick<Occurrence, 'shiftId' | 'date'>,
): SwapId {
  return shiftIdFor(`${giver} ${shiftId} ${date}`).replace(/^sft_/, 'swp_') as string as SwapId;
}

export const regionOf = ({ occurrence }: Swap): RegionId | null => occurrence.regions[0] ?? null;

export const isOver = ({ state }: Swap): boolean =>
  ['approved', 'declined', 'withdrawn', 'expired'].includes(state.kind);

/** Somebody may take it. */
export const isOpen = ({ state }: Swap): boolean => state.kind === 'open' || state.kind === 'asked';

export type NotForYou =
  | 'own'
  | 'language' // none of those that it was in
  | 'skill' // not what the shift is for
  | 'busy' // on duty then
  | 'rest' // too much in a day
  | 'refused'; // a manager did not want it

type Fit = {
  readonly holidays: Holidays;
  /** In any 24 hours from the beginning of a duty. */
  readonly restHours: number;
};

/** Null: she may. */
export function whyNot(swap: Swap, taker: Volunteer, giver: Volunteer, fit: Fit): NotForYou | null {
  if (taker.id === swap.giver) return 'own';
  if (swap.refused.includes(taker.id)) return 'refused';
  return whyUnfit(swap.occurrence, taker, giver, fit);
}

/** Of the time alone, whoever gives it. */
export function whyUnfit(
  occurrence: Occurrence,
  taker: Volunteer,
  giver: Pick<Volunteer, 'languages'>,
  { holidays, restHours }: Fit,
): NotForYou | null {
  const { window, skills } = occurrence;
  if (!taker.languages.some(language => giver.languages.includes(language))) return 'language';
  if (!(skills ?? []).every(skill => taker.skills.includes(skill))) return 'skill';
  const duty = dutyWindows(taker.rota, holidays, window.from, window.until);
  if (duty.some(each => overlap(each, window))) return 'busy';
  const after = takingOver(taker, occurrence);
  // An absence of her own, as a holiday, would take it from her again.
  if (stillHers(after, holidays, asHers(after, occurrence)) === null) return 'busy';
  return hasRest(after, holidays, window, restHours) ? null : 'rest';
}

const DAY_SECONDS = 24 * 3600;

/** Whatever was too much before, by this shift nothing may be: looked at is each day that it is part of. */
function hasRest({ rota }: Volunteer, holidays: Holidays, window: DutyWindow, restHours: number): boolean {
  const [from, until] = [addSeconds(window.from, -DAY_SECONDS), addSeconds(window.until, DAY_SECONDS)];
  return !leavesNoRest(dutyWindows(rota, holidays, from, until), window, restHours);
}

/** The occurrence as it stands in the rota of whoever has taken it. */
function asHers({ rota }: Volunteer, occurrence: Occurrence): Occurrence {
  const id = shiftIdFor(`taken ${occurrence.shiftId} ${occurrence.date}`);
  return { ...occurrence, shiftId: id, zone: rota.zone };
}

/** She lacks a language, or a skill that the shift has with whoever gives it. */
export function offersLess({ skills }: Occurrence, taker: Volunteer, giver: Volunteer): boolean {
  const has = <Item>(all: readonly Item[], wanted: readonly Item[]) =>
    wanted.every(each => all.includes(each));
  return !has(taker.languages, giver.languages) || !has(taker.skills, skills ?? giver.skills);
}

/** How long whoever gives a shift may think about what is offered in return. */
export const RETURN_ASKED_SECONDS = 24 * 3600;
/** What a killed function was about to tell is told by the next run after this. */
export const TELL_AGAIN_SECONDS = 120;

/** When it must be looked at again; null: it is over and all is told. */
export function swapDueAt(swap: Swap, { followUpSeconds }: SelfService, now: Instant): Instant | null {
  const { occurrence, state } = swap;
  if (swap.telling.length > 0) return addSeconds(now, TELL_AGAIN_SECONDS);
  if (isOver(swap)) return null;
  if (isOpen(swap) && (swap.toAsk === null || swap.toAsk.length > 0)) return now;
  const steps = [
    occurrence.window.from,
    ...(swap.hasFollowedUp ? [] : [addSeconds(occurrence.window.from, -followUpSeconds)]),
    ...(state.kind === 'asked' ? [state.until] : []),
  ];
  return steps.reduce((first, step) => (step < first ? step : first));
}
