// What reconciling calls and reconciling texts have in common: the time they look at, their lines, keeping faults apart.
import type { Instant } from '../domain/instant.ts';
import { type Line, lineByNumber, type Network } from '../domain/network.ts';
import { parsePhoneNumber } from '../domain/phone.ts';
import { faultOf } from './fault.ts';
import type { LogFields, Ports } from './ports.ts';

/** What happened from `since` to `until`; later than that, the reports may still be on their way. */
export type Span = { readonly since: Instant; readonly until: Instant };

/** Null when it could not be done now. The log names the fault; the rest goes on. */
export async function attempted<Result>(
  ports: Ports,
  what: string,
  fields: LogFields,
  deed: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await deed();
  } catch (error) {
    ports.log.error('reconciling-failed', { what, ...fields, fault: faultOf(error) });
    return null;
  }
}

/** The line that was called or written to; null when it is none of ours. */
export function lineReached(network: Network, to: string): Line | null {
  const number = parsePhoneNumber(to.replace(/^whatsapp:/, ''));
  return number && lineByNumber(network, number);
}
