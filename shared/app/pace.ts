// How fast texts that can wait go out. A number sends one text a second, and the network keeps the rest in one queue for
// all: half of it stays free, so that what a survivor waits for never stands behind more than one of these.
// Must never be asked before a text of a request.
import { addSeconds, type Instant } from '../domain/instant.ts';
import { countedSoFar } from './counting.ts';
import type { Ports } from './ports.ts';

const SECONDS_BETWEEN = 2;
/** The last fifth of a day's texts is for requests. */
const PART_OF_CAP = 0.8;

export type Pace = {
  /** Waits for its turn. False: not today any more. */
  readonly turn: () => Promise<boolean>;
};

/** One for all lines: with several numbers it is slower than it could be, and nobody waits. */
export function paced(
  ports: Pick<Ports, 'clock' | 'counters' | 'log' | 'networks'>,
  pause: (seconds: number) => Promise<unknown>,
): Pace {
  let next: Instant | null = null;
  return {
    turn: async () => {
      const now = ports.clock.now();
      const mine = next === null || next < now ? now : next;
      next = addSeconds(mine, SECONDS_BETWEEN);
      if (mine > now) await pause((mine - now) / 1000);
      const [sent, { settings }] = await Promise.all([
        countedSoFar(ports as Ports, { of: 'texts' }),
        ports.networks.network(),
      ]);
      return sent < settings.limits.textsADay * PART_OF_CAP;
    },
  };
}
