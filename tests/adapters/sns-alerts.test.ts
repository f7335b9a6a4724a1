import { SNSClient } from '@aws-sdk/client-sns';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAlerts } from '../../shared/adapters/sns/alerts.ts';
import type { Alert } from '../../shared/app/ports.ts';
import { parseRegionId } from '../../shared/domain/ids.ts';
import { keepingLog, known, requestId } from './adapter-values.ts';
import { startScriptedServer } from './scripted-server.ts';

const region = known(parseRegionId('KZ-75'));
const alert: Alert = { requestId, audience: 'manager', severity: 'critical', reason: 'danger', region };
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };

let aws: FauxqsServer;
let topicArn = '';
let client: SNSClient;
let log = keepingLog();

beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false });
  topicArn = aws.createTopic('alerts').topicArn;
  aws.createQueue('everything');
  aws.createQueue('almaty-managers');
  aws.subscribe({ topic: 'alerts', queue: 'everything' });
  const filter = JSON.stringify({ region: ['KZ-75', 'unknown'], audience: ['manager'] });
  aws.subscribe({ topic: 'alerts', queue: 'almaty-managers', attributes: { FilterPolicy: filter } });
  client = new SNSClient({ endpoint: aws.address, region: 'us-east-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});
beforeEach(() => {
  aws.reset();
  log = keepingLog();
});

function arrivedIn(queue: string) {
  return known(aws.inspectQueue(queue)).messages.ready.map(message => JSON.parse(message.body));
}

describe('an alert', () => {
  it('arrives as one sentence with the attributes that subscriptions filter by', async () => {
    expect(await createAlerts({ topicArn, log, client }).publish(alert)).toBe('done');
    const [envelope] = arrivedIn('everything');
    expect(envelope.Message).toBe(
      `A caller has said that there is danger now. Region KZ-75. Request ${requestId}.`,
    );
    expect(envelope.MessageAttributes).toEqual({
      audience: { Type: 'String', Value: 'manager' },
      severity: { Type: 'String', Value: 'critical' },
      reason: { Type: 'String', Value: 'danger' },
      region: { Type: 'String', Value: 'KZ-75' },
    });
  });

  it('reaches whoever subscribed to its region, and one without a region reaches them too', async () => {
    const alerts = createAlerts({ topicArn, log, client });
    await alerts.publish(alert);
    await alerts.publish({ ...alert, region: known(parseRegionId('KZ-10')) });
    await alerts.publish({ ...alert, audience: 'contact' });
    await alerts.publish({ ...alert, region: null, requestId: null });
    expect(arrivedIn('everything')).toHaveLength(4);
    expect(arrivedIn('almaty-managers')).toHaveLength(2);
  });

  it('that can not be published is put off, and the log says why without its words', async () => {
    const missing = `${topicArn}-missing`;
    expect(await createAlerts({ topicArn: missing, log, client }).publish(alert)).toBe('later');
    expect(log.lines).toEqual([
      {
        level: 'warn',
        event: 'alert-not-published',
        fields: { requestId, reason: 'danger', error: 'NotFoundException' },
      },
    ]);
  });

  it('is put off in seconds when nobody answers, with a client made from the environment', async () => {
    const silent = await startScriptedServer();
    process.env['AWS_ENDPOINT_URL_SNS'] = silent.url;
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'x';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'x';
    const startedAt = performance.now();
    expect(await createAlerts({ topicArn, log }).publish(alert)).toBe('later');
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    expect(silent.received.length).toBeGreaterThanOrEqual(1);
    await silent.stop();
  });

  it('goes out on a new connection after a sleep, for the old one may be dead', async () => {
    const other = await startScriptedServer();
    other.answerWith({ status: 400, body: {} });
    process.env['AWS_ENDPOINT_URL_SNS'] = other.url;
    const alerts = createAlerts({ topicArn, log });
    await alerts.publish(alert);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    await alerts.publish(alert).finally(() => vi.useRealTimers());
    expect(other.received.map(({ connection }) => connection)).toEqual([1, 2]);
    await other.stop();
  });
});
