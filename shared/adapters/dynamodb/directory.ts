// What a phone number means to us and where a helper's text belongs.
// Must never say which numbers it knows to anybody but the shell.
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Directory, HelperRoute, Known, NetworkStore, WebhookId } from '../../app/ports.ts';
import type { HelperId, LineId } from '../../domain/ids.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import type { Address, PhoneNumber } from '../../domain/phone.ts';
import type { Conversation } from '../../domain/places.ts';
import { type Item, putInput, toItem, updateInput } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, live, namingDamage, queryAll, readItem, unlessDamaged } from './deps.ts';
import {
  helperCodeKey,
  helperHintKey,
  helperTalkRange,
  isLineKey,
  type Key,
  numberCoolDownKey,
  numberPartition,
  numberWroteKey,
} from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { numberHash, numberOf } from './route-parts.ts';
import { helperId, instantSchema, lineId, requestId, SCHEMA_VERSION, whole } from './schema-parts.ts';
import { getVolunteer, getWaysTo } from './volunteer-item.ts';

/** A damaged row under a number has no name that may be written down. */
const NUMBER = 'number-row';

const schema = z.literal(SCHEMA_VERSION);
const helperFields = z.object({ schema, helperId });
const lineFields = z.object({
  schema,
  requestId,
  lineId,
  channel: z.enum(['voice', 'text']),
});
const wroteFields = z.object({ schema, at: instantSchema });
const routeFields = z.object({ schema, requestId, seq: whole, until: instantSchema });
const talkFields = z.object({
  ...routeFields.shape,
  place: z._default(whole, 0),
  overAt: z._default(z.nullable(instantSchema), null),
});

/** Enough to say how the codes work, too few to be a nuisance or a loop between two machines. */
export const HINTS_AN_HOUR = 2;
const HOUR_SECONDS = 3600;

export function createDirectory(deps: Deps, networks: NetworkStore): Directory {
  return {
    who: (address, at) => who(deps, networks, address, at),
    coolDown: (address, until) => coolDown(deps, address, until),
    wrote: (address, line, at) => wrote(deps, address, line, at),
    lastWroteAt: (address, line) => lastWroteAt(deps, address, line),
    routeOf: (helper, code, at) => routeAt(deps, helperCodeKey(helper, code), helper, at),
    conversationsOf: (helper, at) => conversationsOf(deps, helper, at),
    volunteer: async id => (await getVolunteer(deps, id))?.volunteer ?? null,
    waysTo: id => getWaysTo(deps, id),
    mayHint: (helper, at, webhookId) => mayHint(deps, helper, at, webhookId),
  };
}

async function who(deps: Deps, networks: NetworkStore, address: Address, at: Instant): Promise<Known> {
  const values = { pk: numberPartition(numberHash(deps, address)) };
  const [items, contact] = await Promise.all([
    // Consistent: her second text comes a moment after the first one opened the request.
    queryAll(deps, { where: '#pk = :pk', values, ConsistentRead: true }),
    contactAt(networks, numberOf(address)),
  ]);
  // A closed request's row expires with its grace time.
  const rows = items.filter(item => live(item, at));
  const helper = rows.find(item => item['sk']?.S === 'HELPER');
  const coolDownRow = rows.find(item => item['sk']?.S === 'COOL-DOWN');
  return {
    coolingDown: Number(coolDownRow?.['until']?.N ?? 0) > at,
    helper:
      contact ?? (helper ? namingDamage(deps, () => readItem(helper, helperFields, NUMBER)).helperId : null),
    requests: once(
      rows
        .filter(row => isLineKey(row['sk']?.S ?? '') && isByThisWay(row, address))
        .flatMap(row => requestIn(deps, row)),
    ),
  };
}

/** One in which she is to be called may stand there twice. */
function once(requests: Known['requests']): Known['requests'] {
  const isSame = (one: Known['requests'][number], { requestId, channel }: Known['requests'][number]) =>
    one.requestId === requestId && one.channel === channel;
  return requests.filter((each, index) => requests.findIndex(other => isSame(other, each)) === index);
}

async function coolDown(deps: Deps, address: Address, until: Instant | null): Promise<void> {
  const key = numberCoolDownKey(numberHash(deps, address));
  if (until === null) {
    await deps.client.send(new DeleteItemCommand({ TableName: deps.table, Key: toItem(key) }));
    return;
  }
  const row = { ...key, schema: SCHEMA_VERSION, until, expiresAt: expiryAfter(until, 0) };
  await deps.client.send(new PutItemCommand(putInput(deps.table, row)));
}

