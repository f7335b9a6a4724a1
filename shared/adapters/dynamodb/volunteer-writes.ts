// What is written when a volunteer is edited or removed: she, her number's row and her duty entry change together.
// Must never take away somebody who is with a survivor.
import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Registry } from '../../app/ports.ts';
import { regionsAway } from '../../domain/duty-stretches.ts';
import type { VolunteerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PhoneNumber } from '../../domain/phone.ts';
import { places } from '../../domain/places.ts';
import type { Holidays } from '../../domain/rota.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { deleteInput, putInput, toItem } from './attributes.ts';
import { refusedPlaces, whileBusy } from './conflicts.ts';
import type { Deps } from './deps.ts';
import { claimField } from './duty-entry.ts';
import { dutyWrites, FORGOTTEN_WHEN_VOUCHED } from './duty-writes.ts';
import { formerRota, formerRotaKeys } from './former-rotas.ts';
import {
  AWAY_LIST_KEY,
  awayKey,
  dutyKey,
  keyTableOf,
  numberHelperKey,
  pageOfKey,
  upkeepKey,
  volunteerKey,
  volunteerSealingKeyKey,
} from './keys.ts';
import { lookedAtNext } from './personal-store.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import { getVolunteer, type Versioned, volunteerItem } from './volunteer-item.ts';

/** Two managers who save the same volunteer at once: the later one reads again and saves on top. */
const TRIES = 5;
/** Where the volunteer's number stands in the transaction below. */
const NUMBER_PLACE = 1;

export type VolunteerChange = {
  readonly id: VolunteerId;
  /** May leave it as it is: null. */
  readonly change: (before: Volunteer | null) => Volunteer | null;
  readonly holidays: Holidays;
  /** 0: she is new. Null: whatever is there. */
  readonly expectedVersion?: number | null;
} & Asked;

type Asked = {
  /** Whoever asks for it says that her number works. */
  readonly vouches: boolean;
  /** As `FormerRota.replacedBy`. */
  readonly by: string | null;
};

/** Decided again from what stands there when somebody else was first, unless a version is expected. */
export async function changeVolunteer(
  deps: Deps,
  { id, change, holidays, vouches, expectedVersion = null, by }: VolunteerChange,
  at: Instant,
): Promise<'stored' | 'number-taken' | 'changed-meanwhile'> {
  for (let tries = 1; ; tries += 1) {
    const before = await getVolunteer(deps, id);
    if (expectedVersion !== null && (before?.version ?? 0) !== expectedVersion) return 'changed-meanwhile';
    const volunteer = change(before?.volunteer ?? null);
    if (volunteer === null) return 'stored';
    const how = { at, by, vouches };
    const refused = await written(deps, writesOf(deps, before, volunteer, holidays, how));
    if (refused === null) return 'stored';
    if (refused.places.includes(NUMBER_PLACE)) return 'number-taken';
    if (refused.places.length === 0 || tries >= TRIES) throw refused.error;
  }
}

type RefusedWrite = { readonly places: readonly number[]; readonly error: unknown };

/** Null: all of it was written; else nothing was. */
async function written(deps: Deps, items: readonly TransactWriteItem[]): Promise<RefusedWrite | null> {
  try {
    const command = new TransactWriteItemsCommand({ TransactItems: [...items] });
    await whileBusy(deps.random, () => deps.client.send(command));
    return null;
  } catch (error) {
    return { places: refusedPlaces(error), error };
  }
}

