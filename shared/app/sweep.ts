// Every minute: looks at every request that is overdue, keeps the duty entries up to date, and thanks whoever has
// ended a shift. One request that
// fails never keeps the sweep from the next.
import type { RequestId } from '../domain/ids.ts';
import { secondsBetween } from '../domain/instant.ts';
import { dueAt } from '../domain/standing.ts';
import { debrief } from './debrief.ts';
import { dueRequests } from './due-requests.ts';
import { faultOf } from './fault.ts';
import { handleEvent } from './handle-event.ts';
import type { Ports } from './ports.ts';
import { sideBySide } from './side-by-side.ts';

export type Swept = {
  readonly looked: number;
  /** Looks that could not be done now, and shards of the index that could not be read. */
  readonly failed: number;
  /** Of what was really overdue when it was read again; 0 when nothing was. What cannot be read is in `failed`. */
  readonly oldestOverdueSeconds: number;
};

export async function sweep(ports: Ports): Promise<Swept> {
  const now = ports.clock.now();
  const { due, unread } = await dueRequests(ports, now);
  // Side by side, so that a minute with much to look at never keeps the duty entries from being kept up.
  const [looks, ended] = await Promise.all([
    sideBySide(due, ({ requestId }) => lookIfOverdue(ports, requestId)),
    ports.roster.rollDuty(now),
  ]);
  await debrief(ports, ended);
  const swept = {
    looked: due.length,
    failed: unread + looks.filter(({ done }) => !done).length,
    oldestOverdueSeconds: Math.max(0, ...looks.map(({ overdueSeconds }) => overdueSeconds)),
  };
  ports.log.info('swept', swept); // an alarm reads the age from this line
  return swept;
}

type Look = { readonly done: boolean; readonly overdueSeconds: number };

/** The index lags behind: what has been moved meanwhile is left alone. */
async function lookIfOverdue(ports: Ports, requestId: RequestId): Promise<Look> {
  try {
    const overdueSeconds = await overdueOf(ports, requestId);
    if (overdueSeconds === null) return { done: true, overdueSeconds: 0 };
    return { done: await look(ports, requestId), overdueSeconds };
  } catch (error) {
    reportFailedLook(ports, requestId, error);
    return { done: false, overdueSeconds: 0 };
  }
}

/** Null when it is not overdue. */
async function overdueOf(ports: Ports, requestId: RequestId): Promise<number | null> {
  const { request } = await ports.requests.load(requestId, null);
  const { settings } = await ports.networks.network();
  const due = request && dueAt(request, settings);
  const now = ports.clock.now();
  return due === null || due > now ? null : secondsBetween(due, now);
}

/** Looks at one request; false when it could not be done now. */
export async function look(ports: Ports, requestId: RequestId): Promise<boolean> {
  try {
    await handleEvent(ports, { requestId, event: { kind: 'looked' }, webhookId: null });
    return true;
  } catch (error) {
    reportFailedLook(ports, requestId, error);
    return false;
  }
}

function reportFailedLook(ports: Ports, requestId: RequestId, error: unknown): void {
  ports.log.error('look-failed', { request: requestId, fault: faultOf(error) });
}
