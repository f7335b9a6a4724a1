// A volunteer writes about her shifts or her number: what she means is done, and she reads what has become of it.
// Must never take a number for a shift that it was not given for, nor say who somebody else is.
import type { SwapEvent, SwapRefusal } from '../domain/decide-swap.ts';
import type { SwapId, VolunteerId } from '../domain/ids.ts';
import { addSeconds } from '../domain/instant.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import { type Occurrence, occurrencesOf } from '../domain/occurrence.ts';
import { occurrenceFor } from '../domain/opening.ts';
import type { Meant } from '../domain/shift-numbers.ts';
import type { ShiftWish } from '../domain/shift-wish.ts';
import { isOpen, type ShiftNews, type Swap, swapIdOf, whyNot } from '../domain/swap.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { NotToBeHad, Text } from '../domain/wording.ts';
import { confirmNumber } from './confirm-number.ts';
import { openingsFor, takeOne } from './openings.ts';
import type { Ports } from './ports.ts';
import { lineFor, linesFor, meantBy } from './shift-lines.ts';
import { actOnSwap, type Done, giveShift, oneOfHers } from './swaps.ts';

/** So many lines fit into two segments; the rest stands on her page. */
export const LINES_AT_MOST = 4;
const LISTED_SECONDS = 14 * 24 * 3600;

export async function aboutShifts(ports: Ports, id: VolunteerId, wish: ShiftWish): Promise<Text | null> {
  const person = await ports.shifts.person(id);
  return person && answer(ports, person.volunteer, wish);
}

function answer(ports: Ports, her: Volunteer, wish: ShiftWish): Promise<Text> | Text {
  switch (wish.wish) {
    case 'list':
      return ownShifts(ports, her);
    case 'list-open':
      return openShifts(ports, her);
    case 'codes':
      return { text: 'shift-codes' };
    case 'which':
      return { text: 'which-shift' };
    case 'page':
      return ownPage(ports, her);
    case 'confirm-number':
      return confirmNumber(ports, her, wish.code);
    case 'give':
      return give(ports, her, wish.number, wish.isIll);
    case 'keep':
      return keep(ports, her, wish.number);
    case 'take':
      return take(ports, her, wish.number, null);
    case 'exchange':
      return take(ports, her, wish.take, wish.give);
    case 'answer-return':
      return answerReturn(ports, her, wish.number, wish.agrees);
  }
}

export async function nextShifts(ports: Ports, her: Volunteer): Promise<readonly Occurrence[]> {
  const network = await ports.networks.network();
  const now = ports.clock.now();
  return occurrencesOf(her, holidaysOf(network), now, addSeconds(now, LISTED_SECONDS));
}

/** Those of her region that she may take, the next first. */
export async function shiftsToTake(ports: Ports, her: Volunteer): Promise<readonly Swap[]> {
  const now = ports.clock.now();
  const [network, swaps] = await Promise.all([
    ports.networks.network(),
    ports.shifts.swapsOf(her.region, now),
  ]);
  const ahead = swaps.filter(each => isOpen(each) && each.occurrence.window.from > now);
  const givers = await Promise.all(ahead.map(({ giver }) => ports.directory.volunteer(giver)));
  const fit = { holidays: holidaysOf(network), restHours: network.settings.coverage.restHours };
  return ahead
    .filter((swap, index) => {
      const giver = givers[index];
      return giver && whyNot(swap, her, giver, fit) === null;
    })
    .sort((a, b) => a.occurrence.window.from - b.occurrence.window.from);
}

async function ownShifts(ports: Ports, her: Volunteer): Promise<Text> {
  const next = (await nextShifts(ports, her)).slice(0, LINES_AT_MOST);
  const toShow = next.map(occurrence => ({ meant: shift(occurrence), occurrence }));
  if (toShow.length === 0) return { text: 'no-shifts' };
  return { text: 'shifts', are: 'hers', shifts: await linesFor(ports, her, toShow) };
}

async function openShifts(ports: Ports, her: Volunteer): Promise<Text> {
  const [swaps, openings, { regions }] = await Promise.all([
    shiftsToTake(ports, her),
    openingsFor(ports, her),
    ports.networks.network(),
  ]);
  const toShow = [
    ...openings.map(each => ({
      meant: { of: 'opening', openingId: each.id } as const,
      occurrence: occurrenceFor(each, her, { regions }),
    })),
    ...swaps.map(({ id, occurrence }) => ({ meant: swap(id), occurrence })),
  ].slice(0, LINES_AT_MOST);
  if (toShow.length === 0) return { text: 'no-open-shifts' };
  return { text: 'shifts', are: 'open', shifts: await linesFor(ports, her, toShow) };
}

