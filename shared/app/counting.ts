// Counting, and what the counts mean for a call or a text that comes in. A counter that cannot be reached limits
// nobody. Must never be waited for by itself on the way to a ring: it runs beside what is read anyway.
import { firstOf, type Limited, limitedBy } from '../domain/limits.ts';
import type { Line } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import { faultOf } from './fault.ts';
import type { Counter, Counters, Ports } from './ports.ts';

/** How many there are now, with this one; 0 when nobody can say. */
export function counted(ports: Ports, counter: Counter): Promise<number> {
  return orNothing(ports, counter, counters => counters.add(counter, ports.clock.now()));
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

/** `from` null: withheld. Many share that, so they are never limited by number. */
export async function limitOnCall(ports: Ports, line: Line, from: Address | null): Promise<Limited | null> {
  const rings: Counter = { of: 'rings' };
  const [{ settings }, ofNumber, ofLine, ringsToday] = await Promise.all([
    ports.networks.network(),
    from === null ? 0 : counted(ports, { of: 'calls-of-number', number: from }),
    counted(ports, { of: 'calls-of-line', lineId: line.id }),
    orNothing(ports, rings, counters => counters.count(rings, ports.clock.now())),
  ]);
  const { limits } = settings;
  return firstOf([
    limitedBy('calls-of-number', ofNumber, limits.callsPerNumberAnHour),
    limitedBy('calls-of-line', ofLine, limits.callsPerLineAMinute),
    // People heard of it when the last ring was made, not now.
    ringsToday >= limits.ringsADay ? { limit: 'rings-a-day', isNew: false } : null,
  ]);
}

export async function limitOnText(ports: Ports, line: Line, from: Address): Promise<Limited | null> {
  const [{ settings }, ofNumber, ofLine] = await Promise.all([
    ports.networks.network(),
    counted(ports, { of: 'texts-of-number', number: from }),
    counted(ports, { of: 'texts-of-line', lineId: line.id }),
  ]);
  const { limits } = settings;
  return firstOf([
    limitedBy('texts-of-number', ofNumber, limits.textsPerNumberAnHour),
    limitedBy('texts-of-line', ofLine, limits.textsPerLineAMinute),
  ]);
}
