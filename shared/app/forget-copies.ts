// Once an hour: deletes the telephone network's own copies of our calls and texts, a day after they ended. Must never
// touch what goes on, what the reconciler may still ask for, nor what another user of the same account did.
import { addSeconds } from '../domain/instant.ts';
import type { Network } from '../domain/network.ts';
import { faultOf } from './fault.ts';
import type { Copy, ErasingPorts } from './ports.ts';
import { sideBySide } from './side-by-side.ts';

/**
 * The reconciler looks back ten minutes, asks by name for legs of a call that may last four hours, and when it was dead
 * people look through these books by hand: a day is for them.
 */
export const KEEP_COPIES_SECONDS = 24 * 3600;

export type Forgotten = { readonly forgotten: number; readonly failed: number };

export async function forgetCopies(ports: ErasingPorts): Promise<Forgotten> {
  const network = await ports.networks.network();
  const before = addSeconds(ports.clock.now(), -KEEP_COPIES_SECONDS);
  const found = await ports.copies.endedBefore(before);
  const ours = numbersOf(network);
  const done = await forgetAll(
    ports,
    found.filter(({ from, to }) => ours.has(bare(from)) || ours.has(bare(to))),
  );
  ports.log.info('copies-forgotten', done);
  return done;
}

/** One that cannot be deleted now keeps nobody from the others; the next hour tries again. */
export async function forgetAll({ copies, log }: ErasingPorts, found: readonly Copy[]): Promise<Forgotten> {
  const gone = await sideBySide(found, async copy => {
    try {
      return await copies.forget(copy);
    } catch (error) {
      log.warn('copy-not-forgotten', { copy: copy.sid, fault: faultOf(error) });
      return false;
    }
  });
  const forgotten = gone.filter(Boolean).length;
  return { forgotten, failed: gone.length - forgotten };
}

function numbersOf({ lines, canary }: Network): ReadonlySet<string> {
  const own = lines.flatMap(({ number, whatsappNumber }) => [number, whatsappNumber]);
  return new Set([...own, canary?.survivorNumber].filter(number => typeof number === 'string'));
}

const bare = (address: string): string => address.replace(/^whatsapp:/, '');
