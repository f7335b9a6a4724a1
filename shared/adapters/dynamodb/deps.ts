// What every store is given, and the few reads they share.
import type { DynamoDBClient, GetItemCommandInput, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import type { Clock, Log, Random } from '../../app/ports.ts';
import type { Sealer } from '../../app/sealer.ts';
import type { Instant } from '../../domain/instant.ts';
import { bindings, fromItem, type Item, type PlainItem, toItem } from './attributes.ts';
import { type Key, placeOf } from './keys.ts';
import { hasExpired } from './retention.ts';
import { asWrittenNow } from './versions.ts';

export type Deps = {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
};

/** Null when there is none. Consistent unless said otherwise. */
export async function getItem(
  { client, table }: Deps,
  key: Key,
  options: Pick<GetItemCommandInput, 'ConsistentRead'> = { ConsistentRead: true },
): Promise<Item | null> {
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: toItem(key), ...options }));
  return Item ?? null;
}

export type Range = Pick<QueryCommandInput, 'IndexName' | 'Limit' | 'ConsistentRead'> & {
  readonly where: string;
  readonly values: PlainItem;
};

/** Every page by default; a bound on the pages is the caller's to give and to explain. */
export async function queryAll(
  deps: Deps,
  range: Range,
  pagesAtMost = Number.POSITIVE_INFINITY,
): Promise<readonly Item[]> {
  return (await queryPages(deps, range, pagesAtMost)).items;
}

/** `isAll`: there is nothing after these. */
export type Pages = { readonly items: readonly Item[]; readonly isAll: boolean };

export async function queryPages(
  { client, table }: Deps,
  { where, values, ...options }: Range,
  pagesAtMost: number,
): Promise<Pages> {
  const items: Item[] = [];
  let start: Item | undefined;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const { Items, LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: where,
        ...bindings([where], values),
        ...options,
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    items.push(...(Items ?? []));
    start = LastEvaluatedKey;
    if (!start) break;
  }
  return { items, isAll: start === undefined };
}

/** The item's fields, or a `DamagedRecord` that names `id` and nothing of the content. */
export function readItem<Fields>(item: Item, schema: z.ZodMiniType<Fields>, id: string): Fields {
  return readAs(schema, asWrittenNow(fromItem(item)), id);
}

export function readJson<Value>(json: string, schema: z.ZodMiniType<Value>, id: string): Value {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new DamagedRecord(id);
  }
  return readAs(schema, value, id);
}

function readAs<Value>(schema: z.ZodMiniType<Value>, value: unknown, id: string): Value {
  const result = z.safeParse(schema, value);
  if (!result.success) throw new DamagedRecord(id);
  return result.data;
}

export function seal({ sealer, table }: Deps, value: unknown, key: Key, field: string): Uint8Array {
  return sealer.seal(JSON.stringify(value), placeOf(table, key, field));
}

export function unseal(
  { sealer, table }: Deps,
  sealed: Uint8Array,
  key: Key,
  field: string,
  id: string,
): unknown {
  try {
    return JSON.parse(sealer.open(sealed, placeOf(table, key, field)));
  } catch {
    throw new DamagedRecord(id);
  }
}

/** Null when the item's time is over: the table's own deleting may lag by days. */
export function live(item: Item | null | undefined, now: Instant): Item | null {
  if (!item) return null;
  const expiresAt = item['expiresAt']?.N;
  return hasExpired(expiresAt === undefined ? undefined : Number(expiresAt), now) ? null : item;
}

/** For single records: whoever asked must know that it is damaged, and so must whoever reads the log. */
export function namingDamage<Value>({ log }: Deps, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof DamagedRecord) log.error('record-damaged', { id: error.id });
    throw error;
  }
}

/** For lists, in which one damaged record must not hide the others: reports it and leaves it out. */
export function unlessDamaged<Value>({ log }: Deps, read: () => Value): readonly Value[] {
  try {
    return [read()];
  } catch (error) {
    if (!(error instanceof DamagedRecord)) throw error;
    log.error('record-damaged', { id: error.id });
    return [];
  }
}
