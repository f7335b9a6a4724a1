// The one table on this machine's engine: made and filled when it is new, kept as it is when it is not.
// Must never change what somebody has kept: a table that does not open is left alone, and its owner is told.
import { type DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { createStores, type Stores } from '../../shared/adapters/dynamodb/stores.ts';
import { createTable } from '../../shared/adapters/dynamodb/table.ts';
import { systemClock } from '../../shared/adapters/system/clock.ts';
import { createLog } from '../../shared/adapters/system/log.ts';
import { systemRandom } from '../../shared/adapters/system/random.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import type { Secrets } from '../../shared/app/config.ts';
import { DamagedRecord } from '../../shared/app/damaged-record.ts';
import type { Network } from '../../shared/domain/network.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';
import { freshCheck } from '../../shared/domain/number-check.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { wordingsFor } from '../../shared/prompts/audio.ts';
import { CannotStart } from './ports-busy.ts';

export const LOCAL_TABLE = 'pana-local';

export type Seed = { readonly network: Network; readonly volunteers: readonly Volunteer[] };

export type LocalTable = {
  readonly stores: Stores;
  /** The seed, or what was kept. */
  readonly network: Network;
  readonly isNew: boolean;
  readonly close: () => Promise<void>;
};

export type LocalTableOptions = {
  readonly endpoint: string;
  readonly secrets: Secrets;
  readonly seed: Seed;
  readonly writeLog: (line: string) => void;
};

export async function openTable({
  endpoint,
  secrets,
  seed,
  writeLog,
}: LocalTableOptions): Promise<LocalTable> {
  const client = connectLocally(endpoint);
  await makeTable(client);
  const sealer = createSealer({ dataKey: secrets.dataKey, lookupKey: secrets.lookupKey });
  const log = createLog(systemClock, writeLog);
  const deps = { client, table: LOCAL_TABLE, sealer, clock: systemClock, random: systemRandom, log };
  const stores = createStores(deps);
  const kept = await keptNetwork(stores);
  if (kept === null) await fill(stores, seed);
  const close = async () => client.destroy();
  return { stores, network: kept ?? seed.network, isNew: kept === null, close };
}

async function makeTable(client: DynamoDBClient): Promise<void> {
  try {
    await createTable(client, LOCAL_TABLE);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

/** Null when the table is new, or was left before it was filled: the network is written last. */
async function keptNetwork({ networks }: Stores): Promise<Network | null> {
  try {
    return await networks.network();
  } catch (error) {
    if (!(error instanceof DamagedRecord)) return null;
    throw new CannotStart(
      'The data kept here was sealed with other secrets or written by another version: ' +
        'remove the folder .pana to begin anew.',
    );
  }
}

async function fill({ registry, roster, shifts }: Stores, { network, volunteers }: Seed): Promise<void> {
  const problems = problemsOfNetwork(network, wordingsFor(network));
  if (problems.length > 0) {
    throw new Error(
      `the seed breaks the rules: ${problems.map(each => `${each.path} ${each.problem}`).join('; ')}`,
    );
  }
  for (const volunteer of volunteers) {
    const stored = await registry.putVolunteer(volunteer, systemClock.now());
    if (stored !== 'stored')
      throw new Error(`the number of ${volunteer.id} belongs to somebody else in the seed`);
    await confirm(shifts, volunteer);
  }
  await roster.rollDuty(systemClock.now());
  await registry.putNetwork(network);
}

/** Nobody has these numbers: a code to each would be all that somebody reads who looks at Pana for the first time. */
async function confirm(shifts: Stores['shifts'], { id, number }: Volunteer): Promise<void> {
  const entry = await shifts.entry(id);
  const now = systemClock.now();
  const check = { ...freshCheck(shifts.markOf(number)), confirmedAt: now };
  if (entry !== null) await shifts.keepEntry({ ...entry, check, dueAt: now });
}
