// Lambda behind the minute rule of the managers' work: jobs that no call has time for. Apart from the sweep, which must
// never wait for them. Fails when a job has failed, once everything else is done: that is what the alarm hears.
import { createOfficeStores } from '../shared/adapters/dynamodb/office.ts';
import { parseConfig } from '../shared/app/config.ts';
import type { Context } from '../shared/app/context.ts';
import { jobWorks } from '../shared/app/job-works.ts';
import { workOffAll } from '../shared/app/jobs.ts';
import type { Office } from '../shared/app/office.ts';
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
  const { failed } = await workOffAll({ ...ports, ...office }, jobWorks({ ...ports, ...office }), deadline);
  if (failed > 0) throw new Error(`worked on, but ${failed} jobs have failed`);
});
