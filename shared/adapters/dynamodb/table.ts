// The one table and its three indexes, and the one beside it for keys. infra/constructs/data.ts says the same to AWS, and a test compares them.
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { keyTableOf } from './keys.ts';

export const TTL_ATTRIBUTE = 'expiresAt';

export const tableDefinition = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'dueShard', AttributeType: 'S' },
    { AttributeName: 'dueAt', AttributeType: 'N' },
    { AttributeName: 'dutyRegion', AttributeType: 'S' },
    { AttributeName: 'lastOfferedAt', AttributeType: 'N' },
    { AttributeName: 'listKey', AttributeType: 'S' },
    { AttributeName: 'listSort', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  // All three are sparse: an item is in an index only while it has both of its key attributes.
  GlobalSecondaryIndexes: [
    index('due', 'dueShard', 'dueAt', 'KEYS_ONLY'),
    index('duty', 'dutyRegion', 'lastOfferedAt', 'ALL'),
    index('list', 'listKey', 'listSort', 'ALL'),
  ],
  BillingMode: 'PAY_PER_REQUEST',
} as const satisfies Omit<CreateTableCommandInput, 'TableName'>;

function index<
  Name extends string,
  Hash extends string,
  Range extends string,
  Type extends 'KEYS_ONLY' | 'ALL',
>(name: Name, hash: Hash, range: Range, projection: Type) {
  return {
    IndexName: name,
    KeySchema: [
      { AttributeName: hash, KeyType: 'HASH' as const },
      { AttributeName: range, KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: projection },
  };
}

/** The table beside it, for keys only. */
export const keyTableDefinition = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: tableDefinition.KeySchema,
  BillingMode: 'PAY_PER_REQUEST',
} as const satisfies Omit<CreateTableCommandInput, 'TableName'>;

/**
 * Both tables, for local engines and tests; on AWS the stack makes them. Fails when the first is there already, and has
 * then made the second if only that was missing: data from before there was one goes on.
 */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await create(client, keyTableOf(name), keyTableDefinition).catch(unlessThere);
  await create(client, name, tableDefinition);
}

function unlessThere(error: unknown): void {
  if (!(error instanceof ResourceInUseException)) throw error;
}

async function create(
  client: DynamoDBClient,
  name: string,
  definition: Omit<CreateTableCommandInput, 'TableName'>,
): Promise<void> {
  await client.send(new CreateTableCommand({ ...definition, TableName: name } as CreateTableCommandInput));
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 }, { TableName: name });
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
    }),
  );
}
