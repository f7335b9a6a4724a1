// The rules that run by the clock: the event that EventBridge would send, once at the start and then at each interval.
// Must never be the only thing that moves a request, here as little as in AWS.
import { randomUUID } from 'node:crypto';
import type { ScheduledEvent } from 'aws-lambda';
import { LOCAL_REGION } from './machine-queues.ts';

type ScheduledHandler = (event: ScheduledEvent) => Promise<unknown>;

/** As in infra/constructs/timers.ts. */
export type Rule = { readonly name: string; readonly everyMinutes: number; readonly run: ScheduledHandler };

/** Resolves after the first run, with what stops the others. */
export async function startRule(rule: Rule): Promise<() => Promise<void>> {
  const once = () => runRule(rule);
  const timer = setInterval(once, rule.everyMinutes * 60_000);
  await once();
  return async () => clearInterval(timer);
}

/** Once more and now, as when EventBridge sends an event twice or early. */
export async function runRule({ name, run }: Rule): Promise<void> {
  // What it throws is in the log of the functions; the next time runs again.
  await run(scheduledEvent(name)).catch(() => undefined);
}

function scheduledEvent(rule: string): ScheduledEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region: LOCAL_REGION,
    resources: [`arn:aws:events:${LOCAL_REGION}:000000000000:rule/${rule}`],
    detail: {},
  };
}
