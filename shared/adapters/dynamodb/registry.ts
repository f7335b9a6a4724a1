// The volunteers and the network as managers see them: edited under a version, listed by region.
// Must never write what could not be read again.
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { isRefused, parseVolunteer } from '../../app/network-document.ts';
import type { ListPlace, NetworkStore, Registry, VersionedVolunteer } from '../../app/ports.ts';
import { ownNumbers } from '../../domain/canary-rules.ts';
import { volunteerWayProblems } from '../../domain/capability-rules.ts';
import { regionsAway } from '../../domain/duty-stretches.ts';
import { parseVolunteerId, type RegionId, type VolunteerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { LocalDate } from '../../domain/local-time.ts';
import { holidaysOf, type Network } from '../../domain/network.ts';
import type { NetworkProblem } from '../../domain/network-rules.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { bindings, type Item, putInput } from './attributes.ts';
import { getItems } from './batch-get.ts';
import { type Deps, getItem, queryAll, unlessDamaged } from './deps.ts';
import { writeDuty } from './duty-roll.ts';
import { dutyWrites } from './duty-writes.ts';
import { formerRotasOf } from './former-rotas.ts';
import { AWAY_LIST_KEY, idInKey, numberHelperKey, volunteerKey, volunteerListKey } from './keys.ts';
import { problemsWhenRead } from './network-problems.ts';
import { createNetworkStore, holidaysNow, networkItem } from './network-store.ts';
import { getVolunteer, readVolunteer } from './volunteer-item.ts';
import { changeVolunteer, removeVolunteer, type VolunteerChange } from './volunteer-writes.ts';

export function createRegistry(deps: Deps, networks: NetworkStore): Registry {
  return {
    putNetwork: async network => {
      refuseUnreadable('the network', problemsWhenRead(network));
      refuseUnreadable('the network', await volunteersAtOwnNumbers(deps, network));
      refuseUnreadable('the network', await stillHeld(deps, network));
      await deps.client.send(new PutItemCommand(putInput(deps.table, networkItem(deps, network))));
    },
    putVolunteer: (volunteer, at, expectedVersion = null, by = null) =>
      put(deps, networks, volunteer, at, { expectedVersion, vouches: true, by }),
    putRota: (volunteer, at, expectedVersion, by) =>
      put(deps, networks, volunteer, at, { expectedVersion, vouches: false, by }),
    removeVolunteer: (id, at, expectedVersion) => removeVolunteer(deps, id, at, expectedVersion),
    refreshDuty: async (id, at) => {
      // Not from a cache: they have just been changed.
      const [known, holidays] = await Promise.all([
        getVolunteer(deps, id),
        holidaysNow(createNetworkStore(deps)),
      ]);
      if (known) await writeDuty(deps, dutyWrites(deps.table, known, holidays, at));
    },
    volunteer: id => getVolunteer(deps, id),
    formerRotas: id => formerRotasOf(deps, id),
    volunteers: async region =>
      (await volunteerItemsOf(deps, region)).flatMap(item =>
        unlessDamaged(deps, () => readVolunteer(deps, item).volunteer),
      ),
    volunteersServing: region => volunteersWithin(deps, [region]),
    volunteersAfter: (regions, after, atMost) => volunteersAfter(deps, regions, after, atMost),
  };
}

async function put(
  deps: Deps,
  networks: NetworkStore,
  volunteer: Volunteer,
  at: Instant,
  how: Pick<VolunteerChange, 'expectedVersion' | 'vouches' | 'by'>,
): ReturnType<Registry['putVolunteer']> {
  const read = parseVolunteer(volunteer);
  refuseUnreadable(volunteer.id, isRefused(read) ? read.problems : []);
  const network = await networkOf(networks);
  if (network && ownNumbers(network).includes(volunteer.number)) return 'number-taken';
  refuseUnreadable(volunteer.id, network ? volunteerWayProblems(network, volunteer) : []);
  const holidays = network ? holidaysOf(network) : new Set<LocalDate>();
  return changeVolunteer(deps, { id: volunteer.id, change: () => volunteer, holidays, ...how }, at);
}

/** What could not be read again must not be written: a network like that would silence the line. */
function refuseUnreadable(name: string, problems: readonly NetworkProblem[]): void {
  if (problems.length === 0) return;
  const told = problems.map(({ path, problem }) => `${path} ${problem}`).join('; ');
  throw new RangeError(`${name} was not stored, and what was there is kept: ${told}`);
}

/** A call to one of our own numbers reaches no volunteer, and the canary's must never ring one. */
export async function volunteersAtOwnNumbers(
  deps: Deps,
  network: Network,
): Promise<readonly NetworkProblem[]> {
  const rows = await Promise.all(
    ownNumbers(network).map(number => getItem(deps, numberHelperKey(deps.sealer.lookup(number)))),
  );
  const problem = 'a number of a line or of the canary is that of a volunteer';
  return rows.some(row => row !== null) ? [{ path: 'lines, canary', problem }] : [];
}

/** Regions and skills that are there now, would be gone, and that somebody still has. */
async function stillHeld(deps: Deps, after: Network): Promise<readonly NetworkProblem[]> {
  const before = await networkOf(createNetworkStore(deps));
  if (before === null) return [];
  const gone = <Part extends { readonly id: string }>(were: readonly Part[], are: readonly Part[]) =>
    were.filter(({ id }) => !are.some(each => each.id === id));
  const regions = gone(before.regions, after.regions);
  const skills = gone(before.skills, after.skills);
  if (regions.length + skills.length === 0) return [];
  const everybody = await volunteersWithin(
    deps,
    before.regions.map(({ id }) => id),
  );
  const held = (path: string, isHeld: (volunteer: Volunteer) => boolean) => {
    const { length } = everybody.filter(isHeld);
    return length === 0 ? [] : [{ path, problem: `would be gone, and volunteers still have it: ${length}` }];
  };
  return [
    ...regions.flatMap(({ id }) =>
      held(`regions ${id}`, her => her.region === id || regionsAway(her).includes(id)),
    ),
    ...skills.flatMap(({ id }) => held(`skills ${id}`, her => her.skills.includes(id))),
  ];
}

/** Volunteers may be written before there is a network: then it is the network that is refused. */
async function networkOf(networks: NetworkStore): Promise<Network | null> {
  try {
    return await networks.network();
  } catch {
    return null;
  }
}

export function volunteerItemsOf(deps: Deps, region: RegionId): Promise<readonly Item[]> {
  const values = { list: volunteerListKey(region) };
  return queryAll(deps, { IndexName: 'list', where: '#listKey = :list', values });
}

/** Of everybody who is at home in one of these regions, or whose rota names one. */
export async function volunteerItemsWithin(
  deps: Deps,
  regions: readonly RegionId[],
): Promise<readonly Item[]> {
  const [away, ...lists] = await Promise.all([
    awayIn(deps, regions),
    ...regions.map(region => volunteerItemsOf(deps, region)),
  ]);
  const atHome = lists.flat();
  const ids = new Set(atHome.map(idOf));
  const others = away.filter(id => !ids.has(id));
  return [...atHome, ...(await getItems(deps, others.map(volunteerKey)))];
}

async function volunteersWithin(deps: Deps, regions: readonly RegionId[]): Promise<readonly Volunteer[]> {
  const items = await volunteerItemsWithin(deps, regions);
  return items.flatMap(item => unlessDamaged(deps, () => readVolunteer(deps, item).volunteer));
}

async function awayIn(deps: Deps, regions: readonly RegionId[]): Promise<readonly VolunteerId[]> {
  const values = { list: AWAY_LIST_KEY };
  const rows = await queryAll(deps, { IndexName: 'list', where: '#listKey = :list', values });
  const named = (row: Item) => row['regions']?.L?.map(({ S }) => S) ?? [];
  return rows
    .filter(row => regions.some(region => named(row).includes(region)))
    .flatMap(row => idOf(row) ?? []);
}

const idOf = (item: Item): VolunteerId | null => parseVolunteerId(idInKey(item['pk']?.S ?? ''));

/** From region to region in the given order, in each in the order of the ids. */
async function volunteersAfter(
  deps: Deps,
  regions: readonly RegionId[],
  after: ListPlace | null,
  atMost: number,
): ReturnType<Registry['volunteersAfter']> {
  const left = after === null ? regions : regions.slice(regions.indexOf(after.region));
  const found: VersionedVolunteer[] = [];
  for (const region of left) {
    let from = after?.region === region ? after.id : null;
    do {
      // One more than asked for tells whether there is another page.
      const items = await someOf(deps, region, from, atMost + 1 - found.length);
      found.push(...items.flatMap(item => unlessDamaged(deps, () => readVolunteer(deps, item))));
      from = parseVolunteerId(items.at(-1)?.['listSort']?.S ?? '');
    } while (from !== null && found.length <= atMost);
    if (found.length > atMost) break;
  }
  const page = found.slice(0, atMost);
  const last = page.at(-1)?.volunteer;
  return { page, next: found.length > atMost && last ? { region: last.region, id: last.id } : null };
}

async function someOf(
  { client, table }: Deps,
  region: RegionId,
  after: VolunteerId | null,
  atMost: number,
): Promise<readonly Item[]> {
  const where = after === null ? '#listKey = :list' : '#listKey = :list AND #listSort > :after';
  const values = { list: volunteerListKey(region), ...(after === null ? {} : { after }) };
  const query = { TableName: table, IndexName: 'list', Limit: atMost, KeyConditionExpression: where };
  const { Items } = await client.send(new QueryCommand({ ...query, ...bindings([where], values) }));
  return Items ?? [];
}
