// The duty entry of a volunteer: when she is on duty next, in UTC, what matching must know, and who holds her.
// The only place that turns a rota into instants for the ring path. Holds no name and no number.
import * as z from 'zod/mini';
import type { Talk } from '../../domain/care.ts';
import { type DutyStretch, dutyStretches } from '../../domain/duty-stretches.ts';
import type { RegionId } from '../../domain/ids.ts';
import { addSeconds, earliest, type Instant, instant } from '../../domain/instant.ts';
import { isResting, places } from '../../domain/places.ts';
import type { Candidate } from '../../domain/roster.ts';
import type { DutyWindow, Holidays } from '../../domain/rota.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { type Item, putInput, setAll, updateInput } from './attributes.ts';
import { readItem } from './deps.ts';
import { alsoOnDutyKey, dutyDueShard, dutyKey, isAlsoOnDuty, shardOf } from './keys.ts';
import { expiryAfter } from './retention.ts';
import {
  instantSchema,
  languageId,
  list,
  regionId,
  SCHEMA_VERSION,
  skillId,
  volunteerId,
  whole,
} from './schema-parts.ts';
import type { Versioned } from './volunteer-item.ts';

/** In the index this long before duty begins: a job that fails for less is not noticed by anybody. */
export const DUTY_LEAD_SECONDS = 3600;
/**
 * How far ahead a rota is read. Every entry is looked at again a day before that ends: whoever has no duty within,
 * and whoever is always on duty, whose window ends only where the reading did.
 */
const HORIZON_SECONDS = 8 * 24 * 3600;
const LOOK_AGAIN_SECONDS = 7 * 24 * 3600;

/** The first place has the names that there were when there was one only. */
export const claimField = <Name extends string>(name: Name, place: number): string =>
  place === 0 ? name : `${name}${place + 1}`;

/** Read by `heldIn` and `leftIn` alone, and no part of the entry's type. */
const claimFields: object = Object.fromEntries(
  places.flatMap(place => [
    [claimField('claimUntil', place), z.optional(instantSchema)],
    [claimField('claimWrites', place), z.optional(z.boolean())],
    [claimField('claimLeftAt', place), z.optional(instantSchema)],
  ]),
);

const fieldsSchema = z.object({
  ...claimFields,
  schema: z.literal(SCHEMA_VERSION),
  volunteerId,
  region: regionId,
  languages: list(languageId),
  skills: list(skillId),
  /** Where she is in the first window; absent: at home. */
  regions: z.optional(list(regionId)),
  /** Where and for what in the next one; absent: as in the first. */
  nextRegions: z.optional(list(regionId)),
  nextSkills: z.optional(list(skillId)),
  gender: z.optional(z.enum(['woman', 'man'])),
  textBy: z._default(z.enum(['sms', 'whatsapp', 'none']), 'sms'),
  rotaVersion: whole,
  dutyFrom: instantSchema,
  dutyUntil: instantSchema,
  nextFrom: instantSchema,
  nextUntil: instantSchema,
  dueAt: instantSchema,
  dutyRegion: z.optional(regionId),
  lastOfferedAt: instantSchema,
  pausedUntil: z.optional(instantSchema),
  unreachableUntil: z.optional(instantSchema),
  talks: z.optional(list(z.string())),
  restUntil: z.optional(instantSchema),
  debriefedAt: z.optional(instantSchema),
});

type Held = { readonly place: number; readonly until: Instant; readonly isConversation: boolean };
/** When a conversation ended at which place. */
type Left = { readonly place: number; readonly at: Instant };
export type DutyEntry = z.output<typeof fieldsSchema> & {
  readonly held: readonly Held[];
  readonly left: readonly Left[];
};

export function readDutyEntry(item: Item, id: string): DutyEntry {
  const fields = readItem(item, fieldsSchema, id);
  return { ...fields, held: heldIn(fields), left: leftIn(fields) };
}

/** The places at which somebody holds or has held her. */
function heldIn(fields: Readonly<Record<string, unknown>>): readonly Held[] {
  return places.flatMap(place => {
    const until = fields[claimField('claimUntil', place)] as Instant | undefined;
    const isConversation = fields[claimField('claimWrites', place)] !== undefined;
    return until === undefined ? [] : [{ place, until, isConversation }];
  });
}

