// Telling people: each alert, or once in a while what keeps happening. When nobody can say whether they have been told,
// they are told. Must never be the only thing that a request waits for: what did not work is tried again by its outbox.
import type { AlertReason } from '../domain/action.ts';
import type { LineId } from '../domain/ids.ts';
import { toldOnce } from '../domain/told-once.ts';
import { counted, countedSoFar } from './counting.ts';
import type { Alert, Counter, Ports } from './ports.ts';

/** Where a matter belongs, so that it is told once there. */
export type Matter = {
  readonly reason: AlertReason;
  readonly lineId: LineId | null;
  readonly requestId: string | null;
  readonly about: string | null;
};

/** A moment's race may tell it twice; nothing makes it untold. */
export async function tellPeople(
  ports: Ports,
  alert: Alert,
  where: Omit<Matter, 'reason' | 'requestId'>,
): Promise<'done' | 'later' | 'told-before'> {
  const matter = { ...where, reason: alert.reason, requestId: alert.requestId };
  if (await isTold(ports, matter)) return 'told-before';
  const outcome = await ports.alerts.publish(alert);
  const counter = counterOf(matter);
  if (outcome === 'done' && counter !== null) await counted(ports, counter);
  return outcome;
}

/** False for what is told each time. */
export async function isTold(ports: Ports, matter: Matter): Promise<boolean> {
  const counter = counterOf(matter);
  return counter !== null && (await countedSoFar(ports, counter)) > 0;
}

function counterOf({ reason, lineId, requestId, about }: Matter): Counter | null {
  const once = toldOnce(reason);
  if (once === null) return null;
  const whose = { line: lineId, request: requestId, about, hotline: null }[once.each];
  return { of: `told-in-${once.within}`, about: `${reason} ${whose ?? 'all'}` };
}
