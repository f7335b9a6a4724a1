// Every minute: looks at every request that is overdue, and keeps the duty entries up to date. One request that
// fails never keeps the sweep from the next.
import type { RequestId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { faultOf } from './fault.ts';
import { handleEvent } from './handle-event.ts';
import { DUE_SHARDS, type Ports } from './ports.ts';

export type Swept = { readonly looked: number; readonly failed: number };

/** So many requests are looked at side by side: each takes a few round trips, and the next sweep comes in a minute. */
const SIDE_BY_SIDE = 16;

export async function sweep(ports: Ports): Promise<Swept> {
  const now = ports.clock.now();
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const from = Math.floor(ports.random() * DUE_SHARDS); // so that no shard is always the last one
  const due: RequestId[] = [];
  for (const shard of [...shards.slice(from), ...shards.slice(0, from)])
    due.push(...(await dueIn(ports, shard, now)));
  // Side by side, so that a minute with much to look at never keeps the duty entries from being kept up.
  const [failed] = await Promise.all([lookAtAll(ports, due), ports.roster.rollDuty(now)]);
  ports.log.info('swept', { looked: due.length, failed });
  return { looked: due.length, failed };
}

/** A shard that cannot be read now keeps nobody from the others; the next minute reads it again. */
async function dueIn(ports: Ports, shard: number, now: Instant): Promise<readonly RequestId[]> {
  try {
    return await ports.requests.due(shard, now);
  } catch (error) {
    ports.log.error('shard-not-read', { shard, fault: faultOf(error) });
    return [];
  }
}

async function lookAtAll(ports: Ports, ids: readonly RequestId[]): Promise<number> {
  let failed = 0;
  for (let at = 0; at < ids.length; at += SIDE_BY_SIDE) {
    const looks = await Promise.all(ids.slice(at, at + SIDE_BY_SIDE).map(id => look(ports, id)));
    failed += looks.filter(done => !done).length;
  }
  return failed;
}

/** Looks at one request; false when it could not be done now. */
export async function look(ports: Ports, requestId: RequestId): Promise<boolean> {
  try {
    await handleEvent(ports, { requestId, event: { kind: 'looked' }, webhookId: null });
    return true;
  } catch (error) {
    ports.log.error('look-failed', {
      request: requestId,
      fault: faultOf(error),
    });
    return false;
  }
}