export function writesOf(
  deps: Deps,
  before: Versioned | null,
  volunteer: Volunteer,
  holidays: Holidays,
  { at, by, vouches }: Asked & { readonly at: Instant },
): readonly TransactWriteItem[] {
  const { table } = deps;
  const version = (before?.version ?? 0) + 1;
  const former = before && formerRota(deps, before, volunteer.rota, { at, by });
  const rotaEdits = (before?.rotaEdits ?? 0) + (former ? 1 : 0);
  const item = volunteerItem(deps, { volunteer, version, rotaEdits });
  const sameVersion = before
    ? putInput(table, item, '#version = :before', { before: before.version })
    : putInput(table, item, 'attribute_not_exists(#pk)');
  const options = vouches ? { alsoRemove: FORGOTTEN_WHEN_VOUCHED } : {};
  const duty = dutyWrites(table, { volunteer, version }, holidays, at, options);
  return [
    { Put: sameVersion },
    { Put: numberRow(deps, volunteer.id, volunteer.number) },
    { Update: duty.update },
    ...duty.pointers.map(Put => ({ Put })),
    ...(before && before.volunteer.number !== volunteer.number
      ? [{ Delete: oldNumberRow(deps, volunteer.id, before.volunteer.number) }]
      : []),
    ...awayRow(table, before?.volunteer ?? null, volunteer),
    lookedAtNext(table, volunteer.id, at),
    ...(former ? [{ Put: former }] : []),
  ];
}

/** Only whoever had one or is to have one pays for it. */
function awayRow(
  table: string,
  before: Volunteer | null,
  { id, ...volunteer }: Volunteer,
): TransactWriteItem[] {
  const regions = regionsAway(volunteer);
  const key = awayKey(id);
  const row = { ...key, schema: SCHEMA_VERSION, listKey: AWAY_LIST_KEY, listSort: id, regions };
  if (regions.length > 0) return [{ Put: putInput(table, row) }];
  return before !== null && regionsAway(before).length > 0
    ? [{ Delete: { TableName: table, Key: toItem(key) } }]
    : [];
}

const VERSION_PLACE = 0;
const HELD_PLACE = 1;

/** Refused while somebody holds her: whoever talks with her would lose her, and nobody would see it. */
export async function removeVolunteer(
  deps: Deps,
  id: VolunteerId,
  at: Instant,
  expectedVersion: number | null,
): ReturnType<Registry['removeVolunteer']> {
  for (let tries = 1; ; tries += 1) {
    const before = await getVolunteer(deps, id);
    if (before === null) return 'unknown';
    if (expectedVersion !== null && before.version !== expectedVersion) return 'changed-meanwhile';
    const refused = await written(deps, removalOf(deps, before, at));
    if (refused === null) return 'removed';
    if (refused.places.includes(HELD_PLACE)) return 'holds-somebody';
    if (!refused.places.includes(VERSION_PLACE) || tries >= TRIES) throw refused.error;
  }
}

function removalOf(
  deps: Deps,
  { volunteer: { id, number }, version }: Versioned,
  now: Instant,
): readonly TransactWriteItem[] {
  const { table } = deps;
  const free = places.map(place => `#${claimField('claimUntil', place)}`);
  const isFree = free.map(until => `(attribute_not_exists(${until}) OR ${until} <= :now)`).join(' AND ');
  return [
    { Delete: deleteInput(table, volunteerKey(id), '#version = :version', { version }) },
    { Delete: deleteInput(table, dutyKey(id), isFree, { now }) },
    { Delete: oldNumberRow(deps, id, number) },
    // Whoever gets the id after her has none of hers.
    ...[awayKey(id), upkeepKey(id), pageOfKey(id), ...formerRotaKeys(id)].map(key => ({
      Delete: { TableName: table, Key: toItem(key) },
    })),
    { Delete: { TableName: keyTableOf(table), Key: toItem(volunteerSealingKeyKey(id)) } },
  ];
}

const MINE = 'attribute_not_exists(#pk) OR #helperId = :me';

function numberRow({ table, sealer }: Deps, me: VolunteerId, number: PhoneNumber) {
  const row = { ...numberHelperKey(sealer.lookup(number)), schema: SCHEMA_VERSION, helperId: me };
  return putInput(table, row, MINE, { me });
}

function oldNumberRow({ table, sealer }: Deps, me: VolunteerId, number: PhoneNumber) {
  return deleteInput(table, numberHelperKey(sealer.lookup(number)), MINE, { me });
}
