// The last rotas of a volunteer that stood before the present one, so that an edit can be undone. Sealed whole: why she is
// away is in the notes. Must never outlive her, nor be more than a few.
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { isRefused, parseRota } from '../../app/network-document.ts';
import type { FormerRota, VersionedVolunteer } from '../../app/ports.ts';
import type { VolunteerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Rota } from '../../domain/rota.ts';
import { type Item, putInput } from './attributes.ts';
import { type Deps, live, queryAll, readItem, seal, unlessDamaged, unseal } from './deps.ts';
import { formerRotaKey, formerRotaRange, type Key } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { instantSchema, SCHEMA_VERSION, whole } from './schema-parts.ts';

/** A rota is edited a few times a month. All of them go with her, in the one transaction that removes her. */
export const FORMER_ROTAS_AT_MOST = 20;

const fields = z.object({
  schema: z.literal(SCHEMA_VERSION),
  edit: whole,
  replacedAt: instantSchema,
  replacedBy: z.optional(z.string()),
  rota: z.custom<Uint8Array>(value => value instanceof Uint8Array),
});

const keyOf = (id: VolunteerId, edit: number): Key => formerRotaKey(id, edit % FORMER_ROTAS_AT_MOST);

export const formerRotaKeys = (id: VolunteerId): readonly Key[] =>
  Array.from({ length: FORMER_ROTAS_AT_MOST }, (_, place) => formerRotaKey(id, place));

/** What is written beside the edit; null: her rota stays what it is. */
export function formerRota(
  deps: Deps,
  { volunteer: { id, rota }, rotaEdits: edit }: VersionedVolunteer,
  after: Rota,
  { at, by }: { readonly at: Instant; readonly by: string | null },
) {
  if (isDeepStrictEqual(rota, after)) return null;
  const key = keyOf(id, edit);
  return putInput(deps.table, {
    ...key,
    schema: SCHEMA_VERSION,
    edit,
    replacedAt: at,
    replacedBy: by ?? undefined,
    rota: seal(deps, rota, key, 'rota'),
    expiresAt: expiryAfter(at, KEEP_SECONDS.formerRota),
  });
}

export async function formerRotasOf(deps: Deps, id: VolunteerId): Promise<readonly FormerRota[]> {
  const where = '#pk = :pk AND begins_with(#sk, :skPrefix)';
  const items = await queryAll(deps, { where, values: formerRotaRange(id), ConsistentRead: true });
  const now = deps.clock.now();
  return items
    .filter(item => live(item, now))
    .flatMap(item => unlessDamaged(deps, () => read(deps, item, id)))
    .sort((a, b) => b.edit - a.edit);
}

function read(deps: Deps, item: Item, id: VolunteerId): FormerRota {
  const { edit, replacedAt, replacedBy = null, rota: sealed } = readItem(item, fields, id);
  const rota = parseRota(unseal(deps, sealed, keyOf(id, edit), 'rota', id));
  if (isRefused(rota)) throw new DamagedRecord(id);
  return { edit, rota, replacedAt, replacedBy };
}
