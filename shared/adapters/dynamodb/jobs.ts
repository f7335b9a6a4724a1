// Jobs and their rows. What a row says is sealed: it may hold what a manager wrote about a volunteer.
// Must never let two workers do the same rows at the same time, nor count a row twice.
import { PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type Job, type JobStore, jobKinds, type NewJob, UNREADABLE_ROW } from '../../app/jobs.ts';
import { type JobId, parseJobId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Item, putInput, toItem, updateInput } from './attributes.ts';
import { refusedPlaces, unlessRefused, whileBusy } from './conflicts.ts';
import { type Deps, getItem, live, queryAll, readItem, seal, unlessDamaged, unseal } from './deps.ts';
import { inTurns } from './in-turns.ts';
import { idInKey, JOB_LIST, jobFailureKey, jobFailureRange, jobKey, jobRowKey } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { instantSchema, list, parsed, regionId, SCHEMA_VERSION, whole } from './schema-parts.ts';

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  kind: z.enum(jobKinds),
  by: z.string(),
  regions: list(regionId),
  createdAt: instantSchema,
  startsAt: instantSchema,
  total: whole,
  next: whole,
  failed: whole,
  tries: whole,
  state: z.enum(['preparing', 'open', 'done', 'stopped', 'abandoned']),
  endedAt: z.optional(instantSchema),
});
const failureSchema = z.object({ schema: z.literal(SCHEMA_VERSION), row: whole, why: z.string() });
const jobId = parsed(parseJobId);

const FAILURES_AT_MOST = 100;
/** A thousand rows take a second. One by one: a batch of writes would be a permission that no other function needs. */
const ROWS_WRITTEN_AT_ONCE = 16;

export function createJobs(deps: Deps): JobStore {
  return {
    create: (id, job, rows) => create(deps, id, job, rows),
    job: async id => {
      const item = live(await getItem(deps, jobKey(id)), deps.clock.now());
      return item && jobIn(item);
    },
    unended: async () => {
      const query = { IndexName: 'list', where: '#listKey = :list', values: { list: JOB_LIST } };
      const now = deps.clock.now();
      return (await queryAll(deps, query))
        .filter(item => live(item, now))
        .flatMap(item => unlessDamaged(deps, () => jobIn(item)));
    },
    take: (id, worker, at, until) =>
      changed(
        deps,
        id,
        'SET #worker = :worker, #leaseUntil = :until',
        '#state = :open AND #startsAt <= :at AND (attribute_not_exists(#leaseUntil) OR #leaseUntil <= :at)',
        { worker, until, at, open: 'open' },
      ),
    rows: (id, from, count) => rowsFrom(deps, id, from, count),
    advance: (job, worker, step, at, until) => advance(deps, job, worker, step, { at, until }),
    release: async (id, worker, inVain) => {
      const tried = inVain ? 'SET #tries = #tries + :one ' : '';
      const values = { worker, ...(inVain ? { one: 1 } : {}) };
      await changed(deps, id, `${tried}REMOVE #worker, #leaseUntil`, '#worker = :worker', values);
    },
    end: async (id, state, at) => {
      const ended = await changed(
        deps,
        id,
        `SET #state = :state, #endedAt = :at REMOVE ${GONE_AT_THE_END}`,
        '#state = :open OR #state = :preparing',
        { state, at, open: 'open', preparing: 'preparing' },
      );
      return ended !== null;
    },
    failures: async id => {
      const where = '#pk = :pk AND begins_with(#sk, :skPrefix)';
      const query = { where, values: jobFailureRange(id), Limit: FAILURES_AT_MOST, ConsistentRead: true };
      const items = await queryAll(deps, query, 1);
      return items
        .flatMap(item => unlessDamaged(deps, () => readItem(item, failureSchema, id)))
        .map(({ row, why }) => ({ row, why }));
    },
  };
}

/** Out of the list of those to work on, and nobody's. */
const GONE_AT_THE_END = '#listKey, #listSort, #worker, #leaseUntil';

function jobIn(item: Item): Job {
  const name = idInKey(item['pk']?.S ?? '');
  const { schema: _schema, endedAt = null, ...fields } = readItem(item, fieldsSchema, name);
  return { ...fields, id: jobId.parse(name), endedAt };
}

/** There is none yet, or it broke off while its rows were being written. */
const NOT_BEGUN = 'attribute_not_exists(#pk) OR #state = :preparing OR #state = :abandoned';

