// A fresh DynamoDB for a test file and a fresh table for each test. The engine is the embedded one, or whatever
// PANA_DYNAMODB_ENDPOINT names: `npm run test:dynamodb-local` runs the same tests against AWS's own.
import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { createTable } from '../../shared/adapters/dynamodb/table.ts';

export type Engine = {
  readonly endpoint: () => string;
  readonly client: () => DynamoDBClient;
  /** The name of a new, empty table. */
  readonly freshTable: () => Promise<string>;
};

/** To be called at the top of a test file: one engine for all its tests. */
export function useEngine(): Engine {
  let engine: LocalDynamoDb | null = null;
  let client: DynamoDBClient | null = null;
  const started = <Thing>(thing: Thing | null): Thing => {
    if (thing === null) throw new Error('the engine runs only while tests do');
    return thing;
  };
  beforeAll(async () => {
    engine = await startDynamoDb();
    client = connectLocally(engine.endpoint);
  });
  afterAll(async () => {
    client?.destroy();
    await engine?.close();
  });
  return {
    endpoint: () => started(engine).endpoint,
    client: () => started(client),
    freshTable: async () => {
      const name = `pana-${randomUUID()}`;
      await createTable(started(client), name);
      return name;
    },
  };
}
