// How a volunteer's rota is changed through the API: judged as a whole, told what is wrong by the path of what was sent,
// stored on top of what was read. Must never store what could not be read again, nor change a shift that was not named.
import type { VersionedVolunteer } from '../../app/ports.ts';
import { may, sees } from '../../domain/access.ts';
import { volunteerWayProblems } from '../../domain/capability-rules.ts';
import type { RegionId, ShiftId, VolunteerId } from '../../domain/ids.ts';
import { isZone } from '../../domain/local-time.ts';
import { holidaysOf, type Network } from '../../domain/network.ts';
import type { Rota } from '../../domain/rota.ts';
import { pathOf, problemsWhenWritten, sameTwice, warningsOf } from '../../domain/rota-doubts.ts';
import { itemsOf } from '../../domain/rota-edit.ts';
import { problemsOfRota } from '../../domain/rota-rules.ts';
import type { Problems } from '../../domain/rule-parts.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import type { ApiC } from './api.ts';
import { changedMeanwhile, tagOfVersion, unlessKnown } from './conditions.ts';
import { type FieldProblem, type ProblemResponse, problem } from './problem.ts';
import { keepChange } from './record.ts';
import { showRota } from './shift-shapes.ts';

/** Whoever may change rotas may read what is noted in them. */
export const readsNotes = (c: ApiC): boolean => may(c.var.actor, 'rota:write');

export type RotaChange = {
  readonly id: VolunteerId;
  /** What becomes of the rota; null: what was to be changed is not there. */
  readonly change: (rota: Rota) => Rota | null;
  /** Named in the answer; null: all that differ. */
  readonly changed: ReadonlySet<ShiftId> | null;
  /** A new shift is welcome whatever the others are by now. */
  readonly needsVersion: boolean;
  /** She as the change was made from her: nothing is stored on top of another. Left out: whatever stands there. */
  readonly read?: VersionedVolunteer;
  /** What stands before the paths of the body that was sent. */
  readonly within: ((after: Rota) => string) | null;
  /** How it is said that it may not be stored; left out: as faults of the body. */
  readonly refuse?: (found: Problems) => ProblemResponse;
};

export type RotaStored = {
  readonly rota: Rota;
  readonly warnings: readonly FieldProblem[];
  readonly version: number;
};

/** For a change that needs no version, somebody else's at the same moment is no conflict. */
const TRIES = 4;

export async function storeRota(c: ApiC, wanted: RotaChange): Promise<RotaStored | ProblemResponse> {
  for (let tries = 1; ; tries += 1) {
    const { ports } = c.var.context;
    const known = wanted.read ?? (await ports.registry.volunteer(wanted.id));
    if (!known) return problem(c, 'not-found');
    const { volunteer, version } = known;
    const shown = showRota(volunteer.rota, readsNotes(c));
    const refused = wanted.needsVersion ? unlessKnown(c, tagOfVersion(version), shown) : null;
    if (refused) return refused;
    const rota = wanted.change(volunteer.rota);
    if (rota === null) return problem(c, 'not-found');
    const network = await ports.networks.network();
    const changed = wanted.changed ?? differing(volunteer.rota, rota);
    const found = problemsIn(c, network, volunteer, { ...volunteer, rota }, changed);
    const refuse = wanted.refuse ?? (problems => refusal(c, problems, wanted.within?.(rota) ?? null));
    if (found.length > 0) return refuse(found);
    const warnings = warningsOf(rota, holidaysOf(network), changed, ports.clock.now());
    if (c.req.query('dryRun') === 'true') return stored(c, rota, warnings, version, wanted);
    const { clock, registry } = ports;
    const by = c.var.actor.id;
    const outcome = await registry.putRota({ ...volunteer, rota }, clock.now(), version, by);
    if (outcome === 'stored') {
      keepChange(c, volunteer.id, volunteer.rota, rota);
      return stored(c, rota, warnings, version + 1, wanted);
    }
    if (wanted.needsVersion || tries >= TRIES) return changedMeanwhile(c, null, undefined);
  }
}

function stored(
  c: ApiC,
  rota: Rota,
  warnings: Problems,
  version: number,
  { within }: RotaChange,
): RotaStored {
  c.header('etag', tagOfVersion(version));
  return { rota, warnings: renamed(warnings, within?.(rota) ?? null), version };
}

export const isStored = (outcome: RotaStored | ProblemResponse): outcome is RotaStored => 'rota' in outcome;

/** Those that are new or not as they were. */
export function differing(before: Rota, after: Rota): ReadonlySet<ShiftId> {
  const texts = new Map(
    [...before.weekly, ...before.dated, ...before.absences].map(each => [each.id, JSON.stringify(each)]),
  );
  const all = [...after.weekly, ...after.dated, ...after.absences];
  return new Set(all.filter(each => texts.get(each.id) !== JSON.stringify(each)).map(({ id }) => id));
}

/** Nothing is asked of a shift that was there before and stays as it was, except by the rules of every rota. */
export function problemsIn(
  c: ApiC,
  network: Network,
  before: Volunteer,
  after: Volunteer,
  changed: ReadonlySet<ShiftId>,
): Problems {
  const { rota } = after;
  const rules = problemsOfRota(rota).map(each => ({
    path: each.path,
    problem: each.problem.replaceAll('-', ' '),
  }));
  // Nothing can be said of the clocks of a zone that nobody knows.
  if (!isZone(rota.zone)) return rules;
  return [
    ...rules,
    ...problemsWhenWritten(after, changed),
    ...(rules.length > 0 || c.req.query('overlaps') === 'allow'
      ? []
      : sameTwice(rota, holidaysOf(network), changed, c.var.context.ports.clock.now())),
    ...itemsOf(rota)
      .filter(({ id, kind }) => kind !== 'absences' && changed.has(id))
      .flatMap(({ id }) => placeProblems(c, network, rota, id)),
    ...volunteerWayProblems(network, before),
  ];
}

/** What is not hers to see is not there for her. */
export function mayPlanFor(c: ApiC, { regions }: Network, region: RegionId): boolean {
  return regions.some(({ id }) => id === region) && sees(c.var.actor, region);
}

function placeProblems(c: ApiC, network: Network, rota: Rota, id: ShiftId): Problems {
  const shift = [...rota.weekly, ...rota.dated].find(each => each.id === id);
  return (shift?.regions ?? []).flatMap((region, index) => {
    const isThere = mayPlanFor(c, network, region);
    const path = `${pathOf(rota, id)}.regions[${index}]`;
    return isThere ? [] : [{ path, problem: 'is no region that you may plan for' }];
  });
}

export function refusal(c: ApiC, found: Problems, within: string | null): ProblemResponse {
  return problem(c, 'invalid-request', { errors: [...renamed(found, within)] });
}

function renamed(found: Problems, within: string | null): readonly FieldProblem[] {
  return found.map(({ path, problem: clause }) => ({
    path: within !== null && path.startsWith(within) ? path.slice(within.length).replace(/^\./, '') : path,
    problem: clause,
  }));
}
