// Jobs on the real table: every row is done, once or again, whoever dies in between; one worker at a time; a stop holds.
import { randomBytes } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import type { Deps } from '../../../shared/adapters/dynamodb/deps.ts';
import { createJobs } from '../../../shared/adapters/dynamodb/jobs.ts';
import { jobRowKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { DamagedRecord } from '../../../shared/app/damaged-record.ts';
import {
  type Job,
  type JobPorts,
  type JobStore,
  ROWS_AT_ONCE,
  type RowWork,
  TRIED_IN_VAIN,
  UNREADABLE,
  workOff,
  workOffAll,
} from '../../../shared/app/jobs.ts';
import type { Log } from '../../../shared/app/ports.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { damage, nonsense } from '../../support/damage.ts';
import { useEngine } from '../../support/engine.ts';
import { noon } from '../../support/request-builder.ts';
import { createWorld, dump, region, sure, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
let jobs: JobStore;
const alarms: unknown[] = [];
const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (event, fields) => {
    if (event === 'record-damaged') alarms.push(fields?.['id']);
  },
};

beforeEach(async () => {
  alarms.length = 0;
  world = await createWorld(engine);
  const deps: Deps = { ...world, clock: { now: world.now }, random: () => 0.5, log };
  jobs = createJobs(deps);
});

const ports = (store: JobStore = jobs): JobPorts => ({
  jobs: store,
  clock: { now: world.now },
  log,
  random: Math.random,
});
const anId = () => `job_${randomBytes(16).toString('hex')}` as JobId;
const newJob = {
  kind: 'rota-import',
  by: 'anna',
  regions: [region],
  createdAt: noon,
  startsAt: noon,
} as const;
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ number, note: 'private words' }));
const later = () => addSeconds(world.now(), 30);
const jobNow = async ({ id }: Job): Promise<Job> => sure(await jobs.job(id));

/** Notes which rows were done, and how often. */
function counting(work: RowWork = async () => null): { work: RowWork; done: Map<number, number> } {
  const done = new Map<number, number>();
  return {
    done,
    work: async (row, job) => {
      const { number } = row as { number: number };
      done.set(number, (done.get(number) ?? 0) + 1);
      return work(row, job);
    },
  };
}

test('does every row once, says which have failed and why, and then is over', async () => {
  const job = await jobs.create(anId(), newJob, rowsOf(60));
  expect(job).toMatchObject({ ...newJob, total: 60, next: 0, state: 'open', endedAt: null });
  expect((await jobs.unended()).map(({ id }) => id)).toEqual([job.id]);
  const { work, done } = counting(async row =>
    (row as { number: number }).number % 20 === 7 ? 'is no good' : null,
  );
  await workOff(ports(), { 'rota-import': work }, job.id, later());
  expect([...done.values()]).toEqual(Array.from({ length: 60 }, () => 1));
  expect(await jobNow(job)).toMatchObject({ next: 60, failed: 3, state: 'done', endedAt: noon });
  expect(await jobs.failures(job.id)).toEqual([7, 27, 47].map(row => ({ row, why: 'is no good' })));
  expect(await jobs.unended()).toEqual([]);
  await workOff(ports(), { 'rota-import': work }, job.id, later());
  expect([...done.values()]).toEqual(Array.from({ length: 60 }, () => 1));
});

test('without rows is over at once', async () => {
  const job = await jobs.create(anId(), newJob, []);
  expect(await jobNow(job)).toMatchObject({ state: 'done', total: 0 });
});

test('what a row says stands nowhere in the clear', async () => {
  await jobs.create(anId(), newJob, rowsOf(3));
  expect(JSON.stringify(await dump(world))).not.toContain('private');
});

describe('whoever works on it dies', () => {
  /** A store that fails at its n-th call. */
  function dying(call: number): JobStore {
    let calls = 0;
    const mortal = async <Result>(act: () => Promise<Result>): Promise<Result> => {
      calls += 1;
      if (calls === call) throw new Error('it has died');
      return act();
    };
    return {
      ...jobs,
      take: (...args) => mortal(() => jobs.take(...args)),
      rows: (...args) => mortal(() => jobs.rows(...args)),
      advance: (...args) => mortal(() => jobs.advance(...args)),
      release: (...args) => mortal(() => jobs.release(...args)),
    };
  }

  test('at any step: the next one does the rest, and no row is left out', async () => {
    for (let call = 1; call <= 7; call += 1) {
      const job = await jobs.create(anId(), newJob, rowsOf(2 * ROWS_AT_ONCE + 3));
      const { work, done } = counting();
      await workOff(ports(dying(call)), { 'rota-import': work }, job.id, later()).catch(() => undefined);
      // Its lease still holds: nobody else may begin.
      const before = done.size;
      await workOff(ports(), { 'rota-import': work }, job.id, later());
      if ((await jobNow(job)).state === 'open') expect(done.size).toBe(before);
      world.advance(61);
      await workOff(ports(), { 'rota-import': work }, job.id, later());
      expect(await jobNow(job)).toMatchObject({ state: 'done', failed: 0, next: job.total });
      expect(done.size).toBe(job.total);
      expect(Math.max(...done.values())).toBeLessThanOrEqual(2);
    }
  });

  test('while the rows are written: it is given up, and none was done', async () => {
    const broken = createJobs({
      ...world,
      clock: { now: world.now },
      random: () => 0.5,
      log,
      sealer: {
        ...world.sealer,
        seal: () => {
          throw new Error('no key');
        },
      },
    });
    await expect(broken.create(anId(), newJob, rowsOf(3))).rejects.toThrow('no key');
    const [job] = await jobs.unended();
    const { work, done } = counting();
    await workOffAll(ports(), { 'rota-import': work }, later());
    expect((await jobNow(sure(job))).state).toBe('preparing');
    world.advance(301);
    await workOffAll(ports(), { 'rota-import': work }, later());
    expect((await jobNow(sure(job))).state).toBe('abandoned');
    expect(done.size).toBe(0);
    expect(await jobs.unended()).toEqual([]);
  });
});

