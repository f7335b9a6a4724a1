// Once a day: who is on the rota and cannot be reached. Managers read ids; who that is they see in the API.
// Must never take anybody off the rota: a phone that did not answer yesterday may answer tonight.
import type { VolunteerId } from '../domain/ids.ts';
import { addSeconds, type Instant } from '../domain/instant.ts';
import { localTimeAt } from '../domain/local-time.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import { unasked } from '../domain/number-check.ts';
import { occurrencesOf } from '../domain/occurrence.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Ports } from './ports.ts';
import type { Reach } from './shift-ports.ts';
import { tellPeople } from './telling.ts';

/** When people who could do something about it are at work. */
const AT_MINUTE = 9 * 60;
const AHEAD_SECONDS = 7 * 24 * 3600;
/** An alert is read on a lock screen. */
const NAMED_AT_MOST = 20;

export type Unreached = 'bad-number' | 'opted-out' | 'never-answers';

export async function checkReach(ports: Ports): Promise<void> {
  const network = await ports.networks.network();
  const now = ports.clock.now();
  const { date, minuteOfDay } = localTimeAt(now, network.regions[0]?.zone ?? 'UTC');
  if (minuteOfDay < AT_MINUTE || !(await ports.shifts.beginDay(date, now))) return;
  const volunteers = (
    await Promise.all(network.regions.map(({ id }) => ports.shifts.volunteersOf(id)))
  ).flat();
  const onRota = volunteers.filter(each => isOnRota(each, network, now));
  const reach = await ports.shifts.reachOf(onRota.map(({ id }) => id));
  const unreached = onRota.flatMap(({ id }) => (whyUnreached(reach.get(id), network) === null ? [] : [id]));
  await meetNewcomers(ports, volunteers, reach, now);
  if (unreached.length > 0) await tell(ports, unreached);
  await ports.shifts.endDay(date);
  ports.log.info('reach-checked', { onRota: onRota.length, unreached: unreached.length });
}

function isOnRota(volunteer: Volunteer, network: Network, now: Instant): boolean {
  return occurrencesOf(volunteer, holidaysOf(network), now, addSeconds(now, AHEAD_SECONDS)).length > 0;
}

/** Null: nothing speaks against it. */
export function whyUnreached(reach: Reach | undefined, { settings }: Network): Unreached | null {
  if (reach === undefined) return null;
  if (reach.isUnreachable) return 'bad-number';
  if (reach.optedOutAt !== null) return 'opted-out';
  return reach.unanswered >= settings.selfService.unansweredOffers ? 'never-answers' : null;
}

/** Whoever was written before there was upkeep is looked at from now on. */
async function meetNewcomers(
  ports: Ports,
  volunteers: readonly Volunteer[],
  known: ReadonlyMap<VolunteerId, Reach>,
  now: Instant,
): Promise<void> {
  for (const { id, number } of volunteers) {
    if (known.get(id)?.hasEntry ?? false) continue;
    if ((await ports.shifts.entry(id)) !== null) continue;
    const check = unasked(ports.shifts.markOf(number));
    const nothing = { remindedUntil: null, optedOutAt: null };
    await ports.shifts.keepEntry({ volunteerId: id, version: 0, dueAt: now, check, ...nothing });
  }
}

async function tell(ports: Ports, unreached: readonly VolunteerId[]): Promise<void> {
  const alert = {
    requestId: null,
    audience: 'manager',
    severity: 'warning',
    reason: 'volunteers-unreachable',
    region: null,
    about: unreached.slice(0, NAMED_AT_MOST),
  } as const;
  const told = await tellPeople(ports, alert, { lineId: null, about: null });
  if (told === 'later') throw new Error('managers could not be told of whom nothing reaches');
}
