// What is to be done for a swap as time goes on: what was to be told and was not, whom to ask, who hears that nobody has
// taken it, and its end. Must never ask more people than a shift is worth waking, nor anybody twice.
import type { SwapId, VolunteerId } from '../domain/ids.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import { quietAt } from '../domain/quiet-hours.ts';
import { isOpen, type Swap, swapDueAt, whyNot } from '../domain/swap.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Pace } from './pace.ts';
import type { Ports } from './ports.ts';
import { lineFor } from './shift-lines.ts';
import { actOnSwap } from './swaps.ts';
import { tellOfSwap } from './tell-of-swap.ts';
import { textToVolunteer } from './text-to-volunteer.ts';

/** Of those who answer one text in six somebody takes it with nineteen in twenty; who was not asked sees it in the list. */
const ASKED_AT_MOST = 17;

export async function keepUpSwap(ports: Ports, pace: Pace, id: SwapId): Promise<void> {
  const swap = await ports.shifts.swap(id);
  if (swap === null) return;
  if (swap.telling.length > 0) return tellOfSwap(ports, swap);
  const looked = await actOnSwap(ports, id, { kind: 'looked' }, null);
  if (looked.refused !== null || !isOpen(looked.swap)) return;
  const network = await ports.networks.network();
  const asked = looked.swap.toAsk === null ? await chosen(ports, network, looked.swap) : looked.swap;
  if (asked !== null) await askNext(ports, network, pace, asked);
}

/** Those of the shift's regions who may take it, in no order: a list by name would always wake the same ones. */
async function chosen(ports: Ports, network: Network, swap: Swap): Promise<Swap | null> {
  const giver = await ports.directory.volunteer(swap.giver);
  const there = (await Promise.all(swap.occurrence.regions.map(ports.shifts.volunteersOf))).flat();
  const fit = { holidays: holidaysOf(network), restHours: network.settings.coverage.restHours };
  const able = giver === null ? [] : there.filter(each => whyNot(swap, each, giver, fit) === null);
  const toAsk = able
    .map(({ id }) => ({ id, luck: ports.random() }))
    .sort((a, b) => a.luck - b.luck)
    .slice(0, ASKED_AT_MOST)
    .map(({ id }) => id);
  return kept(ports, network, swap, toAsk);
}

/** Everybody who is awake; the others in the morning. */
async function askNext(ports: Ports, network: Network, pace: Pace, first: Swap): Promise<void> {
  let swap: Swap | null = first;
  for (const id of first.toAsk ?? []) {
    const volunteer = await ports.directory.volunteer(id);
    const { selfService } = network.settings;
    const zone = volunteer?.rota.zone;
    if (zone !== undefined && quietAt(ports.clock.now(), zone, selfService) !== null) continue;
    if (volunteer && !(await pace.turn())) return;
    // Off the list before it is sent: a function that dies asks one person less rather than one twice.
    swap = await kept(ports, network, swap, without(swap, id));
    if (swap === null) return; // taken or changed meanwhile: looked at again in a minute
    if (volunteer) await ask(ports, network, volunteer, swap);
  }
}

const without = ({ toAsk }: Swap, id: VolunteerId) => (toAsk ?? []).filter(each => each !== id);

async function ask(ports: Ports, network: Network, volunteer: Volunteer, swap: Swap): Promise<void> {
  const meant = { of: 'swap', swapId: swap.id } as const;
  const shift = await lineFor(ports, volunteer, { meant, occurrence: swap.occurrence });
  const outcome = await textToVolunteer(ports, network, volunteer, { text: 'shift', said: 'open', shift });
  ports.log.info('swap-asked', { swap: swap.id, volunteer: volunteer.id, outcome });
}

async function kept(
  ports: Ports,
  network: Network,
  before: Swap,
  toAsk: readonly VolunteerId[],
): Promise<Swap | null> {
  const now = ports.clock.now();
  const after = { ...before, version: before.version + 1, toAsk };
  const dueAt = swapDueAt(after, network.settings.selfService, now);
  const outcome = await ports.shifts.commitSwap(
    { before, after, changes: [], people: [], dueAt, by: null },
    now,
  );
  return outcome === 'committed' ? after : null;
}
