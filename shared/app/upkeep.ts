// What volunteers' own shifts need from minute to minute: swaps, reminders, codes to new numbers, and once a day a look at
// whom nothing reaches. Goes on where the last run has ended; one thing that fails keeps no other from it.
// Must never write faster than leaves room for requests, nor go on past its time.
import type { Instant } from '../domain/instant.ts';
import { faultOf } from './fault.ts';
import type { Pace } from './pace.ts';
import type { Ports } from './ports.ts';
import { checkReach } from './reach-check.ts';
import { keepUpPerson } from './upkeep-person.ts';
import { keepUpSwap } from './upkeep-swap.ts';

export type KeptUp = { readonly looked: number; readonly failed: number };

export async function keepUpShifts(ports: Ports, pace: Pace, deadline: Instant): Promise<KeptUp> {
  const now = ports.clock.now();
  const [swaps, people] = await Promise.all([ports.shifts.dueSwaps(now), ports.shifts.dueEntries(now)]);
  const work = [
    ...swaps.map(id => () => keepUpSwap(ports, pace, id)),
    ...people.map(id => () => keepUpPerson(ports, pace, id)),
    () => checkReach(ports),
  ];
  let [looked, failed] = [0, 0];
  for (const each of work) {
    if (ports.clock.now() >= deadline) break;
    looked += 1;
    try {
      await each();
    } catch (error) {
      failed += 1;
      ports.log.error('upkeep-failed', { fault: faultOf(error) });
    }
  }
  ports.log.info('kept-up', { looked, failed, left: work.length - looked });
  return { looked, failed };
}
