// The duty entry of a volunteer: when she is on duty next, in UTC, what matching must know, and who holds her.
// The only place that turns a rota into instants for the ring path. Holds no name and no number.
import * as z from 'zod/mini';
import type { Talk } from '../../domain/care.ts';
import { addSeconds, earliest, type Instant, instant } from '../../domain/instant.ts';
import { isResting, places } from '../../domain/places.ts';
import type { Candidate } from '../../domain/roster.ts';
import { type DutyWindow, dutyWindows, type Rota } from '../../domain/rota.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { type Item, setAll, updateInput } from './attributes.ts';
import { readItem } from './deps.ts';
import { dutyDueShard, dutyKey, shardOf } from './keys.ts';
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
  const duty = windowAt(entry, at);
  if (!duty) return null;
  const held = entry.held.filter(({ until }) => until > at);
  const busy = held.filter(({ isConversation }) => !isConversation).map(({ until }) => until);
  return {
    volunteerId: entry.volunteerId,
    region: entry.region,
    languages: entry.languages,
    skills: entry.skills,
    gender: entry.gender ?? null,
    textBy: entry.textBy,
    duty,
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

function windowAt({ dutyFrom, dutyUntil, nextFrom, nextUntil }: DutyEntry, at: Instant): DutyWindow | null {
  if (dutyFrom <= at && dutyUntil > at) return { from: dutyFrom, until: dutyUntil };
  return nextFrom <= at && nextUntil > at ? { from: nextFrom, until: nextUntil } : null;
}

const NEVER: DutyWindow = { from: instant(0), until: instant(0) };

/**
 * The window around or after `at` and the one behind it: with both in the entry, a break shorter than the time
 * between two rolls costs nobody her second shift's first minutes.
 */
function timesAt(rota: Rota, at: Instant) {
  const [first, second = NEVER] = dutyWindows(rota, at, addSeconds(at, HORIZON_SECONDS));
  const { from, until } = first ?? NEVER;
  const isNear = first !== undefined && from <= addSeconds(at, DUTY_LEAD_SECONDS);
  const change = isNear ? until : addSeconds(from, -DUTY_LEAD_SECONDS);
  const lookAgain = addSeconds(at, LOOK_AGAIN_SECONDS);
  return {
    isNear,
    window: { dutyFrom: from, dutyUntil: until, nextFrom: second.from, nextUntil: second.until },
    dueAt: first && change < lookAgain ? change : lookAgain,
  };
}

/**
 * Brings the entry in line with `version` of the volunteer, or makes it. Leaves the claim and the time of the last
 * offer alone. Refused when the entry already follows a later version.
 */
export function dutyUpdate(
  table: string,
  volunteer: Volunteer,
  version: number,
  at: Instant,
  {
    alsoRemove = [],
    lookBy = null,
  }: { readonly alsoRemove?: readonly string[]; readonly lookBy?: Instant | null } = {},
) {
  const { isNear, window, dueAt } = timesAt(volunteer.rota, at);
  const fields = {
    schema: SCHEMA_VERSION,
    volunteerId: volunteer.id,
    region: volunteer.region,
    languages: volunteer.languages,
    skills: volunteer.skills,
    gender: volunteer.gender ?? undefined,
    textBy: volunteer.textBy,
    rotaVersion: version,
    ...window,
    dueShard: dutyDueShard(shardOf(volunteer.id)),
    dueAt: earliest([dueAt, lookBy]) ?? dueAt,
    dutyRegion: isNear ? volunteer.region : undefined,
    pausedUntil: volunteer.pausedUntil ?? undefined,
  };
  const gone = [
    ...(isNear ? [] : ['#dutyRegion']),
    ...(volunteer.pausedUntil === null ? ['#pausedUntil'] : []),
    ...(volunteer.gender === null ? ['#gender'] : []),
    ...alsoRemove,
  ];
  const offered = '#lastOfferedAt = if_not_exists(#lastOfferedAt, :never)';
  const remove = gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : '';
  return updateInput(
    table,
    dutyKey(volunteer.id),
    `${setAll(fields)}, ${offered}${remove}`,
    'attribute_not_exists(#rotaVersion) OR #rotaVersion <= :rotaVersion',
    { ...fields, never: 0 },
  );
}

/** What the entry of an edited volunteer no longer says: a manager who saves her vouches for her number. */
export const FORGOTTEN_BY_AN_EDIT = ['#unreachableUntil'] as const;
