import { SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWakeUps } from '../../shared/adapters/sqs/wake-ups.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { keepingLog, known, requestId } from './adapter-values.ts';
import { startScriptedServer } from './scripted-server.ts';

const now = instant(1_790_000_000_000);

let aws: FauxqsServer;
let client: SQSClient;
let log = keepingLog();

beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false });
  aws.createQueue('wake-ups');
  client = new SQSClient({
    endpoint: aws.address,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});
beforeEach(() => {
  aws.reset();
  log = keepingLog();
});

function wakeUps(queueUrl = known(aws.inspectQueue('wake-ups')).url) {
  return createWakeUps({ queueUrl, log, client });
}

/** Seconds until the one delayed message is delivered. */
function delay() {
  const { ready, delayed } = known(aws.inspectQueue('wake-ups')).messages;
  expect(ready).toHaveLength(0);
  expect(delayed).toHaveLength(1);
  return Math.round((known(known(delayed[0]).delayUntil) - Date.now()) / 1000);
}

describe('a wake-up', () => {
  it('says nothing but which request to look at', async () => {
    await wakeUps().at(requestId, [now], now);
    const [message] = known(aws.inspectQueue('wake-ups')).messages.ready;
    expect(JSON.parse(known(message).body)).toEqual({ requestId });
    expect(log.lines).toEqual([]);
  });

  it('comes no earlier than asked: parts of a second are rounded up', async () => {
    await wakeUps().at(requestId, [addSeconds(now, 19.001)], now);
    expect(delay()).toBe(20);
  });

  it('that lies further ahead than the queue can hold comes after 900 s', async () => {
    await wakeUps().at(requestId, [addSeconds(now, 5_000)], now);
    expect(delay()).toBe(900);
  });

  it('that is overdue comes at once', async () => {
    await wakeUps().at(requestId, [addSeconds(now, -30)], now);
    expect(known(aws.inspectQueue('wake-ups')).messages.ready).toHaveLength(1);
  });

  it('may be asked for at several instants: a message for each', async () => {
    await wakeUps().at(requestId, [addSeconds(now, 20), addSeconds(now, 23)], now);
    const { delayed } = known(aws.inspectQueue('wake-ups')).messages;
    const delays = delayed.map(({ delayUntil }) => Math.round((known(delayUntil) - Date.now()) / 1000));
    expect(delays.sort()).toEqual([20, 23]);
  });

  it('that can not be sent is logged and throws nothing', async () => {
    await wakeUps(`${aws.address}/000000000000/missing`).at(requestId, [now], now);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({
      level: 'warn',
      event: 'wake-up-not-sent',
      fields: { requestId, error: 'QueueDoesNotExist' },
    });
  });

  it('uses the endpoint that the environment names, and after a sleep a new connection', async () => {
    const other = await startScriptedServer();
    other.answerWith({ status: 400, body: {} });
    process.env['AWS_ENDPOINT_URL_SQS'] = other.url;
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'x';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'x';
    const queueUrl = 'https://sqs.eu-north-1.amazonaws.com/000000000000/wake-ups';
    const queue = createWakeUps({ queueUrl, log });
    await queue.at(requestId, [now], now);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    await queue.at(requestId, [now], now).finally(() => vi.useRealTimers());
    expect(other.received.map(({ connection }) => connection)).toEqual([1, 2]);
    await other.stop();
  });
});
