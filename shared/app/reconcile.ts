// Every two minutes: holds our requests against the network's own books, and does what was lost on the way. The only
// cure for a first webhook that never came. One thing that fails never keeps it from the rest.
import { addSeconds } from '../domain/instant.ts';
import type { Ports } from './ports.ts';
import { reconcileCalls } from './reconcile-calls.ts';
import { reconcileTexts } from './reconcile-texts.ts';

export type Reconciled = {
  /** Requests that had missed the end of a leg. */
  readonly repaired: number;
  readonly callsMissed: number;
  readonly textsMissed: number;
  /** What could not be done now; the next time does it again. */
  readonly failed: number;
};

/** Ten times the interval: what one run could not do, nine others still find. */
const LOOK_BACK_SECONDS = 1_200;

/**
 * Reports and repeats of webhooks are on their way for so long: the network gives up on a webhook after 15 s, and tries
 * it again once or twice.
 */
const GRACE_SECONDS = 30;

export async function reconcile(ports: Ports): Promise<Reconciled> {
  const now = ports.clock.now();
  const span = { since: addSeconds(now, -LOOK_BACK_SECONDS), until: addSeconds(now, -GRACE_SECONDS) };
  const [calls, texts] = await Promise.all([reconcileCalls(ports, span), reconcileTexts(ports, span)]);
  const reconciled = {
    repaired: calls.repaired,
    callsMissed: calls.missed,
    textsMissed: texts.missed,
    failed: calls.failed + texts.failed,
  };
  ports.log.info('reconciled', reconciled);
  return reconciled;
}
