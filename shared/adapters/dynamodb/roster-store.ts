// Who is on duty, from the sparse index of duty entries, or from the rota itself when nobody has kept those up.
// A dead job must never mean "nobody on duty", and a volunteer off duty must never cost a read. What knows rotas and time
// zones is loaded when it is needed: on the way to a ring it almost never is.
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { NEXT_IN_TURN, type NetworkStore, type RosterStore } from '../../app/ports.ts';
import type { RegionId, VolunteerId } from '../../domain/ids.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import type { Candidate, NextInTurn } from '../../domain/roster.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { type Item, toItem, updateInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, type Pages, queryPages, unlessDamaged } from './deps.ts';
import { entriesOf, entryFrom, volunteerIdOf } from './duty-entries.ts';
import { candidateFrom, type DutyEntry, leadsAt } from './duty-entry.ts';
import { dutyFillKey, dutyKey } from './keys.ts';
import { holidaysNow } from './network-store.ts';

/** The job runs every few minutes; later than this it is dead. An hour's lead covers the time until then. */
export const STALE_AFTER_SECONDS = 20 * 60;
/** How much of each region. A page of a hundred is some 24 KB; a thousand are enough for any wave. */
type Share = { readonly pageSize: number; readonly pagesAtMost: number };
const everybody: Share = { pageSize: 100, pagesAtMost: 10 };
const nextInTurn: Share = { pageSize: NEXT_IN_TURN, pagesAtMost: 1 };
/** A switched-off phone is back the next day. */
const UNREACHABLE_SECONDS = 24 * 3600;

export function createRosterStore(deps: Deps, networks: NetworkStore): RosterStore {
  const keptUp = watchOfFill(deps);
  const read = async (regions: readonly RegionId[], at: Instant, share: Share): Promise<NextInTurn> => {
    // Not one after the other: that nobody has kept them up is rare.
    const indexed = fromIndex(deps, regions, at, share);
    indexed.catch(() => undefined); // then the rotas are read, or whoever asked hears of it
    const { entries, seenUntil } = (await keptUp(at))
      ? await indexed
      : {
          entries: await (await import('./roster-from-rotas.ts')).fromRotas(deps, networks, regions, at),
          seenUntil: null,
        };
    const candidates = entries
      .flatMap(entry => candidateFrom(entry, at) ?? [])
      .filter(candidate => candidate.regions.some(region => regions.includes(region)))
      .filter(({ lastOfferedAt }) => seenUntil === null || (lastOfferedAt ?? 0) <= seenUntil)
      .sort(leastRecentlyOfferedFirst);
    return { candidates, isAll: seenUntil === null };
  };
  return {
    onDuty: async (regions, at) => (await read(regions, at, everybody)).candidates,
    nextInTurn: (regions, at) => read(regions, at, nextInTurn),
    rollDuty: async at => {
      const { rollDuty } = await import('./duty-roll.ts');
      return rollDuty(deps, await holidaysNow(networks), at);
    },
    markUnreachable: id =>
      mark(deps, id, 'unreachableUntil', addSeconds(deps.clock.now(), UNREACHABLE_SECONDS)),
    rest: (id, until) => mark(deps, id, 'restUntil', until),
    wishDuty: async (id, wish, at) => {
      const { wished } = await import('../../domain/duty-wish.ts');
      const { changeVolunteer } = await import('./volunteer-writes.ts');
      const holidays = await holidaysNow(networks);
      const change = (before: Volunteer | null) => before && wished(before, wish, holidays, at);
      await changeVolunteer(deps, { id, change, holidays, vouches: true, by: id }, at);
    },
  };
}

async function mark(
  deps: Deps,
  id: VolunteerId,
  field: 'unreachableUntil' | 'restUntil',
  until: Instant,
): Promise<void> {
  const update = updateInput(deps.table, dutyKey(id), `SET #${field} = :until`, 'attribute_exists(#pk)', {
    until,
  });
  await unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
}

function leastRecentlyOfferedFirst(a: Candidate, b: Candidate): number {
  return (a.lastOfferedAt ?? 0) - (b.lastOfferedAt ?? 0) || (a.volunteerId < b.volunteerId ? -1 : 1);
}

/** Read once, and again only when what was read has become too old: a stamp never goes back. */
function watchOfFill({ client, table }: Deps): (at: Instant) => Promise<boolean> {
  let filledAt = 0;
  const isFresh = (at: Instant) => at - filledAt <= STALE_AFTER_SECONDS * 1000;
  return async at => {
    if (isFresh(at)) return true;
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: toItem(dutyFillKey) }));
    filledAt = Number(Item?.['filledAt']?.N ?? 0);
    return isFresh(at);
  };
}

/**
 * Each entry once. Nobody is read twice unless a pointer leads to her and none of these regions shows her herself.
 * `seenUntil`: whoever was not seen was offered something no earlier than that; null: everybody was. A pointer stands
 * before all others whenever she was offered something, so who was seen by one may come after those who were not.
 */
async function fromIndex(
  deps: Deps,
  regions: readonly RegionId[],
  at: Instant,
  share: Share,
): Promise<{ readonly entries: readonly DutyEntry[]; readonly seenUntil: number | null }> {
  const ranges = await Promise.all(regions.map(region => indexed(deps, region, share)));
  const found = ranges.flatMap(({ items }) => items);
  const shown = found.filter(item => leadsAt(item, at) === null);
  const ids = new Set(shown.flatMap(item => volunteerIdOf(item) ?? []));
  const led = found
    .filter(item => leadsAt(item, at) === true)
    .flatMap(item => volunteerIdOf(item) ?? [])
    .filter(id => !ids.has(id));
  const entries = shown.flatMap(item => unlessDamaged(deps, () => entryFrom(item)));
  const others = led.length === 0 ? [] : (await entriesOf(deps, [...new Set(led)])).values();
  return {
    entries: [...new Map(entries.map(entry => [entry.volunteerId, entry])).values(), ...others],
    seenUntil: ranges.every(({ isAll }) => isAll)
      ? null
      : Math.min(...ranges.flatMap(({ items, isAll }) => (isAll ? [] : turnOf(items.at(-1))))),
  };
}

const turnOf = (item: Item | undefined): number => Number(item?.['lastOfferedAt']?.N ?? 0);

function indexed(deps: Deps, region: RegionId, { pageSize, pagesAtMost }: Share): Promise<Pages> {
  const query = { IndexName: 'duty', Limit: pageSize, where: '#dutyRegion = :region', values: { region } };
  return queryPages(deps, query, pagesAtMost);
}
