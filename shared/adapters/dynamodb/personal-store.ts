// What a volunteer's own phone and page go by: the numbers of shifts in texts, the address of her page, and what upkeep has
// done for her. Must never keep a token or a code: only marks that cannot be turned back.
import { randomBytes } from 'node:crypto';
import {
  DeleteItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { DUE_SHARDS } from '../../app/ports.ts';
import type { PersonalStore, UpkeepEntry, UpkeepStore } from '../../app/shift-ports.ts';
import { parseVolunteerId, type VolunteerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { NumberCheck } from '../../domain/number-check.ts';
import type { Meant, NumberedShift } from '../../domain/shift-numbers.ts';
import { type Item, putInput, toItem, updateInput } from './attributes.ts';
import { unlessRefused, whileBusy } from './conflicts.ts';
import { type Deps, getItem, live, namingDamage, queryAll, readItem, readJson } from './deps.ts';
import { idInKey, pageKey, pageOfKey, shardOf, shiftNumbersKey, upkeepDueShard, upkeepKey } from './keys.ts';
import { markOf } from './marks.ts';
import { openingId } from './opening-schema.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { exactly, instantSchema, list, record, SCHEMA_VERSION, volunteerId, whole } from './schema-parts.ts';
import { localDate, shiftId, swapId } from './swap-schema.ts';

const schema = z.literal(SCHEMA_VERSION);

const meant = exactly<Meant>()(
  z.discriminatedUnion('of', [
    record({ of: z.literal('shift'), shiftId, date: localDate }),
    record({ of: z.literal('swap'), swapId }),
    record({ of: z.literal('return'), swapId }),
    record({ of: z.literal('opening'), openingId }),
  ]),
);
const numberedList = list(exactly<NumberedShift>()(record({ number: whole, meant, until: instantSchema })));
const numbersFields = z.object({ schema, version: whole, doc: z.string() });
const pageFields = z.object({ schema, volunteerId });
const pageOfFields = z.object({ schema, mark: z.string() });

export function createPersonalStore(deps: Deps): PersonalStore {
  return {
    numbers: async id => {
      const item = live(await getItem(deps, shiftNumbersKey(id)), deps.clock.now());
      if (!item) return { list: [], version: 0 };
      const { doc, version } = namingDamage(deps, () => readItem(item, numbersFields, id));
      return { list: namingDamage(deps, () => readJson(doc, numberedList, id)), version };
    },
    keepNumbers: (id, { list: numbers, version }, at) => {
      const item = {
        ...shiftNumbersKey(id),
        schema: SCHEMA_VERSION,
        version: version + 1,
        doc: JSON.stringify(numbers),
        expiresAt: expiryAfter(at, KEEP_SECONDS.shiftNumbers),
      };
      const seconds = Math.floor(at / 1000);
      const isSame =
        version === 0 ? 'attribute_not_exists(#pk) OR #expiresAt <= :seconds' : '#version = :version';
      const put = putInput(deps.table, item, isSame, version === 0 ? { seconds } : { version });
      return unlessRefused(deps.random, () => deps.client.send(new PutItemCommand(put)));
    },
    openPage: (id, until) => openPage(deps, id, until),
    whosePage: (token, at) => whosePage(deps, token, at),
    closePage: id => closePage(deps, id),
  };
}

/** 128 bits: nobody guesses one, and it fits into one text. */
const TOKEN_BYTES = 16;
const TOKEN_PATTERN = /^[\w-]{22}$/;

async function openPage(deps: Deps, id: VolunteerId, until: Instant): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const mark = markOf(deps, 'page', token);
  const expiresAt = expiryAfter(until, 0);
  const before = await markOfPage(deps, id);
  const items: TransactWriteItem[] = [
    { Put: putInput(deps.table, { ...pageKey(mark), schema: SCHEMA_VERSION, volunteerId: id, expiresAt }) },
    { Put: putInput(deps.table, { ...pageOfKey(id), schema: SCHEMA_VERSION, mark, expiresAt }) },
    ...(before === null ? [] : [{ Delete: { TableName: deps.table, Key: toItem(pageKey(before)) } }]),
  ];
  await whileBusy(deps.random, () =>
    deps.client.send(new TransactWriteItemsCommand({ TransactItems: items })),
  );
  return token;
}

async function markOfPage(deps: Deps, id: VolunteerId): Promise<string | null> {
  const item = await getItem(deps, pageOfKey(id));
  return item && namingDamage(deps, () => readItem(item, pageOfFields, id)).mark;
}

/** Only the latest one: what stands beside it says which that is, whatever two functions did at once. */
async function whosePage(deps: Deps, token: string, at: Instant): Promise<VolunteerId | null> {
  if (!TOKEN_PATTERN.test(token)) return null;
  const mark = markOf(deps, 'page', token);
  const item = live(await getItem(deps, pageKey(mark)), at);
  if (!item) return null;
  const { volunteerId: id } = namingDamage(deps, () => readItem(item, pageFields, 'page'));
  return (await markOfPage(deps, id)) === mark ? id : null;
}

async function closePage({ client, table }: Deps, id: VolunteerId): Promise<void> {
  await client.send(new DeleteItemCommand({ TableName: table, Key: toItem(pageOfKey(id)) }));
}

const checkSchema = exactly<NumberCheck>()(
  record({
    mark: z.string(),
    confirmedAt: z.nullable(instantSchema),
    code: z.nullable(record({ mark: z.string(), until: instantSchema, triesLeft: whole })),
    sentAt: z.nullable(instantSchema),
    sent: whole,
  }),
);
const upkeepDoc = exactly<Omit<UpkeepEntry, 'volunteerId' | 'version' | 'dueAt'>>()(
  record({
    remindedUntil: z.nullable(instantSchema),
    check: z.nullable(checkSchema),
    optedOutAt: z.nullable(instantSchema),
  }),
);
/** Without a document she has been edited and nobody has looked yet. */
const upkeepFields = z.object({
  version: whole,
  doc: z.optional(z.string()),
  dueAt: z.optional(instantSchema),
});

export function optedOutAt(item: Item, id: string): Instant | null {
  const { doc } = readItem(item, upkeepFields, id);
  return doc === undefined ? null : readJson(doc, upkeepDoc, id).optedOutAt;
}

export function createUpkeepStore(deps: Deps): UpkeepStore {
  return {
    markOf: text => markOf(deps, 'upkeep', text),
    entry: async id => {
      const item = await getItem(deps, upkeepKey(id));
      if (!item) return null;
      const { version, doc, dueAt = null } = namingDamage(deps, () => readItem(item, upkeepFields, id));
      const nothing = { remindedUntil: null, check: null, optedOutAt: null };
      const known = doc === undefined ? nothing : namingDamage(deps, () => readJson(doc, upkeepDoc, id));
      return { volunteerId: id, version, dueAt, ...known };
    },
    dueEntries: async at => {
      const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => upkeepDueShard(shard));
      const where = '#dueShard = :shard AND #dueAt <= :at';
      const due = await Promise.all(
        shards.map(shard => queryAll(deps, { IndexName: 'due', where, values: { shard, at } })),
      );
      return due.flat().flatMap(item => parseVolunteerId(idInKey(item['pk']?.S ?? '')) ?? []);
    },
    keepEntry: ({ volunteerId: id, version, dueAt, ...doc }) => {
      const item = {
        ...upkeepKey(id),
        schema: SCHEMA_VERSION,
        version: version + 1,
        doc: JSON.stringify(doc),
        ...(dueAt === null ? {} : { dueShard: upkeepDueShard(shardOf(id)), dueAt }),
      };
      const isSame = version === 0 ? 'attribute_not_exists(#pk)' : '#version = :version';
      const put = putInput(deps.table, item, isSame, version === 0 ? undefined : { version });
      return unlessRefused(deps.random, () => deps.client.send(new PutItemCommand(put)));
    },
  };
}

/** To be written with each edit of a volunteer: upkeep looks at her next, and what it had read of her is out of date. */
export function lookedAtNext(table: string, id: VolunteerId, at: Instant): TransactWriteItem {
  const update = 'SET #dueShard = :dueShard, #dueAt = :at, #schema = :schema ADD #version :one';
  const values = { dueShard: upkeepDueShard(shardOf(id)), at, schema: SCHEMA_VERSION, one: 1 };
  const { ConditionExpression: _, ...input } = updateInput(table, upkeepKey(id), update, '', values);
  return { Update: input };
}
