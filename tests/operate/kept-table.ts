// A table as a release of then left it: every row, sealed with these keys, put back into an engine of today.
// Made by dumping the tables after one story (a caller who hung up, a talk by text, somebody who waits) with that
// release's own code. Must never be made anew: they are what old data looks like.
import { readdirSync, readFileSync } from 'node:fs';
import { type AttributeValue, DeleteTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Deps } from '../../shared/adapters/dynamodb/deps.ts';
import { keyTableOf } from '../../shared/adapters/dynamodb/keys.ts';
import { createTable } from '../../shared/adapters/dynamodb/table.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Engine } from '../support/engine.ts';

const folder = new URL('kept-tables/', import.meta.url);

/** The oldest first. */
export const releases = [
  '0.1.0',
  'limits-and-reconciler',
  'key-for-each-request',
  'several-conversations',
  'managers-api',
] as const;
export type Release = (typeof releases)[number];

export const keptFiles = () => readdirSync(folder).map(name => name.replace('.jsonl', ''));

type Row = { readonly in: 'rows' | 'keys'; readonly item: Record<string, AttributeValue> };

export type KeptTable = { readonly deps: Deps; readonly at: Instant; readonly damaged: string[] };

/** Under the very name it had then, because rows are sealed under it. */
export async function putBack(engine: Engine, release: Release): Promise<KeptTable> {
  const [first = '', ...lines] = readFileSync(new URL(`${release}.jsonl`, folder), 'utf8')
    .trim()
    .split('\n');
  const { at, table }: { at: number; table: string } = JSON.parse(first);
  const client = engine.client();
  for (const name of [table, keyTableOf(table)])
    await client.send(new DeleteTableCommand({ TableName: name })).catch(() => undefined);
  await createTable(client, table);
  for (const line of lines) {
    const { in: place, item }: Row = JSON.parse(line);
    const TableName = place === 'keys' ? keyTableOf(table) : table;
    await client.send(new PutItemCommand({ TableName, Item: withBytes(item) }));
  }
  const damaged: string[] = [];
  const note = (event: string, fields: object = {}) =>
    void damaged.push(`${event} ${JSON.stringify(fields)}`);
  const log = { info: () => undefined, warn: () => undefined, error: note };
  const sealer = createSealer({ dataKey: new Uint8Array(32).fill(7), lookupKey: new Uint8Array(32).fill(9) });
  const clock = { now: () => instant(at) };
  return { deps: { client, table, sealer, clock, random: () => 0.5, log }, at: instant(at), damaged };
}

function withBytes(item: Record<string, AttributeValue>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: new Uint8Array(Buffer.from(String(value.B), 'base64')) },
    ]),
  );
}
