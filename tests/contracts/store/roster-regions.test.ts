// Who is on duty when shifts name their own regions and skills: in several at once, from post to post, after edits,
// and when the job that keeps the entries up is dead. The entry decides; what leads to it never does.
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import { alsoOnDutyKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { parseRegionId, type RegionId } from '../../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../../shared/domain/instant.ts';
import type { WeeklyShift } from '../../../shared/domain/rota.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import { useEngine } from '../../support/engine.ts';
import { network, noon } from '../../support/request-builder.ts';
import { date, everyDay } from '../../support/rota-parts.ts';
import {
  almaty,
  buildVolunteer,
  costOf,
  createWorld,
  dump,
  never,
  otherRegion,
  region,
  sure,
  volunteerIdFrom,
  type World,
} from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
});

const third: RegionId = sure(parseRegionId('KZ-19'));
/** Almaty is five hours ahead of UTC: 24 November 2026 at this time of day there. */
const almatyAt = (hours: number, minutes = 0): Instant => instant(Date.UTC(2026, 10, 24, hours - 5, minutes));

type Shift = readonly [fromHour: number, untilHour: number, more?: Partial<WeeklyShift>];
const shifts = (...all: readonly Shift[]) =>
  plainRota(almaty, {
    weekly: all.map(([from, until, more]) => ({
      weekdays: everyDay,
      from: from * 60,
      until: until * 60,
      ...more,
    })),
  });

const put = (serial: number, ...all: readonly Shift[]) =>
  world.registry.putVolunteer(buildVolunteer(serial, { rota: shifts(...all) }), world.now());

async function serials(at: Instant, ...regions: readonly RegionId[]): Promise<readonly number[]> {
  const found = await world.roster.onDuty(regions, at);
  return found.map(({ volunteerId }) => Number(volunteerId.slice('vol_'.length))).toSorted();
}

async function goTo(end: Instant, everySeconds = 300): Promise<void> {
  while (world.now() < end) await world.roster.rollDuty(world.advance(everySeconds));
}

describe('in several regions at once', () => {
  test('she is found in each of them, once in all together, and nowhere else', async () => {
    await put(1, [9, 18, { regions: [region, otherRegion] }]);
    await put(2, [9, 18]);
    await world.roster.rollDuty(noon);
    expect(await serials(noon, region)).toEqual([1, 2]);
    expect(await serials(noon, otherRegion)).toEqual([1]);
    expect(await serials(noon, region, otherRegion)).toEqual([1, 2]);
    expect(await serials(noon, third)).toEqual([]);
    const [found] = await world.roster.onDuty([otherRegion], noon);
    expect(found).toMatchObject({ region, regions: [otherRegion, region] });
  });

  test('shifts at the same time add up: their regions, and the skills of hers that they name', async () => {
    const skills = buildVolunteer(1).skills;
    await put(1, [9, 18, { regions: [third], skills: [] }], [16, 17, { regions: [otherRegion] }]);
    await world.roster.rollDuty(noon);
    const [alone] = await world.roster.onDuty([third], noon);
    expect(alone).toMatchObject({ regions: [third], skills: [] });
    expect(await serials(noon, otherRegion, region)).toEqual([]);
    await goTo(almatyAt(16, 5));
    const [both] = await world.roster.onDuty([otherRegion], almatyAt(16, 10));
    expect(both).toMatchObject({ regions: [third, otherRegion], skills });
    await goTo(almatyAt(17, 5));
    expect(await serials(world.now(), otherRegion)).toEqual([]);
    expect(await serials(world.now(), third)).toEqual([1]);
  });

  test('who has one region costs nothing more; who has two costs one read where she is not shown herself', async () => {
    await put(1, [9, 18]);
    await put(2, [9, 18, { regions: [region, otherRegion] }]);
    await world.roster.rollDuty(noon);
    await serials(noon, region); // the stamp
    const readOf = async (...regions: readonly RegionId[]) => {
      const costs = await costOf(world, () => world.roster.onDuty(regions, noon));
      return costs.map(({ operation }) => operation);
    };
    expect(await readOf(region)).toEqual(['Query']);
    expect(await readOf(otherRegion)).toEqual(['Query', 'BatchGetItem']);
    expect(await readOf(region, otherRegion)).toEqual(['Query', 'Query']);
  });
});

