// The job that keeps the duty entries in step with the rotas as time goes on. It runs every few minutes and looks
// only at entries whose next change has come; the stamp it leaves says that all of them were looked at.
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { DUE_SHARDS } from '../../app/ports.ts';
import { DAY_SECONDS } from '../../domain/care.ts';
import { parseVolunteerId, type VolunteerId } from '../../domain/ids.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import type { Holidays } from '../../domain/rota.ts';
import { type Item, putInput, updateInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, queryAll, unlessDamaged } from './deps.ts';
import { candidateFrom, type DutyEntry, isHeld, readDutyEntry, talksOf } from './duty-entry.ts';
import { type DutyWrites, dutyWrites } from './duty-writes.ts';
import { inTurns } from './in-turns.ts';
import { dutyDueShard, dutyFillKey, dutyKey, idInKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import { getVolunteer } from './volunteer-item.ts';

/** A shift that begins for 2,000 at once takes two seconds. */
const ENTRIES_AT_ONCE = 16;

/** Throws when any entry could not be brought up to date: then there is no stamp, and soon the rota is read instead. */
export async function rollDuty(deps: Deps, holidays: Holidays, at: Instant): Promise<readonly VolunteerId[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => dutyDueShard(shard));
  const due = await Promise.all(shards.map(shard => dueIn(deps, shard, at)));
  const rolled = await inTurns(ENTRIES_AT_ONCE, due.flat(), id => roll(deps, id, holidays, at));
  await stamp(deps, at);
  return rolled.flat();
}

async function dueIn(deps: Deps, shard: string, at: Instant): Promise<readonly VolunteerId[]> {
  const where = '#dueShard = :shard AND #dueAt <= :at';
  const items = await queryAll(deps, { IndexName: 'due', where, values: { shard, at } });
  return items.flatMap(item => parseVolunteerId(idInKey(item['pk']?.S ?? '')) ?? []);
}

/** Returns her when her shift has ended and she has talked in it. */
async function roll(
  deps: Deps,
  id: VolunteerId,
  holidays: Holidays,
  at: Instant,
): Promise<readonly VolunteerId[]> {
  try {
    // The index may lag: what it says is read again before anything is written.
    const [entry, known] = await Promise.all([getItem(deps, dutyKey(id)), getVolunteer(deps, id)]);
    const dueAt = Number(entry?.['dueAt']?.N ?? Number.POSITIVE_INFINITY);
    if (!entry || !known || dueAt > at) return [];
    const [carried] = unlessDamaged(deps, () => readDutyEntry(entry, id));
    const lookBy = carried && isHeld(carried, at) ? addSeconds(at, HELD_LOOK_SECONDS) : null;
    await writeDuty(deps, dutyWrites(deps.table, known, holidays, at, { lookBy }));
    return carried === undefined ? [] : await settleTalks(deps, carried, at);
  } catch (error) {
    // One damaged volunteer must not keep everybody else's entries from being looked at.
    if (!(error instanceof DamagedRecord)) throw error; // its reader has named it in the log
    return [];
  }
}

/**
 * Writes the entry, and first what leads to it: whoever dies between the two leaves an entry that is looked at again.
 * Returns the entry; null when she was edited meanwhile, and the edit has written what is right.
 */
export async function writeDuty(deps: Deps, { update, pointers }: DutyWrites): Promise<Item | null> {
  const put = (input: DutyWrites['pointers'][number]) =>
    unlessRefused(deps.random, () => deps.client.send(new PutItemCommand(input)));
  await Promise.all(pointers.map(put));
  let written: Item | null = null;
  await unlessRefused(deps.random, async () => {
    const command = new UpdateItemCommand({ ...update, ReturnValues: 'ALL_NEW' });
    written = (await deps.client.send(command)).Attributes ?? null;
  });
  return written;
}

/** She still talks at the end of her shift: it is looked at again. */
const HELD_LOOK_SECONDS = 300;
/** Later a word about the shift would only be odd. */
const DEBRIEF_SECONDS = 6 * 3600;

async function settleTalks(deps: Deps, entry: DutyEntry, at: Instant): Promise<readonly VolunteerId[]> {
  await forgetOldTalks(deps, entry, at);
  const last = talksOf(entry).at(-1)?.endedAt;
  const isOver = candidateFrom(entry, at) === null && !isHeld(entry, at);
  if (!isOver || last === undefined || addSeconds(last, DEBRIEF_SECONDS) <= at) return [];
  const update = updateInput(
    deps.table,
    dutyKey(entry.volunteerId),
    'SET #debriefedAt = :at',
    'attribute_not_exists(#debriefedAt) OR #debriefedAt <= :last',
    { at, last },
  );
  // Whoever writes it says it: of two jobs at once only one.
  const isOurs = await unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
  return isOurs ? [entry.volunteerId] : [];
}

/** What is older than a day counts for nothing. Refused when another job has just done the same. */
async function forgetOldTalks(deps: Deps, entry: DutyEntry, at: Instant): Promise<void> {
  const old = talksOf(entry).filter(({ endedAt }) => addSeconds(endedAt, DAY_SECONDS) <= at);
  const first = entry.talks?.[0];
  if (old.length === 0 || first === undefined) return;
  const update = updateInput(
    deps.table,
    dutyKey(entry.volunteerId),
    `REMOVE ${old.map((_, place) => `#talks[${place}]`).join(', ')}`,
    '#talks[0] = :first',
    { first },
  );
  await unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
}

async function stamp({ client, table, random }: Deps, filledAt: Instant): Promise<void> {
  const put = putInput(
    table,
    { ...dutyFillKey, schema: SCHEMA_VERSION, filledAt },
    'attribute_not_exists(#pk) OR #filledAt < :filledAt',
    { filledAt },
  );
  await unlessRefused(random, () => client.send(new PutItemCommand(put)));
}
