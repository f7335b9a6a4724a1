// Editing of volunteers and of the network. A volunteer, her number's row and her duty entry change together.
import { PutItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { isRefused, parseVolunteer } from '../../app/network-document.ts';
import type { NetworkStore, Registry } from '../../app/ports.ts';
import { ownNumbers } from '../../domain/canary-rules.ts';
import { volunteerWayProblems } from '../../domain/capability-rules.ts';
import type { RegionId, VolunteerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Network } from '../../domain/network.ts';
import type { NetworkProblem } from '../../domain/network-rules.ts';
import type { PhoneNumber } from '../../domain/phone.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { deleteInput, type Item, putInput } from './attributes.ts';
import { refusedPlaces, whileBusy } from './conflicts.ts';
import { type Deps, getItem, queryAll, unlessDamaged } from './deps.ts';
import { dutyUpdate, FORGOTTEN_BY_AN_EDIT } from './duty-entry.ts';
import { numberHelperKey, volunteerListKey } from './keys.ts';
import { createNetworkStore, networkItem, problemsWhenRead } from './network-store.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import { getVolunteer, readVolunteer, type Versioned, volunteerItem } from './volunteer-item.ts';

export function createRegistry(deps: Deps): Registry {
  const networks = createNetworkStore(deps);
  return {
    putNetwork: async network => {
      refuseUnreadable('the network', problemsWhenRead(network));
      refuseUnreadable('the network', await volunteersAtOwnNumbers(deps, network));
      await deps.client.send(new PutItemCommand(putInput(deps.table, networkItem(deps, network))));
    },
    putVolunteer: async (volunteer, at) => {
      const read = parseVolunteer(volunteer);
      refuseUnreadable(volunteer.id, isRefused(read) ? read.problems : []);
      const network = await networkOf(networks);
      if (network && ownNumbers(network).includes(volunteer.number)) return 'number-taken';
      refuseUnreadable(volunteer.id, network ? volunteerWayProblems(network, volunteer) : []);
      return changeVolunteer(deps, volunteer.id, () => volunteer, at);
    },
    volunteers: async region =>
      (await volunteerItemsOf(deps, region)).flatMap(item =>
        unlessDamaged(deps, () => readVolunteer(deps, item).volunteer),
      ),
  };
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

/** Two managers who save the same volunteer at once: the later one reads again and saves on top. */
const TRIES = 5;
/** Where the volunteer's number stands in the transaction below. */
const NUMBER_PLACE = 1;

/** Decided again from what stands there when somebody else was first. `change` may leave it: null. */
export async function changeVolunteer(
  deps: Deps,
  id: VolunteerId,
  change: (before: Volunteer | null) => Volunteer | null,
  at: Instant,
): Promise<'stored' | 'number-taken'> {
  for (let tries = 1; ; tries += 1) {
    const before = await getVolunteer(deps, id);
    const volunteer = change(before?.volunteer ?? null);
    if (volunteer === null) return 'stored';
    const items = writesOf(deps, before, volunteer, at);
    try {
      await whileBusy(deps.random, () =>
        deps.client.send(new TransactWriteItemsCommand({ TransactItems: items })),
      );
      return 'stored';
    } catch (error) {
      const refused = refusedPlaces(error);
      if (refused.includes(NUMBER_PLACE)) return 'number-taken';
      if (refused.length === 0 || tries >= TRIES) throw error;
    }
  }
}

function writesOf(
  deps: Deps,
  before: Versioned | null,
  volunteer: Volunteer,
  at: Instant,
): TransactWriteItem[] {
  const { table } = deps;
  const version = (before?.version ?? 0) + 1;
  const item = volunteerItem(deps, volunteer, version);
  const sameVersion = before
    ? putInput(table, item, '#version = :before', { before: before.version })
    : putInput(table, item, 'attribute_not_exists(#pk)');
  return [
    { Put: sameVersion },
    { Put: numberRow(deps, volunteer.id, volunteer.number) },
    { Update: dutyUpdate(table, volunteer, version, at, { alsoRemove: FORGOTTEN_BY_AN_EDIT }) },
    ...(before && before.volunteer.number !== volunteer.number
      ? [{ Delete: oldNumberRow(deps, volunteer.id, before.volunteer.number) }]
      : []),
  ];
}

const MINE = 'attribute_not_exists(#pk) OR #helperId = :me';

function numberRow({ table, sealer }: Deps, me: VolunteerId, number: PhoneNumber) {
  const row = { ...numberHelperKey(sealer.lookup(number)), schema: SCHEMA_VERSION, helperId: me };
  return putInput(table, row, MINE, { me });
}

function oldNumberRow({ table, sealer }: Deps, me: VolunteerId, number: PhoneNumber) {
  return deleteInput(table, numberHelperKey(sealer.lookup(number)), MINE, { me });
}
