// Reads a table whole and says what is wrong with it. Must never write.
import { DescribeTableCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { bindings } from '../../../shared/adapters/dynamodb/attributes.ts';
import type { Deps } from '../../../shared/adapters/dynamodb/deps.ts';
import { dutyDueShard, requestDueShard } from '../../../shared/adapters/dynamodb/keys.ts';
import { tableDefinition } from '../../../shared/adapters/dynamodb/table.ts';
import { DUE_SHARDS } from '../../../shared/app/ports.ts';
import { type Findings, findingsIn } from './findings.ts';
import { type Place, readKeys, readRows } from './rows.ts';

/** `deps.table` is the name under which its rows were sealed: the table that it was restored from. */
export async function verifyTable(deps: Deps, table: string): Promise<Findings> {
  const indexes = await indexesOf(deps, table);
  const keys = await readKeys(deps);
  const rows = await readRows(deps, table, keys);
  const dueIndex = indexes.has('due') ? await dueRows(deps, table) : null;
  const { counts, problems } = findingsIn({ rows, dueIndex, keys: keys?.size ?? null });
  const missing = tableDefinition.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName).filter(
    name => name !== 'due' && !indexes.has(name),
  );
  return { counts, problems: [...problems, ...missing.map(name => `There is no index \`${name}\`.`)] };
}

async function indexesOf({ client }: Deps, TableName: string): Promise<ReadonlySet<string>> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName = '' }) => IndexName));
}

async function dueRows({ client }: Deps, TableName: string): Promise<readonly Place[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => [
    requestDueShard(shard),
    dutyDueShard(shard),
  ]);
  const found: Place[] = [];
  for (const shard of shards.flat()) {
    const where = '#dueShard = :shard';
    const query = {
      TableName,
      IndexName: 'due',
      KeyConditionExpression: where,
      ...bindings([where], { shard }),
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      found.push(...Items.map(item => ({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' })));
    }
  }
  return found;
}
