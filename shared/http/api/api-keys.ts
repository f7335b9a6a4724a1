// Keys for machines: made by an admin, shown once, with no more than is asked for.
import { z } from '@hono/zod-openapi';
import type { ApiKey } from '../../app/office.ts';
import {
  type Actor,
  may,
  type Permission,
  permissions,
  type Role,
  roles,
  sees,
} from '../../domain/access.ts';
import type { RegionId } from '../../domain/ids.ts';
import { addSeconds } from '../../domain/instant.ts';
import { type Api, declared } from './api.ts';
import { json } from './bodies.ts';
import { fields, moment, showMoment, shownMoment } from './fields.ts';
import { freshKeyId } from './fresh-ids.ts';
import { problem, problems } from './problem.ts';
import { keepChange } from './record.ts';

const DAY_SECONDS = 24 * 3600;
/** A key that nobody renews is one that nobody misses. */
const AGE_AT_MOST_DAYS = 400;

const wantedSchema = z
  .strictObject({
    name: fields.text.openapi({ example: 'rota import of the regional office' }),
    role: z.enum(roles),
    regions: z
      .array(fields.regionId)
      .min(1)
      .max(50)
      .nullable()
      .default(null)
      .openapi({ description: 'Null: all regions' }),
    permissions: z
      .array(z.enum(permissions))
      .min(1)
      .nullable()
      .default(null)
      .openapi({ description: 'Of those that the role has; null: all of them' }),
    expiresAt: moment,
  })
  .openapi('ApiKeyWanted');

const keySchema = z
  .object({
    id: z.string().openapi({ example: 'key_0123456789abcdef' }),
    name: z.string(),
    role: z.enum(roles),
    regions: z.array(z.string()).nullable(),
    permissions: z.array(z.enum(permissions)).nullable(),
    createdAt: shownMoment,
    createdBy: z.string().nullable().openapi({
      description:
        'Who made it, as the audit names her: a key outlives its maker’s dismissal until it is revoked',
    }),
    expiresAt: shownMoment,
  })
  .openapi('ApiKey');

const keyId = z.object({ keyId: z.string().regex(/^key_[0-9a-f]{16}$/, 'is not the id of a key') });
const common = { tag: 'api keys', permission: 'keys:write', lies: 'everywhere' } as const;

const createApiKey = declared({
  ...common,
  method: 'post',
  path: '/v1/api-keys',
  operationId: 'createApiKey',
  summary: 'Makes a key; its secret is in this answer and nowhere else',
  request: { body: { required: true, content: { 'application/json': { schema: wantedSchema } } } },
  responses: {
    201: json('The key, with its secret', keySchema.extend({ secret: z.string() }).openapi('ApiKeyMade')),
    ...problems,
  },
});
const listApiKeys = declared({
  ...common,
  method: 'get',
  path: '/v1/api-keys',
  operationId: 'listApiKeys',
  summary: 'All keys that still open something, without their secrets',
  responses: {
    200: json('The keys', z.object({ keys: z.array(keySchema) }).openapi('ApiKeys')),
    ...problems,
  },
});
const revokeApiKey = declared({
  ...common,
  method: 'delete',
  path: '/v1/api-keys/{keyId}',
  operationId: 'revokeApiKey',
  summary: 'From now on it opens nothing',
  request: { params: keyId },
  responses: { 204: { description: 'Gone' }, ...problems },
});

export function apiKeys(api: Api): void {
  api.add(createApiKey, async c => {
    const { regions, permissions: only, ...wanted } = c.req.valid('json');
    const now = c.var.context.ports.clock.now();
    const errors = [
      ...lacking(wanted.role, only ?? []),
      ...beyond(c.var.actor, wanted.role, { only, regions }),
      ...(wanted.expiresAt > now && wanted.expiresAt <= addSeconds(now, AGE_AT_MOST_DAYS * DAY_SECONDS)
        ? []
        : [{ path: 'expiresAt', problem: `is not within the next ${AGE_AT_MOST_DAYS} days` }]),
    ];
    if (errors.length > 0) return problem(c, 'invalid-request', { errors });
    const made = await c.var.context.office.apiKeys.create(
      { ...wanted, realm: regions ?? 'all', only, createdBy: c.var.actor.id },
      freshKeyId(c),
      now,
    );
    keepChange(c, null, null, shown(made.key));
    c.set('made', [made.key.id]);
    return c.json({ ...shown(made.key), secret: made.secret }, 201);
  });
  api.add(listApiKeys, async c => {
    const keys = await c.var.context.office.apiKeys.list();
    return c.json({ keys: keys.map(shown) }, 200);
  });
  api.add(revokeApiKey, async c => {
    const isGone = await c.var.context.office.apiKeys.revoke(c.req.valid('param').keyId);
    return isGone ? c.body(null, 204) : problem(c, 'not-found');
  });
}

/** Nobody gives away what she has not got: a key that may make keys would else be a key to everything. */
function beyond(
  actor: Actor,
  role: Role,
  {
    only,
    regions,
  }: { readonly only: readonly Permission[] | null; readonly regions: readonly RegionId[] | null },
) {
  const given = permissions.filter(each => may({ role, only }, each));
  const isOwn = given.every(each => may(actor, each));
  const isSeen = regions === null ? actor.realm === 'all' : regions.every(region => sees(actor, region));
  return [
    ...(isOwn ? [] : [{ path: 'permissions', problem: 'are more than your own' }]),
    ...(isSeen ? [] : [{ path: 'regions', problem: 'are more than your own' }]),
  ];
}

const lacking = (role: Role, only: readonly Permission[]) =>
  only.flatMap((permission, place) =>
    may({ role, only: null }, permission)
      ? []
      : [{ path: `permissions[${place}]`, problem: 'is not one that the role has' }],
  );

function shown({ realm, only, createdAt, expiresAt, ...key }: ApiKey) {
  return {
    ...key,
    regions: realm === 'all' ? null : [...realm],
    permissions: only && [...only],
    createdAt: showMoment(createdAt),
    expiresAt: showMoment(expiresAt),
  };
}
