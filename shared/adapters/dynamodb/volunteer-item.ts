// A volunteer as an item, and back: her name, her number and the notes on her shifts sealed, the rest as a document.
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { isRefused, parseVolunteer, parseWaysTo } from '../../app/network-document.ts';
import type { VersionedVolunteer as Versioned, WaysTo } from '../../app/ports.ts';
import { parseVolunteerId, type ShiftId, type VolunteerId } from '../../domain/ids.ts';
import type { Rota } from '../../domain/rota.ts';
import type { Item, PlainItem } from './attributes.ts';
import { type Deps, getItem, namingDamage, readItem, readJson, seal, unseal } from './deps.ts';
import { idInKey, volunteerKey, volunteerListKey } from './keys.ts';
import { SCHEMA_VERSION, whole } from './schema-parts.ts';

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  version: whole,
  doc: z.string(),
  person: z.custom<Uint8Array>(value => value instanceof Uint8Array),
  /** None yet in an item of before they were counted. */
  rotaEdits: z.optional(whole),
});

/** Of old items without notes, too. The notes by the ids of their shifts. */
const personSchema = z.looseObject({ notes: z.optional(z.record(z.string(), z.string())) });

export type { VersionedVolunteer as Versioned } from '../../app/ports.ts';

export function volunteerItem(deps: Deps, { volunteer, version, rotaEdits }: Versioned): PlainItem {
  const { name, number, rota, ...rest } = volunteer;
  const { open, notes } = withoutNotes(rota);
  const key = volunteerKey(volunteer.id);
  return {
    ...key,
    schema: SCHEMA_VERSION,
    version,
    rotaEdits,
    doc: JSON.stringify({ ...rest, rota: open }),
    person: seal(deps, { name, number, notes }, key, 'person'),
    listKey: volunteerListKey(volunteer.region),
    listSort: volunteer.id,
  };
}

export async function getVolunteer(deps: Deps, id: VolunteerId): Promise<Versioned | null> {
  const item = await getItem(deps, volunteerKey(id));
  return item && namingDamage(deps, () => readVolunteer(deps, item));
}

/** Of a volunteer whose rota would be refused too: whoever was offered a request is rung. */
export async function getWaysTo(deps: Deps, id: VolunteerId): Promise<WaysTo | null> {
  const item = await getItem(deps, volunteerKey(id));
  return item && namingDamage(deps, () => readWaysTo(deps, item));
}

function readWaysTo(deps: Deps, item: Item): WaysTo {
  const { id, document } = opened(deps, item);
  const { number, textBy } = document;
  const ways = parseWaysTo({ number, textBy });
  if (isRefused(ways)) throw new DamagedRecord(id);
  return ways;
}

function opened(deps: Deps, item: Item) {
  const name = idInKey(item['pk']?.S ?? '');
  const id = parseVolunteerId(name);
  if (!id) throw new DamagedRecord('volunteer');
  const { doc, person, version, rotaEdits = 0 } = readItem(item, fieldsSchema, id);
  const open = readJson(doc, z.looseObject({}), id);
  const sealed = z.safeParse(personSchema, unseal(deps, person, volunteerKey(id), 'person', id));
  if (!sealed.success) throw new DamagedRecord(id);
  const { notes = {}, ...named } = sealed.data;
  return { id, version, rotaEdits, notes, document: { ...open, ...named } };
}

export function readVolunteer(deps: Deps, item: Item): Versioned {
  const { id, version, rotaEdits, notes, document } = opened(deps, item);
  const read = parseVolunteer(document);
  const volunteer = isRefused(read) ? read : { ...read, rota: withNotes(read.rota, notes) };
  if (isRefused(volunteer) || volunteer.id !== id) throw new DamagedRecord(id);
  return { volunteer, version, rotaEdits };
}

type Noted = { readonly id: ShiftId; readonly note: string | null };
type Notes = Readonly<Record<string, string>>;

/** Why somebody is away is often about her health: it stands with her name, not beside it. */
function withoutNotes(rota: Rota): { readonly open: Rota; readonly notes: Notes } {
  const noted = [...rota.weekly, ...rota.dated, ...rota.absences].flatMap(({ id, note }) =>
    note === null ? [] : [[id, note] as const],
  );
  return { open: mapped(rota, () => null), notes: Object.fromEntries(noted) };
}

function withNotes(rota: Rota, notes: Notes): Rota {
  return mapped(rota, ({ id, note }) => (Object.hasOwn(notes, id) ? (notes[id] ?? null) : note));
}

function mapped(rota: Rota, noteOf: (item: Noted) => string | null): Rota {
  const each = <Item extends Noted>(item: Item): Item => ({ ...item, note: noteOf(item) });
  return {
    ...rota,
    weekly: rota.weekly.map(each),
    dated: rota.dated.map(each),
    absences: rota.absences.map(each),
  };
}
