// A whole hotline on this machine: engine, queue and topic, the functions behind the events that AWS would send them,
// and a telephone network. Must never be half open: what was started before a failure is closed again.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stores } from '../../shared/adapters/dynamodb/stores.ts';
import { systemClock } from '../../shared/adapters/system/clock.ts';
import { createLog } from '../../shared/adapters/system/log.ts';
import type { Secrets } from '../../shared/app/config.ts';
import type { LineId } from '../../shared/domain/ids.ts';
import type { Network } from '../../shared/domain/network.ts';
import { publishFallback } from '../../shared/http/publish-fallback.ts';
import { builtFolder } from '../web/build.ts';
import { type LocalDynamoDb, startDynamoDb } from './dynamodb.ts';
import { type Exchange, realClock, startExchange } from './exchange/exchange.ts';
import { type FallbackSite, startFallbackSite } from './fallback-site.ts';
import { startPolling } from './host/queue-poller.ts';
import { type HttpHandler, type Routes, startWebhookHost } from './host/webhook-host.ts';
import { type Issuer, LOCAL_AUDIENCE, startIssuer } from './issuer.ts';
import { type AlertWatch, watchAlerts } from './machine-alerts.ts';
import { type Functions, loadFunctions } from './machine-functions.ts';
import { exchangeLines, playSeconds } from './machine-lines.ts';
import { type FunctionsLog, openFunctionsLog } from './machine-log.ts';
import { type Queues, startQueues } from './machine-queues.ts';
import { type Rule, runRule, startRule } from './machine-rules.ts';
import { secretsIn } from './machine-secrets.ts';
import { LOCAL_TABLE, openTable, type Seed } from './machine-table.ts';
import { type MachinePorts, refuseBusyPorts } from './ports-busy.ts';
import { seedNumber } from './seed/seed-values.ts';

export type MachineOptions = {
  /** For secrets, the functions' log, and the table when it is kept. Made when it does not exist. */
  readonly folder: string;
  /** Keeps the table there; otherwise it is in memory. */
  readonly keepsTable: boolean;
  readonly ports: MachinePorts;
  readonly seed: Seed;
};

