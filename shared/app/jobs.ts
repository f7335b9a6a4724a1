// Work that is too much for one transaction: a row at a time, each of them whole, from wherever it was left. Whoever has
// time works on: the call that asked for it, then the function of every minute. A crash anywhere costs a repetition.
// Must never do a row whose doing twice would be felt: a row's work finds what it has done before and leaves it.
import type { JobId, RegionId } from '../domain/ids.ts';
import { addSeconds, type Instant } from '../domain/instant.ts';
import { DamagedRecord } from './damaged-record.ts';
import { faultOf } from './fault.ts';
import type { Clock, Log } from './ports.ts';

export const jobKinds = ['rota-import', 'week-copy', 'holiday-reroll', 'broadcast', 'shift-ask'] as const;
export type JobKind = (typeof jobKinds)[number];

export type Job = {
  readonly id: JobId;
  readonly kind: JobKind;
  /** The manager who asked for it, as the audit names her. */
  readonly by: string;
  /** Where it changes something: only who sees all of it sees the job. */
  readonly regions: readonly RegionId[];
  readonly createdAt: Instant;
  /** Not before. */
  readonly startsAt: Instant;
  readonly total: number;
  /** So many rows are done or have failed; the next one to do has this number, from 0. */
  readonly next: number;
  readonly failed: number;
  /** How often the next row has been tried in vain. */
  readonly tries: number;
  /** `abandoned`: it broke off while its rows were being written, and none was done. */
  readonly state: 'preparing' | 'open' | 'done' | 'stopped' | 'abandoned';
  readonly endedAt: Instant | null;
};

export type NewJob = Pick<Job, 'kind' | 'by' | 'regions' | 'createdAt' | 'startsAt'>;
/** A row that could not be done, and why, in words that name ids and nobody. */
export type FailedRow = { readonly row: number; readonly why: string };

export type JobStore = {
  /**
   * All rows are there before any is done. A row is kept sealed. One that has the id already, and of which a row may have been
   * done, stays what it is.
   */
  readonly create: (id: JobId, job: NewJob, rows: readonly unknown[]) => Promise<Job>;
  readonly job: (id: JobId) => Promise<Job | null>;
  /** Those that have not ended; eventually consistent. */
  readonly unended: () => Promise<readonly Job[]>;
  /** One worker at a time. Null: another one is at it, it is not to begin yet, or it has ended. */
  readonly take: (id: JobId, worker: string, at: Instant, until: Instant) => Promise<Job | null>;
  /** So many from `from` on, which is counted from 0. `UNREADABLE_ROW` stands for one that is gone or damaged. */
  readonly rows: (id: JobId, from: number, count: number) => Promise<readonly unknown[]>;
  /** These rows are behind it, some of them failed. Null: it was stopped, or another worker has taken it over. */
  readonly advance: (
    job: Job,
    worker: string,
    step: { readonly count: number; readonly failures: readonly FailedRow[] },
    at: Instant,
    until: Instant,
  ) => Promise<Job | null>;
  /** Lets another worker take it. `inVain`: its next row could not be done now. */
  readonly release: (id: JobId, worker: string, inVain: boolean) => Promise<void>;
  /** False: it had ended, or there is none. */
  readonly end: (id: JobId, state: 'stopped' | 'abandoned', at: Instant) => Promise<boolean>;
  /** The first hundred. */
  readonly failures: (id: JobId) => Promise<readonly FailedRow[]>;
};

/** Null: it is done, now or before. Otherwise why it never will be. Throws when it may be tried again. */
export type RowWork = (row: unknown, job: Job) => Promise<string | null>;
export type Works = { readonly [kind in JobKind]?: RowWork };

export type JobPorts = {
  readonly jobs: JobStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
};

