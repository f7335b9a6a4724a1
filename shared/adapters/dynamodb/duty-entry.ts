// The duty entry of a volunteer: when she is on duty next, in UTC, what matching must know, and who holds her.
// Read on the way to every ring: must never know a rota or a time zone (duty-writes.ts does), nor hold a name or a number.
import * as z from 'zod/mini';
import type { Talk } from '../../domain/care.ts';
import type { DutyStretch } from '../../domain/duty-stretches.ts';
import { earliest, type Instant, instant } from '../../domain/instant.ts';
import { isResting, places } from '../../domain/places.ts';
import type { Candidate } from '../../domain/roster.ts';
import type { DutyWindow } from '../../domain/rota.ts';
import type { Item } from './attributes.ts';
import { readItem } from './deps.ts';
import { isAlsoOnDuty } from './keys.ts';
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

/** Whether this item of the index leads to an entry elsewhere, and may do so now; null: it is an entry. */
export function leadsAt(item: Item, at: Instant): boolean | null {
  if (!isAlsoOnDuty(item['sk']?.S ?? '')) return null;
  return Number(item['leadsFrom']?.N) <= at && Number(item['leadsUntil']?.N) > at;
}
