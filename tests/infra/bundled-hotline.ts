// A whole hotline whose functions are the built bundles, each in a process of its own as Lambda keeps it: a real engine,
// queue, topic and telephone network, and a secret store that answers as AWS's. Time is real.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyResult } from 'hono/aws-lambda';
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts';
import { type Exchange, realClock, startExchange } from '../../infra/local/exchange/exchange.ts';
import { type QueueHandler, startPolling } from '../../infra/local/host/queue-poller.ts';
import { type HttpHandler, startWebhookHost } from '../../infra/local/host/webhook-host.ts';
import { exchangeLines } from '../../infra/local/machine-lines.ts';
import { LOCAL_REGION, startQueues } from '../../infra/local/machine-queues.ts';
import { LOCAL_TABLE, openTable, type Seed } from '../../infra/local/machine-table.ts';
import { parseSecrets } from '../../shared/app/config.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { type Lambda, type LambdaSettings, startLambda } from './lambda.ts';
import { type Severable, severable } from './severable.ts';

export const aigul = volunteer('aigul', 11);

const text = {
  twilioAccountSid: `AC${'1'.repeat(32)}`,
  twilioAuthTokens: ['the token of this test'.replaceAll(' ', '-')],
  twilioApiKey: `SK${'2'.repeat(32)}`,
  twilioApiSecret: 'the-secret-of-this-test',
  dataKey: Buffer.alloc(32, 1).toString('base64'),
  lookupKey: Buffer.alloc(32, 2).toString('base64'),
};

/** What each bundle is and may take, as the template says. */
export type Bundle = Omit<LambdaSettings, 'environment'>;

export type BundledHotline = {
  readonly exchange: Exchange;
  /** What every function is given. */
  readonly environment: Readonly<Record<string, string>>;
  readonly lambdas: ReadonlyMap<string, Lambda>;
  /** What stands in the secret; a placeholder until it is filled. */
  readonly fillSecret: (isFilled: boolean) => void;
  /** Every connection that a function has kept open. Returns how many there were. */
  readonly cutAllConnections: () => number;
  readonly start: (name: string) => Promise<Lambda>;
  readonly close: () => Promise<void>;
};

const webhookFunctions = {
  'POST /voice/{proxy+}': 'Voice',
  'GET /audio/{proxy+}': 'Audio',
  'POST /texts/{proxy+}': 'Text',
  'POST /status/{proxy+}': 'Status',
} as const;

const seed: Seed = {
  network: { ...smallNetwork, lines: smallNetwork.lines.filter(({ id }) => id === plainLine.id) },
  volunteers: [aigul],
};

/** `wayTo`: how the functions reach the engine, the bus and the telephone network, in this order. */
export async function startBundled(
  bundleOf: (name: string) => Bundle,
  wayTo: (target: string) => Promise<Severable> = severable,
  kept: Seed = seed,
): Promise<BundledHotline> {
  const closers: (() => Promise<unknown>)[] = [];
  const closing = <Thing extends { close: () => Promise<unknown> }>(thing: Thing): Thing => {
    closers.push(() => thing.close());
    return thing;
  };
  const engine = closing(await startDynamoDb());
  const queues = closing(await startQueues(0));
  await fill(engine, kept);
  const secrets = closing(await startSecretStore());
  const lambdas = new Map<string, Lambda>();
  const through =
    (name: string): HttpHandler =>
    async event =>
      (await lambdas.get(name)?.invoke(event)) as APIGatewayProxyResult;
  const routes = Object.entries(webhookFunctions).map(([key, name]) => [key, through(name)]);
  const host = closing(await startWebhookHost(Object.fromEntries(routes), 0, Date.now));
  const clock = realClock();
  closers.push(async () => clock.stop());
  const exchange = closing(
    await startExchange({
      clock,
      accountSid: text.twilioAccountSid,
      authToken: text.twilioAuthTokens[0] ?? '',
      apiKey: { sid: text.twilioApiKey, secret: text.twilioApiSecret },
      lines: exchangeLines(smallNetwork, host.url, new Map()),
    }),
  );
  const ways = await Promise.all([engine.endpoint, queues.url, exchange.url].map(wayTo));
  for (const way of ways) closing(way);
  const [dynamoDb, bus, phones] = ways as [Severable, Severable, Severable];
  const environment = {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url,
    AWS_ENDPOINT_URL_SQS: bus.url,
    AWS_ENDPOINT_URL_SNS: bus.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_S3: secrets.url,
    PANA_STAGE: 'dev',
    PANA_TABLE: LOCAL_TABLE,
    PANA_QUEUE_URL: queues.wakeUpsUrl,
    PANA_TOPIC_ARN: queues.topicArn,
    PANA_SECRETS_ARN: 'arn:aws:secretsmanager:local:000000000000:secret:pana',
    PANA_PUBLIC_BASE: host.url,
    PANA_TWILIO_API: phones.url,
    PANA_RECORDINGS: 's3://recordings-of-this-test',
    PANA_FALLBACK_BUCKET: 'fallback-of-this-test',
    PANA_OIDC_ISSUER: secrets.url,
    PANA_OIDC_AUDIENCE: 'client',
  };
  const start = async (name: string) => {
    const lambda = closing(await startLambda({ ...bundleOf(name), environment }));
    lambdas.set(name, lambda);
    return lambda;
  };
  const wakeup: QueueHandler = async event => (await lambdas.get('Wakeup')?.invoke(event)) as never;
  const stop = startPolling(queues.sqs, queues.wakeUpsUrl, wakeup);
  closers.push(stop);
  return {
    exchange,
    environment,
    lambdas,
    fillSecret: secrets.fill,
    cutAllConnections: () => ways.map(way => way.cut()).reduce((sum, count) => sum + count, 0),
    start,
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
}

async function fill({ endpoint }: LocalDynamoDb, kept: Seed): Promise<void> {
  const secrets = parseSecrets(JSON.stringify(text));
  const table = await openTable({ endpoint, secrets, seed: kept, writeLog: () => undefined });
  await table.close();
}

/** Secrets Manager's one answer; and for whoever takes it for a bucket, a place that takes every file. */
async function startSecretStore() {
  let isFilled = true;
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    const SecretString = JSON.stringify(isFilled ? text : { placeholder: 'fill in', unused: 'x' });
    const isSecret = String(request.headers['x-amz-target']).endsWith('.GetSecretValue');
    if (isSecret) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    else response.writeHead(request.method === 'PUT' ? 200 : 404);
    response.end(isSecret ? JSON.stringify({ ARN: 'arn', Name: 'pana', SecretString }) : '');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fill: (filled: boolean) => {
      isFilled = filled;
    },
    close: () =>
      new Promise<void>(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
