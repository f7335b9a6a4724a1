// Duty entries by whose they are, damaged ones left out.
import { parseVolunteerId, type VolunteerId } from '../../domain/ids.ts';
import type { Item } from './attributes.ts';
import { getItems } from './batch-get.ts';
import { type Deps, unlessDamaged } from './deps.ts';
import { type DutyEntry, readDutyEntry } from './duty-entry.ts';
import { dutyKey, idInKey } from './keys.ts';

export const volunteerIdOf = (item: Item): VolunteerId | null =>
  parseVolunteerId(idInKey(item['pk']?.S ?? ''));

export function entryFrom(item: Item): DutyEntry {
  return readDutyEntry(item, idInKey(item['pk']?.S ?? ''));
}

export async function entriesOf(
  deps: Deps,
  ids: readonly VolunteerId[],
): Promise<ReadonlyMap<string, DutyEntry>> {
  const items = await getItems(deps, ids.map(dutyKey));
  const entries = items.flatMap(item => unlessDamaged(deps, () => entryFrom(item)));
  return new Map(entries.map(entry => [entry.volunteerId, entry]));
}
