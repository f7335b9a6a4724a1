// Wake-ups as delayed messages in a queue: "look at request R", at most 900 s ahead. Whoever receives one looks,
// and asks for the next. Must never throw: the sweep stands behind every message that is lost.
import type { SQSClient } from '@aws-sdk/client-sqs';
import { faultOf } from '../../app/fault.ts';
import type { Log, WakeUps } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import { beforeEachTry, KeptConnections, keptByAws } from '../kept-connections.ts';

/** SQS holds a message back no longer. */
const HOP_AT_MOST_SECONDS = 900;
const LIMIT_MS = 2_000;

export type WakeUpsOptions = {
  readonly queueUrl: string;
  readonly log: Log;
  /** Otherwise one is made from the environment when it is first needed. */
  readonly client?: SQSClient;
};

export type QueuedWakeUps = WakeUps & {
  /** Loads the queue's client ahead of its first use. */
  readonly warm: () => Promise<void>;
};

export function createWakeUps({ queueUrl, log, client }: WakeUpsOptions): QueuedWakeUps {
  let made: SQSClient | undefined = client;
  const kept = new KeptConnections(keptByAws);
  const load = async () => {
    const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs');
    if (made === undefined) {
      made = new SQSClient({ ...limits, requestHandler: { ...inTime, ...kept.agents } });
      made.middlewareStack.add(kept.dropping, beforeEachTry);
    }
    return { sqs: made, SendMessageCommand };
  };
  return {
    warm: async () => void (await load()),
    at: async (requestId, at, now) => {
      const send = async (each: Instant) => {
        try {
          const { sqs, SendMessageCommand } = await load();
          await sqs.send(
            new SendMessageCommand({
              QueueUrl: queueUrl,
              MessageBody: JSON.stringify({ requestId }),
              DelaySeconds: delaySeconds(each, now),
            }),
          );
        } catch (error) {
          log.warn('wake-up-not-sent', { requestId, error: faultOf(error) });
        }
      };
      // Not as one batch: one that fails must not take the other with it.
      await Promise.all(at.map(send));
    },
  };
}

const limits = {
  // Otherwise the queue's address would be used even where the environment names another endpoint.
  useQueueUrlAsEndpoint: false,
  maxAttempts: 2,
};
const inTime = { connectionTimeout: LIMIT_MS, requestTimeout: LIMIT_MS, throwOnRequestTimeout: true };

// Rounded up: a message that comes early finds nothing due.
function delaySeconds(at: Instant, now: Instant): number {
  return Math.min(Math.max(Math.ceil((at - now) / 1000), 0), HOP_AT_MOST_SECONDS);
}
