// A volunteer as an item, and back: her name and number sealed, the rest as a document.
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { isRefused, parseVolunteer } from '../../app/network-document.ts';
import { parseVolunteerId, type VolunteerId } from '../../domain/ids.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import type { Item, PlainItem } from './attributes.ts';
import { type Deps, getItem, namingDamage, readItem, readJson, seal, unseal } from './deps.ts';
import { idInKey, volunteerKey, volunteerListKey } from './keys.ts';
import { SCHEMA_VERSION, whole } from './schema-parts.ts';

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  version: whole,
  doc: z.string(),
  person: z.custom<Uint8Array>(value => value instanceof Uint8Array),
});

export type Versioned = { readonly volunteer: Volunteer; readonly version: number };

export function volunteerItem(deps: Deps, volunteer: Volunteer, version: number): PlainItem {
  const { name, number, ...open } = volunteer;
  const key = volunteerKey(volunteer.id);
  return {
    ...key,
    schema: SCHEMA_VERSION,
    version,
    doc: JSON.stringify(open),
    person: seal(deps, { name, number }, key, 'person'),
    listKey: volunteerListKey(volunteer.region),
    listSort: volunteer.id,
  };
}

export async function getVolunteer(deps: Deps, id: VolunteerId): Promise<Versioned | null> {
  const item = await getItem(deps, volunteerKey(id));
  return item && namingDamage(deps, () => readVolunteer(deps, item));
}

export function readVolunteer(deps: Deps, item: Item): Versioned {
  const name = idInKey(item['pk']?.S ?? '');
  const id = parseVolunteerId(name);
  if (!id) throw new DamagedRecord('volunteer');
  const { doc, person, version } = readItem(item, fieldsSchema, id);
  const open = readJson(doc, z.looseObject({}), id);
  const sealed = unseal(deps, person, volunteerKey(id), 'person', id);
  const volunteer = parseVolunteer({ ...open, ...(sealed as object) });
  if (isRefused(volunteer) || volunteer.id !== id) throw new DamagedRecord(id);
  return { volunteer, version };
}
