// Who is on duty, from the sparse index of duty entries, or from the rota itself when nobody has kept those up.
// A dead job must never mean "nobody on duty", and a volunteer off duty must never cost a read.
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { RosterStore } from '../../app/ports.ts';
import { wished } from '../../domain/duty-wish.ts';
import { parseVolunteerId, type RegionId, type VolunteerId } from '../../domain/ids.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import type { Candidate } from '../../domain/roster.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { type Item, toItem, updateInput } from './attributes.ts';
import { getItems } from './batch-get.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, queryAll, unlessDamaged } from './deps.ts';
import { candidateFrom, type DutyEntry, dutyUpdate, readDutyEntry } from './duty-entry.ts';
import { rollDuty } from './duty-roll.ts';
import { inTurns } from './in-turns.ts';
import { dutyFillKey, dutyKey, idInKey } from './keys.ts';
import { changeVolunteer, volunteerItemsOf } from './registry.ts';
import { readVolunteer } from './volunteer-item.ts';

/** The job runs every few minutes; later than this it is dead. An hour's lead covers the time until then. */
export const STALE_AFTER_SECONDS = 20 * 60;
/** One region's page is about 40 KB. The thousand least recently offered are enough for any wave. */
const PAGE_SIZE = 100;
const PAGES_AT_MOST = 10;
/** A switched-off phone is back the next day. */
const UNREACHABLE_SECONDS = 24 * 3600;
const REPAIRS_AT_ONCE = 8;

export function createRosterStore(deps: Deps): RosterStore {
  const keptUp = watchOfFill(deps);
  return {
    onDuty: async (regions, at) => {
      const read = (await keptUp(at))
        ? (region: RegionId) => fromIndex(deps, region, at)
        : (region: RegionId) => fromRota(deps, region, at);
      const found = await Promise.all(regions.map(read));
      return found.flat().sort(leastRecentlyOfferedFirst);
    },
    rollDuty: at => rollDuty(deps, at),
    markUnreachable: id =>
      mark(deps, id, 'unreachableUntil', addSeconds(deps.clock.now(), UNREACHABLE_SECONDS)),
    rest: (id, until) => mark(deps, id, 'restUntil', until),
    wishDuty: async (id, wish, at) => {
      const change = (before: Volunteer | null) => before && wished(before, wish, at);
      await changeVolunteer(deps, id, change, at);
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

async function fromIndex(deps: Deps, region: RegionId, at: Instant): Promise<readonly Candidate[]> {
  const query = { IndexName: 'duty', Limit: PAGE_SIZE, where: '#dutyRegion = :region', values: { region } };
  const items = await queryAll(deps, query, PAGES_AT_MOST);
  return items
    .flatMap(item => unlessDamaged(deps, () => entryFrom(item)))
    .flatMap(entry => candidateFrom(entry, at) ?? []);
}

function entryFrom(item: Item): DutyEntry {
  return readDutyEntry(item, idInKey(item['pk']?.S ?? ''));
}

/**
 * Costs two reads for everybody in the region. An entry that follows the volunteer's present rota and whose next
 * change has not come yet is right; all others are made anew from the rota and written, so that claims work as ever
 * and the next one who asks finds them right.
 */
async function fromRota(deps: Deps, region: RegionId, at: Instant): Promise<readonly Candidate[]> {
  deps.log.warn('duty-entries-stale', { region });
  const volunteers = await volunteerItemsOf(deps, region);
  const entries = await entriesOf(
    deps,
    volunteers.flatMap(item => volunteerIdOf(item) ?? []),
  );
  const found = await inTurns(REPAIRS_AT_ONCE, volunteers, async item => {
    const entry = entries.get(volunteerIdOf(item) ?? '');
    const isRight = entry && entry.rotaVersion >= versionOf(item) && entry.dueAt > at;
    return isRight ? entry : repaired(deps, item, at);
  });
  return found
    .flatMap(entry => (entry && candidateFrom(entry, at)) ?? [])
    .filter(candidate => candidate.region === region);
}

const volunteerIdOf = (item: Item): VolunteerId | null => parseVolunteerId(idInKey(item['pk']?.S ?? ''));
const versionOf = (item: Item): number => Number(item['version']?.N ?? Number.POSITIVE_INFINITY);

/** Null when she was edited this instant, or is damaged: what is known of her is not right. */
async function repaired(deps: Deps, item: Item, at: Instant): Promise<DutyEntry | null> {
  const [known] = unlessDamaged(deps, () => readVolunteer(deps, item));
  if (!known) return null;
  let written: Item | undefined;
  const update = dutyUpdate(deps.table, known.volunteer, known.version, at);
  const done = await unlessRefused(deps.random, async () => {
    const command = new UpdateItemCommand({ ...update, ReturnValues: 'ALL_NEW' });
    written = (await deps.client.send(command)).Attributes;
  });
  if (!done || !written) return null;
  const entry = written;
  return unlessDamaged(deps, () => readDutyEntry(entry, known.volunteer.id))[0] ?? null;
}

async function entriesOf(deps: Deps, ids: readonly VolunteerId[]): Promise<ReadonlyMap<string, DutyEntry>> {
  const items = await getItems(deps, ids.map(dutyKey));
  const entries = items.flatMap(item => unlessDamaged(deps, () => entryFrom(item)));
  return new Map(entries.map(entry => [entry.volunteerId, entry]));
}
