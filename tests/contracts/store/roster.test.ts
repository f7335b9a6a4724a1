// Who is on duty: from shift to shift, after edits, and when the job that keeps the entries up is dead.

import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import { inTurns } from '../../../shared/adapters/dynamodb/in-turns.ts';
import { dutyKey, volunteerKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { NEXT_IN_TURN } from '../../../shared/app/ports.ts';
import { nothingCarried } from '../../../shared/domain/care.ts';
import { addSeconds, type Instant, instant } from '../../../shared/domain/instant.ts';
import { parsePhoneNumber, smsAddress } from '../../../shared/domain/phone.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import { CLAIM_MARGIN_SECONDS } from '../../../shared/domain/timing.ts';
import type { Volunteer } from '../../../shared/domain/volunteer.ts';
import { canaryContact, canaryNetwork, canaryNumber } from '../../support/canary-network.ts';
import { useEngine } from '../../support/engine.ts';
import { buildOffer, buildRequest, network, next, noon, searching } from '../../support/request-builder.ts';
import { date } from '../../support/rota-parts.ts';
import { plainLine, smallNetwork } from '../../support/small-network.ts';
import {
  almaty,
  always,
  buildVolunteer,
  costOf,
  createWorld,
  dump,
  never,
  otherRegion,
  region,
  rotaOf,
  sure,
  volunteerIdFrom,
  type World,
} from './store-world.ts';

const engine = useEngine();
let world: World;
beforeEach(async () => {
  world = await createWorld(engine);
});

const minutes = (hours: number, more = 0) => hours * 60 + more;
/** Almaty is five hours ahead of UTC: 24 November 2026 at this time of day there. */
const almatyAt = (hours: number, more = 0): Instant => instant(Date.UTC(2026, 10, 24, hours - 5, more));

const put = (serial: number, changes: Partial<Volunteer> = {}, at = world.now()) =>
  world.registry.putVolunteer(buildVolunteer(serial, changes), at);

async function serials(at: Instant, regions = [region]): Promise<readonly number[]> {
  const found = await world.roster.onDuty(regions, at);
  return found.map(({ volunteerId }) => Number(volunteerId.slice('vol_'.length)));
}

async function rollUntil(end: Instant, everyMinutes = 5): Promise<void> {
  while (world.now() < end) await world.roster.rollDuty(world.advance(everyMinutes * 60));
}

async function offerTo(serial: number, requestSerial: number) {
  const request = buildRequest({ serial: requestSerial });
  const commit = { notes: [], webhook: null, at: world.now() };
  await world.requests.commit({ before: null, after: request, ...commit }, network);
  const offer = buildOffer(volunteerIdFrom(serial), { endsAt: addSeconds(world.now(), 27) });
  const after = next(request, { phase: searching([offer]) });
  return { after, outcome: await world.requests.commit({ before: request, after, ...commit }, network) };
}

async function inIndex(): Promise<readonly string[]> {
  const items = (await dump(world)).filter(item => item['dutyRegion'] !== undefined);
  return items.map(item => sure(item['pk']?.S)).toSorted();
}

describe('who is on duty', () => {
  test('by region, least recently offered first, never offered before all', async () => {
    await Promise.all([put(1), put(2), put(3), put(4, { region: otherRegion }), put(5, { rota: never })]);
    await world.roster.rollDuty(noon);
    await offerTo(1, 1);
    world.advance(10);
    await offerTo(2, 2);
    expect(await serials(world.now())).toEqual([3, 1, 2]);
    expect(await serials(world.now(), [region, otherRegion])).toEqual([3, 4, 1, 2]);
    expect(await serials(world.now(), [])).toEqual([]);
  });

  test('with all that matching must know', async () => {
    const pausedUntil = addSeconds(noon, 60);
    const rota = rotaOf([minutes(9), minutes(18)]);
    const volunteer = buildVolunteer(1, { pausedUntil, skills: [], gender: 'woman', rota });
    await world.registry.putVolunteer(volunteer, noon);
    await world.roster.rollDuty(noon);
    const expected = {
      volunteerId: volunteer.id,
      region,
      regions: [region],
      languages: volunteer.languages,
      skills: [],
      gender: 'woman',
      textBy: 'sms',
      duty: { from: almatyAt(9), until: almatyAt(18) },
      lastOfferedAt: null,
      busyUntil: null,
      writesAt: [],
      restsAt: [],
      pausedUntil,
      reachable: true,
      load: nothingCarried,
    };
    expect(await world.roster.onDuty([region], noon)).toEqual([expected]);
  });

  test('more than one page of them', async () => {
    const all = Array.from({ length: 110 }, (_, serial) => serial + 1);
    await inTurns(20, all, serial => put(serial));
    await world.roster.rollDuty(noon);
    expect((await serials(noon)).toSorted((a, b) => a - b)).toEqual(all);
  });
});

describe('who is next in turn', () => {
  const nextInTurn = async (regions = [region]) => {
    const { candidates, isAll } = await world.roster.nextInTurn(regions, world.now());
    return { serials: candidates.map(({ volunteerId }) => Number(volunteerId.slice('vol_'.length))), isAll };
  };

  test('of many those who were offered something longest ago, in one read a region however many there are', async () => {
    const all = Array.from({ length: NEXT_IN_TURN + 10 }, (_, serial) => serial + 1);
    await inTurns(20, all, serial => put(serial));
    await world.roster.rollDuty(noon);
    for (const serial of [5, 7, 9]) {
      world.advance(1);
      await offerTo(serial, serial);
    }
    const found = await nextInTurn();
    expect(found.isAll).toBe(false);
    expect(found.serials).toHaveLength(NEXT_IN_TURN);
    expect(found.serials).not.toContain(5);
    const costs = await costOf(world, () => world.roster.nextInTurn([region], world.now()));
    expect(costs.map(({ operation }) => operation)).toEqual(['Query']);
    expect(costs[0]?.read).toBeLessThanOrEqual(1);
  });

  test('of few all of them, and it is said that there are no others', async () => {
    await Promise.all([put(1), put(2), put(3, { region: otherRegion })]);
    await world.roster.rollDuty(noon);
    await offerTo(1, 1);
    expect(await nextInTurn()).toEqual({ serials: [2, 1], isAll: true });
    expect(await nextInTurn([region, otherRegion])).toEqual({ serials: [2, 3, 1], isAll: true });
  });

  test('who is posted there beside her own region and was just asked does not come before those who were not seen', async () => {
    const regions = [otherRegion, region];
    const visiting = { ...always, weekly: always.weekly.map(shift => ({ ...shift, regions })) };
    const visitors = Array.from({ length: NEXT_IN_TURN - 1 }, (_, serial) => serial + 1);
    const atHome = [101, 102, 103];
    await inTurns(20, visitors, serial => put(serial, { region: otherRegion, rota: visiting }));
    await inTurns(20, atHome, serial => put(serial));
    await world.roster.rollDuty(noon);
    for (const serial of [101, 102, 103, 1]) {
      world.advance(1);
      await offerTo(serial, serial);
    }
    const { serials: found, isAll } = await nextInTurn();
    expect(isAll).toBe(false);
    expect(found.toSorted((a, b) => a - b)).toEqual([...visitors.slice(1), 101]);
    expect((await serials(world.now())).slice(-4)).toEqual([101, 102, 103, 1]);
  });

  test('when nobody has kept the entries up, everybody by their rotas', async () => {
    const all = Array.from({ length: NEXT_IN_TURN + 10 }, (_, serial) => serial + 1);
    await inTurns(20, all, serial => put(serial));
    expect(await nextInTurn()).toMatchObject({ isAll: true, serials: { length: all.length } });
  });
});

describe('from shift to shift', () => {
  test('enters the index an hour before, is on duty from the first to before the last instant, then leaves', async () => {
    await put(1, { rota: rotaOf([minutes(18), minutes(22)]) });
    await world.roster.rollDuty(noon);
    await rollUntil(almatyAt(16, 55));
    expect(await inIndex()).toEqual([]);
    await rollUntil(almatyAt(17));
    expect(await inIndex()).toEqual([volunteerKey(volunteerIdFrom(1)).pk]);
    await rollUntil(almatyAt(17, 55));
    expect(await serials(addSeconds(almatyAt(18), -0.001))).toEqual([]);
    expect(await serials(almatyAt(18))).toEqual([1]);
    await rollUntil(almatyAt(21, 55));
    expect(await serials(addSeconds(almatyAt(22), -0.001))).toEqual([1]);
    expect(await serials(almatyAt(22))).toEqual([]);
    await rollUntil(almatyAt(22, 5));
    expect(await inIndex()).toEqual([]);
  });

  test('overnight, and the next night again', async () => {
    await put(1, { rota: rotaOf([minutes(22), minutes(6)]) });
    await world.roster.rollDuty(noon);
    for (const [hour, expected] of [
      [21, []],
      [23, [1]],
      [29, [1]],
      [31, []],
      [47, [1]],
    ] as const) {
      await rollUntil(almatyAt(hour), 15);
      expect(await serials(almatyAt(hour))).toEqual(expected);
    }
  });

  test('a break shorter than the time between two rolls costs nobody the second shift', async () => {
    await put(1, { rota: rotaOf([minutes(9), minutes(16)], [minutes(16, 2), minutes(20)]) });
    await world.roster.rollDuty(noon);
    expect(await serials(almatyAt(15, 10))).toEqual([1]);
    await world.roster.rollDuty(almatyAt(15, 59));
    expect(await serials(almatyAt(16, 1))).toEqual([]);
    expect(await serials(almatyAt(16, 3))).toEqual([1]);
    world.advance((almatyAt(16, 3) - noon) / 1000);
    expect((await offerTo(1, 1)).outcome).toBe('committed');
  });

  test('whoever is always on duty stays so for weeks', async () => {
    await put(1);
    await world.roster.rollDuty(noon);
    for (let day = 1; day <= 30; day += 1) {
      await rollUntil(addSeconds(noon, day * 24 * 3600), 12 * 60);
      expect(await serials(world.now())).toEqual([1]);
      expect((await offerTo(1, day)).outcome).toBe('committed');
      world.advance(200);
      // Looked at again long before the window, which ends where the reading of the rota did.
      const entry = (await dump(world)).find(item => item['sk']?.S === 'DUTY');
      expect(Number(entry?.['dutyUntil']?.N) - Number(entry?.['dueAt']?.N)).toBeGreaterThan(12 * 3600 * 1000);
    }
  });

  test('a shift months ahead is found when it comes', async () => {
    const dated = { date: date('2027-02-03'), from: minutes(12), until: minutes(13) };
    await put(1, { rota: plainRota(almaty, { dated: [dated] }) });
    await world.roster.rollDuty(noon);
    await rollUntil(instant(Date.UTC(2027, 1, 2, 10, 0)), 24 * 60);
    await rollUntil(instant(Date.UTC(2027, 1, 3, 6, 0)), 60);
    await rollUntil(instant(Date.UTC(2027, 1, 3, 7, 30)), 5);
    expect(await inIndex()).toHaveLength(1);
    expect(await serials(world.now())).toEqual([1]);
  });

  test('a job a quarter of an hour late changes nothing, and offers nobody off duty', async () => {
    await put(1, { rota: rotaOf([minutes(9), minutes(15, 10)]) });
    await put(2, { rota: rotaOf([minutes(15, 10), minutes(18)]) });
    await world.roster.rollDuty(noon);
    world.advance(15 * 60);
    expect(await serials(world.now())).toEqual([2]);
    expect((await offerTo(1, 1)).outcome).toBe('claim-conflict');
    expect((await offerTo(2, 2)).outcome).toBe('committed');
  });
});

describe('when the job is dead', () => {
  test('the rota itself is read, the entries are put right, and offers work', async () => {
    await put(1, { rota: rotaOf([minutes(20), minutes(23)]) });
    await put(2, { rota: rotaOf([minutes(9), minutes(16)]) });
    await world.roster.rollDuty(noon);
    world.advance((almatyAt(21) - noon) / 1000);
    expect(await inIndex()).toEqual([volunteerKey(volunteerIdFrom(2)).pk]);
    expect((await offerTo(1, 1)).outcome).toBe('committed');
    world.advance(CLAIM_MARGIN_SECONDS + 60); // her claim has lapsed
    expect(await serials(world.now())).toEqual([1]);
    expect(await inIndex()).toContain(volunteerKey(volunteerIdFrom(1)).pk);
    expect((await offerTo(1, 3)).outcome).toBe('committed');
    expect((await world.roster.onDuty([region], world.now()))[0]?.busyUntil).not.toBeNull();
  });

  test('also when it never ran, and when entries are missing', async () => {
    await put(1);
    await put(2);
    expect((await serials(noon)).toSorted()).toEqual([1, 2]);
    await world.client.send(
      new UpdateItemCommand({
        TableName: world.table,
        Key: toItem(dutyKey(volunteerIdFrom(2))),
        UpdateExpression: 'REMOVE dutyRegion, dueShard, rotaVersion',
      }),
    );
    expect((await serials(noon)).toSorted()).toEqual([1, 2]);
    expect(await inIndex()).toHaveLength(2);
  });

  test('a running instance goes back to the index when the job is back', async () => {
    await put(1);
    await serials(noon);
    await world.roster.rollDuty(world.advance(3600));
    await world.client.send(
      new UpdateItemCommand({
        TableName: world.table,
        Key: toItem(volunteerKey(volunteerIdFrom(1))),
        UpdateExpression: 'REMOVE listKey',
      }),
    );
    expect(await serials(world.now())).toEqual([1]);
  });

  test('one damaged volunteer is reported, and the others are still there and rolled', async () => {
    await put(1, { rota: rotaOf([minutes(18), minutes(22)]) });
    await put(2, { rota: rotaOf([minutes(18), minutes(22)]) });
    await world.client.send(
      new UpdateItemCommand({
        TableName: world.table,
        Key: toItem(volunteerKey(volunteerIdFrom(1))),
        UpdateExpression: 'SET doc = :doc',
        ExpressionAttributeValues: { ':doc': { S: '{}' } },
      }),
    );
    await rollUntil(almatyAt(17, 30));
    expect(await serials(almatyAt(18))).toEqual([2]);
    expect(new Set(world.reported)).toEqual(new Set(['vol_1']));
    expect(await world.registry.volunteers(region)).toEqual([
      buildVolunteer(2, { rota: rotaOf([minutes(18), minutes(22)]) }),
    ]);
  });
});

describe('editing a volunteer', () => {
  test('takes effect at once and leaves claim and last offer alone', async () => {
    await put(1);
    await world.roster.rollDuty(noon);
    await offerTo(1, 1);
    const [before] = await world.roster.onDuty([region], noon);
    await put(1, { rota: rotaOf([minutes(9), minutes(16)]), skills: [], pausedUntil: addSeconds(noon, 9) });
    const [after] = await world.roster.onDuty([region], noon);
    expect(after).toEqual({
      ...sure(before),
      skills: [],
      duty: { from: almatyAt(9), until: almatyAt(16) },
      pausedUntil: addSeconds(noon, 9),
    });
    await put(1, { rota: never });
    expect(await serials(noon)).toEqual([]);
    expect((await offerTo(1, 2)).outcome).toBe('claim-conflict');
    await put(1);
    expect((await world.roster.onDuty([region], noon))[0]?.busyUntil).toBe(before?.busyUntil);
  });

  test('an end of pause and a change of region are written too', async () => {
    await put(1, { pausedUntil: addSeconds(noon, 60) });
    await put(1, { region: otherRegion });
    await world.roster.rollDuty(noon);
    expect(await serials(noon)).toEqual([]);
    const [found] = await world.roster.onDuty([otherRegion], noon);
    expect(found).toMatchObject({ region: otherRegion, pausedUntil: null });
    expect(await world.registry.volunteers(region)).toEqual([]);
  });

  test('a new number replaces the old one, and nobody can have the number of another', async () => {
    const [mine, other] = ['+77990001111', '+77990002222'].map(text => sure(parsePhoneNumber(text)));
    expect(await put(1, { number: sure(mine) })).toBe('stored');
    expect(await put(2, { number: sure(mine) })).toBe('number-taken');
    expect(await world.directory.volunteer(volunteerIdFrom(2))).toBeNull();
    expect(await put(1, { number: sure(other) })).toBe('stored');
    await world.registry.putNetwork(network);
    const helperAt = async (number = sure(mine)) =>
      (await world.directory.who(smsAddress(number), noon)).helper;
    expect(await helperAt(sure(other))).toBe(volunteerIdFrom(1));
    expect(await helperAt()).toBeNull();
    expect(await put(2, { number: sure(mine) })).toBe('stored');
  });

  test('nobody has a number of the hotline itself: of a line, or of its call to itself', async () => {
    const mine = sure(canaryContact.callNumber);
    await world.registry.putNetwork(canaryNetwork);
    for (const number of [plainLine.number, canaryNumber, mine])
      expect(await put(1, { number })).toBe('number-taken');
    expect(await world.directory.volunteer(volunteerIdFrom(1))).toBeNull();
  });

  test('a network that would call a volunteer as the canary is refused, and what was there is kept', async () => {
    await world.registry.putNetwork(smallNetwork);
    expect(await put(1, { number: sure(canaryContact.callNumber) })).toBe('stored');
    await expect(world.registry.putNetwork(canaryNetwork)).rejects.toThrow(
      /number of a line or of the canary/,
    );
    await expect(world.registry.putNetwork(canaryNetwork)).rejects.not.toThrow(/\+\d{6}/);
    expect((await world.networks.network()).canary).toBeNull();
  });

  test('two managers at once: both are saved, one on top of the other', async () => {
    await put(1);
    const outcomes = await Promise.all([put(1, { skills: [] }), put(1, { textBy: 'whatsapp' })]);
    expect(outcomes).toEqual(['stored', 'stored']);
    const volunteer = sure(await world.directory.volunteer(volunteerIdFrom(1)));
    expect([buildVolunteer(1, { skills: [] }), buildVolunteer(1, { textBy: 'whatsapp' })]).toContainEqual(
      volunteer,
    );
    await world.roster.rollDuty(noon);
    expect((await world.roster.onDuty([region], noon))[0]?.skills).toEqual(volunteer.skills);
  });

  test('a roll that read the volunteer before the edit does not undo it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const before = round % 2 === 0 ? never : always;
      const after = round % 2 === 0 ? always : never;
      // Its next look is due at once, so that the roll has something to write.
      await put(1, { rota: before }, addSeconds(noon, -9 * 24 * 3600));
      const rolls = Array.from({ length: 5 }, (_, turn) => world.roster.rollDuty(addSeconds(noon, turn)));
      await Promise.all([...rolls, put(1, { rota: after }, noon)]);
      expect(await serials(noon)).toEqual(after === always ? [1] : []);
    }
  });
});
