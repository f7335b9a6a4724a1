// Writes rows of an earlier version anew, page by page, and keeps how far it has come in the table itself: stopped, it
// goes on where it was. A row that somebody changes meanwhile is left to them: they write the version of today.
// Must never write over a change, nor touch what a step did not change.
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import {
  attribute,
  fromItem,
  type Item,
  type Plain,
  putInput,
} from '../../../shared/adapters/dynamodb/attributes.ts';
import { type Deps, getItem, readItem } from '../../../shared/adapters/dynamodb/deps.ts';
import { backfillKey, keyTableOf } from '../../../shared/adapters/dynamodb/keys.ts';
import { whole } from '../../../shared/adapters/dynamodb/schema-parts.ts';
import { asWrittenNow, type Fields, type Step } from '../../../shared/adapters/dynamodb/versions.ts';

export type Rows = 'rows' | 'keys';

export type Progress = {
  readonly toVersion: number;
  readonly isDone: boolean;
  readonly seen: number;
  readonly written: number;
  /** Changed by somebody else in the same moment. */
  readonly left: number;
  /** The last key that was looked at; empty at the beginning and at the end. */
  readonly after: readonly string[];
};

export type Backfill = {
  readonly rows: Rows;
  readonly steps: readonly Step[];
  /** From the beginning, whatever was done before. */
  readonly again: boolean;
  readonly onPage: (progress: Progress) => void;
  readonly pageSize?: number;
};

/** A page is at most 1 MB; this many rows are far less, and are soon written. */
const PAGE_SIZE = 200;

export async function writeAnew(deps: Deps, backfill: Backfill): Promise<Progress> {
  const toVersion = 1 + backfill.steps.length;
  const table = backfill.rows === 'keys' ? keyTableOf(deps.table) : deps.table;
  let progress = await progressSoFar(deps, backfill, toVersion);
  while (!progress.isDone) {
    const { Items = [], LastEvaluatedKey } = await deps.client.send(
      new ScanCommand({
        TableName: table,
        Limit: backfill.pageSize ?? PAGE_SIZE,
        ConsistentRead: true,
        ...(progress.after.length > 0 && { ExclusiveStartKey: keyFrom(progress.after) }),
      }),
    );
    const outcomes = [];
    for (const item of Items) outcomes.push(await writeOneAnew(deps, table, item, backfill.steps));
    progress = {
      toVersion,
      isDone: LastEvaluatedKey === undefined,
      seen: progress.seen + Items.length,
      written: progress.written + outcomes.filter(each => each === 'written').length,
      left: progress.left + outcomes.filter(each => each === 'left').length,
      after: LastEvaluatedKey ? [LastEvaluatedKey['pk']?.S ?? '', LastEvaluatedKey['sk']?.S ?? ''] : [],
    };
    await keep(deps, backfill.rows, progress);
    backfill.onPage(progress);
  }
  return progress;
}

const keyFrom = ([pk = '', sk = '']: readonly string[]): Item => ({ pk: { S: pk }, sk: { S: sk } });

const progressSchema = z.object({
  toVersion: whole,
  isDone: z.boolean(),
  seen: whole,
  written: whole,
  left: whole,
  after: z.readonly(z.array(z.string())),
});

async function progressSoFar(deps: Deps, { rows, again }: Backfill, toVersion: number): Promise<Progress> {
  const item = again ? null : await getItem(deps, backfillKey(rows));
  const kept = item && readItem(item, progressSchema, 'backfill');
  const fresh = { toVersion, isDone: false, seen: 0, written: 0, left: 0, after: [] };
  return kept?.toVersion === toVersion ? kept : fresh;
}

async function keep(deps: Deps, rows: Rows, progress: Progress): Promise<void> {
  const item = { ...backfillKey(rows), schema: progress.toVersion, ...progress };
  await deps.client.send(new PutItemCommand(putInput(deps.table, item)));
}

type Outcome = 'as-it-was' | 'written' | 'left';

async function writeOneAnew(
  { client }: Deps,
  table: string,
  item: Item,
  steps: readonly Step[],
): Promise<Outcome> {
  const before = fromItem(item);
  if (typeof before['schema'] !== 'number' || before['schema'] > steps.length) return 'as-it-was';
  const update = updateBetween(item, before, asWrittenNow(before, steps));
  try {
    await client.send(new UpdateItemCommand({ TableName: table, ...update }));
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'left';
    throw error;
  }
}

/** Only what differs is written, and only while it is still as it was read. */
function updateBetween(item: Item, before: Fields, after: Fields) {
  const changed = Object.keys(after).filter(
    name => after[name] !== undefined && after[name] !== before[name],
  );
  const removed = Object.keys(before).filter(name => after[name] === undefined);
  const touched = [...new Set([...changed, ...removed])];
  const set = changed.map((_, index) => `#c${index} = :c${index}`);
  const remove = removed.map((_, index) => `#r${index}`);
  const stillThere = touched.map((name, index) =>
    item[name] ? `#t${index} = :t${index}` : `attribute_not_exists(#t${index})`,
  );
  const named = (letter: string, names: readonly string[]) =>
    names.map((name, index) => [`#${letter}${index}`, name]);
  return {
    Key: { pk: item['pk'] ?? { S: '' }, sk: item['sk'] ?? { S: '' } },
    UpdateExpression: [
      ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
      ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: stillThere.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([
      ...named('c', changed),
      ...named('r', removed),
      ...named('t', touched),
    ]),
    ExpressionAttributeValues: Object.fromEntries([
      ...changed.map((name, index) => [`:c${index}`, attribute(after[name] as Plain)]),
      ...touched.flatMap((name, index) => (item[name] ? [[`:t${index}`, item[name]]] : [])),
    ]),
  };
}
