// Openings: shifts that nobody has yet, with whom is asked. An opening and the rota of whoever takes it are written together
// or not at all. Must never write a rota without the opening that says so.
import * as z from 'zod/mini';
import type { NetworkStore } from '../../app/ports.ts';
import type { OpeningCommit, OpeningStore } from '../../app/shift-ports.ts';
import { holidaysOf } from '../../domain/network.ts';
import type { Opening } from '../../domain/opening.ts';
import { type Item, putInput } from './attributes.ts';
import {
  type Deps,
  getItem,
  live,
  namingDamage,
  queryAll,
  readItem,
  readJson,
  unlessDamaged,
} from './deps.ts';
import { idInKey, openingKey, openingListKey } from './keys.ts';
import { openingSchema } from './opening-schema.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import { isWritten, sortOf } from './swap-store.ts';
import { writesOf } from './volunteer-writes.ts';

const fields = z.object({ schema: z.literal(SCHEMA_VERSION), doc: z.string() });
export function createOpeningStore(deps: Deps, networks: NetworkStore): OpeningStore {
  return {
    opening: async id => {
      const item = live(await getItem(deps, openingKey(id)), deps.clock.now());
      return item && namingDamage(deps, () => read(item, id));
    },
    openingsOf: async (region, from) => {
      const where = '#listKey = :list AND #listSort >= :from';
      const values = { list: openingListKey(region), from: sortOf(from) };
      const items = await queryAll(deps, { IndexName: 'list', where, values });
      return items.flatMap(item => unlessDamaged(deps, () => read(item, idInKey(item['pk']?.S ?? ''))));
    },
    commitOpening: async (commit, at) => {
      const { taking } = commit;
      const holidays = holidaysOf(await networks.network());
      const rota =
        taking === null
          ? []
          : writesOf(deps, taking.person, taking.after, holidays, {
              at,
              by: taking.person.volunteer.id,
              vouches: false,
            });
      return (await isWritten(deps, [{ Put: openingPut(deps, commit) }, ...rota])) ? 'committed' : 'conflict';
    },
  };
}

const read = (item: Item, id: string): Opening => readJson(readItem(item, fields, id).doc, openingSchema, id);

function openingPut({ table }: Deps, { before, after }: OpeningCommit) {
  const { until } = after.window;
  const item = {
    ...openingKey(after.id),
    schema: SCHEMA_VERSION,
    version: after.version,
    doc: JSON.stringify(after),
    listKey: openingListKey(after.need.region),
    listSort: `${sortOf(until)}#${after.id}`,
    expiresAt: expiryAfter(until, KEEP_SECONDS.swap),
  };
  return before === null
    ? putInput(table, item, 'attribute_not_exists(#pk)')
    : putInput(table, item, '#version = :before', { before: before.version });
}