async function create(deps: Deps, id: JobId, job: NewJob, rows: readonly unknown[]): Promise<Job> {
  const key = jobKey(id);
  const expiresAt = expiryAfter(job.createdAt, KEEP_SECONDS.job);
  const isEmpty = rows.length === 0;
  const head = {
    ...key,
    schema: SCHEMA_VERSION,
    ...job,
    total: rows.length,
    next: 0,
    failed: 0,
    tries: 0,
    ...(isEmpty
      ? { state: 'done', endedAt: job.createdAt }
      : { state: 'preparing', listKey: JOB_LIST, listSort: `${job.createdAt} ${id}` }),
    expiresAt,
  };
  const put = putInput(deps.table, head, NOT_BEGUN, { preparing: 'preparing', abandoned: 'abandoned' });
  if (!(await unlessRefused(deps.random, () => deps.client.send(new PutItemCommand(put)))))
    return jobIn((await getItem(deps, key)) ?? toItem(head));
  if (isEmpty) return jobIn(toItem(head));
  const items = rows.map((row, number) => {
    const rowKey = jobRowKey(id, number);
    const sealed = seal(deps, row, rowKey, 'row');
    return toItem({ ...rowKey, schema: SCHEMA_VERSION, row: sealed, expiresAt });
  });
  await inTurns(ROWS_WRITTEN_AT_ONCE, items, item => write(deps, item));
  const values = { open: 'open', preparing: 'preparing' };
  const opened = await changed(deps, id, 'SET #state = :open', '#state = :preparing', values);
  if (!opened) throw new Error('a job was given up while its rows were being written');
  return opened;
}

async function write({ client, table, random }: Deps, item: Item): Promise<void> {
  await whileBusy(random, () => client.send(new PutItemCommand({ TableName: table, Item: item })));
}

/** The job as it is afterwards; null: the condition did not hold. */
async function changed(
  deps: Deps,
  id: JobId,
  update: string,
  condition: string,
  values: Parameters<typeof updateInput>[4],
): Promise<Job | null> {
  let after: Item | undefined;
  await unlessRefused(deps.random, async () => {
    const input = updateInput(deps.table, jobKey(id), update, condition, values);
    const command = new UpdateItemCommand({ ...input, ReturnValues: 'ALL_NEW' });
    after = (await deps.client.send(command)).Attributes;
  });
  return after ? jobIn(after) : null;
}

async function rowsFrom(deps: Deps, id: JobId, from: number, count: number): Promise<readonly unknown[]> {
  const { pk, sk } = jobRowKey(id, from);
  const where = '#pk = :pk AND #sk BETWEEN :sk AND :last';
  const values = { pk, sk, last: jobRowKey(id, from + count - 1).sk };
  const items = await queryAll(deps, { where, values, ConsistentRead: true });
  const byKey = new Map(items.map(item => [item['sk']?.S, item['row']?.B]));
  return Array.from({ length: count }, (_, place) => {
    const key = jobRowKey(id, from + place);
    // Nothing opens what is not there.
    const sealed = byKey.get(key.sk) ?? new Uint8Array();
    const [row = UNREADABLE_ROW] = unlessDamaged(deps, () => unseal(deps, sealed, key, 'row', id));
    return row;
  });
}

async function advance(
  deps: Deps,
  job: Job,
  worker: string,
  { count, failures }: Parameters<JobStore['advance']>[2],
  { at, until }: { readonly at: Instant; readonly until: Instant },
): Promise<Job | null> {
  const { table } = deps;
  const next = job.next + count;
  const isOver = next >= job.total;
  const failed = job.failed + failures.length;
  const set = 'SET #next = :next, #failed = :failed, #tries = :none';
  const update = updateInput(
    table,
    jobKey(job.id),
    isOver
      ? `${set}, #state = :done, #endedAt = :at REMOVE ${GONE_AT_THE_END}`
      : `${set}, #leaseUntil = :until`,
    '#state = :open AND #worker = :worker AND #next = :before',
    {
      next,
      failed,
      none: 0,
      open: 'open',
      worker,
      before: job.next,
      ...(isOver ? { done: 'done', at } : { until }),
    },
  );
  const expiresAt = expiryAfter(job.createdAt, KEEP_SECONDS.job);
  const rows = failures.map(({ row, why }) => ({
    Put: putInput(table, { ...jobFailureKey(job.id, row), schema: SCHEMA_VERSION, row, why, expiresAt }),
  }));
  try {
    const command = new TransactWriteItemsCommand({ TransactItems: [{ Update: update }, ...rows] });
    await whileBusy(deps.random, () => deps.client.send(command));
  } catch (error) {
    if (refusedPlaces(error).length > 0) return null;
    throw error;
  }
  const state = isOver ? 'done' : 'open';
  return { ...job, next, failed, tries: 0, state, endedAt: isOver ? at : null };
}
