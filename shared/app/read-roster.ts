// As much of the roster as a decision asks for. In her region, only those who are next in turn: it asks again when none of
// them is clearly the one. Must never leave out somebody who would have been chosen.
import type { NeedsRoster } from '../domain/climb.ts';
import type { Instant } from '../domain/instant.ts';
import type { Network } from '../domain/network.ts';
import { type Roster, regionsIn } from '../domain/roster.ts';
import type { RosterStore } from './ports.ts';

/** What was read before and, with it, what is needed now. */
export async function readRoster(
  store: RosterStore,
  network: Network,
  { needs: scope, region }: NeedsRoster,
  now: Instant,
  before: Roster = {},
): Promise<Roster> {
  const regions = regionsIn(network, scope, region);
  // Farther away nobody is clearly the one: whoever is nearer comes first, whosever turn it is.
  const readsAll = scope !== 'region' || before[scope] !== undefined;
  const { candidates, isAll } = readsAll
    ? { candidates: await store.onDuty(regions, now), isAll: true }
    : await store.nextInTurn(regions, now);
  const others = (before.inPart ?? []).filter(each => each !== scope);
  return { ...before, [scope]: candidates, inPart: isAll ? others : [...others, scope] };
}
