// What is too much for one answer is done as a job: how far it is, what could not be done and why, and how to stop it.
import { z } from '@hono/zod-openapi';
import { jobWorks } from '../../app/job-works.ts';
import { type Job, type JobKind, jobKinds, type NewJob, workOff } from '../../app/jobs.ts';
import { may, type Permission, sees } from '../../domain/access.ts';
import { parseJobId } from '../../domain/ids.ts';
import { addSeconds } from '../../domain/instant.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { parsedText, showMoment, shownMoment } from './fields.ts';
import { freshJobId } from './fresh-ids.ts';
import { problem, problems } from './problem.ts';

export const jobSchema = z
  .object({
    id: z.string().openapi({ example: 'job_0123456789abcdef0123456789abcdef' }),
    kind: z.enum(jobKinds),
    state: z.enum(['preparing', 'open', 'done', 'stopped', 'abandoned']).openapi({
      description:
        '`open`: it is worked on, at the latest within a minute. `abandoned`: it broke off before anything was done',
    }),
    total: z.number().int().openapi({ description: 'Rows, each done whole or not at all' }),
    done: z.number().int(),
    failed: z.number().int(),
    createdAt: shownMoment,
    endedAt: shownMoment.nullable(),
    failures: z
      .array(z.object({ row: z.number().int(), why: z.string() }))
      .openapi({ description: 'The first hundred rows that could not be done' }),
  })
  .openapi('Job');

const params = z.object({
  jobId: parsedText(parseJobId, 'the id of a job', 'job_0123456789abcdef0123456789abcdef'),
});
const json = { 'application/json': { schema: jobSchema } };

/** What an operation answers that has begun one. */
export const jobBegun = {
  202: {
    description: 'Begun, and perhaps done already; its address is in Location',
    content: json,
    headers: z.object({ location: z.string() }),
  },
} as const;

const getJob = declared({
  method: 'get',
  path: '/v1/jobs/{jobId}',
  operationId: 'getJob',
  summary: 'How far a job is',
  tag: 'jobs',
  permission: 'rota:read',
  lies: 'answers-own',
  request: { params },
  responses: { 200: { description: 'It', content: json }, ...problems },
});
const stopJob = declared({
  method: 'post',
  path: '/v1/jobs/{jobId}/stop',
  operationId: 'stopJob',
  summary: 'Begins no further row; what was done stays done. For those who might begin such a job',
  tag: 'jobs',
  permission: 'rota:read',
  lies: 'answers-own',
  request: { params },
  responses: { 200: { description: 'As it stands', content: json }, ...problems },
});

const begunWith: Readonly<Record<JobKind, Permission>> = {
  'rota-import': 'rota:write',
  'week-copy': 'rota:write',
  'holiday-reroll': 'network:write',
  broadcast: 'broadcasts:send',
  'shift-ask': 'broadcasts:send',
};

export function jobs(api: Api): void {
  api.add(getJob, async c => {
    const job = await ownJob(c, c.req.valid('param').jobId);
    return job ? c.json(await shownJob(c, job), 200) : problem(c, 'not-found');
  });
  api.add(stopJob, async c => {
    const { office, ports } = c.var.context;
    const before = await ownJob(c, c.req.valid('param').jobId);
    if (!before) return problem(c, 'not-found');
    if (!may(c.var.actor, begunWith[before.kind])) return problem(c, 'not-permitted');
    await office.jobs.end(before.id, 'stopped', ports.clock.now());
    const job = (await office.jobs.job(before.id)) ?? before;
    return c.json(await shownJob(c, job), 200);
  });
}

/** Null also for whoever does not see all of the regions in which it changes something, its own beginner included. */
async function ownJob(c: ApiC, id: Job['id']): Promise<Job | null> {
  const job = await c.var.context.office.jobs.job(id);
  const isSeen = job?.regions.every(region => sees(c.var.actor, region));
  return isSeen ? job : null;
}

export async function shownJob(c: ApiC, { id, kind, state, total, next, failed, createdAt, endedAt }: Job) {
  const failures = failed === 0 ? [] : await c.var.context.office.jobs.failures(id);
  return {
    ...{ id, kind, state, total, failed },
    done: next - failed,
    createdAt: showMoment(createdAt),
    endedAt: endedAt && showMoment(endedAt),
    failures: failures.map(each => ({ ...each })),
  };
}

/** API Gateway waits for 29 s, and people for less; what is left then is done from minute to minute. */
const WORKS_FOR_SECONDS = 8;

/** Begins a job, works on it for as long as somebody waits, and says how far it is. */
export async function beginJob(
  c: ApiC,
  wanted: Pick<NewJob, 'kind' | 'regions'> & { readonly inSeconds?: number },
  rows: readonly unknown[],
): Promise<Job> {
  const { office, ports } = c.var.context;
  const { inSeconds = 0, ...job } = wanted;
  const createdAt = ports.clock.now();
  const startsAt = addSeconds(createdAt, inSeconds);
  const begun = await office.jobs.create(
    freshJobId(c),
    { ...job, by: c.var.actor.id, createdAt, startsAt },
    rows,
  );
  const deadline = addSeconds(createdAt, WORKS_FOR_SECONDS);
  const works = jobWorks(ports);
  // Whatever goes wrong now, the function of every minute goes on from where it is.
  await workOff({ ...ports, ...office }, works, begun.id, deadline).catch(() =>
    ports.log.warn('job-left-to-upkeep', { job: begun.id }),
  );
  const after = (await office.jobs.job(begun.id)) ?? begun;
  c.header('location', `/v1/jobs/${after.id}`);
  return after;
}
