// What the table keeps for volunteers who look after their own shifts: swaps, the numbers that name shifts in texts, the
// address of each one's page, and what upkeep has done for her.
// Must never be asked for on a survivor's way.
import type { RotaChange } from '../domain/decide-swap.ts';
import type { OpeningId, RegionId, SwapId, VolunteerId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { LocalDate } from '../domain/local-time.ts';
import type { NumberCheck } from '../domain/number-check.ts';
import type { Opening } from '../domain/opening.ts';
import type { NumberedShift } from '../domain/shift-numbers.ts';
import type { Swap } from '../domain/swap.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { AuditFact } from './audit-trail.ts';
import type { VersionedVolunteer } from './ports.ts';

export type SwapCommit = {
  readonly before: Swap | null;
  /** Its version is the one before plus one. */
  readonly after: Swap;
  readonly changes: readonly RotaChange[];
  /** As they were when it was decided. */
  readonly people: readonly VersionedVolunteer[];
  /** Null: nothing more is to be done for it. */
  readonly dueAt: Instant | null;
  /** Whose act it is, as `FormerRota.replacedBy`; null: nobody's. */
  readonly by: string | null;
};

export type SwapStore = {
  /** Consistent. */
  readonly swap: (id: SwapId) => Promise<Swap | null>;
  /** Those of shifts that end after `from`, by their beginning; eventually consistent. */
  readonly swapsOf: (region: RegionId, from: Instant) => Promise<readonly Swap[]>;
  readonly dueSwaps: (at: Instant) => Promise<readonly SwapId[]>;
  /** The swap and every rota it changes, or nothing: `conflict` when any of them is not as it was. */
  readonly commitSwap: (commit: SwapCommit, at: Instant) => Promise<'committed' | 'conflict'>;
};

export type OpeningCommit = {
  readonly before: Opening | null;
  /** Its version is the one before plus one. */
  readonly after: Opening;
  /** Whoever takes it, as she was when it was decided and as she is then; null: nobody does by this. */
  readonly taking: { readonly person: VersionedVolunteer; readonly after: Volunteer } | null;
};

export type OpeningStore = {
  /** Consistent. */
  readonly opening: (id: OpeningId) => Promise<Opening | null>;
  /** Those that end after `from`, by their end; null: of the whole country. Eventually consistent. */
  readonly openingsOf: (region: RegionId | null, from: Instant) => Promise<readonly Opening[]>;
  /** `conflict`: it, or she, is not as it was, and nothing was written. */
  readonly commitOpening: (commit: OpeningCommit, at: Instant) => Promise<'committed' | 'conflict'>;
};

/** A list with the version under which it is kept; 0: there is none yet. */
export type Numbers = { readonly list: readonly NumberedShift[]; readonly version: number };

/** What has been done for one volunteer. */
export type UpkeepEntry = {
  readonly volunteerId: VolunteerId;
  /** Each edit of hers makes it higher too. */
  readonly version: number;
  /** When to look again; a run that is at it has put it off. Null: never. */
  readonly dueAt: Instant | null;
  /** Reminders up to here have been sent, or were none; null: nobody has looked yet. */
  readonly remindedUntil: Instant | null;
  readonly check: NumberCheck | null;
  /** The network told us that she wants no more texts from us. */
  readonly optedOutAt: Instant | null;
};

export type PersonalStore = {
  readonly numbers: (id: VolunteerId) => Promise<Numbers>;
  /** False: somebody else has changed them. */
  readonly keepNumbers: (id: VolunteerId, numbers: Numbers, at: Instant) => Promise<boolean>;
  /** The secret end of a new address, good until then; earlier ones of hers open nothing any more. */
  readonly openPage: (id: VolunteerId, until: Instant) => Promise<string>;
  /** Null: it opens nothing. */
  readonly whosePage: (token: string, at: Instant) => Promise<VolunteerId | null>;
  readonly closePage: (id: VolunteerId) => Promise<void>;
};

export type UpkeepStore = {
  /** What cannot be turned back into the number or code. */
  readonly markOf: (text: string) => string;
  /** Null: nothing is known of her. */
  readonly entry: (id: VolunteerId) => Promise<UpkeepEntry | null>;
  readonly dueEntries: (at: Instant) => Promise<readonly VolunteerId[]>;
  /** Its version is the one that was read. False: she was edited meanwhile, or another run has done it. */
  readonly keepEntry: (entry: UpkeepEntry) => Promise<boolean>;
};

/** Whether anything reaches her. */
export type Reach = {
  readonly hasEntry: boolean;
  /** The network has said that her number does not work. */
  readonly isUnreachable: boolean;
  readonly optedOutAt: Instant | null;
  /** Offers in a row without a sign of life. */
  readonly unanswered: number;
};

export type ReachStore = {
  readonly reachOf: (ids: readonly VolunteerId[]) => Promise<ReadonlyMap<VolunteerId, Reach>>;
  /** True once a day, and again when whoever began has not ended within five minutes. */
  readonly beginDay: (day: LocalDate, at: Instant) => Promise<boolean>;
  readonly endDay: (day: LocalDate) => Promise<void>;
};

export type OwnTrail = {
  /** Behind the last entry of the trail of acts. */
  readonly putOnRecord: (fact: AuditFact) => Promise<void>;
};

export type ShiftStore = SwapStore &
  OpeningStore &
  OwnTrail &
  ReachStore &
  PersonalStore &
  UpkeepStore & {
    /** Consistent. */
    readonly person: (id: VolunteerId) => Promise<VersionedVolunteer | null>;
    /** All who are at home there. */
    readonly volunteersOf: (region: RegionId) => Promise<readonly Volunteer[]>;
  };
