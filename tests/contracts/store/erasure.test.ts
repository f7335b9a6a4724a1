// What is personal in a request opens under its own key only, and that key can be destroyed: then it opens nowhere,
// not in a copy of the table either.
import { type AttributeValue, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Item, type PlainItem, toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import {
  keyTableOf,
  numberPartition,
  placeOf,
  requestKey,
  sealingKeyKey,
} from '../../../shared/adapters/dynamodb/keys.ts';
import { DamagedRecord } from '../../../shared/app/damaged-record.ts';
import { nothingPersonal, type Request } from '../../../shared/domain/request.ts';
import { useEngine } from '../../support/engine.ts';
import { address, buildRequest, closed, network, next, noon } from '../../support/request-builder.ts';
import { buildVolunteer, createWorld, dump, sure, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
  await world.registry.putNetwork(network);
});

const DAY_SECONDS = 24 * 3600;
const hers = address();
const hash = () => world.sealer.lookup(hers as never);

const commit = (before: Request | null, after: Request) =>
  world.requests.commit({ before, after, at: world.now(), notes: [], webhook: null }, network);
const load = async ({ id }: Request) => (await world.requests.load(id, null)).request;
const kept = async (request: Request) => (await load(request))?.private;
const keyRows = () => dump({ ...world, table: keyTableOf(world.table) });
const rowOf = async (request: Request): Promise<Item> =>
  sure((await dump(world)).find(({ pk, sk }) => pk?.S === requestKey(request.id).pk && sk?.S === 'REQ'));

async function opened(changes: Parameters<typeof buildRequest>[0] = {}): Promise<Request> {
  const request = buildRequest(changes);
  await commit(null, request);
  return request;
}

/** Opened, read, and closed as it was read. */
async function over(changes: Parameters<typeof buildRequest>[0] = {}): Promise<Request> {
  const open = sure(await load(await opened(changes)));
  const ended = next(open, { phase: closed(world.now()), outbox: [] });
  await commit(open, ended);
  return ended;
}

/** As a manager's command would, once they are over. */
async function erase(): Promise<void> {
  await world.erasure.destroyKeys(hers, await world.erasure.requestsOf(hers));
  await world.erasure.forgetNumber(hers);
}

