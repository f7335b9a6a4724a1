// A batch of the wake-up queue as Lambda delivers it, and the report of what must be delivered again.
import type { Context } from '../app/context.ts';
import { wakeUp } from '../app/wake-up.ts';

export type QueueBatch = {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
};
export type QueueReport = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

export function queueHandler({ ports }: Context): (batch: QueueBatch) => Promise<QueueReport> {
  return async ({ Records }) => {
    const outcomes = await Promise.all(
      Records.map(async ({ messageId, body }) => ({
        itemIdentifier: messageId,
        done: await wakeUp(ports, body),
      })),
    );
    return {
      batchItemFailures: outcomes
        .filter(({ done }) => !done)
        .map(({ itemIdentifier }) => ({ itemIdentifier })),
    };
  };
}
