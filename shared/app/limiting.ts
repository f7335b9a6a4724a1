// Which limit a call or a text meets as it comes in. Whoever meets a limit of its own is not counted for the line: it
// must not slow those who share the line. Must never be waited for by itself on the way to a ring: it runs beside what
// is read anyway.
import type { LineId } from '../domain/ids.ts';
import { type Limited, type LimitKind, type Limits, ownLimit } from '../domain/limits.ts';
import type { Line } from '../domain/network.ts';
import type { Address } from '../domain/phone.ts';
import { counted, countedSoFar, takenBack } from './counting.ts';
import type { Counter, Ports } from './ports.ts';
import { isTold } from './telling.ts';

/** `from` null: withheld. Many share that: they are counted together, and slowed apart from everybody else. */
export async function limitOnCall(ports: Ports, line: Line, from: Address | null): Promise<Limited | null> {
  const limit = from === null ? 'withheld-on-line' : 'calls-of-number';
  const own: Counter =
    from === null ? { of: 'withheld-on-line', lineId: line.id } : { of: 'calls-of-number', number: from };
  const [ofAll, at] = [{ of: 'calls-of-line', lineId: line.id } as const, ports.clock.now()];
  const [limits, calls, ringsToday, ofLine] = await Promise.all([
    limitsOf(ports),
    counted(ports, own, at),
    countedSoFar(ports, { of: 'rings' }),
    counted(ports, ofAll, at),
  ]);
  const most = from === null ? limits.withheldPerLineAMinute : limits.callsPerNumberAnHour;
  const met = ownLimit({ limit, calls, most, ringsUsedUp: ringsToday >= limits.ringsADay });
  if (met !== null) {
    await takenBack(ports, ofAll, at);
    return limitedBy(ports, line.id, met);
  }
  return ofLine > limits.callsPerLineAMinute ? limitedBy(ports, line.id, 'calls-of-line') : null;
}

export async function limitOnText(ports: Ports, line: Line, from: Address): Promise<Limited | null> {
  const [limits, ofNumber] = await Promise.all([
    limitsOf(ports),
    counted(ports, { of: 'texts-of-number', number: from }),
  ]);
  if (ofNumber > limits.textsPerNumberAnHour) return limitedBy(ports, line.id, 'texts-of-number');
  const ofLine = await counted(ports, { of: 'texts-of-line', lineId: line.id });
  return ofLine > limits.textsPerLineAMinute ? limitedBy(ports, line.id, 'texts-of-line') : null;
}

async function limitsOf({ networks }: Ports): Promise<Limits> {
  return (await networks.network()).settings.limits;
}

/** Of the rings of a day people hear when the last one is made. */
async function limitedBy(ports: Ports, lineId: LineId, limit: LimitKind): Promise<Limited> {
  if (limit === 'rings-a-day') return { limit, isNew: false };
  const flood = { reason: 'flood', lineId, requestId: null, about: null } as const;
  return { limit, isNew: !(await isTold(ports, flood)) };
}
