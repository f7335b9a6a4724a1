// Who could take a hole: whoever is on the rota of such people, and of each the reason why not.
// Must never decide that somebody takes it: a manager asks her, and she says yes.
import { canDo, type Hole } from './coverage.ts';
import { hoursIn, longestRest, weeks } from './coverage-load.ts';
import type { Person } from './coverage-people.ts';
import type { CoverageSettings } from './coverage-settings.ts';
import type { VolunteerId } from './ids.ts';
import { addSeconds } from './instant.ts';
import { type Network, nearOf } from './network.ts';
import { type DutyWindow, merged } from './rota.ts';

export type Taking = {
  readonly volunteerId: VolunteerId;
  /**
   * `could`; or `away`: she is absent or resting; `on-duty`: in all of it already; `too-little-rest`, `too-many-hours`:
   * it would be more than one should carry.
   */
  readonly verdict: 'could' | 'away' | 'on-duty' | 'too-little-rest' | 'too-many-hours';
  /** On duty in the week of the hole, without it. */
  readonly hoursThatWeek: number;
  /** `region`: she lives there. `near`: in a neighbouring one. */
  readonly from: 'region' | 'near' | 'elsewhere';
};

const placesInOrder: readonly Taking['from'][] = ['region', 'near', 'elsewhere'];

/**
 * Everybody with its language and skill, who could first, the nearest and then the least burdened first. The people must
 * have been read from a week before the hole to a week after it.
 */
export function whoCouldTake(
  hole: Pick<Hole, 'region' | 'skill' | 'language' | 'from' | 'until'>,
  people: readonly Person[],
  network: Network,
): readonly Taking[] {
  const { coverage } = network.settings;
  const near = hole.region === null ? [] : nearOf(network, hole.region);
  return people
    .filter(person => canDo(hole, person, network))
    .map(person => {
      const place: Taking['from'] =
        hole.region === null || person.home === hole.region
          ? 'region'
          : near.includes(person.home)
            ? 'near'
            : 'elsewhere';
      return { ...judged(hole, person, coverage), from: place };
    })
    .sort(
      (a, b) =>
        Number(b.verdict === 'could') - Number(a.verdict === 'could') ||
        placesInOrder.indexOf(a.from) - placesInOrder.indexOf(b.from) ||
        a.hoursThatWeek - b.hoursThatWeek ||
        (a.volunteerId < b.volunteerId ? -1 : 1),
    );
}

function judged(
  hole: DutyWindow,
  person: Person,
  { hoursAWeek, restHours }: Pick<CoverageSettings, 'hoursAWeek' | 'restHours'>,
): Omit<Taking, 'from'> {
  const duties = merged(person.duties);
  const week = weeks(person.zone, hole)[0] ?? hole;
  const hoursThatWeek = Math.round(hoursIn(duties, week) * 10) / 10;
  const withIt = merged([...duties, { from: hole.from, until: hole.until }]);
  const told = (verdict: Taking['verdict']) => ({ volunteerId: person.id, verdict, hoursThatWeek });
  if (person.away.some(away => away.from < hole.until && away.until > hole.from)) return told('away');
  if (hoursIn(duties, hole) === hoursIn([hole], hole)) return told('on-duty');
  if (leavesNoRest(withIt, hole, restHours)) return told('too-little-rest');
  if (hoursIn(withIt, week) > hoursAWeek) return told('too-many-hours');
  return told('could');
}

/** In the 24 hours from the beginning of a duty that the hole would be part of, or that it comes after. */
export function leavesNoRest(windows: readonly DutyWindow[], hole: DutyWindow, restHours: number): boolean {
  return windows
    .map(({ from }) => ({ from, until: addSeconds(from, 24 * 3600) }))
    .filter(day => day.from < hole.until && day.until > hole.from)
    .some(day => longestRest(windows, day) < restHours);
}
