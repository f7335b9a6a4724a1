// The engine on this machine starts, keeps its data in a file when asked, and says in one sentence what is wrong.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { type LocalDynamoDb, startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { connectLocally } from '../../../shared/adapters/dynamodb/client.ts';
import { createTable } from '../../../shared/adapters/dynamodb/table.ts';

const running: LocalDynamoDb[] = [];
afterEach(async () => {
  for (const engine of running.splice(0)) await engine.close();
});

async function start(options: Parameters<typeof startDynamoDb>[0]): Promise<LocalDynamoDb> {
  const engine = await startDynamoDb({ environment: {}, ...options });
  running.push(engine);
  return engine;
}

async function tablesAt({ endpoint }: LocalDynamoDb): Promise<readonly string[]> {
  const client = connectLocally(endpoint);
  const { TableNames } = await client.send(new ListTablesCommand({}));
  client.destroy();
  return TableNames ?? [];
}

describe('the embedded engine', () => {
  test('two at once are two', async () => {
    const [one, other] = [await start({}), await start({})];
    const client = connectLocally(one.endpoint);
    await createTable(client, 'pana');
    client.destroy();
    expect(await tablesAt(one)).toEqual(['pana', 'pana-keys']);
    expect(await tablesAt(other)).toEqual([]);
    expect(one.kind).toBe('embedded');
  });

  test('keeps what is in its file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'pana-'));
    const file = join(directory, 'pana.db');
    const first = await start({ file });
    const client = connectLocally(first.endpoint);
    await createTable(client, 'pana');
    client.destroy();
    await first.close();
    expect(await tablesAt(await start({ file }))).toEqual(['pana', 'pana-keys']);
    for (const engine of running.splice(0)) await engine.close();
    rmSync(directory, { recursive: true });
  });

  test('stops when it is closed', async () => {
    const engine = await start({});
    await engine.close();
    await expect(fetch(engine.endpoint)).rejects.toThrow();
  });

  test('a port in use is said to be', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start({ port })).rejects.toThrow(`port ${port} is in use by another program`);
    server.close();
  });
});

test('one that already runs is used, and is not stopped', async () => {
  const engine = await start({});
  const given = await start({ environment: { PANA_DYNAMODB_ENDPOINT: engine.endpoint } });
  expect(given).toMatchObject({ kind: 'given', endpoint: engine.endpoint });
  await given.close();
  expect(await tablesAt(engine)).toEqual([]);
});

test('a directory without the jar is said to be', async () => {
  await expect(start({ jarDirectory: tmpdir() })).rejects.toThrow('there is no DynamoDBLocal.jar');
});