function leftIn(fields: Readonly<Record<string, unknown>>): readonly Left[] {
  return places.flatMap(place => {
    const at = fields[claimField('claimLeftAt', place)] as Instant | undefined;
    return at === undefined ? [] : [{ place, at }];
  });
}

export function isHeld({ held }: Pick<DutyEntry, 'held'>, at: Instant): boolean {
  return held.some(({ until }) => until > at);
}

/** Null when she is off duty at `at`. */
export function candidateFrom(entry: DutyEntry, at: Instant): Candidate | null {
  const stretch = stretchAt(entry, at);
  if (!stretch) return null;
  const held = entry.held.filter(({ until }) => until > at);
  const busy = held.filter(({ isConversation }) => !isConversation).map(({ until }) => until);
  return {
    volunteerId: entry.volunteerId,
    region: entry.region,
    languages: entry.languages,
    regions: stretch.regions,
    skills: stretch.skills,
    gender: entry.gender ?? null,
    textBy: entry.textBy,
    duty: wholeWindow(entry, stretch),
    // An index needs a sort key, so "never" is stored as 0.
    lastOfferedAt: entry.lastOfferedAt === 0 ? null : entry.lastOfferedAt,
    busyUntil: earliest(busy),
    writesAt: held.filter(({ isConversation }) => isConversation).map(({ place }) => place),
    restsAt: entry.left.filter(left => isResting(left.at, at)).map(({ place }) => place),
    pausedUntil: ifLater(entry.pausedUntil, at),
    reachable: ifLater(entry.unreachableUntil, at) === null,
    load: { talks: talksOf(entry), restUntil: ifLater(entry.restUntil, at) },
  };
}

/** A talk as it stands in the entry: when it ended and how long it was, in whole seconds. */
export const talkText = ({ endedAt, seconds }: Talk): string =>
  `${Math.floor(endedAt / 1000)} ${Math.round(seconds)}`;

export function talksOf({ talks = [] }: Pick<DutyEntry, 'talks'>): readonly Talk[] {
  return talks.map(text => {
    const [endedAt = 0, seconds = 0] = text.split(' ').map(Number);
    return { endedAt: instant(endedAt * 1000), seconds };
  });
}

function ifLater(until: Instant | undefined, at: Instant): Instant | null {
  return until !== undefined && until > at ? until : null;
}

function stretchesOf(entry: DutyEntry): readonly DutyStretch[] {
  const { region, skills, regions = [region] } = entry;
  const { nextRegions = regions, nextSkills = skills } = entry;
  return [
    { from: entry.dutyFrom, until: entry.dutyUntil, regions, skills },
    { from: entry.nextFrom, until: entry.nextUntil, regions: nextRegions, skills: nextSkills },
  ];
}

function stretchAt(entry: DutyEntry, at: Instant): DutyStretch | null {
  return stretchesOf(entry).find(({ from, until }) => from <= at && until > at) ?? null;
}

/** Two that touch are one window of duty, at two posts. */
function wholeWindow(entry: DutyEntry, { from, until }: DutyStretch): DutyWindow {
  const touches = entry.dutyUntil === entry.nextFrom;
  return touches ? { from: entry.dutyFrom, until: entry.nextUntil } : { from, until };
}

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

/**
 * Brings the entry in line with `version` of the volunteer, or makes it. Leaves the claim and the time of the last
 * offer alone. Refused when the entry already follows a later version.
 */
export function dutyWrites(
  table: string,
  { volunteer, version }: Versioned,
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
  { volunteer: { id }, version: rotaVersion }: Versioned,
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

/** Whether this item of the index leads to an entry elsewhere, and may do so now; null: it is an entry. */
export function leadsAt(item: Item, at: Instant): boolean | null {
  if (!isAlsoOnDuty(item['sk']?.S ?? '')) return null;
  return Number(item['leadsFrom']?.N) <= at && Number(item['leadsUntil']?.N) > at;
}

/** What the entry no longer says once a manager has saved her, or she herself has written: both vouch for her number. */
export const FORGOTTEN_WHEN_VOUCHED = ['#unreachableUntil', '#unanswered'] as const;
