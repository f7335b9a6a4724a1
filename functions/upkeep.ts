// Lambda behind the minute rule of the managers' work: jobs that no call has time for, and holes in the rota. Apart from
// the sweep, which must never wait for them. Fails when a job has failed, once everything else is done: that is what the
// alarm hears.
import { setTimeout } from 'node:timers/promises';
import { createOfficeStores } from '../shared/adapters/dynamodb/office.ts';
import { broadcasting } from '../shared/app/broadcasting.ts';
import { parseConfig } from '../shared/app/config.ts';
import type { Context } from '../shared/app/context.ts';
import { jobWorks } from '../shared/app/job-works.ts';
import { workOffAll } from '../shared/app/jobs.ts';
import type { Office } from '../shared/app/office.ts';
import { askingForOpenings } from '../shared/app/openings.ts';
import { paced } from '../shared/app/pace.ts';
import { tellTrailHead } from '../shared/app/tell-trail-head.ts';
import { keepUpShifts } from '../shared/app/upkeep.ts';
import { watchCoverage } from '../shared/app/watch-coverage.ts';
import { addSeconds } from '../shared/domain/instant.ts';
import { contextOf, readSecrets, tableOf } from './environment.ts';
import { once } from './once.ts';

/** The rule comes back in a minute; the function lives for less. */
const WORKS_FOR_SECONDS = 40;

type UpkeepContext = Context & { readonly office: Omit<Office, 'tokens'> };

async function startUpkeep(): Promise<UpkeepContext> {
  const config = parseConfig(process.env);
  const secrets = await readSecrets(config.secrets);
  const table = tableOf(config, secrets);
  return { ...contextOf(config, secrets, undefined, table), office: createOfficeStores(table) };
}

export const handler = once(startUpkeep, ({ ports, office }) => async () => {
  const deadline = addSeconds(ports.clock.now(), WORKS_FOR_SECONDS);
  const all = { ...ports, ...office };
  // Side by side: a job that lasts never keeps managers from hearing of a hole, nor the reverse.
  const pause = (seconds: number) => setTimeout(seconds * 1000);
  const pace = paced(ports, pause);
  const texts = { broadcast: broadcasting(ports, pace), 'shift-ask': askingForOpenings(ports, pace) };
  const works = { ...jobWorks(all), ...texts };
  const [worked, watched, kept, told] = await Promise.allSettled([
    workOffAll(all, works, deadline),
    watchCoverage(all),
    keepUpShifts(ports, pace, deadline),
    tellTrailHead(all),
  ]);
  if (watched.status === 'rejected') throw watched.reason;
  if (kept.status === 'rejected') throw kept.reason;
  if (worked.status === 'rejected') throw worked.reason;
  if (told.status === 'rejected') throw told.reason;
  if (kept.value.failed > 0) throw new Error(`kept up, but ${kept.value.failed} could not be done`);
  if (worked.value.failed > 0) throw new Error(`worked on, but ${worked.value.failed} jobs have failed`);
});
