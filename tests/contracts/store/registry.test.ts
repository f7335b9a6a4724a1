// Volunteers as managers edit them: under a version, removed when nobody needs them, listed page by page.
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { regionId, skillId } from '../../../infra/local/seed/seed-values.ts';
import { toItem } from '../../../shared/adapters/dynamodb/attributes.ts';
import { volunteerKey } from '../../../shared/adapters/dynamodb/keys.ts';
import { isRefused, parseVolunteer } from '../../../shared/app/network-document.ts';
import type { ListPlace } from '../../../shared/app/ports.ts';
import { addSeconds } from '../../../shared/domain/instant.ts';
import { smsAddress } from '../../../shared/domain/phone.ts';
import { plainRota } from '../../../shared/domain/shift-ids.ts';
import { CLAIM_MARGIN_SECONDS } from '../../../shared/domain/timing.ts';
import { useEngine } from '../../support/engine.ts';
import { buildOffer, buildRequest, network, next, noon, searching } from '../../support/request-builder.ts';
import { date, everyDay, local } from '../../support/rota-parts.ts';
import {
  almaty,
  always,
  buildVolunteer,
  createWorld,
  dump,
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

const id = volunteerIdFrom(1);

test('two managers cannot overwrite each other unknowingly', async () => {
  const { registry } = world;
  expect(await registry.volunteer(id)).toBeNull();
  expect(await registry.putVolunteer(buildVolunteer(1), noon, 1)).toBe('changed-meanwhile');
  expect(await registry.putVolunteer(buildVolunteer(1), noon, 0)).toBe('stored');
  expect(await registry.putVolunteer(buildVolunteer(1), noon, 0)).toBe('changed-meanwhile');
  const both = await Promise.all(
    ['mine', 'hers'].map(name => registry.putVolunteer(buildVolunteer(1, { name }), noon, 1)),
  );
  expect(both.toSorted()).toEqual(['changed-meanwhile', 'stored']);
  const winner = both[0] === 'stored' ? 'mine' : 'hers';
  expect(await registry.volunteer(id)).toEqual({
    volunteer: buildVolunteer(1, { name: winner }),
    version: 2,
    rotaEdits: 0,
  });
});

test('who holds somebody is not removed; then nothing of her is left that leads anywhere', async () => {
  const { registry, directory, roster, requests } = world;
  const rota = plainRota(almaty, {
    weekly: [{ weekdays: everyDay, from: 0, until: 1439, regions: [otherRegion, region] }],
  });
  await registry.putNetwork(network);
  await registry.putVolunteer(buildVolunteer(1), noon);
  await registry.putVolunteer(buildVolunteer(1, { rota }), noon);
  await roster.rollDuty(noon);
  const request = buildRequest({ serial: 1 });
  const commit = { notes: [], webhook: null, at: noon };
  await requests.commit({ before: null, after: request, ...commit }, network);
  const offer = buildOffer(id, { endsAt: addSeconds(noon, 27) });
  const after = next(request, { phase: searching([offer]) });
  expect(await requests.commit({ before: request, after, ...commit }, network)).toBe('committed');
  expect(await registry.removeVolunteer(id, noon, 2)).toBe('holds-somebody');
  expect(await registry.volunteer(id)).not.toBeNull();
  expect(await registry.formerRotas(id)).toHaveLength(1);

  const later = world.advance(27 + CLAIM_MARGIN_SECONDS + 1);
  expect(await registry.removeVolunteer(id, later, 7)).toBe('changed-meanwhile');
  expect(await registry.removeVolunteer(id, later, 2)).toBe('removed');
  expect(await registry.removeVolunteer(id, later, null)).toBe('unknown');
  expect(await roster.onDuty([region, otherRegion], later)).toEqual([]);
  expect((await directory.who(smsAddress(buildVolunteer(1).number), later)).helper).toBeNull();
  const left = (await dump(world)).map(item => [item['pk']?.S, item['sk']?.S]);
  expect(left.filter(([pk, sk]) => pk === `VOL#${id}` && !sk?.startsWith('DUTY#'))).toEqual([]);
  expect(left.filter(([, sk]) => sk === 'HELPER')).toEqual([]);
});

test('a list comes page by page, each once, and one damaged volunteer hides nobody', async () => {
  const { registry } = world;
  for (let serial = 1; serial <= 7; serial += 1)
    await registry.putVolunteer(buildVolunteer(serial, serial > 4 ? { region: otherRegion } : {}), noon);
  const damaged = {
    ...volunteerKey(volunteerIdFrom(2)),
    listKey: `VOLS#${region}`,
    listSort: volunteerIdFrom(2),
  };
  await world.client.send(new PutItemCommand({ TableName: world.table, Item: toItem(damaged) }));
  for (const atMost of [1, 2, 3, 6, 100]) {
    const seen: string[] = [];
    let place: ListPlace | null = null;
    do {
      const { page, next: following }: Awaited<ReturnType<typeof registry.volunteersAfter>> =
        await registry.volunteersAfter([region, otherRegion], place, atMost);
      expect(page.length).toBeLessThanOrEqual(atMost);
      seen.push(...page.map(({ volunteer }) => volunteer.id));
      place = following;
    } while (place !== null);
    expect(seen).toEqual([1, 3, 4, 5, 6, 7].map(volunteerIdFrom));
  }
});

test('a note on a shift comes back, and stands nowhere in the clear', async () => {
  const note = 'until the operation is over';
  const rota = plainRota(almaty, {
    weekly: [{ weekdays: [1], from: 0, until: 60, note }],
    dated: [{ date: date('2026-12-01'), from: 0, until: 60, note }],
    absences: [{ from: local('2026-12-02T00:00'), until: local('2026-12-03T00:00'), note }],
  });
  await world.registry.putVolunteer(buildVolunteer(1, { rota }), noon);
  expect((await world.registry.volunteer(id))?.volunteer.rota).toEqual(rota);
  await world.registry.putVolunteer(buildVolunteer(1), noon);
  expect((await world.registry.formerRotas(id))[0]?.rota).toEqual(rota);
  expect(JSON.stringify(await dump(world))).not.toContain('operation');
});

test('a rota that was written before shifts had names is read, and its shifts get the same names each time', () => {
  const plain = { weekdays: [1], from: 0, until: 60, startsOn: null, endsOn: null };
  const times = { date: '2026-12-01', from: 0, until: 60 };
  const absence = { from: '2026-12-02T00:00', until: '2026-12-03T00:00' };
  const old = { zone: almaty, weekly: [plain, plain], dated: [times], absences: [absence] };
  const [first, second] = [1, 2].map(() => parseVolunteer({ ...buildVolunteer(1), rota: old }));
  expect(first).toEqual(second);
  if (!first || isRefused(first)) throw new Error('it was not read');
  const ids = [...first.rota.weekly, ...first.rota.dated, ...first.rota.absences].map(each => each.id);
  expect(new Set(ids).size).toBe(4);
  expect(first.rota.weekly[0]).toMatchObject({
    regions: null,
    skills: null,
    note: null,
    everyWeeks: 1,
    onHolidays: true,
  });
  const moved = parseVolunteer({ ...buildVolunteer(1), rota: { ...old, weekly: [plain] } });
  expect(isRefused(moved) ? null : moved.rota.dated[0]?.id).toBe(sure(first.rota.dated[0]).id);
  expect(Object.isFrozen(first.rota.weekly[0])).toBe(true);
  expect(always.weekly[0]?.id).toMatch(/^sft_[0-9a-f]{16}$/);
});

test('a network without a region or a skill that somebody has is not stored: a file of settings replaces all of it', async () => {
  const { registry } = world;
  const [first, skill] = [sure(network.regions[0]), sure(network.skills[0])];
  const more = {
    ...network,
    regions: [...network.regions, { ...first, id: regionId('KZ-99'), near: [], landlinePrefixes: [] }],
    skills: [...network.skills, { ...skill, id: skillId('housing') }, { ...skill, id: skillId('money') }],
  };
  await registry.putNetwork(more);
  const her = buildVolunteer(1, { region: regionId('KZ-99'), skills: [skillId('housing')] });
  await registry.putVolunteer(her, noon);
  await expect(registry.putNetwork(network)).rejects.toThrow(
    'regions KZ-99 would be gone, and volunteers still have it: 1; skills housing would be gone, and volunteers still have it: 1',
  );
  await registry.putVolunteer(buildVolunteer(1), noon);
  await registry.putNetwork(network); // nobody has money
});