async function ownPage(ports: Ports, { id }: Volunteer): Promise<Text> {
  const { settings } = await ports.networks.network();
  const until = addSeconds(ports.clock.now(), settings.selfService.linkSeconds);
  const token = await ports.shifts.openPage(id, until);
  return { text: 'own-page', url: ports.pageUrl(token) };
}

async function give(ports: Ports, her: Volunteer, number: number, isIll: boolean): Promise<Text> {
  const meant = await meantBy(ports, her, number);
  if (meant?.of !== 'shift') return gone;
  return told(ports, her, await giveShift(ports, her.id, meant, isIll), meant);
}

async function keep(ports: Ports, her: Volunteer, number: number): Promise<Text> {
  const meant = await meantBy(ports, her, number);
  if (meant?.of !== 'shift') return gone;
  const done = await actOnSwap(ports, swapIdOf(her.id, meant), { kind: 'withdrawn' }, her.id);
  return told(ports, her, done, meant);
}

/** One that is to be had; with a number of her own, that one goes in return. */
async function take(ports: Ports, her: Volunteer, number: number, give: number | null): Promise<Text> {
  const meant = await meantBy(ports, her, number);
  if (meant?.of === 'opening' && give === null) return takeOpenOne(ports, her, meant);
  if (meant?.of !== 'swap') return gone;
  const network = await ports.networks.network();
  const given = give === null ? null : await ownByNumber(ports, her, network, give);
  if (given === undefined) return gone;
  return told(ports, her, await takeShift(ports, her.id, meant.swapId, given), meant);
}

async function takeOpenOne(
  ports: Ports,
  her: Volunteer,
  meant: Extract<Meant, { of: 'opening' }>,
): Promise<Text> {
  const done = await takeOne(ports, her.id, meant.openingId);
  if (done.refused !== null) return { text: 'not-to-be-had', because: whyRefused(done.refused) };
  const occurrence = occurrenceFor(done.opening, her, await ports.networks.network());
  return { text: 'shift', said: 'yours', shift: await lineFor(ports, her, { meant, occurrence }) };
}

export function takeShift(
  ports: Ports,
  by: VolunteerId,
  id: SwapId,
  inReturn: Occurrence | null,
): Promise<Done> {
  return actOnSwap(ports, id, { kind: 'taken', by, inReturn }, by);
}

async function ownByNumber(
  ports: Ports,
  her: Volunteer,
  network: Network,
  number: number,
): Promise<Occurrence | undefined> {
  const meant = await meantBy(ports, her, number);
  if (meant?.of !== 'shift') return undefined;
  return oneOfHers(her, network, meant, ports.clock.now()) ?? undefined;
}

async function answerReturn(ports: Ports, her: Volunteer, number: number, agrees: boolean): Promise<Text> {
  const meant = await meantBy(ports, her, number);
  if (meant?.of !== 'return') return gone;
  const event: SwapEvent = { kind: 'return-answered', agrees };
  const swap = await ports.shifts.swap(meant.swapId);
  if (swap?.giver !== her.id) return gone;
  const { shiftId, date } = swap.occurrence;
  return told(ports, her, await actOnSwap(ports, swap.id, event, her.id), { of: 'shift', shiftId, date });
}

const gone: Text = { text: 'not-to-be-had', because: 'gone' };

async function told(ports: Ports, her: Volunteer, done: Done, meant: Meant): Promise<Text> {
  if (done.refused !== null) return { text: 'not-to-be-had', because: whyRefused(done.refused) };
  const { reply, swap } = done;
  if (reply === null || reply === 'return-asked') return gone;
  const line = await lineFor(ports, her, { meant, occurrence: swap.occurrence });
  return { text: 'shift', said: reply satisfies ShiftNews, shift: line };
}

const asItIs: Partial<Record<SwapRefusal | 'unknown', NotToBeHad>> = {
  own: 'own',
  language: 'language',
  skill: 'skill',
  busy: 'busy',
  rest: 'rest',
  begun: 'begun',
  'return-unfit': 'return-unfit',
};

export const whyRefused = (refused: SwapRefusal | 'unknown'): NotToBeHad => asItIs[refused] ?? 'gone';

const shift = ({ shiftId, date }: Occurrence): Meant => ({ of: 'shift', shiftId, date });
const swap = (swapId: SwapId): Meant => ({ of: 'swap', swapId });