export type Machine = {
  readonly webhooksUrl: string;
  readonly managersUrl: string;
  readonly issuer: Issuer;
  readonly queueUrl: string;
  readonly dynamoDb: Pick<LocalDynamoDb, 'endpoint' | 'kind'>;
  readonly exchange: Exchange;
  readonly stores: Stores;
  readonly network: Network;
  readonly secrets: Secrets;
  /** The table was filled with the seed just now. */
  readonly isNew: boolean;
  readonly logFile: string;
  readonly alerts: Pick<AlertWatch, 'on'>;
  /** What waits for the minute of the office is done now. */
  readonly upkeep: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const AUDIO = fileURLToPath(new URL('../../shared/prompts/audio', import.meta.url));

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const parts = new Parts();
  try {
    return await assemble(options, parts);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** What has been started, to be closed in the reverse order. */
class Parts {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

async function assemble({ folder, keepsTable, ports, seed }: MachineOptions, parts: Parts): Promise<Machine> {
  await refuseBusyPorts(ports);
  // The SDK's word to those who deploy it; nobody does here.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  mkdirSync(folder, { recursive: true });
  const [secretsFile, logFile] = [join(folder, 'secrets.json'), join(folder, 'functions.log')];
  const secrets = secretsIn(secretsFile);
  const log = openFunctionsLog(logFile);
  parts.add(log.close);
  const dynamoDb = await startDynamoDb({
    ...(ports.dynamoDb === 0 ? {} : { port: ports.dynamoDb }),
    ...(keepsTable ? { file: join(folder, 'table.db') } : {}),
  });
  parts.add(dynamoDb.close);
  const table = await openTable({ endpoint: dynamoDb.endpoint, secrets, seed, writeLog: log.write });
  parts.add(table.close);
  const queues = await startQueues(ports.queue);
  parts.add(queues.close);
  const alerts = watchAlerts(queues);
  parts.add(alerts.close);

  // The functions must know the addresses of host and exchange; who calls meanwhile waits for them.
  let ready: (functions: Functions) => void = () => undefined;
  const awaited = new Promise<Functions>(resolve => {
    ready = resolve;
  });
  const host = await startWebhookHost(routesTo(awaited), ports.webhooks, Date.now);
  parts.add(host.close);
  const managers = await startWebhookHost(
    {
      'ANY /v1/{proxy+}': async event => (await awaited).managers(event),
      'GET /feeds/{proxy+}': async event => (await awaited).managers(event),
      'ANY /me/{proxy+}': async event => (await awaited).managers(event),
      'GET /{proxy+}': async event => (await awaited).console(event),
    },
    ports.managers,
    Date.now,
  );
  parts.add(managers.close);
  const issuer = await startIssuer(ports.issuer);
  parts.add(issuer.close);
  const site = await startFallbackSite();
  parts.add(site.close);
  const fallbacks = await publishLocally(site, table.stores, log);
  const lines = exchangeLines(table.network, host.url, fallbacks);
  const { exchange, close } = await openExchange(lines, secrets, ports.exchange);
  parts.add(close);
  const addresses = addressesOf({
    ...{ dynamoDb, queues, exchange, issuer },
    webhooksUrl: host.url,
    managersUrl: managers.url,
  });
  const files = {
    PANA_SECRETS_FILE: secretsFile,
    PANA_AUDIO: AUDIO,
    PANA_CONSOLE_FILES: builtFolder('console'),
    PANA_RECORDINGS: join(folder, 'recordings'),
  };
  const functions = await loadFunctions({ ...addresses, ...files }, log);
  ready(functions);
  parts.add(functions.settle);
  parts.add(startPolling(queues.sqs, queues.wakeUpsUrl, functions.wakeup));
  parts.add(await startRule({ name: 'every-minute', everyMinutes: 1, run: functions.sweep }));
  parts.add(await startRule({ name: 'every-two-minutes', everyMinutes: 2, run: functions.reconcile }));
  const upkeep: Rule = { name: 'every-minute-office', everyMinutes: 1, run: functions.upkeep };
  parts.add(await startRule(upkeep));
  parts.add(await startRule({ name: 'every-hour', everyMinutes: 60, run: functions.forget }));
  return {
    webhooksUrl: host.url,
    managersUrl: managers.url,
    issuer,
    queueUrl: queues.url,
    dynamoDb,
    exchange,
    stores: table.stores,
    network: table.network,
    isNew: table.isNew,
    secrets,
    logFile,
    alerts,
    upkeep: () => runRule(upkeep),
    close: () => parts.close(),
  };
}

/** The stack's routes. */
function routesTo(functions: Promise<Functions>): Routes {
  const route =
    (key: keyof Functions['routes']): HttpHandler =>
    async event =>
      (await functions).routes[key](event);
  return {
    'POST /voice/{proxy+}': route('POST /voice/{proxy+}'),
    'GET /audio/{proxy+}': route('GET /audio/{proxy+}'),
    'POST /texts/{proxy+}': route('POST /texts/{proxy+}'),
    'POST /status/{proxy+}': route('POST /status/{proxy+}'),
    'GET /recorder/{proxy+}': route('GET /recorder/{proxy+}'),
    'POST /recorder/{proxy+}': route('POST /recorder/{proxy+}'),
  };
}

/** The address of each line's document. Nobody here must be kept from guessing it. */
async function publishLocally(
  site: FallbackSite,
  { networks }: Stores,
  functionsLog: FunctionsLog,
): Promise<ReadonlyMap<LineId, string>> {
  const recording = async (path: string) => new Uint8Array(await readFile(join(AUDIO, path)));
  const ports = { networks, log: createLog(systemClock, functionsLog.write) };
  const published = await publishFallback({ ports, recording, pageName: ({ id }) => id }, site);
  return new Map(published.map(({ line, path }) => [line, `${site.url}/${path}`]));
}

async function openExchange(lines: ReturnType<typeof exchangeLines>, secrets: Secrets, port: number) {
  const clock = realClock();
  const exchange = await startExchange({
    clock,
    port,
    accountSid: secrets.twilioAccountSid,
    authToken: secrets.twilioAuthTokens[0],
    apiKey: { sid: secrets.twilioApiKey, secret: secrets.twilioApiSecret },
    lines,
    // A table that was kept knows the calls of yesterday: today's must have other names.
    seed: randomUUID(),
  });
  exchange.playSeconds = playSeconds;
  const close = async () => {
    clock.stop();
    await exchange.close();
  };
  return { exchange, close };
}

function addressesOf(at: {
  readonly dynamoDb: LocalDynamoDb;
  readonly queues: Queues;
  readonly webhooksUrl: string;
  readonly managersUrl: string;
  readonly exchange: Pick<Exchange, 'url'>;
  readonly issuer: Pick<Issuer, 'url'>;
}): Record<string, string> {
  return {
    PANA_STAGE: 'local',
    PANA_TABLE: LOCAL_TABLE,
    PANA_QUEUE_URL: at.queues.wakeUpsUrl,
    PANA_TOPIC_ARN: at.queues.topicArn,
    PANA_PUBLIC_BASE: at.webhooksUrl,
    PANA_PAGES_BASE: at.managersUrl,
    PANA_TWILIO_API: at.exchange.url,
    PANA_FALLBACK_NUMBER: seedNumber(90),
    PANA_OIDC_ISSUER: at.issuer.url,
    PANA_OIDC_AUDIENCE: LOCAL_AUDIENCE,
    AWS_ENDPOINT_URL_DYNAMODB: at.dynamoDb.endpoint,
    AWS_ENDPOINT_URL_SQS: at.queues.url,
    AWS_ENDPOINT_URL_SNS: at.queues.url,
  };
}
