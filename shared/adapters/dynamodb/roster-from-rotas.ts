// Who is on duty when nobody has kept the entries up: read from the rotas themselves, and the entries mended on the way.
import type { NetworkStore } from '../../app/ports.ts';
import type { RegionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Holidays } from '../../domain/rota.ts';
import type { Item } from './attributes.ts';
import { type Deps, unlessDamaged } from './deps.ts';
import { entriesOf, volunteerIdOf } from './duty-entries.ts';
import { type DutyEntry, readDutyEntry } from './duty-entry.ts';
import { writeDuty } from './duty-roll.ts';
import { dutyWrites } from './duty-writes.ts';
import { inTurns } from './in-turns.ts';
import { holidaysNow } from './network-store.ts';
import { volunteerItemsWithin } from './registry.ts';
import { readVolunteer } from './volunteer-item.ts';

const REPAIRS_AT_ONCE = 8;

/**
 * Costs two reads for everybody in the regions, and for everybody whose rota names regions other than her own. An entry
 * that follows the volunteer's present rota and whose next change has not come yet is right; all others are made anew
 * from the rota and written, so that claims work as ever and the next one who asks finds them right.
 */
export async function fromRotas(
  deps: Deps,
  networks: NetworkStore,
  regions: readonly RegionId[],
  at: Instant,
): Promise<readonly DutyEntry[]> {
  deps.log.warn('duty-entries-stale', { regions: regions.join(' ') });
  const [holidays, volunteers] = await Promise.all([
    holidaysNow(networks),
    volunteerItemsWithin(deps, regions),
  ]);
  const entries = await entriesOf(
    deps,
    volunteers.flatMap(item => volunteerIdOf(item) ?? []),
  );
  const found = await inTurns(REPAIRS_AT_ONCE, volunteers, async item => {
    const entry = entries.get(volunteerIdOf(item) ?? '');
    const isRight = entry && entry.rotaVersion >= versionOf(item) && entry.dueAt > at;
    return isRight ? entry : repaired(deps, item, holidays, at);
  });
  return found.flatMap(entry => entry ?? []);
}

const versionOf = (item: Item): number => Number(item['version']?.N ?? Number.POSITIVE_INFINITY);

/** Null when she was edited this instant, or is damaged: what is known of her is not right. */
async function repaired(deps: Deps, item: Item, holidays: Holidays, at: Instant): Promise<DutyEntry | null> {
  const [known] = unlessDamaged(deps, () => readVolunteer(deps, item));
  if (!known) return null;
  const written = await writeDuty(deps, dutyWrites(deps.table, known, holidays, at));
  return written && (unlessDamaged(deps, () => readDutyEntry(written, known.volunteer.id))[0] ?? null);
}
