// The minute rule: the event that EventBridge would send, every minute and once at the start.
// Must never be the only thing that moves a request, here as little as in AWS.
import { randomUUID } from 'node:crypto';
import type { ScheduledEvent } from 'aws-lambda';
import { LOCAL_REGION } from './machine-queues.ts';

const EVERY_MS = 60_000;

/** Resolves after the first sweep, with what stops the others. */
export async function sweepEveryMinute(
  sweep: (event: ScheduledEvent) => Promise<unknown>,
): Promise<() => Promise<void>> {
  // What it throws is in the log of the functions; the next minute sweeps again.
  const once = () => sweep(scheduledEvent()).catch(() => undefined);
  const timer = setInterval(once, EVERY_MS);
  await once();
  return async () => clearInterval(timer);
}

function scheduledEvent(): ScheduledEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region: LOCAL_REGION,
    resources: [`arn:aws:events:${LOCAL_REGION}:000000000000:rule/every-minute`],
    detail: {},
  };
}
