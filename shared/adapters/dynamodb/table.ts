// The one table and its three indexes. infra/constructs/data.ts says the same to AWS, and a test compares them.
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

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

/** For local engines and tests; on AWS the stack makes the table. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({ ...tableDefinition, TableName: name } as CreateTableCommandInput),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 }, { TableName: name });
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: TTL_ATTRIBUTE, Enabled: true },
    }),
  );
}
