// Swaps of shifts. A swap and the rotas it changes are written together or not at all: the version of each is a condition.
// Must never write one of two rotas.
import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { DUE_SHARDS, type NetworkStore, type VersionedVolunteer } from '../../app/ports.ts';
import type { SwapCommit, SwapStore } from '../../app/shift-ports.ts';
import { parseSwapId, type SwapId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { holidaysOf } from '../../domain/network.ts';
import { regionOf, type Swap } from '../../domain/swap.ts';
import { type Item, putInput } from './attributes.ts';
import { refusedPlaces, whileBusy } from './conflicts.ts';
import {
  type Deps,
  getItem,
  live,
  namingDamage,
  queryAll,
  readItem,
  readJson,
  unlessDamaged,
} from './deps.ts';
import { idInKey, shardOf, swapDueShard, swapKey, swapListKey } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import { swapSchema } from './swap-schema.ts';
import { writesOf } from './volunteer-writes.ts';

const fields = z.object({ schema: z.literal(SCHEMA_VERSION), doc: z.string() });

export function createSwapStore(deps: Deps, networks: NetworkStore): SwapStore {
  return {
    swap: async id => {
      const item = live(await getItem(deps, swapKey(id)), deps.clock.now());
      return item && namingDamage(deps, () => read(item, id));
    },
    swapsOf: async (region, from) => {
      const where = '#listKey = :list AND #listSort >= :from';
      const values = { list: swapListKey(region), from: sortOf(from) };
      const items = await queryAll(deps, { IndexName: 'list', where, values });
      const now = deps.clock.now();
      return items
        .filter(item => live(item, now))
        .flatMap(item => unlessDamaged(deps, () => read(item, idInKey(item['pk']?.S ?? ''))));
    },
    dueSwaps: async at => {
      const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => swapDueShard(shard));
      const where = '#dueShard = :shard AND #dueAt <= :at';
      const due = await Promise.all(
        shards.map(shard => queryAll(deps, { IndexName: 'due', where, values: { shard, at } })),
      );
      return due.flat().flatMap(item => parseSwapId(idInKey(item['pk']?.S ?? '')) ?? []);
    },
    commitSwap: async (commit, at) => {
      const holidays = holidaysOf(await networks.network());
      const how = { at, by: commit.by, vouches: false };
      const items = [
        { Put: swapPut(deps, commit) },
        ...commit.changes.flatMap(({ before, after }) =>
          writesOf(deps, asRead(commit.people, before.id), after, holidays, how),
        ),
      ];
      return (await isWritten(deps, items)) ? 'committed' : 'conflict';
    },
  };
}

const read = (item: Item, id: string): Swap => readJson(readItem(item, fields, id).doc, swapSchema, id);

/** By the end of the shift, so that a list can begin now; as many digits as instants have until the year 2286. */
export const sortOf = (at: Instant): string => String(at).padStart(13, '0');

function swapPut({ table }: Deps, { before, after, dueAt }: SwapCommit) {
  const region = regionOf(after);
  const { until } = after.occurrence.window;
  const item = {
    ...swapKey(after.id),
    schema: SCHEMA_VERSION,
    version: after.version,
    doc: JSON.stringify(after),
    ...(region === null ? {} : { listKey: swapListKey(region), listSort: `${sortOf(until)}#${after.id}` }),
    ...(dueAt === null ? {} : { dueShard: swapDueShard(shardOf(after.id)), dueAt }),
    expiresAt: expiryAfter(until, KEEP_SECONDS.swap),
  };
  return before === null
    ? putInput(table, item, 'attribute_not_exists(#pk)')
    : putInput(table, item, '#version = :before', { before: before.version });
}

function asRead(people: readonly VersionedVolunteer[], id: SwapId | string): VersionedVolunteer {
  const found = people.find(({ volunteer }) => volunteer.id === id);
  if (found === undefined) throw new Error('a rota is changed of somebody who was not read');
  return found;
}

/** False: something was not as it was, and nothing was written. */
export async function isWritten(
  { client, random }: Deps,
  items: readonly TransactWriteItem[],
): Promise<boolean> {
  try {
    const command = new TransactWriteItemsCommand({ TransactItems: [...items] });
    await whileBusy(random, () => client.send(command));
    return true;
  } catch (error) {
    if (refusedPlaces(error).length === 0) throw error;
    return false;
  }
}
