// Damages one stored record, as a bug, a wrong key or a slip by hand would, and says whether it is still as it was
// left: nothing that is damaged may ever be deleted or written over.
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { attribute, type Item, type Plain, toItem } from '../../shared/adapters/dynamodb/attributes.ts';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import type { Key } from '../../shared/adapters/dynamodb/keys.ts';

export type Place = { readonly client: DynamoDBClient; readonly table: string };

export type Damage = {
  /** True while the damaged field holds what the damage put there. */
  readonly isUntouched: () => Promise<boolean>;
};

/** Of a world, whose engine stands in the environment. */
export function placeIn({ table }: { readonly table: string }): Place {
  return { client: connectLocally(process.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? ''), table };
}

/** Puts `value` into a field of the item under `key`; the item must be there. */
export async function damage(
  { client, table }: Place,
  key: Key,
  field: string,
  value: Plain,
): Promise<Damage> {
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: toItem(key),
      UpdateExpression: 'SET #field = :value',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':value': attribute(value) },
    }),
  );
  const read = async (): Promise<Item> => {
    const get = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true });
    return (await client.send(get)).Item ?? {};
  };
  const left = JSON.stringify((await read())[field]);
  return { isUntouched: async () => JSON.stringify((await read())[field]) === left };
}

/** What does not inflate. */
export const nonsense = new Uint8Array(Buffer.from('nonsense'));
