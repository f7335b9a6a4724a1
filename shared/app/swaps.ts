// Carries out what somebody does with a shift: reads, decides, writes all of it or nothing, and tells whom it concerns.
// Must never decide anything by itself, nor write to anybody about what is not committed.

import { later, sooner } from '../domain/coverage.ts';
import {
  decideSwap,
  openSwap,
  type SwapDecision,
  type SwapEvent,
  type SwapRefusal,
} from '../domain/decide-swap.ts';
import type { ShiftId, SwapId, VolunteerId } from '../domain/ids.ts';
import { addSeconds, type Instant } from '../domain/instant.ts';
import type { LocalDate } from '../domain/local-time.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import { type Occurrence, occurrencesOf } from '../domain/occurrence.ts';
import type { DutyWindow } from '../domain/rota.ts';
import { sinks } from '../domain/sinks.ts';
import { type ShiftNews, type Swap, swapDueAt, swapIdOf } from '../domain/swap.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Ports, VersionedVolunteer } from './ports.ts';
import { tellOfSwap } from './tell-of-swap.ts';

export type Done =
  | { readonly refused: SwapRefusal | 'unknown' }
  | { readonly refused: null; readonly swap: Swap; readonly reply: ShiftNews | null };

/** Somebody else was faster: it is decided again from what stands there then. */
const TRIES = 5;
/** Nobody gives away a shift that lies further ahead. */
export const AHEAD_SECONDS = 60 * 24 * 3600;

export type OneOfHers = { readonly shiftId: ShiftId; readonly date: LocalDate };

/** The single shift of hers that is meant; null: she has none such ahead. */
export function oneOfHers(
  volunteer: Volunteer,
  network: Network,
  { shiftId, date }: OneOfHers,
  now: Instant,
): Occurrence | null {
  const all = occurrencesOf(volunteer, holidaysOf(network), now, addSeconds(now, AHEAD_SECONDS));
  return all.find(each => each.shiftId === shiftId && each.date === date) ?? null;
}

/** She cannot come to one of her shifts. `by`: who says so, she or a manager. */
export async function giveShift(
  ports: Ports,
  id: VolunteerId,
  which: OneOfHers,
  isIll: boolean,
  by: string = id,
): Promise<Done> {
  return untilDone(ports, by, async network => {
    const giver = await ports.shifts.person(id);
    const now = ports.clock.now();
    const occurrence = giver && oneOfHers(giver.volunteer, network, which, now);
    if (!giver || !occurrence) return alreadyGiven(ports, giver, which);
    const before = await ports.shifts.swap(swapIdOf(id, occurrence));
    const decision = openSwap({
      ...rulesAt(network, now),
      giver: giver.volunteer,
      occurrence,
      before,
      isIll,
    });
    return { before, decision, people: [giver] };
  });
}

/** What she said before has had its effect: the shift is no longer in her rota, and she is told so again. */
async function alreadyGiven(
  ports: Ports,
  giver: VersionedVolunteer | null,
  which: OneOfHers,
): Promise<Attempt | null> {
  const before = giver && (await ports.shifts.swap(swapIdOf(giver.volunteer.id, which)));
  if (!giver || !before?.isAway) return null;
  return { before, decision: { refused: null, swap: before, changes: [], reply: 'away' }, people: [giver] };
}

/**
 * Somebody does something with a shift that is to be had; `by` of the event is whoever takes it. `by`: whose act it is;
 * null: nobody's, time has passed.
 */
export async function actOnSwap(
  ports: Ports,
  id: SwapId,
  event: SwapEvent,
  by: string | null,
): Promise<Done> {
  return untilDone(ports, by, async network => {
    const before = await ports.shifts.swap(id);
    if (before === null) return null;
    const takerId = event.kind === 'taken' ? event.by : 'by' in before.state ? before.state.by : null;
    const [giver, taker] = await Promise.all([
      ports.shifts.person(before.giver),
      takerId === null ? null : ports.shifts.person(takerId),
    ]);
    if (giver === null) return null;
    const all = event.kind === 'looked' || event.kind === 'withdrawn' ? [] : await everybody(ports, network);
    const decision = decideSwap(before, event, {
      ...rulesAt(network, ports.clock.now()),
      giver: giver.volunteer,
      taker: taker?.volunteer ?? null,
      wouldSink: changes => sinks(network, all, changes, timeOf(before)),
    });
    return { before, decision, people: [giver, ...(taker ? [taker] : [])] };
  });
}

function rulesAt(network: Network, now: Instant) {
  const { selfService: settings, coverage } = network.settings;
  return { now, holidays: holidaysOf(network), settings, restHours: coverage.restHours };
}

/** From the beginning of the shift, or of what is given for it, to the end of both. */
function timeOf({ occurrence, state }: Swap): DutyWindow {
  const { window } = occurrence;
  const other = ('inReturn' in state ? state.inReturn?.window : null) ?? window;
  return { from: sooner(window.from, other.from), until: later(window.until, other.until) };
}

/** A floor may be of the whole country. */
async function everybody(ports: Ports, network: Network): Promise<readonly Volunteer[]> {
  return (await Promise.all(network.regions.map(({ id }) => ports.shifts.volunteersOf(id)))).flat();
}

type Attempt = {
  readonly before: Swap | null;
  readonly decision: SwapDecision;
  readonly people: readonly VersionedVolunteer[];
};

async function untilDone(
  ports: Ports,
  by: string | null,
  attempt: (network: Network) => Promise<Attempt | null>,
): Promise<Done> {
  const network = await ports.networks.network();
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const tried = await attempt(network);
    if (tried === null) return { refused: 'unknown' };
    const { before, decision, people } = tried;
    if (decision.refused !== null) return { refused: decision.refused };
    const { swap, changes, reply } = decision;
    if (swap.version === before?.version) return { refused: null, swap, reply };
    const now = ports.clock.now();
    const dueAt = swapDueAt(swap, network.settings.selfService, now);
    const outcome = await ports.shifts.commitSwap({ before, after: swap, changes, people, dueAt, by }, now);
    if (outcome === 'conflict') continue;
    ports.log.info('swap', { swap: swap.id, state: swap.state.kind, away: swap.isAway });
    await tellOfSwap(ports, swap);
    return { refused: null, swap, reply };
  }
  throw new Error('a swap was changed by others again and again');
}
