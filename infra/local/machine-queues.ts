// The queue of wake-ups, the one for those that failed, and the topic of alerts, as in infra/constructs/timers.ts and
// alerts.ts. Must never be reachable from another machine: nobody is asked who they are.
import type { AddressInfo } from 'node:net';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';

/** No region of AWS's has this name: what goes astray reaches nobody. */
export const LOCAL_REGION = 'local';
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** As in the stack: six times what a function may take, and five tries. */
const HIDDEN_SECONDS = 60;
const TRIES = 5;

export type Queues = {
  readonly url: string;
  readonly sqs: SQSClient;
  readonly wakeUpsUrl: string;
  /** Receives every alert, for whoever watches this machine. */
  readonly alertsUrl: string;
  readonly topicArn: string;
  readonly close: () => Promise<void>;
};

export async function startQueues(port: number): Promise<Queues> {
  const server = buildApp({ logger: false, defaultRegion: LOCAL_REGION });
  await server.listen({ port, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const options = { endpoint: url, region: LOCAL_REGION, credentials: localCredentials };
  const sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient(options);
  const dead = await makeQueue(sqs, 'dead-wake-ups', {});
  const wakeUps = await makeQueue(sqs, 'wake-ups', {
    VisibilityTimeout: String(HIDDEN_SECONDS),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: TRIES }),
  });
  const alerts = await makeQueue(sqs, 'alerts', {});
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: alerts.arn }));
  sns.destroy();
  const close = async () => {
    sqs.destroy();
    await server.close();
  };
  return { url, sqs, wakeUpsUrl: wakeUps.url, alertsUrl: alerts.url, topicArn: TopicArn, close };
}

async function makeQueue(
  sqs: SQSClient,
  QueueName: string,
  Attributes: Record<string, string>,
): Promise<{ readonly url: string; readonly arn: string }> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { Attributes: told } = await sqs.send(asked);
  return { url: QueueUrl, arn: told?.['QueueArn'] ?? '' };
}
