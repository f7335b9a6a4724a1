// What brings the duty entry of a volunteer in line with her rota.
// The only place that turns a rota into instants for the ring path.
import { type DutyStretch, dutyStretches } from '../../domain/duty-stretches.ts';
import type { RegionId } from '../../domain/ids.ts';
import { addSeconds, earliest, type Instant, instant } from '../../domain/instant.ts';
import type { Holidays } from '../../domain/rota.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { putInput, setAll, updateInput } from './attributes.ts';
import { alsoOnDutyKey, dutyDueShard, dutyKey, shardOf } from './keys.ts';
import { expiryAfter } from './retention.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import type { Versioned } from './volunteer-item.ts';

/** In the index this long before duty begins: a job that fails for less is not noticed by anybody. */
export const DUTY_LEAD_SECONDS = 3600;
/**
 * How far ahead a rota is read. Every entry is looked at again a day before that ends: whoever has no duty within,
 * and whoever is always on duty, whose window ends only where the reading did.
 */
const HORIZON_SECONDS = 8 * 24 * 3600;
const LOOK_AGAIN_SECONDS = 7 * 24 * 3600;

const NEVER = { from: instant(0), until: instant(0) };

/**
 * The stretch around or after `at` and the one behind it: with both in the entry, a break shorter than the time
 * between two rolls costs nobody her second shift's first minutes, and a change of post is made on time.
 */
function timesAt(volunteer: Volunteer, holidays: Holidays, at: Instant) {
  const [first, second] = dutyStretches(volunteer, holidays, at, addSeconds(at, HORIZON_SECONDS));
  const { from, until } = first ?? NEVER;
  const next = second ?? NEVER;
  const isNear = first !== undefined && from <= addSeconds(at, DUTY_LEAD_SECONDS);
  const change = isNear ? until : addSeconds(from, -DUTY_LEAD_SECONDS);
  const lookAgain = addSeconds(at, LOOK_AGAIN_SECONDS);
  return {
    near: isNear ? [first, ...(second ? [second] : [])] : [],
    window: { dutyFrom: from, dutyUntil: until, nextFrom: next.from, nextUntil: next.until },
    post: {
      skills: first?.skills ?? volunteer.skills,
      regions: first && !isAtHome(volunteer, first) ? first.regions : undefined,
      nextRegions: second?.regions,
      nextSkills: second?.skills,
    },
    dueAt: first && change < lookAgain ? change : lookAgain,
  };
}

const isAtHome = ({ region }: Volunteer, { regions }: DutyStretch): boolean =>
  regions.length === 1 && regions[0] === region;

/** Where the entry itself stands in the index; null: nowhere yet. */
function mainRegion({ region }: Volunteer, near: readonly DutyStretch[]): RegionId | null {
  const [first] = near;
  if (first === undefined) return null;
  return first.regions.includes(region) ? region : (first.regions[0] ?? region);
}

const FOLLOWS_NO_LATER = 'attribute_not_exists(#rotaVersion) OR #rotaVersion <= :rotaVersion';

/** Each refused when what is there follows a later version of the volunteer. */
export type DutyWrites = {
  readonly update: ReturnType<typeof updateInput>;
  /**
   * What leads to the entry from the other regions. To be written with it or before it. When it leads there wrongly the
   * entry says no, and after its time it goes by itself.
   */
  readonly pointers: readonly ReturnType<typeof putInput>[];
};

type AtVersion = Pick<Versioned, 'volunteer' | 'version'>;

/**
 * Brings the entry in line with `version` of the volunteer, or makes it. Leaves the claim and the time of the last
 * offer alone. Refused when the entry already follows a later version.
 */
export function dutyWrites(
  table: string,
  { volunteer, version }: AtVersion,
  holidays: Holidays,
  at: Instant,
  {
    alsoRemove = [],
    lookBy = null,
  }: { readonly alsoRemove?: readonly string[]; readonly lookBy?: Instant | null } = {},
): DutyWrites {
  const { near, window, post, dueAt } = timesAt(volunteer, holidays, at);
  const dutyRegion = mainRegion(volunteer, near);
  const fields = {
    schema: SCHEMA_VERSION,
    volunteerId: volunteer.id,
    region: volunteer.region,
    languages: volunteer.languages,
    ...post,
    gender: volunteer.gender ?? undefined,
    textBy: volunteer.textBy,
    rotaVersion: version,
    ...window,
    dueShard: dutyDueShard(shardOf(volunteer.id)),
    dueAt: earliest([dueAt, lookBy]) ?? dueAt,
    dutyRegion: dutyRegion ?? undefined,
    pausedUntil: volunteer.pausedUntil ?? undefined,
  };
  const absent = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [`#${name}`] : []));
  const gone = [...absent, ...alsoRemove];
  const offered = '#lastOfferedAt = if_not_exists(#lastOfferedAt, :never)';
  const remove = gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : '';
  return {
    update: updateInput(
      table,
      dutyKey(volunteer.id),
      `${setAll(fields)}, ${offered}${remove}`,
      FOLLOWS_NO_LATER,
      { ...fields, never: 0 },
    ),
    pointers: pointersTo(table, { volunteer, version }, near, dutyRegion),
  };
}

function pointersTo(
  table: string,
  { volunteer: { id }, version: rotaVersion }: AtVersion,
  near: readonly DutyStretch[],
  main: RegionId | null,
): DutyWrites['pointers'] {
  const others = new Set(near.flatMap(({ regions }) => regions).filter(region => region !== main));
  return [...others].map(dutyRegion => {
    const there = near.filter(({ regions }) => regions.includes(dutyRegion));
    const leadsFrom = Math.min(...there.map(({ from }) => from));
    const leadsUntil = instant(Math.max(...there.map(({ until }) => until)));
    const item = {
      ...alsoOnDutyKey(id, dutyRegion),
      schema: SCHEMA_VERSION,
      rotaVersion,
      dutyRegion,
      lastOfferedAt: 0, // the index needs it; who was offered what stands in the entry
      leadsFrom,
      leadsUntil,
      expiresAt: expiryAfter(leadsUntil, 0),
    };
    return putInput(table, item, FOLLOWS_NO_LATER, { rotaVersion });
  });
}

/** What the entry no longer says once a manager has saved her, or she herself has written: both vouch for her number. */
export const FORGOTTEN_WHEN_VOUCHED = ['#unreachableUntil', '#unanswered'] as const;
