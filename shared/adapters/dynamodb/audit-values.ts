// What an act changed, as it stood and as it stands: sealed, in an item of its own, shorter kept than the entry. What is
// about a volunteer or a request is sealed under a key that goes with her or it, so that no backup opens it either.
// Must never stand in the open, nor keep an act from being done because it is too much to keep.
import { createHash } from 'node:crypto';
import { PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Change } from '../../app/audit-trail.ts';
import type { AuditValues } from '../../app/office.ts';
import { parseRequestId, parseVolunteerId, type RequestId, type VolunteerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { putInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, live, namingDamage, readItem, seal, unseal } from './deps.ts';
import { auditValuesKey, placeOf, volunteerSealingKeyKey } from './keys.ts';
import { pack, unpack } from './packed.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';
import { inKeyTable, readSealingKey, under } from './sealing-keys.ts';

const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array);
const fields = z.object({
  schema: z.literal(SCHEMA_VERSION),
  about: z.optional(z.string()),
  under: z.optional(z.string()),
  values: bytes,
});
const keyFields = z.object({ schema: z.literal(SCHEMA_VERSION), key: bytes });
const changeFields = z.object({ before: z.unknown(), after: z.unknown() });

/** An item has 400 KB. Two whole rotas of the longest kind take a fifth of it. */
const BYTES_AT_MOST = 380_000;

const digestOf = (sealed: Uint8Array): string => createHash('sha256').update(sealed).digest('base64url');

/** Null: nobody may keep it, or it is too much. */
export async function sealedValues(
  deps: Deps,
  number: number,
  { about, before, after }: Change,
  at: Instant,
): Promise<{ readonly digest: string; readonly writes: readonly TransactWriteItem[] } | null> {
  const own = await sealedFor(deps, about, 'or-make');
  if (own === null) return null;
  const key = auditValuesKey(number);
  // Packed before it is sealed: sealed it could not be.
  const values = seal(own.deps, Buffer.from(pack({ before, after })).toString('base64'), key, 'values');
  if (values.length > BYTES_AT_MOST) return null;
  const expiresAt = expiryAfter(at, KEEP_SECONDS.auditValues);
  const item = {
    ...key,
    schema: SCHEMA_VERSION,
    about: about ?? undefined,
    under: own.under,
    values,
    expiresAt,
  };
  return { digest: digestOf(values), writes: [{ Put: putInput(deps.table, item) }] };
}

/** Null: past their time, or gone with whom they are about. */
export async function readValues(deps: Deps, number: number): Promise<AuditValues | null> {
  const key = auditValuesKey(number);
  const item = live(await getItem(deps, key), deps.clock.now());
  if (!item) return null;
  const { about = null, under: sealedUnder, values } = namingDamage(deps, () => readItem(item, fields, NAME));
  const whose = about === null ? null : (parseVolunteerId(about) ?? parseRequestId(about));
  const own = await sealedFor(deps, whose, 'or-none');
  // Whoever has her id after her has another key.
  if (own === null || own.under !== sealedUnder) return null;
  const packed = z.string().parse(unseal(own.deps, values, key, 'values', NAME));
  const { before, after } = unpack(Buffer.from(packed, 'base64'), changeFields, NAME);
  return { before: before ?? null, after: after ?? null, digest: digestOf(values) };
}

const NAME = 'audit-values';

type Own = { readonly deps: Deps; readonly under?: string };

/** The table as whoever it is about is sealed in it; null: her key is gone. `under`: which key it is. */
async function sealedFor(
  deps: Deps,
  about: VolunteerId | RequestId | null,
  otherwise: 'or-make' | 'or-none',
): Promise<Own | null> {
  if (about === null) return { deps };
  const request = parseRequestId(about);
  if (request !== null) {
    const key = await readSealingKey(deps, request);
    return key && { deps: under(deps, request, key), under: digestOf(key) };
  }
  const her = about as VolunteerId;
  const key = (await keyOf(deps, her)) ?? (otherwise === 'or-make' ? await made(deps, her) : null);
  const sealing = key && deps.sealer.under(key, placeOfKey(deps, her));
  return key && { deps: { ...deps, sealer: { ...deps.sealer, ...sealing } }, under: digestOf(key) };
}

async function keyOf(deps: Deps, id: VolunteerId): Promise<Uint8Array | null> {
  const item = await getItem(inKeyTable(deps), volunteerSealingKeyKey(id));
  return item && namingDamage(deps, () => readItem(item, keyFields, id).key);
}

/** Two at once: the first one's holds. */
async function made(deps: Deps, id: VolunteerId): Promise<Uint8Array | null> {
  const { client, table, random } = inKeyTable(deps);
  const key = deps.sealer.freshKey(placeOfKey(deps, id));
  const item = { ...volunteerSealingKeyKey(id), schema: SCHEMA_VERSION, key };
  const put = new PutItemCommand(putInput(table, item, 'attribute_not_exists(#pk)'));
  return (await unlessRefused(random, () => client.send(put))) ? key : keyOf(deps, id);
}

const placeOfKey = (deps: Deps, id: VolunteerId): string =>
  placeOf(inKeyTable(deps).table, volunteerSealingKeyKey(id), 'key');
