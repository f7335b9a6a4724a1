// The job that keeps the duty entries in step with the rotas as time goes on. It runs every few minutes and looks
// only at entries whose next change has come; the stamp it leaves says that all of them were looked at.
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { DUE_SHARDS } from '../../app/ports.ts';
import { parseVolunteerId, type VolunteerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { putInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, queryAll } from './deps.ts';
import { dutyUpdate } from './duty-entry.ts';
import { inTurns } from './in-turns.ts';
import { dutyDueShard, dutyFillKey, dutyKey, idInKey } from './keys.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import { getVolunteer } from './volunteer-item.ts';

/** A shift that begins for 2,000 at once takes two seconds. */
const ENTRIES_AT_ONCE = 16;

/** Throws when any entry could not be brought up to date: then there is no stamp, and soon the rota is read instead. */
export async function rollDuty(deps: Deps, at: Instant): Promise<void> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => dutyDueShard(shard));
  const due = await Promise.all(shards.map(shard => dueIn(deps, shard, at)));
  await inTurns(ENTRIES_AT_ONCE, due.flat(), id => roll(deps, id, at));
  await stamp(deps, at);
}

async function dueIn(deps: Deps, shard: string, at: Instant): Promise<readonly VolunteerId[]> {
  const where = '#dueShard = :shard AND #dueAt <= :at';
  const items = await queryAll(deps, { IndexName: 'due', where, values: { shard, at } });
  return items.flatMap(item => parseVolunteerId(idInKey(item['pk']?.S ?? '')) ?? []);
}

async function roll(deps: Deps, id: VolunteerId, at: Instant): Promise<void> {
  try {
    // The index may lag: what it says is read again before anything is written.
    const [entry, known] = await Promise.all([getItem(deps, dutyKey(id)), getVolunteer(deps, id)]);
    const dueAt = Number(entry?.['dueAt']?.N ?? Number.POSITIVE_INFINITY);
    if (!known || dueAt > at) return;
    const update = dutyUpdate(deps.table, known.volunteer, known.version, at);
    // Refused: she was edited meanwhile, and the edit has written what is right.
    await unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
  } catch (error) {
    // One damaged volunteer must not keep everybody else's entries from being looked at.
    if (!(error instanceof DamagedRecord)) throw error; // its reader has named it in the log
  }
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
