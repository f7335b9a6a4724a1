// Tells whom a swap concerns what has become of it. What is to be told stands in the swap from the commit on, and leaves it
// once it has been told: a killed function's rest is told by the next run of upkeep.
// Must never fail what has been committed.

import type { Severity } from '../domain/action.ts';
import type { Network } from '../domain/network.ts';
import { regionOf, type Swap, type SwapAlert, swapDueAt, type Telling } from '../domain/swap.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Text } from '../domain/wording.ts';
import { faultOf } from './fault.ts';
import type { Ports } from './ports.ts';
import { lineFor } from './shift-lines.ts';
import { tellPeople } from './telling.ts';
import { textToVolunteer } from './text-to-volunteer.ts';

const severityOf: Readonly<Record<SwapAlert, Severity>> = {
  'shift-given-late': 'critical',
  'shift-open': 'warning',
  'swap-to-approve': 'info',
};

export async function tellOfSwap(ports: Ports, swap: Swap): Promise<void> {
  if (swap.telling.length === 0) return;
  try {
    const network = await ports.networks.network();
    let told = 0;
    for (const telling of swap.telling) {
      if (!(await isTold(ports, network, swap, telling))) break;
      told += 1;
    }
    await forgetTold(ports, network, swap, told);
  } catch (error) {
    ports.log.error('swap-not-told', { swap: swap.id, fault: faultOf(error) });
  }
}

/** False: it did not work this time. What can not be delivered at all counts as told: nothing would change. */
async function isTold(ports: Ports, network: Network, swap: Swap, telling: Telling): Promise<boolean> {
  if (telling.tell === 'managers') {
    const { reason } = telling;
    const told = { requestId: null, audience: 'manager', region: regionOf(swap), about: [swap.id] } as const;
    const alert = { ...told, reason, severity: severityOf[reason] };
    return (await tellPeople(ports, alert, { lineId: null, about: swap.id })) !== 'later';
  }
  const volunteer = await ports.directory.volunteer(telling.to);
  if (!volunteer) return true;
  const text = await newsFor(ports, volunteer, swap, telling);
  const outcome = await textToVolunteer(ports, network, volunteer, text);
  ports.log.info('swap-told', { swap: swap.id, volunteer: volunteer.id, outcome });
  return outcome !== 'temporary';
}

type ToOne = Extract<Telling, { readonly tell: 'volunteer' }>;

async function newsFor(
  ports: Ports,
  volunteer: Volunteer,
  swap: Swap,
  { news, about }: ToOne,
): Promise<Text> {
  const { shiftId, date } = about;
  const isGiver = volunteer.id === swap.giver;
  if (news === 'return-asked') {
    const meant = { of: 'return', swapId: swap.id } as const;
    const inReturn = await lineFor(ports, volunteer, { meant, occurrence: about });
    const own = { of: 'shift', shiftId: swap.occurrence.shiftId, date: swap.occurrence.date } as const;
    const hers = await lineFor(ports, volunteer, { meant: own, occurrence: swap.occurrence });
    return { text: 'return-asked', hers, inReturn };
  }
  const meant = isGiver
    ? ({ of: 'shift', shiftId, date } as const)
    : ({ of: 'swap', swapId: swap.id } as const);
  return { text: 'shift', said: news, shift: await lineFor(ports, volunteer, { meant, occurrence: about }) };
}

/** What was added meanwhile stays. */
async function forgetTold(ports: Ports, network: Network, swap: Swap, told: number): Promise<void> {
  const before = told === 0 ? null : await ports.shifts.swap(swap.id);
  if (before === null) return;
  const now = ports.clock.now();
  const after = { ...before, version: before.version + 1, telling: before.telling.slice(told) };
  const dueAt = swapDueAt(after, network.settings.selfService, now);
  // A conflict leaves it there: told twice rather than not at all.
  await ports.shifts.commitSwap({ before, after, changes: [], people: [], dueAt, by: null }, now);
}
