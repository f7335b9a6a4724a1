// Everything that the due index lists, over all its shards. A hint only: whoever acts on it reads the request again.
import type { Instant } from '../domain/instant.ts';
import { faultOf } from './fault.ts';
import { DUE_SHARDS, type Due, type Ports } from './ports.ts';

export type DueRequests = {
  readonly due: readonly Due[];
  /** Shards that could not be read now. They keep nobody from the others; the next time reads them again. */
  readonly unread: number;
};

/** With an `at` far ahead: every open request. */
export async function dueRequests(ports: Ports, at: Instant): Promise<DueRequests> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const from = Math.floor(ports.random() * DUE_SHARDS); // so that no shard is always the last one
  const due: Due[] = [];
  let unread = 0;
  for (const shard of [...shards.slice(from), ...shards.slice(0, from)]) {
    const listed = await dueIn(ports, shard, at);
    if (listed === null) unread += 1;
    else due.push(...listed);
  }
  return { due, unread };
}

async function dueIn(ports: Ports, shard: number, at: Instant): Promise<readonly Due[] | null> {
  try {
    return await ports.requests.due(shard, at);
  } catch (error) {
    ports.log.error('shard-not-read', { shard, fault: faultOf(error) });
    return null;
  }
}
