// A manager writes to many volunteers at once: who that would be, what it costs, and how one of them is written to.
// Must never write to anybody twice, nor faster than leaves room for requests.
import * as z from 'zod/mini';
import { parseVolunteerId, type RegionId, type SkillId } from '../domain/ids.ts';
import type { Network } from '../domain/network.ts';
import { isWhatsapp } from '../domain/phone.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import { windowOf } from '../domain/whatsapp-window.ts';
import { segmentsOf } from '../prompts/segments.ts';
import { DamagedRecord } from './damaged-record.ts';
import type { RowWork } from './jobs.ts';
import type { Pace } from './pace.ts';
import type { Ports } from './ports.ts';
import { type Reached, wayToWrite, writeToVolunteer } from './text-to-volunteer.ts';

export type Audience = {
  readonly regions: readonly RegionId[];
  /** Null: whatever they can do. */
  readonly skill: SkillId | null;
  /** Those alone who are on duty now. */
  readonly onDuty: boolean;
};

export type Recipient = {
  readonly volunteer: Volunteer;
  readonly by: 'sms' | 'whatsapp' | null;
  /** Null: nothing is known that speaks against it. */
  readonly unreached: 'no-way' | 'window-closed' | null;
};

export type Price = {
  readonly segments: number;
  /** Of all together; null: no price is configured. */
  readonly cost: { readonly amount: number; readonly currency: string } | null;
};

export async function recipients(
  ports: Ports,
  { regions, skill, onDuty }: Audience,
): Promise<readonly Recipient[]> {
  const [network, lists, there] = await Promise.all([
    ports.networks.network(),
    Promise.all(regions.map(region => ports.shifts.volunteersOf(region))),
    onDuty ? ports.roster.onDuty(regions, ports.clock.now()) : null,
  ]);
  const onDutyNow = there && new Set(there.map(({ volunteerId }) => volunteerId));
  const meant = lists
    .flat()
    .filter(each => skill === null || each.skills.includes(skill))
    .filter(({ id }) => onDutyNow?.has(id) ?? true);
  return Promise.all(meant.map(each => recipient(ports, network, each)));
}

/** How one of them would be written to. */
export async function recipient(ports: Ports, network: Network, volunteer: Volunteer): Promise<Recipient> {
  const way = wayToWrite(network, volunteer);
  if (way === null) return { volunteer, by: null, unreached: 'no-way' };
  if (!isWhatsapp(way.to)) return { volunteer, by: 'sms', unreached: null };
  const last = await ports.directory.lastWroteAt(way.to, way.line.id);
  // Of somebody who has never written only the network knows, and says so too late for whoever sends.
  const isOpen = windowOf(last, ports.clock.now()) === 'open';
  return { volunteer, by: 'whatsapp', unreached: isOpen ? null : 'window-closed' };
}

/** Those who will not be reached cost nothing. */
export function priceOf(to: readonly Recipient[], words: string, { settings }: Network): Price {
  const segments = segmentsOf(words).count * to.filter(({ unreached }) => unreached === null).length;
  const { textPrice } = settings.selfService;
  const cost = textPrice && {
    amount: Math.round(textPrice.amount * segments * 100) / 100,
    currency: textPrice.currency,
  };
  return { segments, cost };
}

const rowSchema = z.object({ volunteerId: z.string(), words: z.string() });
export type BroadcastRow = z.output<typeof rowSchema>;

/** Counted before it is sent: of two workers, or of one that died, one text comes of it at most. */
export function broadcasting(ports: Ports, pace: Pace): RowWork {
  return async (row, job) => {
    const read = z.safeParse(rowSchema, row);
    const id = read.success ? parseVolunteerId(read.data.volunteerId) : null;
    if (!read.success || id === null) throw new DamagedRecord(job.id);
    const volunteer = await ports.directory.volunteer(id);
    if (volunteer === null) return `${id} is not there any more`;
    const network = await ports.networks.network();
    const { unreached } = await recipient(ports, network, volunteer);
    if (unreached !== null) return `${id} ${whyNotReached[unreached]}`;
    if (!(await pace.turn())) throw new Error('the rest of the texts of this day is for requests');
    // Not `counted`: what cannot be counted is not sent, and tried again.
    const once = { of: 'told-in-day', about: `broadcast ${job.id} ${id}` } as const;
    if ((await ports.counters.add(once, ports.clock.now())) > 1) return null;
    const outcome = await writeToVolunteer(ports, network, volunteer, () => read.data.words);
    ports.log.info('broadcast-texted', { job: job.id, volunteer: id, outcome });
    return whyNotReached[outcome] === undefined ? null : `${id} ${whyNotReached[outcome]}`;
  };
}

const whyNotReached: { readonly [Outcome in Reached | 'window-closed']?: string } = {
  'window-closed': 'was not reached: no word from her on WhatsApp for a day',
  'no-way': 'was not reached: nothing may be written there now',
  'opted-out': 'was not reached: she wants no more texts',
  failed: 'was not reached: the number takes no texts',
  temporary: 'was not reached: the network was too busy',
};