test('two workers at once never do the same rows', async () => {
  const job = await jobs.create(anId(), newJob, rowsOf(40));
  const { work, done } = counting();
  await Promise.all([1, 2, 3].map(() => workOff(ports(), { 'rota-import': work }, job.id, later())));
  expect([...done.values()]).toEqual(Array.from({ length: 40 }, () => 1));
  expect((await jobNow(job)).state).toBe('done');
});

test('a row that cannot be done now is tried again, and in the end left out: the others are done', async () => {
  const job = await jobs.create(anId(), newJob, rowsOf(20));
  const { work, done } = counting(async row => {
    if ((row as { number: number }).number === 10) throw new Error('busy');
    return null;
  });
  for (let minute = 1; minute <= 8; minute += 1) await workOffAll(ports(), { 'rota-import': work }, later());
  expect(await jobNow(job)).toMatchObject({ state: 'done', failed: 1, next: 20 });
  expect(await jobs.failures(job.id)).toEqual([{ row: 10, why: TRIED_IN_VAIN }]);
  expect(done.size).toBe(20);
});

test('a row that is damaged or gone is left out at once and named in an alarm; the others are done', async () => {
  const job = await jobs.create(anId(), newJob, rowsOf(20));
  const place = { client: world.client, table: world.table };
  await damage(place, jobRowKey(job.id, 5), 'row', nonsense);
  const gone = toItem(jobRowKey(job.id, 11));
  await world.client.send(new DeleteItemCommand({ TableName: world.table, Key: gone }));
  const { work, done } = counting(async row => {
    if ((row as { number: number }).number === 17) throw new DamagedRecord('vol_damaged');
    return null;
  });
  expect(await workOffAll(ports(), { 'rota-import': work }, later())).toEqual({ failed: 0 });
  expect(await jobNow(job)).toMatchObject({ state: 'done', failed: 3, next: 20 });
  expect(await jobs.failures(job.id)).toEqual([5, 11, 17].map(row => ({ row, why: UNREADABLE })));
  expect([...done.values()]).toEqual(Array.from({ length: 18 }, () => 1));
  expect(alarms).toEqual([job.id, job.id, 'vol_damaged']);
});

test('a stop holds: what is under way is finished, nothing more is begun, and it says how far it came', async () => {
  const job = await jobs.create(anId(), newJob, rowsOf(40));
  const { work, done } = counting(async row => {
    if ((row as { number: number }).number === ROWS_AT_ONCE) await jobs.end(job.id, 'stopped', world.now());
    return null;
  });
  await workOff(ports(), { 'rota-import': work }, job.id, later());
  expect(done.size).toBe(2 * ROWS_AT_ONCE);
  expect(await jobNow(job)).toMatchObject({ state: 'stopped', next: ROWS_AT_ONCE, endedAt: noon });
  await workOffAll(ports(), { 'rota-import': work }, later());
  expect(done.size).toBe(2 * ROWS_AT_ONCE);
  expect(await jobs.end(job.id, 'stopped', world.now())).toBe(false);
});

test('it begins when it is to, ends with the time there is, and a job that fails keeps no other from it', async () => {
  const early = await jobs.create(anId(), { ...newJob, startsAt: addSeconds(noon, 120) }, rowsOf(1));
  const unknown = await jobs.create(anId(), { ...newJob, kind: 'broadcast' }, rowsOf(1));
  // Those of one instant come in the order of their ids, which is chance.
  world.advance(1);
  const job = await jobs.create(anId(), { ...newJob, createdAt: world.now() }, rowsOf(40));
  const { work, done } = counting(async row => {
    if ((row as { number: number }).number === 15) world.advance(31);
    return null;
  });
  const { failed } = await workOffAll(ports(), { 'rota-import': work }, later());
  expect(failed).toBe(1);
  expect(done.size).toBe(2 * ROWS_AT_ONCE);
  expect((await jobNow(early)).next).toBe(0);
  world.advance(120);
  await workOffAll(ports(), { 'rota-import': work }, addSeconds(world.now(), 100));
  expect((await jobNow(early)).state).toBe('done');
  expect((await jobNow(job)).state).toBe('done');
  expect((await jobNow(unknown)).state).toBe('open');
});
