// Keys for machines: the secret is shown once and kept as a hash. It is long and random, so that a plain hash is enough.
// Must never give a secret back, nor tell a wrong one from an unknown one.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { ApiKey, ApiKeys } from '../../app/office.ts';
import { permissions, roles } from '../../domain/access.ts';
import type { Item } from './attributes.ts';
import { deleteInput, putInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, live, queryAll, readItem, unlessDamaged } from './deps.ts';
import { API_KEY_LIST, apiKeyKey, idInKey } from './keys.ts';
import { expiryAfter } from './retention.ts';
import { instantSchema, list, regionId, SCHEMA_VERSION } from './schema-parts.ts';

const SECRET_BYTES = 32;
/** Begins as no token of an issuer does, so that a leaked one is found by those who search for such. */
const SECRET_PATTERN = /^pana_(key_[0-9a-f]{16})_([\w-]{43})$/;

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  name: z.string(),
  hash: z.custom<Uint8Array>(value => value instanceof Uint8Array),
  role: z.enum(roles),
  /** Absent: all regions. */
  regions: z.optional(list(regionId)),
  only: z.optional(list(z.enum(permissions))),
  createdAt: instantSchema,
  createdBy: z.optional(z.string()),
  endsAt: instantSchema,
});

const hashOf = (secret: string): Uint8Array => createHash('sha256').update(secret, 'utf8').digest();

export function createApiKeys(deps: Deps): ApiKeys {
  const { client, table, random } = deps;
  return {
    create: async (wanted, id, at) => {
      const key: ApiKey = { ...wanted, id, createdAt: at };
      const secret = `pana_${key.id}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
      await client.send(new PutItemCommand(putInput(table, itemOf(key, secret))));
      return { key, secret };
    },
    list: async () => {
      const items = await queryAll(deps, {
        IndexName: 'list',
        where: '#listKey = :list',
        values: { list: API_KEY_LIST },
      });
      const now = deps.clock.now();
      return items
        .filter(item => live(item, now))
        .flatMap(item => unlessDamaged(deps, () => keyIn(item).key));
    },
    revoke: id =>
      unlessRefused(random, () =>
        client.send(new DeleteItemCommand(deleteInput(table, apiKeyKey(id), 'attribute_exists(#pk)', {}))),
      ),
    actorOf: async (secret, at) => {
      const id = SECRET_PATTERN.exec(secret)?.[1];
      const item = id === undefined ? null : live(await getItem(deps, apiKeyKey(id)), at);
      if (!item) return null;
      const { key, hash } = keyIn(item);
      if (key.expiresAt <= at || !timingSafeEqual(hash, hashOf(secret))) return null;
      return { id: key.id, role: key.role, realm: key.realm, only: key.only };
    },
  };
}

function itemOf({ id, name, role, realm, only, createdAt, createdBy, expiresAt }: ApiKey, secret: string) {
  return {
    ...apiKeyKey(id),
    schema: SCHEMA_VERSION,
    name,
    hash: hashOf(secret),
    role,
    regions: realm === 'all' ? undefined : realm,
    only: only ?? undefined,
    createdAt,
    createdBy: createdBy ?? undefined,
    endsAt: expiresAt,
    expiresAt: expiryAfter(expiresAt, 0),
    listKey: API_KEY_LIST,
    listSort: id,
  };
}

function keyIn(item: Item): { readonly key: ApiKey; readonly hash: Uint8Array } {
  const id = idInKey(item['pk']?.S ?? '');
  const { name, role, regions, only, createdAt, createdBy, endsAt, hash } = readItem(item, fieldsSchema, id);
  const key = {
    id,
    name,
    role,
    realm: regions ?? 'all',
    only: only ?? null,
    createdAt,
    createdBy: createdBy ?? null,
    expiresAt: endsAt,
  } as const;
  return { key, hash };
}
