// Lambda's side of a queue: takes messages in batches, invokes the function with the event that AWS would send, and
// deletes what it did not report as failed. What failed shows up again when its visibility time-out is over.
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { QueueReport } from '../../../shared/http/queue.ts';

export type QueueHandler = (event: SQSEvent) => Promise<QueueReport>;

/** Takes one batch, if there is one within `waitSeconds`. Returns how many messages it held. */
export async function takeBatch(
  client: SQSClient,
  queueUrl: string,
  handler: QueueHandler,
  waitSeconds: number,
  abort?: AbortSignal,
): Promise<number> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds }),
    abort ? { abortSignal: abort } : {},
  );
  if (Messages.length === 0) return 0;
  const { batchItemFailures } = await invoke(handler, Messages);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const message of Messages.filter(({ MessageId }) => !failed.has(MessageId ?? '')))
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }));
  return Messages.length;
}

/** A function that throws has dealt with none of its batch. */
async function invoke(handler: QueueHandler, messages: readonly Message[]): Promise<QueueReport> {
  try {
    return await handler({ Records: messages.map(recordOf) });
  } catch {
    return { batchItemFailures: messages.map(({ MessageId }) => ({ itemIdentifier: MessageId ?? '' })) };
  }
}

function recordOf(message: Message): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:local:000000000000:wake-ups',
    awsRegion: 'local',
  };
}

/** Polls until stopped. */
export function startPolling(
  client: SQSClient,
  queueUrl: string,
  handler: QueueHandler,
): () => Promise<void> {
  const abort = new AbortController();
  const polling = (async () => {
    while (!abort.signal.aborted) {
      await takeBatch(client, queueUrl, handler, 10, abort.signal).catch(() =>
        abort.signal.aborted ? undefined : pause(500),
      );
    }
  })();
  return async () => {
    abort.abort();
    await polling;
  };
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
