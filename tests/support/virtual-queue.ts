// A queue whose delays pass in virtual time. The product's real client speaks to it over HTTP; it holds each message
// until its delay is over on the world's clock, then hands it to a real queue, from which the function is invoked.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { VirtualClock } from '../../infra/local/exchange/exchange.ts';
import { type QueueHandler, takeBatch } from '../../infra/local/host/queue-poller.ts';

export type VirtualQueue = {
  /** What AWS_ENDPOINT_URL_SQS is set to. */
  readonly url: string;
  /** While true every message is lost, as if the queue were down. */
  losesMessages: boolean;
  readonly close: () => Promise<void>;
};

type Sent = { readonly QueueUrl: string; readonly MessageBody: string; readonly DelaySeconds?: number };

export async function startVirtualQueue(
  clock: VirtualClock,
  real: SQSClient,
  handler: () => QueueHandler,
): Promise<VirtualQueue> {
  const server = createServer((request, response) => {
    void bodyOf(request).then(body => {
      const message = JSON.parse(body) as Sent;
      if (!queue.losesMessages) hold(message);
      const MD5OfMessageBody = createHash('md5').update(message.MessageBody).digest('hex');
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ MessageId: randomUUID(), MD5OfMessageBody }));
    });
  });
  const hold = ({ QueueUrl, MessageBody, DelaySeconds = 0 }: Sent) =>
    clock.schedule(clock.now() + DelaySeconds * 1000, async () => {
      await real.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      await takeBatch(real, QueueUrl, handler(), 0);
    });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const queue: VirtualQueue = {
    url: `http://127.0.0.1:${port}`,
    losesMessages: false,
    close: () => close(server),
  };
  return queue;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
