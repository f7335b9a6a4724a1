// One volunteer's rota changed in one transaction, whoever edits her at the same time.
// Must never store a rota that could not be read again.
import { volunteerWayProblems } from '../domain/capability-rules.ts';
import type { VolunteerId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Rota } from '../domain/rota.ts';
import { problemsOfRota } from '../domain/rota-rules.ts';
import type { Problems } from '../domain/rule-parts.ts';
import type { NetworkStore, Registry } from './ports.ts';

/** Managers and volunteers who edit the same rota at once are few; whoever loses so often may ask again. */
const TRIES = 8;

export type RotaEdited =
  | { readonly is: 'stored'; readonly rota: Rota }
  | { readonly is: 'unknown' }
  | { readonly is: 'refused'; readonly problems: Problems };

/** Nothing is written when the change leaves it as it is. Throws when every try lost its race. */
export async function editRota(
  { registry, networks }: { readonly registry: Registry; readonly networks: NetworkStore },
  id: VolunteerId,
  change: (rota: Rota) => Rota,
  { at, by }: { readonly at: Instant; readonly by: string },
): Promise<RotaEdited> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const known = await registry.volunteer(id);
    if (!known) return { is: 'unknown' };
    const { volunteer, version } = known;
    const rota = change(volunteer.rota);
    const rules = problemsOfRota(rota).map(each => ({ ...each, problem: each.problem.replaceAll('-', ' ') }));
    const problems = [...rules, ...volunteerWayProblems(await networks.network(), volunteer)];
    if (problems.length > 0) return { is: 'refused', problems };
    if (JSON.stringify(rota) === JSON.stringify(volunteer.rota)) return { is: 'stored', rota };
    const outcome = await registry.putRota({ ...volunteer, rota }, at, version, by);
    if (outcome === 'stored') return { is: 'stored', rota };
    if (outcome === 'number-taken') throw new Error('her own number is taken');
  }
  throw new Error('every attempt lost its race');
}