/** Small enough that a repetition is short, large enough that the table's answers are waited for together. */
export const ROWS_AT_ONCE = 8;
/** Longer than any function lives that works on jobs. */
const LEASE_SECONDS = 60;
/** A row that fails for as many minutes is not the table's fault. */
const TRIES_AT_MOST = 5;
export const TRIED_IN_VAIN = 'could not be done in several attempts';
/** Trying again does not mend a record. */
export const UNREADABLE =
  'could not be read: a record is gone or damaged, and the alarm RecordsDamaged names it';
export const UNREADABLE_ROW = Symbol('a row of a job that cannot be read');
/** Writing ten thousand rows takes seconds. */
const PREPARING_AT_MOST_SECONDS = 300;

/** Works on one job until it has ended, the time is over, or somebody else is at it. */
export async function workOff(ports: JobPorts, works: Works, id: JobId, deadline: Instant): Promise<void> {
  const worker = `${ports.clock.now()} ${ports.random()}`;
  const taken = await ports.jobs.take(id, worker, ports.clock.now(), leaseFrom(ports));
  let job = taken;
  while (job?.state === 'open' && ports.clock.now() < deadline) {
    const { done, rest } = await doRows(ports, works, job);
    const isStuck = rest && done.length === 0 && job.tries + 1 >= TRIES_AT_MOST;
    const outcomes = isStuck ? [TRIED_IN_VAIN] : done;
    const failures = outcomes.flatMap((why, place) =>
      why === null ? [] : [{ row: (job as Job).next + place, why }],
    );
    if (outcomes.length > 0) {
      const step = { count: outcomes.length, failures };
      job = await ports.jobs.advance(job, worker, step, ports.clock.now(), leaseFrom(ports));
    }
    if (rest && !isStuck) return ports.jobs.release(id, worker, outcomes.length === 0);
  }
  if (job?.state === 'open') await ports.jobs.release(id, worker, false);
}

/** The outcomes of the next rows in their order, up to the first that is to be tried again (`rest`). */
async function doRows(
  { jobs, log }: JobPorts,
  works: Works,
  job: Job,
): Promise<{ readonly done: readonly (string | null)[]; readonly rest: boolean }> {
  const work = works[job.kind];
  if (!work) throw new Error(`nobody knows how to do ${job.kind}`);
  const rows = await jobs.rows(job.id, job.next, Math.min(ROWS_AT_ONCE, job.total - job.next));
  const settled = await Promise.allSettled(
    rows.map(row => (row === UNREADABLE_ROW ? UNREADABLE : work(row, job))),
  );
  const done: (string | null)[] = [];
  for (const outcome of settled) {
    if (outcome.status === 'rejected' && outcome.reason instanceof DamagedRecord) {
      log.error('record-damaged', { id: outcome.reason.id });
      done.push(UNREADABLE);
      continue;
    }
    if (outcome.status === 'rejected') {
      log.warn('job-row-failed', {
        job: job.id,
        row: job.next + done.length,
        fault: faultOf(outcome.reason),
      });
      return { done, rest: true };
    }
    done.push(outcome.value);
  }
  return { done, rest: false };
}

const leaseFrom = ({ clock }: JobPorts): Instant => addSeconds(clock.now(), LEASE_SECONDS);

/** Every minute: whatever has not ended is worked on, the oldest first. One job that fails keeps no other from it. */
export async function workOffAll(
  ports: JobPorts,
  works: Works,
  deadline: Instant,
): Promise<{ readonly failed: number }> {
  let failed = 0;
  const unended = await ports.jobs.unended();
  for (const { id, state, createdAt } of unended) {
    const now = ports.clock.now();
    const isBroken = state === 'preparing' && addSeconds(createdAt, PREPARING_AT_MOST_SECONDS) < now;
    try {
      if (isBroken) await ports.jobs.end(id, 'abandoned', now);
      else await workOff(ports, works, id, deadline);
    } catch (error) {
      failed += 1;
      ports.log.error('job-failed', { job: id, fault: faultOf(error) });
    }
  }
  return { failed };
}
