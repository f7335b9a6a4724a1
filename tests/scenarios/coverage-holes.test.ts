// Holes in the rota, as managers hear of them: days before, hours before, once each, in words and without a name.
import { expect, test } from 'vitest';
import { languageId } from '../../infra/local/seed/seed-values.ts';
import { createHolesTold } from '../../shared/adapters/dynamodb/holes-told.ts';
import { type Watched, watchCoverage } from '../../shared/app/watch-coverage.ts';
import { type Floor, usualCoverage } from '../../shared/domain/coverage-settings.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Network } from '../../shared/domain/network.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { everyDay } from '../support/rota-parts.ts';
import { almaty, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const russian: Floor = { region: almaty, skill: null, language: languageId('ru'), atLeast: 1, hours: [] };
const network: Network = {
  ...smallNetwork,
  settings: { ...smallNetwork.settings, coverage: { ...usualCoverage, floors: [russian] } },
};
const HOUR_MS = 3_600_000;

const rota = (...absences: readonly (readonly [from: string, until: string])[]) =>
  plainRota('Asia/Almaty', {
    weekly: [
      { weekdays: everyDay as never, from: 0, until: 720 },
      { weekdays: everyDay as never, from: 720, until: 0 },
    ],
    absences: absences.map(([from, until]) => ({ from: from as never, until: until as never })),
  });
const aigul = volunteer('aigul', 11);
const away = (from: string, until: string) => ({ ...aigul, rota: rota([from, until]) });

/** As the function of every minute does, at that time. */
function watched(world: World, hours: number): Promise<Watched> {
  const at: Instant = instant(world.clock.now() + hours * HOUR_MS);
  const ports = { ...world.context.ports, clock: { now: () => at } };
  return watchCoverage({ ...ports, holesTold: createHolesTold(world.deps) });
}

const heard = async (world: World) =>
  (await world.published()).map(({ severity, region, raw }) => {
    const words = (JSON.parse(raw) as { Message: string }).Message;
    return [severity, region, words] as const;
  });

test('a hole is told two days before and again hours before, and to nobody twice, whoever looks', async () => {
  const world = await worlds.open({
    network,
    volunteers: [away('2026-11-25T12:00', '2026-11-25T14:30')],
    at: '2026-11-23T10:00:00+05:00',
  });
  world.alerts('coverage-hole');
  // Two functions of the same minute, and the next minute.
  const first = await Promise.all([watched(world, 0), watched(world, 0), watched(world, 1 / 60)]);
  expect(first.map(({ told }) => told).sort()).toEqual([0, 0, 1]);
  expect((await watched(world, 1)).told).toBe(0);
  expect(await heard(world)).toEqual([
    [
      'warning',
      almaty,
      'Too few will be on duty. Please find somebody. Almaty: no Russian-speaking volunteer, Wed 25 Nov 12:00-14:30. Region KZ-75.',
    ],
  ]);
  world.alerts('coverage-hole');
  expect((await watched(world, 45)).told).toBe(1);
  expect((await watched(world, 50)).told).toBe(0);
  const all = await heard(world);
  expect(all.map(([severity]) => severity)).toEqual(['warning', 'critical']);
  for (const [, , words] of all) expect(words).not.toContain(aigul.name);
});

test('one that is filled is told of no more, and told anew when it is there again', async () => {
  const world = await worlds.open({ network, volunteers: [away('2026-11-25T12:00', '2026-11-25T14:30')] });
  world.alerts('coverage-hole');
  expect((await watched(world, 0)).told).toBe(1);
  await world.stores.registry.putVolunteer(aigul, instant(world.clock.now()));
  expect((await watched(world, 1)).told).toBe(0);
  await world.stores.registry.putVolunteer(
    away('2026-11-25T12:00', '2026-11-25T14:30'),
    instant(world.clock.now()),
  );
  world.alerts('coverage-hole');
  expect((await watched(world, 2)).told).toBe(1);
});

test('what could not be told is told the next time', async () => {
  const world = await worlds.open({ network, volunteers: [away('2026-11-25T12:00', '2026-11-25T14:30')] });
  const at = instant(world.clock.now());
  const broken = {
    ...world.context.ports,
    clock: { now: () => at },
    alerts: { publish: async () => 'later' as const },
    holesTold: createHolesTold(world.deps),
  };
  expect(await watchCoverage(broken)).toEqual({ looked: true, told: 0, failed: 1 });
  world.alerts('coverage-hole');
  expect((await watched(world, 1)).told).toBe(1);
});

test('a rota without holes alerts nobody', async () => {
  const world = await worlds.open({ network, volunteers: [{ ...aigul, rota: rota() }] });
  expect(await watched(world, 0)).toEqual({ looked: true, told: 0, failed: 0 });
  expect(await world.published()).toEqual([]);
});
