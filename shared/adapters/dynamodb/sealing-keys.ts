// Each request has a key of its own, in the table beside: made when the request opens, gone a while after its end, or
// at once when she asks for it. Whoever has no key reads nothing personal, in a backup neither.
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import type { Commit } from '../../app/ports.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { Request } from '../../domain/request.ts';
import { type PlainItem, putInput, updateInput } from './attributes.ts';
import type { CommitPart } from './commit-part.ts';
import { type Deps, getItem, live, namingDamage, readItem } from './deps.ts';
import { type Key, keyOfNumberKey, keyTableOf, placeOf, sealingKeyKey } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { numberHash } from './route-parts.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';

/** As it stands in the table: sealed under the data key. */
export type SealingKey = { readonly wrapped: Uint8Array; readonly isNew: boolean };

const fields = z.object({
  schema: z.literal(SCHEMA_VERSION),
  key: z.custom<Uint8Array>(value => value instanceof Uint8Array),
});

export const inKeyTable = (deps: Deps): Deps => ({ ...deps, table: keyTableOf(deps.table) });

/** Null when it is gone. */
export async function readSealingKey(deps: Deps, id: RequestId): Promise<Uint8Array | null> {
  const item = live(await getItem(inKeyTable(deps), sealingKeyKey(id)), deps.clock.now());
  return item && namingDamage(deps, () => readItem(item, fields, id).key);
}

export function freshSealingKey(deps: Deps, id: RequestId): SealingKey {
  return { wrapped: deps.sealer.freshKey(placeOfKey(deps, id)), isNew: true };
}

/** The same table, sealed under the request's own key. */
export function under(deps: Deps, id: RequestId, wrapped: Uint8Array): Deps {
  try {
    return { ...deps, sealer: { ...deps.sealer, ...deps.sealer.under(wrapped, placeOfKey(deps, id)) } };
  } catch {
    throw new DamagedRecord(id);
  }
}

const placeOfKey = ({ table }: Deps, id: RequestId): string =>
  placeOf(keyTableOf(table), sealingKeyKey(id), 'key');

/** Written when the request gets its key; its end says until when both are kept. */
export function sealingKeyParts(
  deps: Deps,
  { before, after, at }: Commit,
  sealingKey: SealingKey | null,
): readonly CommitPart[] {
  if (sealingKey === null) return [];
  const isOver = after.phase.kind === 'closed';
  const expiresAt = isOver ? expiryAfter(at, KEEP_SECONDS.sealingKey) : undefined;
  const table = keyTableOf(deps.table);
  if (sealingKey.isNew) {
    const key = { ...sealingKeyKey(after.id), key: sealingKey.wrapped };
    return [key, ...keysOfNumber(deps, before, after)].map(row => put(table, { ...row, expiresAt }));
  }
  if (expiresAt === undefined || before?.phase.kind === 'closed') return [];
  return [sealingKeyKey(after.id), ...keysOfNumber(deps, before, after)].map(key =>
    expire(table, key, expiresAt),
  );
}

/** None when she withheld her number. */
function keysOfNumber(deps: Deps, before: Request | null, after: Request): readonly Key[] {
  const address = after.private.survivor ?? before?.private.survivor ?? null;
  return address === null ? [] : [keyOfNumberKey(numberHash(deps, address), after.id)];
}

function put(table: string, row: PlainItem): CommitPart {
  return {
    write: { Put: putInput(table, { ...row, schema: SCHEMA_VERSION }) },
    otherwise: 'version-conflict',
  };
}

/** What has been destroyed meanwhile stays so. */
function expire(table: string, key: Key, expiresAt: number): CommitPart {
  const update = updateInput(table, key, 'SET #expiresAt = :expiresAt', 'attribute_exists(#pk)', {
    expiresAt,
  });
  return { write: { Update: update }, otherwise: 'not-ours' };
}
