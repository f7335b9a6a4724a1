// Calendar feeds: the secret in the address is shown once and kept as a hash. It is long and random, so that a plain hash is
// enough. Must never give a secret back, nor tell a wrong one from one that was revoked.
import { createHash, randomBytes } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Feed, Feeds } from '../../app/office.ts';
import { parseRegionId, parseVolunteerId } from '../../domain/ids.ts';
import { type Item, putInput, toItem } from './attributes.ts';
import { type Deps, getItem, queryAll, readItem, unlessDamaged } from './deps.ts';
import { feedKey, feedListKey } from './keys.ts';
import { instantSchema, SCHEMA_VERSION } from './schema-parts.ts';

const SECRET_BYTES = 32;
const SECRET_PATTERN = /^[\w-]{43}$/;

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  id: z.string(),
  of: z.string(),
  createdAt: instantSchema,
});

const hashOf = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('base64url');

export function createFeeds(deps: Deps): Feeds {
  const { client, table } = deps;
  const itemsOf = (of: Feed['of']) =>
    queryAll(deps, { IndexName: 'list', where: '#listKey = :list', values: { list: feedListKey(of) } });
  const revoke = async (of: Feed['of'], id: string) => {
    const found = (await itemsOf(of)).find(item => item['listSort']?.S === id);
    if (!found) return false;
    const key = { pk: found['pk']?.S ?? '', sk: found['sk']?.S ?? '' };
    await client.send(new DeleteItemCommand({ TableName: table, Key: toItem(key) }));
    return true;
  };
  return {
    create: async (of, id, at) => {
      await revoke(of, id);
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const feed: Feed = { id, of, createdAt: at };
      const list = { listKey: feedListKey(of), listSort: feed.id };
      const item = { ...feedKey(hashOf(secret)), schema: SCHEMA_VERSION, ...feed, ...list };
      await client.send(new PutItemCommand(putInput(table, item, 'attribute_not_exists(#pk)')));
      return { feed, secret };
    },
    list: async of => (await itemsOf(of)).flatMap(item => unlessDamaged(deps, () => feedIn(item)) ?? []),
    revoke,
    find: async secret => {
      if (!SECRET_PATTERN.test(secret)) return null;
      const item = await getItem(deps, feedKey(hashOf(secret)));
      return item && feedIn(item);
    },
  };
}

function feedIn(item: Item): Feed {
  const { id, of, createdAt } = readItem(item, fieldsSchema, 'feed');
  const whose = parseVolunteerId(of) ?? parseRegionId(of);
  if (whose === null) throw new Error('a feed is of a volunteer or of a region');
  return { id, of: whose, createdAt };
}
