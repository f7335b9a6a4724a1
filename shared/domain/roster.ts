// Who is on duty at an instant, with the facts that matching needs. No names, no numbers.
import type { Load } from './care.ts';
import type { LanguageId, RegionId, SkillId, VolunteerId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Scope } from './ladder.ts';
import { type Network, nearOf } from './network.ts';
import type { Gender } from './volunteer.ts';
import type { TextBy } from './ways.ts';

export type Candidate = {
  readonly volunteerId: VolunteerId;
  /** Where she is at home. */
  readonly region: RegionId;
  /** Where she is on duty now: perhaps in several at once, perhaps not at home. */
  readonly regions: readonly RegionId[];
  readonly languages: readonly LanguageId[];
  /** What she is on duty for now. */
  readonly skills: readonly SkillId[];
  readonly gender: Gender | null;
  readonly textBy: TextBy;
  /** The stretch of duty around now, in UTC, as far as it is known. */
  readonly duty: { readonly from: Instant; readonly until: Instant };
  readonly lastOfferedAt: Instant | null;
  /** Held by an offer or a call until then at the latest; null: free, or in conversations by text alone. */
  readonly busyUntil: Instant | null;
  /** The places at which she writes with somebody. */
  readonly writesAt: readonly number[];
  /** The places whose conversation has just ended: their number may still be meant for it, and leads to nobody else. */
  readonly restsAt: readonly number[];
  readonly pausedUntil: Instant | null;
  /** False once the network has said that the number does not work. */
  readonly reachable: boolean;
  readonly load: Load;
};

/** What has been read of the roster so far. A scope that is absent has not been read. */
export type Roster = { readonly [scope in Scope]?: readonly Candidate[] } & {
  /** The scopes of which only those who are next in turn have been read: whoever is not there is later in turn. */
  readonly inPart?: readonly Scope[];
};

/** Those who were offered something longest ago; among equals, any. `isAll`: nobody else is on duty there. */
export type NextInTurn = { readonly candidates: readonly Candidate[]; readonly isAll: boolean };

/** The regions that a scope takes in, nearest first. Without a known region there is only the whole country. */
export function regionsIn(network: Network, scope: Scope, region: RegionId | null): readonly RegionId[] {
  if (scope === 'national') return network.regions.map(each => each.id);
  if (region === null) return [];
  return scope === 'region' ? [region] : [region, ...nearOf(network, region)];
}
