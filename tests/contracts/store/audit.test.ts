// The trail of acts in the table: one chain whatever happens at once, and whole or said to be broken, and where.
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import { createAudit } from '../../../shared/adapters/dynamodb/audit.ts';
import { auditHeadKey, auditKey, type Key } from '../../../shared/adapters/dynamodb/keys.ts';
import type { AuditFact, Change } from '../../../shared/app/audit-trail.ts';
import { tellTrailHead } from '../../../shared/app/tell-trail-head.ts';
import { verifyTrail } from '../../../shared/app/verify-trail.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { useEngine } from '../../support/engine.ts';
import { noon } from '../../support/request-builder.ts';
import { buildVolunteer, createWorld, dump, sure, volunteerIdFrom, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const auditOf = (random = () => 0.5) => createAudit({ ...world, clock: { now: world.now }, random, log });
let audit: ReturnType<typeof auditOf>;
beforeEach(async () => {
  world = await createWorld(engine);
  audit = auditOf();
});

const DAY = 24 * 3600;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const today = () => dayOf(world.now());
const fact = (changes: Partial<AuditFact> = {}): AuditFact => ({
  ...{ is: 'done', at: world.now(), actor: 'somebody', role: 'manager', action: 'putRota', target: 'vol_1' },
  ...{ fields: [], reason: null, from: '127.0.0.1', begun: null, status: 200, created: [] },
  ...changes,
});
const append = (changes?: Partial<AuditFact>, change: Change | null = null) =>
  audit.append(fact(changes), change);
async function appendDaily(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    if (day > 0) world.advance(DAY);
    await append();
    await append();
  }
}
const verify = (from = dayOf(noon), until = today()) =>
  verifyTrail(audit, { day: from, after: null, walked: null }, until, world.now());
const set = (key: Key, field: string, text: string) =>
  world.client.send(
    new UpdateItemCommand({
      TableName: world.table,
      Key: toItem(key),
      UpdateExpression: 'SET #field = :text',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':text': { S: text } },
    }),
  );
const remove = (...keys: readonly Key[]) =>
  Promise.all(
    keys.map(key => world.client.send(new DeleteItemCommand({ TableName: world.table, Key: toItem(key) }))),
  );

test('whoever acts at the same moment, in whatever function, stands in one chain without a gap', async () => {
  const instances = Array.from({ length: 4 }, (_, index) => auditOf(() => index / 4));
  const numbers = await Promise.all(
    instances.flatMap(each => [1, 2, 3].map(() => each.append(fact(), null))),
  );
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  expect(await verify()).toMatchObject({ checked: 12, broken: null, next: null });
});

test('a clock that goes back puts nothing on an earlier day, and breaks nothing', async () => {
  world.advance(DAY);
  await append();
  await append({ at: addSeconds(world.now(), -DAY) });
  expect(await verify()).toMatchObject({ checked: 2, broken: null });
  expect((await audit.of(today(), 10, null)).entries).toHaveLength(2);
});

describe('a trail of three days', () => {
  beforeEach(() => appendDaily(3));
  const key = (number: number) =>
    auditKey(dayOf(addSeconds(noon, Math.floor((number - 1) / 2) * DAY)), number);

  test('is whole as it was written, also from its second day on', async () => {
    expect(await verify()).toMatchObject({ checked: 6, broken: null });
    expect(await verify(dayOf(addSeconds(noon, DAY)))).toMatchObject({ checked: 4, broken: null });
    expect(await verify(dayOf(noon), dayOf(noon))).toMatchObject({ checked: 2, broken: null });
  });

  test.each<readonly [string, () => Promise<unknown>, object]>([
    [
      'another text',
      async () => set(key(3), 'text', (await textOf(3)).replace('putRota', 'getRota')),
      { number: 3, why: 'altered' },
    ],
    ['another hash', () => set(key(3), 'hash', 'x'.repeat(43)), { number: 3, why: 'altered' }],
    ['a text that is none', () => set(key(3), 'text', 'nothing'), { number: 3, why: 'altered' }],
    ['one that is gone', () => remove(key(4)), { number: 4, why: 'missing' }],
    ['a day that is gone', () => remove(key(3), key(4)), { number: 3, why: 'missing' }],
    ['an end that is gone', () => remove(key(5), key(6)), { number: 5, why: 'missing' }],
    ['a beginning that is gone', () => remove(key(1)), { number: 1, why: 'missing' }],
    ['everything that is gone', () => remove(...[1, 2, 3, 4, 5, 6].map(key)), { number: 6, why: 'missing' }],
    [
      'a head that says something else',
      () => set(auditHeadKey, 'hash', 'x'.repeat(43)),
      { number: 6, why: 'altered' },
    ],
  ])('with %s is broken, and it is said where', async (_, harm, broken) => {
    await harm();
    expect((await verify()).broken).toEqual(broken);
  });

  async function textOf(number: number): Promise<string> {
    const [link] = (await audit.links(dayOf(addSeconds(noon, DAY)), 10, null)).links;
    return sure(link?.number === number ? link.text : null);
  }

  test('whose entry was rewritten with a fitting hash breaks at the next one', async () => {
    const at = dayOf(addSeconds(noon, DAY));
    const [link] = (await audit.links(at, 1, null)).links;
    const { hashOf } = await import('../../../shared/app/audit-trail.ts');
    const text = sure(link).text.replace('somebody', 'somebody else');
    await set(key(3), 'text', text);
    await set(key(3), 'hash', hashOf(sure(link).former, text));
    expect((await verify()).broken).toEqual({ number: 4, why: 'altered' });
  });

  test('whose beginning is past its time is whole from the oldest that is not, deleted or not', async () => {
    world.advance(364 * DAY + 1);
    expect(await verify()).toMatchObject({ checked: 2, broken: null });
    await remove(key(1), key(3), key(4));
    expect(await verify()).toMatchObject({ checked: 2, broken: null });
  });
});

