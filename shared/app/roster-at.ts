// Who is on duty in some regions at an instant: now as the ring path sees it, with who is busy; at any other instant as the
// rota says, with nobody busy, since nobody knows. Must never be asked on the way of a survivor: it reads whole regions.
import { nothingCarried } from '../domain/care.ts';
import { stretchAt } from '../domain/duty-stretches.ts';
import type { RegionId } from '../domain/ids.ts';
import { type Instant, secondsBetween } from '../domain/instant.ts';
import { holidaysOf, type Network } from '../domain/network.ts';
import type { Candidate } from '../domain/roster.ts';
import type { Holidays } from '../domain/rota.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Ports, Registry } from './ports.ts';
import { sideBySide } from './side-by-side.ts';

type Reading = Pick<Ports, 'clock' | 'roster'> & { readonly registry: Registry };

/** Closer to the present than this is the present: whoever asks for now names the instant a moment before. */
const NOW_SECONDS = 60;

export function isNow(at: Instant, now: Instant): boolean {
  return Math.abs(secondsBetween(now, at)) < NOW_SECONDS;
}

export async function rosterAt(
  { clock, roster, registry }: Reading,
  network: Network,
  regions: readonly RegionId[],
  at: Instant,
): Promise<readonly Candidate[]> {
  const now = clock.now();
  if (isNow(at, now)) return roster.onDuty(regions, now);
  // Whoever is at home elsewhere may be on duty here.
  const everybody = await sideBySide(network.regions, ({ id }) => registry.volunteers(id));
  const holidays = holidaysOf(network);
  return everybody
    .flat()
    .flatMap(volunteer => onDutyBy(volunteer, holidays, at) ?? [])
    .filter(candidate => candidate.regions.some(region => regions.includes(region)));
}

function onDutyBy(volunteer: Volunteer, holidays: Holidays, at: Instant): Candidate | null {
  const stretch = stretchAt(volunteer, holidays, at);
  if (stretch === null) return null;
  const { id, region, languages, gender, textBy, pausedUntil } = volunteer;
  const { from, until, regions, skills } = stretch;
  return {
    volunteerId: id,
    region,
    regions,
    languages,
    skills,
    gender,
    textBy,
    duty: { from, until },
    lastOfferedAt: null,
    busyUntil: null,
    writesAt: [],
    restsAt: [],
    pausedUntil: pausedUntil !== null && pausedUntil > at ? pausedUntil : null,
    reachable: true,
    load: nothingCarried,
  };
}
