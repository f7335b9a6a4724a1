// Who is on duty when the phone rings: overnight shifts, the nights when clocks change, rotas edited while phones
// ring. A shift is what the volunteer's own clock on the wall says.
import { test } from 'vitest';
import { regionId } from '../../infra/local/seed/seed-values.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Rota } from '../../shared/domain/rota.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { astana, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const hour = (hours: number) => hours * 60;
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

function daily(zone: string, from: number, until: number): Rota {
  return plainRota(zone, { weekly: [{ weekdays, from, until }] });
}

const offDuty: Rota = plainRota('Asia/Almaty', {});
const nights = volunteer('aigul', 11, { rota: daily('Asia/Almaty', hour(22), hour(6)) });
/** Round the clock, far away: whoever is not found near is found there. */
const always = volunteer('zhanna', 19, { region: astana });

/** She calls, and this volunteer's phone is the first to ring; she hangs up. */
async function reaches(world: World, who: Volunteer, caller = '+77995550001'): Promise<void> {
  await world.phone(caller).dials(plainLine);
  await world.phoneOf(who).rings(1);
  await world.phone(caller).hangsUp();
  await world.phoneOf(who).stopsRinging(1);
}

test.each([
  ['21:59', false],
  ['22:00', true],
  ['03:00', true],
  ['05:59', true],
  ['06:00', false],
  ['07:00', false],
] as const)('a shift from 22:00 to 06:00, a call at %s: on duty %s', async (time, onDuty) => {
  const world = await worlds.open({ at: `2026-11-24T${time}:00+05:00`, volunteers: [nights, always] });
  await reaches(world, onDuty ? nights : always);
});

test('a night goes by in the world itself: rung before the shift ends, and not after', async () => {
  const world = await worlds.open({ at: '2026-11-24T05:50:00+05:00', volunteers: [nights, always] });
  await reaches(world, nights);
  await world.pass(20 * 60);
  await reaches(world, always, '+77995550002');
});

test('an offer outlives the end of the shift: who is ringing at 06:00 may still take it', async () => {
  const world = await worlds.open({ at: '2026-11-24T05:59:55+05:00', volunteers: [nights, always] });
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(nights)];
  await caller.dials(plainLine);
  await helper.rings(1);
  await world.pass(10);
  await helper.picksUp();
  await helper.presses('1');
  await helper.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

// Germany: on 2026-03-29 clocks go from 02:00 to 03:00, on 2026-10-25 from 03:00 back to 02:00.
const berlinRegion = regionId('DE-BE');
const berlin: Network = {
  ...smallNetwork,
  regions: [
    ...smallNetwork.regions,
    {
      id: berlinRegion,
      names: { ru: 'Berlin ru', kk: 'Berlin kk', en: 'Berlin' },
      zone: 'Europe/Berlin',
      near: [],
      landlinePrefixes: [],
    },
  ],
  lines: smallNetwork.lines.map(line => ({ ...line, region: berlinRegion })),
};
const fromTwo = volunteer('bota', 12, {
  region: berlinRegion,
  rota: daily('Europe/Berlin', hour(2), hour(6)),
});
const lateEvenings = volunteer('dana', 13, {
  region: berlinRegion,
  rota: daily('Europe/Berlin', hour(22), hour(3)),
});

test.each([
  ['the usual night at 01:59', '2026-03-28T01:59:00+01:00', false],
  ['the usual night at 02:00', '2026-03-28T02:00:00+01:00', true],
  ['clocks forward, a minute before the skipped hour', '2026-03-29T01:59:00+01:00', false],
  ['clocks forward, 03:00 is where 02:00 would have been', '2026-03-29T03:00:00+02:00', true],
  ['clocks forward, the shift ends at 06:00 on the wall', '2026-03-29T06:00:00+02:00', false],
  ['clocks back, 02:30 for the first time', '2026-10-25T02:30:00+02:00', true],
  ['clocks back, 02:30 for the second time', '2026-10-25T02:30:00+01:00', true],
  ['clocks back, the shift ends at 06:00 on the wall', '2026-10-25T06:00:00+01:00', false],
] as const)('Berlin, a shift from 02:00 to 06:00, %s: on duty %s', async (_when, at, onDuty) => {
  const world = await worlds.open({ at, network: berlin, volunteers: [fromTwo, always] });
  await reaches(world, onDuty ? fromTwo : always);
});

test.each([
  ['forward: 03:00 comes an hour early', '2026-03-29T01:59:00+01:00', '2026-03-29T03:00:00+02:00'],
  ['back: 02:30 comes twice, both are hers', '2026-10-25T02:30:00+01:00', '2026-10-25T03:00:00+01:00'],
])('Berlin, a shift from 22:00 to 03:00, clocks %s', async (_what, during, after) => {
  const world = await worlds.open({ at: during, network: berlin, volunteers: [lateEvenings, always] });
  await reaches(world, lateEvenings);
  await world.pass((Date.parse(after) - Date.parse(during)) / 1000);
  await reaches(world, always, '+77995550002');
});

test('taken off the rota while the phone rings: this offer stands, the next call does not go there', async () => {
  const aigul = volunteer('aigul', 11);
  const world = await worlds.open({ volunteers: [aigul, always] });
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await world.edit({ ...aigul, rota: offDuty });
  await helper.picksUp();
  await helper.presses('1');
  await helper.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  await reaches(world, always, '+77995550002');
});

test('put on the rota while another phone rings: rung as the next of the wave', async () => {
  const [aigul, bota] = [volunteer('aigul', 11), volunteer('bota', 12)];
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, first, second] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)];

  await caller.dials(plainLine);
  await first.rings(1);
  await world.pass(5);
  await world.edit(bota);
  await second.takes(12);
  await first.stopsRinging(1);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('a paused volunteer is not rung, and is again when the pause is over', async () => {
  const aigul = volunteer('aigul', 11);
  const at = '2026-11-23T10:00:00+05:00';
  const pausedUntil = (Date.parse(at) + 600_000) as NonNullable<Volunteer['pausedUntil']>;
  const world = await worlds.open({ at, volunteers: [{ ...aigul, pausedUntil }, always] });

  await reaches(world, always);
  await world.pass(600);
  await reaches(world, aigul, '+77995550002');
});

test('an absence counts more than the shift', async () => {
  const away: Rota = {
    ...volunteer('aigul', 11).rota,
    absences: [{ from: '2026-11-23T08:00', until: '2026-11-23T10:10' } as Rota['absences'][number]],
  };
  const aigul = volunteer('aigul', 11, { rota: away });
  const world = await worlds.open({ volunteers: [aigul, always] });

  await reaches(world, always);
  await world.pass(600);
  await reaches(world, aigul, '+77995550002');
});

test('the job that keeps the duty entries is dead for a day: the rota itself is asked', async () => {
  const world = await worlds.open({ at: '2026-11-23T12:00:00+05:00', volunteers: [nights, always] });
  world.sweeps = false;
  world.reconciles = false;
  await world.pass(13 * 3_600);
  await reaches(world, nights);
});
