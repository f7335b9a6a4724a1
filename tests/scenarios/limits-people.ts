// Small hotlines with tight limits, for the scenarios about them.
import type { Limits } from '../../shared/domain/limits.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Handset, Said } from '../support/handset.ts';
import { plainLine, roomyLimits, smallNetwork } from '../support/small-network.ts';

export function networkWith(limits: Partial<Limits>): Network {
  return { ...smallNetwork, settings: { ...smallNetwork.settings, limits: { ...roomyLimits, ...limits } } };
}

/** What she hears first in a flood. */
export const numbers: readonly Said[] = ['numbers-to-dial', { dial: '102' }, 'or', { dial: '112' }];

/** Dials, and hangs up before anybody can have answered. */
export async function callsBriefly(caller: Handset): Promise<void> {
  await caller.dials(plainLine);
  await caller.hangsUp();
}