test('the end of the trail is told once a day, and not before there is one', async () => {
  const told: unknown[] = [];
  const clock = { now: world.now };
  const tell = () =>
    tellTrailHead({ clock, audit, log: { ...log, info: (event, fields) => told.push([event, fields]) } });
  await tell();
  expect(told).toEqual([]);
  await append();
  await tell();
  await append();
  await tell();
  const first = sure((await audit.links(today(), 1, null)).links[0]);
  expect(told).toEqual([['audit-head', { number: 1, hash: first.hash }]]);
  world.advance(DAY);
  await tell();
  expect(told).toHaveLength(2);
});

test('what was changed is sealed under a key of whom it is about, and gone with her or with its time; the trail stays whole', async () => {
  await world.registry.putVolunteer(buildVolunteer(1), noon);
  const about = volunteerIdFrom(1);
  const before = { name: 'Айгүл' };
  await append({}, { about, before, after: null });
  await append({}, { about: null, before: null, after: { floor: 2 } });
  expect(await audit.values(1)).toMatchObject({ before, after: null });
  expect(JSON.stringify(await dump(world))).not.toMatch(/floor|Айгүл/);
  const [entry] = (await audit.of(today(), 10, null)).entries.slice(-1);
  expect((await audit.values(1))?.digest).toBe(entry?.values);
  expect(await world.registry.removeVolunteer(about, noon, null)).toBe('removed');
  expect(await audit.values(1)).toBeNull();
  // Whoever gets the id after her has a key of her own.
  await world.registry.putVolunteer(buildVolunteer(1), noon);
  await append({}, { about, before: null, after: before });
  expect(await audit.values(3)).toMatchObject({ after: before });
  expect(await audit.values(1)).toBeNull();
  world.advance(90 * DAY + 1);
  expect(await audit.values(2)).toBeNull();
  expect(await verify()).toMatchObject({ checked: 3, broken: null });
});

test('an entry from before there was a chain is listed with its end, and is no link of it', async () => {
  const old = {
    at: noon,
    actor: 'admin',
    role: 'admin',
    action: 'putSkill',
    target: 'legal',
    fields: ['name'],
  };
  const rows = [
    { sk: '2026-11-26T00:00:00.000Z#1', ...old, status: 200 },
    { sk: '2026-11-26T00:00:00.000Z#2', ...old, reason: 'why' },
  ];
  for (const row of rows) {
    const item = { pk: `AUDIT#${today()}`, schema: 1, ...row };
    await world.client.send(new PutItemCommand({ TableName: world.table, Item: toItem(item) }));
  }
  await append();
  const { entries } = await audit.of(today(), 10, null);
  expect(entries.map(({ is, status, link }) => [is, status, link?.number])).toEqual([
    ['done', 200, 1],
    ['begun', null, undefined],
    ['ended', 200, undefined],
  ]);
  expect(await verify()).toMatchObject({ checked: 1, broken: null });
});

test('what is too much to be kept keeps no act from being on record', async () => {
  const { randomBytes } = await import('node:crypto');
  const after = randomBytes(600_000).toString('base64');
  expect(await append({}, { about: null, before: null, after })).toBe(1);
  const { entries } = await audit.of(today(), 10, null);
  expect(entries).toMatchObject([{ values: null }]);
});