describe('from post to post', () => {
  test('the minute it changes, whether or not the job has run by then, as one stretch of duty', async () => {
    await put(1, [9, 16, { regions: [otherRegion] }], [16, 20]);
    await world.roster.rollDuty(noon);
    await goTo(almatyAt(15, 45));
    const justBefore = addSeconds(almatyAt(16), -0.001);
    expect(await serials(justBefore, otherRegion)).toEqual([1]);
    expect(await serials(justBefore, region)).toEqual([]);
    const afterwards = async (now: Instant) => {
      expect(await serials(now, region)).toEqual([1]);
      expect(await serials(now, otherRegion)).toEqual([]);
    };
    await afterwards(almatyAt(16));
    const [found] = await world.roster.onDuty([region], almatyAt(16));
    expect(found?.duty).toEqual({ from: almatyAt(9), until: almatyAt(20) });
    await goTo(almatyAt(16, 5));
    await afterwards(world.now());
    await goTo(almatyAt(19, 55));
    expect(await serials(world.now(), region)).toEqual([1]);
    await goTo(almatyAt(20, 5));
    expect(await serials(world.now(), region, otherRegion)).toEqual([]);
  });

  test('day after day, in turn', async () => {
    await put(1, [8, 20, { regions: [otherRegion] }], [20, 8, { regions: [third] }]);
    await world.roster.rollDuty(noon);
    for (let day = 0; day < 3; day += 1) {
      await goTo(addSeconds(almatyAt(15), day * 86_400), 900);
      expect(await serials(world.now(), otherRegion)).toEqual([1]);
      expect(await serials(world.now(), third, region)).toEqual([]);
      await goTo(addSeconds(almatyAt(23), day * 86_400), 900);
      expect(await serials(world.now(), third)).toEqual([1]);
      expect(await serials(world.now(), otherRegion, region)).toEqual([]);
    }
  });
});

describe('what leads to the entry', () => {
  const led = [9, 18, { regions: [region, otherRegion] }] as const;

  test('and is stale offers nobody who is off duty or of another region by now', async () => {
    await put(1, led);
    const stale = (await dump(world)).find(
      item => item['sk']?.S === alsoOnDutyKey(volunteerIdFrom(1), otherRegion).sk,
    );
    await put(1, [9, 18]);
    await world.roster.rollDuty(noon);
    await world.client.send(new PutItemCommand({ TableName: world.table, Item: sure(stale) }));
    expect(await serials(noon, otherRegion)).toEqual([]);
    expect(await serials(noon, region)).toEqual([1]);
    await world.registry.putVolunteer(buildVolunteer(1, { rota: never }), noon);
    expect(await serials(noon, region, otherRegion)).toEqual([]);
    await world.registry.removeVolunteer(volunteerIdFrom(1), noon, null);
    expect(await serials(noon, region, otherRegion)).toEqual([]);
  });

  test('and is missing is written again by the next roll', async () => {
    await put(1, led, [18, 22, { regions: [region, otherRegion], skills: [] }]);
    await world.roster.rollDuty(noon);
    const key = toItem(alsoOnDutyKey(volunteerIdFrom(1), otherRegion));
    await world.client.send(new DeleteItemCommand({ TableName: world.table, Key: key }));
    expect(await serials(noon, otherRegion)).toEqual([]);
    await goTo(almatyAt(18, 5));
    expect(await serials(world.now(), otherRegion)).toEqual([1]);
  });

  test('costs nothing once its time is over, though the table has not deleted it yet', async () => {
    await world.registry.putVolunteer(
      buildVolunteer(1, {
        rota: plainRota(almaty, {
          dated: [{ date: date('2026-11-24'), from: 9 * 60, until: 18 * 60, regions: [region, otherRegion] }],
        }),
      }),
      noon,
    );
    await world.roster.rollDuty(noon);
    expect(await serials(noon, otherRegion)).toEqual([1]);
    await goTo(almatyAt(18, 5));
    expect(await serials(world.now(), otherRegion)).toEqual([]);
    const costs = await costOf(world, () => world.roster.onDuty([otherRegion], world.now()));
    expect(costs.map(({ operation }) => operation)).toEqual(['Query']);
  });
});

test('when the job is dead the rota is read, of those too whose rota names a region that is not their own', async () => {
  await put(1, [9, 18, { regions: [otherRegion] }]);
  await put(2, [9, 18]);
  expect(await serials(noon, otherRegion)).toEqual([1]);
  expect(await serials(noon, region)).toEqual([2]);
  await put(1, [9, 18]);
  expect(await serials(noon, region)).toEqual([1, 2]);
  expect(await serials(noon, otherRegion)).toEqual([]);
  // The job is back, and what was put right meanwhile is in the index.
  await put(1, [9, 20, { regions: [otherRegion, third] }]);
  await world.roster.onDuty([third], noon);
  await world.roster.rollDuty(noon);
  expect(await serials(noon, third)).toEqual([1]);
});

test('on a holiday a shift that says so is not held', async () => {
  await world.registry.putNetwork({
    ...network,
    holidays: [{ date: date('2026-11-24'), name: 'A holiday' }],
  });
  await put(1, [9, 18, { onHolidays: false }]);
  await put(2, [9, 18]);
  await world.roster.rollDuty(noon);
  expect(await serials(noon, region)).toEqual([2]);
  await goTo(addSeconds(almatyAt(15), 86_400), 900);
  expect(await serials(world.now(), region)).toEqual([1, 2]);
});