async function wrote(deps: Deps, address: Address, line: LineId, at: Instant): Promise<void> {
  const key = numberWroteKey(numberHash(deps, address), line);
  const row = { ...key, schema: SCHEMA_VERSION, at, expiresAt: expiryAfter(at, KEEP_SECONDS.wrote) };
  await deps.client.send(new PutItemCommand(putInput(deps.table, row)));
}

async function lastWroteAt(deps: Deps, address: Address, line: LineId): Promise<Instant | null> {
  const item = live(await getItem(deps, numberWroteKey(numberHash(deps, address), line)), deps.clock.now());
  return item && namingDamage(deps, () => readItem(item, wroteFields, NUMBER)).at;
}

async function contactAt(networks: NetworkStore, number: PhoneNumber): Promise<HelperId | null> {
  const { contacts } = await networks.network();
  return contacts.find(each => each.callNumber === number || each.textNumber === number)?.id ?? null;
}

/** An answer to a text by WhatsApp must not go out by SMS, nor the reverse. Calls are the same either way. */
function isByThisWay(row: Item, address: Address): boolean {
  const way = row['sk']?.S?.split('#').at(-1);
  return way === 'voice' || (way === 'whatsapp') === address.startsWith('whatsapp:');
}

/** A damaged row must not keep her out: without it she opens a new request. */
function requestIn(deps: Deps, row: Item): Known['requests'] {
  return unlessDamaged(deps, () => readItem(row, lineFields, NUMBER)).map(
    ({ lineId, channel, requestId }) => ({ lineId, channel, requestId }),
  );
}

async function routeAt(deps: Deps, key: Key, helper: HelperId, at: Instant): Promise<HelperRoute | null> {
  const item = await getItem(deps, key);
  if (!item) return null;
  const route = namingDamage(deps, () => readItem(item, routeFields, helper));
  return route.until > at ? { requestId: route.requestId, seq: route.seq } : null;
}

async function conversationsOf(deps: Deps, helper: HelperId, at: Instant): Promise<readonly Conversation[]> {
  const { pk, skPrefix } = helperTalkRange(helper);
  const where = '#pk = :pk AND begins_with(#sk, :skPrefix)';
  const items = await queryAll(deps, { where, values: { pk, skPrefix }, ConsistentRead: true });
  return items
    .filter(item => live(item, at))
    .map(item => namingDamage(deps, () => readItem(item, talkFields, helper)))
    .filter(({ until, overAt }) => overAt !== null || until > at)
    .map(({ place, requestId, seq, overAt }) => ({ place, requestId, seq, overAt }));
}

/** Counts first within the present hour, else begins another one; both under a condition, so that none is lost. */
async function mayHint(
  deps: Deps,
  helper: HelperId,
  at: Instant,
  webhookId: WebhookId,
): ReturnType<Directory['mayHint']> {
  const key = helperHintKey(helper);
  const hourAgo = addSeconds(at, -HOUR_SECONDS);
  const isNew = '(attribute_not_exists(#webhook) OR #webhook <> :webhook)';
  const counted = updateInput(
    deps.table,
    key,
    'SET #hints = #hints + :one, #webhook = :webhook',
    `#since > :hourAgo AND #hints < :most AND ${isNew}`,
    { one: 1, hourAgo, most: HINTS_AN_HOUR, webhook: webhookId },
  );
  const begun = updateInput(
    deps.table,
    key,
    'SET #since = :at, #hints = :one, #webhook = :webhook, #expiresAt = :expiresAt',
    `attribute_not_exists(#pk) OR (#since <= :hourAgo AND ${isNew})`,
    { at, one: 1, hourAgo, webhook: webhookId, expiresAt: expiryAfter(at, KEEP_SECONDS.hintCount) },
  );
  const write = (update: typeof counted) =>
    unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
  // Once more at the end: somebody else may have begun the hour meanwhile.
  if ((await write(counted)) || (await write(begun)) || (await write(counted))) return 'yes';
  return (await getItem(deps, key))?.['webhook']?.S === webhookId ? 'repeated' : 'too-often';
}
