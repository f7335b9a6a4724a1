// Many items by their keys, in as few round trips as DynamoDB allows.
// Must never leave out a key because the table was busy: what was not read is asked for again.
import { BatchGetItemCommand, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { type Item, toItem } from './attributes.ts';
import type { Deps } from './deps.ts';
import { inTurns } from './in-turns.ts';
import type { Key } from './keys.ts';

/** DynamoDB's own bound on one batch. */
const BATCH_SIZE = 100;
const BATCHES_AT_ONCE = 8;

/** Consistent, in any order; what is not there is left out. Each key at most once: DynamoDB refuses a second. */
export async function getItems(
  deps: Deps,
  keys: readonly Key[],
  options: Omit<KeysAndAttributes, 'Keys' | 'ConsistentRead'> = {},
): Promise<readonly Item[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH_SIZE) }, (_, place) =>
    keys.slice(place * BATCH_SIZE, (place + 1) * BATCH_SIZE),
  );
  return (await inTurns(BATCHES_AT_ONCE, batches, batch => getBatch(deps, batch, options))).flat();
}

async function getBatch(
  { client, table }: Deps,
  batch: readonly Key[],
  options: Omit<KeysAndAttributes, 'Keys' | 'ConsistentRead'>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let keys = batch.map(toItem);
  // Each answer holds one item at least (else it is an error), so this ends.
  while (keys.length > 0) {
    const request = { [table]: { Keys: keys, ConsistentRead: true, ...options } };
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: request }),
    );
    items.push(...(Responses?.[table] ?? []));
    keys = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return items;
}
