// Counting: nothing is lost when many count at once, each window begins anew, and no number stands in any item.
import { beforeEach, describe, expect, test } from 'vitest';
import { lineId } from '../../../infra/local/seed/seed-values.ts';
import type { Counter } from '../../../shared/app/ports.ts';
import { addSeconds, type Instant, instant } from '../../../shared/domain/instant.ts';
import { useEngine } from '../../support/engine.ts';
import { address, survivorDigits } from '../../support/request-builder.ts';
import { costOf, createWorld, dump, type World } from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
});

const number = address();
const other = address('+77995550198');
const calls: Counter = { of: 'calls-of-number', number };
const line: Counter = { of: 'calls-of-line', lineId: lineId('line_one') };
const rings: Counter = { of: 'rings' };

/** The beginning of a day in UTC, and so of an hour and of a minute. */
const midnight: Instant = instant(Date.UTC(2026, 10, 24));
const add = (counter: Counter, second: number) => world.counters.add(counter, addSeconds(midnight, second));

test('fifty who count at once are told fifty different counts, the last of them 50', async () => {
  const counts = await Promise.all(Array.from({ length: 50 }, () => add(calls, 0)));
  expect([...counts].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});

test('each counter counts for itself: by kind, by number, by line', async () => {
  await add(calls, 0);
  await add(line, 0);
  await add(rings, 0);
  expect(await add({ of: 'texts-of-number', number }, 0)).toBe(1);
  expect(await add({ of: 'automatic-replies', number }, 0)).toBe(1);
  expect(await add({ of: 'calls-of-number', number: other }, 0)).toBe(1);
  expect(await add({ of: 'calls-of-line', lineId: lineId('line_two') }, 0)).toBe(1);
  expect(await add({ of: 'texts' }, 0)).toBe(1);
  expect(await add(calls, 0)).toBe(2);
});

test('a number is the same by SMS and by WhatsApp: a robot gains nothing by changing', async () => {
  await add({ of: 'texts-of-number', number }, 0);
  expect(await add({ of: 'texts-of-number', number: address(`whatsapp:${number}`) }, 1)).toBe(2);
});

describe('a window', () => {
  test.each([
    ['an hour', calls, 3600],
    ['a minute', line, 60],
    ['a day', rings, 86_400],
  ] as const)(
    'of %s lasts to its last second, and then counting begins anew',
    async (_, counter, seconds) => {
      await add(counter, 0);
      expect(await add(counter, seconds - 1)).toBe(2);
      expect(await add(counter, seconds)).toBe(1);
    },
  );
});

test('asking how many adds none, and nothing counted is 0', async () => {
  expect(await world.counters.count(rings, midnight)).toBe(0);
  await add(rings, 0);
  await add(rings, 1);
  expect(await world.counters.count(rings, addSeconds(midnight, 2))).toBe(2);
  expect(await world.counters.count(rings, addSeconds(midnight, 3))).toBe(2);
  expect(await world.counters.count(rings, addSeconds(midnight, 86_400))).toBe(0);
});

test('one that is taken back was never counted, and of nothing nothing is taken back', async () => {
  await add(line, 0);
  await add(line, 59);
  await world.counters.takeBack(line, midnight);
  expect(await world.counters.count(line, midnight)).toBe(1);
  for (let time = 0; time < 2; time += 1) await world.counters.takeBack(line, midnight);
  await world.counters.takeBack(line, addSeconds(midnight, 60));
  expect(await add(line, 1)).toBe(1);
  expect(await add(line, 60)).toBe(1);
});

test('no item holds the number, and each goes by itself within two days', async () => {
  for (const counter of [calls, line, rings]) await add(counter, 0);
  const items = await dump(world);
  expect(items).toHaveLength(3);
  expect(JSON.stringify(items)).not.toContain(survivorDigits.slice(1));
  for (const item of items) {
    const seconds = Number(item['expiresAt']?.N) - midnight / 1000;
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThanOrEqual(2 * 86_400);
  }
});

test('counting is one write, asking half a read', async () => {
  const added = await costOf(world, () => add(rings, 0));
  const asked = await costOf(world, () => world.counters.count(rings, midnight));
  expect(added).toEqual([{ operation: 'UpdateItem', read: 0, write: 1 }]);
  expect(asked).toEqual([{ operation: 'GetItem', read: 0.5, write: 0 }]);
});
