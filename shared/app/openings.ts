// Volunteers asked by text for a shift that nobody has yet, and what becomes of it when one says yes.
// Must never write to anybody twice about the same, nor put a shift into a rota that its owner has not asked for.
import * as z from 'zod/mini';
import { personOf } from '../domain/coverage-people.ts';
import { type OpeningId, parseOpeningId, parseVolunteerId, type VolunteerId } from '../domain/ids.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import {
  isFilled,
  isFull,
  type Opening,
  type OpeningTaken,
  occurrenceFor,
  stateOf,
  takeOpening,
  withAsked,
  withState,
} from '../domain/opening.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { recipient } from './broadcasting.ts';
import { DamagedRecord } from './damaged-record.ts';
import type { RowWork } from './jobs.ts';
import type { Pace } from './pace.ts';
import type { Ports } from './ports.ts';
import { lineFor } from './shift-lines.ts';
import { textToVolunteer } from './text-to-volunteer.ts';

/** Somebody else was faster: it is decided again from what stands there then. */
const TRIES = 5;

export type NewOpening = Omit<Opening, 'version' | 'asked' | 'openedAt'>;

/** These are to be asked; those who were stay as they are. */
export async function askFor(
  ports: Ports,
  wanted: NewOpening,
  ids: readonly VolunteerId[],
): Promise<Opening> {
  return changed(ports, wanted.id, (before, now) => {
    const fresh = before ?? { ...wanted, version: 0, openedAt: now, asked: [] };
    return withAsked({ ...fresh, wanted: wanted.wanted, atLeast: wanted.atLeast }, ids, now);
  });
}

async function changed(
  ports: Ports,
  id: OpeningId,
  change: (before: Opening | null, now: ReturnType<Ports['clock']['now']>) => Opening,
): Promise<Opening> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const before = await ports.shifts.opening(id);
    const now = ports.clock.now();
    const after = change(before, now);
    const outcome = await ports.shifts.commitOpening({ before, after, taking: null }, now);
    if (outcome === 'committed') return after;
  }
  throw new Error('an opening was changed by others again and again');
}

export type OpeningDone = OpeningTaken | { readonly refused: 'unknown' };

/** Null: it is not there any more. Her rota and the opening are written together, under the version of each. */
export async function takeOne(ports: Ports, by: VolunteerId, id: OpeningId): Promise<OpeningDone> {
  const network = await ports.networks.network();
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const [before, taker] = await Promise.all([ports.shifts.opening(id), ports.shifts.person(by)]);
    if (before === null || taker === null) return { refused: 'unknown' };
    const now = ports.clock.now();
    const taken = takeOpening(before, taker.volunteer, {
      ...{ now, network, holidays: holidaysOf(network) },
      restHours: network.settings.coverage.restHours,
      isFilled: await isThere(ports, network, before),
    });
    if (taken.refused !== null || taken.opening.version === before.version) return taken;
    const taking = { person: taker, after: taken.after };
    const outcome = await ports.shifts.commitOpening({ before, after: taken.opening, taking }, now);
    if (outcome === 'conflict') continue;
    ports.log.info('opening-taken', { opening: id, volunteer: by });
    return taken;
  }
  throw new Error('an opening was changed by others again and again');
}

async function isThere(ports: Ports, network: Network, opening: Opening): Promise<boolean> {
  const all = (await Promise.all(network.regions.map(({ id }) => ports.shifts.volunteersOf(id)))).flat();
  const { from, until } = opening.window;
  const people = all.map(each => personOf(each, holidaysOf(network), from, until));
  return isFilled(opening, people, network);
}

/** Those for which she was asked and that are still to be had, the next first. */
export async function openingsFor(ports: Ports, her: Volunteer): Promise<readonly Opening[]> {
  const now = ports.clock.now();
  const regions = [...(await ports.networks.network()).regions.map(({ id }) => id), null];
  const all = (await Promise.all(regions.map(region => ports.shifts.openingsOf(region, now)))).flat();
  return all
    .filter(each => each.window.from > now && !isFull(each) && stateOf(each, her.id) === 'asked')
    .sort((a, b) => a.window.from - b.window.from);
}

const rowSchema = z.object({ openingId: z.string(), volunteerId: z.string() });
export type OpeningRow = z.output<typeof rowSchema>;

/** One is asked. Noted before it is sent: a worker that dies asks one person less rather than one twice. */
export function askingForOpenings(ports: Ports, pace: Pace): RowWork {
  return async (row, job) => {
    const read = z.safeParse(rowSchema, row);
    const id = read.success ? parseVolunteerId(read.data.volunteerId) : null;
    const openingId = read.success ? parseOpeningId(read.data.openingId) : null;
    if (id === null || openingId === null) throw new DamagedRecord(job.id);
    const [opening, volunteer] = await Promise.all([
      ports.shifts.opening(openingId),
      ports.directory.volunteer(id),
    ]);
    if (opening === null || stateOf(opening, id) !== 'to-ask') return null;
    if (isFull(opening) || opening.window.from <= ports.clock.now()) return null;
    if (volunteer === null) return `${id} is not there any more`;
    const network = await ports.networks.network();
    if ((await recipient(ports, network, volunteer)).unreached !== null) {
      await mark(ports, openingId, id, 'not-reached');
      return `${id} was not reached: nothing may be written there now`;
    }
    if (!(await pace.turn())) throw new Error('the rest of the texts of this day is for requests');
    await mark(ports, openingId, id, 'asked');
    const occurrence = occurrenceFor(opening, volunteer, network);
    const shift = await lineFor(ports, volunteer, { meant: { of: 'opening', openingId }, occurrence });
    const text = { text: 'shift', said: 'open', shift } as const;
    const outcome = await textToVolunteer(ports, network, volunteer, text);
    ports.log.info('opening-asked', { opening: openingId, volunteer: id, outcome });
    if (outcome === 'done') return null;
    await mark(ports, openingId, id, 'not-reached');
    return `${id} was not reached`;
  };
}

/** Unless she has taken it meanwhile. */
async function mark(
  ports: Ports,
  openingId: OpeningId,
  id: VolunteerId,
  state: 'asked' | 'not-reached',
): Promise<void> {
  await changed(ports, openingId, (before, now) => {
    if (before === null) throw new Error('an opening that was there a moment ago');
    const isTaken = stateOf(before, id) === 'took';
    return isTaken ? { ...before, version: before.version + 1 } : withState(before, id, state, now);
  });
}
