// Counting. A counter that cannot be reached limits nobody. Must never decide what a count means.
import type { Instant } from '../domain/instant.ts';
import { faultOf } from './fault.ts';
import type { Counter, Counters, Ports } from './ports.ts';

/** How many there are now, with this one; 0 when nobody can say. */
export function counted(ports: Ports, counter: Counter, at = ports.clock.now()): Promise<number> {
  return orNothing(ports, counter, counters => counters.add(counter, at));
}

/** One that was counted at `at` should not have been. */
export async function takenBack(ports: Ports, counter: Counter, at: Instant): Promise<void> {
  await orNothing(ports, counter, async counters => {
    await counters.takeBack(counter, at);
    return 0;
  });
}

/** How many there are without one more; 0 when nobody can say. */
export function countedSoFar(ports: Ports, counter: Counter): Promise<number> {
  return orNothing(ports, counter, counters => counters.count(counter, ports.clock.now()));
}

async function orNothing(
  { counters, log }: Ports,
  { of }: Counter,
  ask: (counters: Counters) => Promise<number>,
): Promise<number> {
  try {
    return await ask(counters);
  } catch (error) {
    log.error('not-counted', { counter: of, fault: faultOf(error) });
    return 0;
  }
}
