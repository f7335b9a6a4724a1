// From the environment of a function to its context: config, then secrets, then one adapter for each port.
// The only place where ports meet their adapters; nothing here knows whether it runs in AWS or on a desk.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '../shared/adapters/dynamodb/client.ts';
import { createStores } from '../shared/adapters/dynamodb/stores.ts';
import { readSecretsManager } from '../shared/adapters/secrets-manager/secrets-manager.ts';
import { createAlerts } from '../shared/adapters/sns/alerts.ts';
import { createWakeUps } from '../shared/adapters/sqs/wake-ups.ts';
import { systemClock } from '../shared/adapters/system/clock.ts';
import { createLog } from '../shared/adapters/system/log.ts';
import { systemRandom } from '../shared/adapters/system/random.ts';
import { createSealer } from '../shared/adapters/system/sealer.ts';
import { readSecretsFile } from '../shared/adapters/system/secrets-file.ts';
import { createCopies } from '../shared/adapters/twilio/copies.ts';
import { createTelephone } from '../shared/adapters/twilio/telephone.ts';
import { type Config, parseConfig, type Secrets, type SecretsSource } from '../shared/app/config.ts';
import type { Context } from '../shared/app/context.ts';
import { ownPagePath } from '../shared/app/paths.ts';
import type { Log } from '../shared/app/ports.ts';
import { recordedClips } from '../shared/prompts/loading.ts';

export async function startContext(): Promise<Context> {
  const config = parseConfig(process.env);
  return contextOf(config, await readSecrets(config.secrets));
}

export function readSecrets(source: SecretsSource): Promise<Secrets> {
  return source.from === 'manager' ? readSecretsManager(source.arn) : readSecretsFile(source.path);
}

/** What no config says: the time, chance, and where lines of the log go. */
export type Surroundings = Pick<Context['ports'], 'clock' | 'random' | 'log'>;

const system: Surroundings = { clock: systemClock, random: systemRandom, log: createLog(systemClock) };

/** What every store of the table is given. */
export function tableOf(config: Config, secrets: Secrets, surroundings = system) {
  const sealer = createSealer({ dataKey: secrets.dataKey, lookupKey: secrets.lookupKey });
  return { client: connect(), table: config.table, sealer, ...surroundings };
}

export function contextOf(
  config: Config,
  secrets: Secrets,
  { clock, random, log } = system,
  table = tableOf(config, secrets, { clock, random, log }),
): Context {
  const { sealer } = table;
  const stores = createStores(table);
  const account = accountOf(config, secrets, log);
  const telephone = createTelephone({ ...account, publicBase: config.publicBase });
  const wakeUps = createWakeUps({ queueUrl: config.queueUrl, log });
  return {
    ports: {
      clock,
      random,
      log,
      ...stores,
      pageUrl: token => `${config.pagesBase}${ownPagePath(token)}`,
      telephone,
      copies: createCopies(account),
      alerts: createAlerts({ topicArn: config.topicArn, log }),
      wakeUps,
    },
    readyToRing: () => Promise.all([telephone.warm(), wakeUps.warm()]),
    publicBase: config.publicBase,
    accountSid: secrets.twilioAccountSid,
    authTokens: secrets.twilioAuthTokens,
    fallbackNumber: config.fallbackNumber,
    canaryNumber: config.canaryNumber,
    pageName: ({ number }) => sealer.lookup(number),
    recording: path => readRecording(config.audioFolder, path),
  };
}

/** How the network's REST API is spoken to. */
export function accountOf({ twilioApi }: Config, secrets: Secrets, log: Log) {
  const { twilioAccountSid: accountSid, twilioApiKey: apiKey, twilioApiSecret: apiSecret } = secrets;
  return { log, twilioApi, accountSid, apiKey, apiSecret };
}

/** Only what the manifest of recordings lists is ever read. */
async function readRecording(folder: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return (await recordedClips()).has(path.replace(/\.mp3$/, ''))
    ? new Uint8Array(await readFile(join(folder, path)))
    : null;
}
