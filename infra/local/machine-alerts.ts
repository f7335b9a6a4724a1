// What managers and contacts would be sent, taken from the queue behind the topic of alerts.
// Must never know more of an alert than its receivers do: the sentence and its attributes.
import type { SQSEvent } from 'aws-lambda';
import type { QueueReport } from '../../shared/http/queue.ts';
import { startPolling } from './host/queue-poller.ts';
import type { Queues } from './machine-queues.ts';

export type SentAlert = {
  readonly at: number;
  readonly audience: string;
  readonly severity: string;
  readonly reason: string;
  readonly words: string;
};

export type AlertListener = (alert: SentAlert) => void;

export type AlertWatch = {
  readonly on: (listener: AlertListener) => () => void;
  readonly close: () => Promise<void>;
};

export function watchAlerts({ sqs, alertsUrl }: Queues): AlertWatch {
  const listeners = new Set<AlertListener>();
  const receive = async ({ Records }: SQSEvent): Promise<QueueReport> => {
    for (const { body } of Records) {
      const alert = alertFrom(body);
      for (const listener of listeners) listener(alert);
    }
    return { batchItemFailures: [] };
  };
  return {
    on: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: startPolling(sqs, alertsUrl, receive),
  };
}

type Notification = {
  readonly Message?: string;
  readonly Timestamp?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value?: string }>>;
};

function alertFrom(body: string): SentAlert {
  const { Message = '', Timestamp = '', MessageAttributes = {} } = JSON.parse(body) as Notification;
  const attribute = (name: string) => MessageAttributes[name]?.Value ?? '';
  return {
    at: Date.parse(Timestamp) || Date.now(),
    audience: attribute('audience'),
    severity: attribute('severity'),
    reason: attribute('reason'),
    words: Message,
  };
}