describe('the key of a request', () => {
  test('is its own, stands in no item of the first table, and is itself sealed', async () => {
    await opened();
    await opened({ serial: 2 });
    const keys = (await keyRows()).flatMap(row => row['key']?.B ?? []);
    expect(keys.map(key => Buffer.from(key).toString('base64'))).toHaveLength(2);
    const first = JSON.stringify(await dump(world), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
    for (const key of keys) expect(first).not.toContain(Buffer.from(key).toString('base64'));
  });

  test('opens nothing when it stands under another request', async () => {
    const [one, other] = [await opened(), await opened({ serial: 2 })];
    const moved = sure((await keyRows()).find(({ pk }) => pk?.S === sealingKeyKey(one.id).pk));
    await put(keyTableOf(world.table), { ...moved, ...toItem(sealingKeyKey(other.id)) });
    await expect(load(other)).rejects.toThrow(DamagedRecord);
  });

  test('stays the same from commit to commit, whoever reads in between', async () => {
    const request = await opened();
    const before = await keyRows();
    const changed = next(sure(await load(request)), { danger: true });
    await commit(sure(await load(request)), changed);
    await commit(changed, next(changed, { danger: false }));
    expect(await keyRows()).toEqual(before);
    expect(await kept(request)).toEqual(request.private);
  });

  test('lasts as long as the request goes on, and a week after its end', async () => {
    const request = await opened();
    world.advance(60 * DAY_SECONDS);
    expect(await kept(request)).toEqual(request.private);
    const open = sure(await load(request));
    await commit(open, next(open, { phase: closed(world.now()), outbox: [] }));
    world.advance(7 * DAY_SECONDS - 60);
    expect(await kept(request)).toEqual(request.private);
    world.advance(120);
    expect(await kept(request)).toEqual(nothingPersonal);
    expect(sure((await keyRows()).map(row => row['expiresAt']?.N))).not.toContain(undefined);
  });
});

describe('erasing', () => {
  test('leaves of her requests what happened, and nothing that is hers', async () => {
    const requests = [await over(), await over({ serial: 2 })];
    await erase();
    for (const request of requests)
      expect(await load(request)).toEqual({ ...request, private: nothingPersonal });
    expect(await keyRows()).toEqual([]);
    expect((await dump(world)).filter(({ pk }) => pk?.S === numberPartition(hash()))).toEqual([]);
    expect((await world.directory.who(hers, world.now())).requests).toEqual([]);
    expect(await world.erasure.requestsOf(hers)).toEqual([]);
  });

  test('a copy of the table from before opens no more than the table itself', async () => {
    const request = await over();
    const copy = await rowOf(request);
    await erase();
    await put(world.table, copy);
    expect(await kept(request)).toEqual(nothingPersonal);
    const place = placeOf(world.table, requestKey(request.id), 'personal');
    expect(() => world.sealer.open(sure(copy['personal']?.B), place)).toThrow();
  });

  test('a report that comes late changes the request and brings nothing back', async () => {
    const request = await over();
    await erase();
    const found = sure(await load(request));
    expect(await commit(found, next(found, {}))).toBe('committed');
    expect(await kept(request)).toEqual(nothingPersonal);
    expect(await keyRows()).toEqual([]);
  });

  test('nobody else, and nothing that makes a number a helper’s', async () => {
    const volunteer = { ...buildVolunteer(1), number: hers as never };
    await world.registry.putVolunteer(volunteer, noon);
    const other = address('+77995550198');
    const theirs = await over({ serial: 3, private: { survivor: other, texts: {}, notes: [] } });
    await over();
    await erase();
    expect((await world.directory.who(hers, world.now())).helper).toBe(volunteer.id);
    expect(await kept(theirs)).toEqual({ survivor: other, texts: {}, notes: [] });
  });

  test('begun and broken off it can be done again', async () => {
    const request = await over();
    const ids = await world.erasure.requestsOf(hers);
    await world.erasure.destroyKeys(hers, ids);
    await erase();
    await world.erasure.destroyKeys(hers, ids);
    expect(await kept(request)).toEqual(nothingPersonal);
  });

  test('an open request whose key is gone is damaged, not empty', async () => {
    const request = await opened();
    await world.erasure.destroyKeys(hers, [request.id]);
    await expect(load(request)).rejects.toThrow(DamagedRecord);
    expect(world.reported).toEqual([request.id]);
  });
});

test('a request from before there were such keys is read, and gets one when it is next written', async () => {
  const request = await opened();
  const key = requestKey(request.id);
  const sealed = world.sealer.seal(JSON.stringify(request.private), placeOf(world.table, key, 'private'));
  await world.client.send(
    new UpdateItemCommand({
      TableName: world.table,
      Key: toItem(key),
      UpdateExpression: 'SET #old = :sealed REMOVE #personal',
      ExpressionAttributeNames: { '#old': 'private', '#personal': 'personal' },
      ExpressionAttributeValues: { ':sealed': { B: sealed } },
    }),
  );
  await world.erasure.destroyKeys(hers, [request.id]);
  const found = sure(await load(request));
  expect(found).toEqual(request);
  await commit(found, next(found, { danger: true }));
  const row = await rowOf(request);
  expect([row['private'], typeof row['personal']]).toEqual([undefined, 'object']);
  expect(await kept(request)).toEqual(request.private);
  expect(await world.erasure.requestsOf(hers)).toEqual([request.id]);
});

async function put(TableName: string, item: Item | PlainItem): Promise<void> {
  await world.client.send(new PutItemCommand({ TableName, Item: item as Record<string, AttributeValue> }));
}
