// What volunteers read without having written: a code to a new number, reminders, shifts to be had; each once, and never at
// night. What managers hear once a day of whom nothing reaches.
import { expect, test } from 'vitest';
import { paced } from '../../shared/app/pace.ts';
import { keepUpShifts } from '../../shared/app/upkeep.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { parseLocalDate } from '../../shared/domain/local-time.ts';
import { usualSelfService } from '../../shared/domain/self-service.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import type { ShiftLine } from '../../shared/domain/wording.ts';
import { sure } from '../support/given.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const zone = 'Asia/Almaty';
const on = (day: string, from: number, until: number) => ({
  date: sure(parseLocalDate(`2026-11-${day}`)),
  from: from * 60,
  until: until * 60,
});
const line = (
  number: number,
  weekday: ShiftLine['weekday'],
  day: string,
  from: number,
  until: number,
): ShiftLine => ({
  number,
  weekday,
  ...on(day, from, until),
});
const withSettings = (more: Partial<typeof usualSelfService>) => ({
  ...smallNetwork,
  settings: {
    ...smallNetwork.settings,
    coverage: { ...smallNetwork.settings.coverage, floors: [] },
    selfService: { ...usualSelfService, verifyNumbers: false, ...more },
  },
});

/** One run of the function of every minute, at that time. Nothing else runs meanwhile. */
async function run(world: World, at: string): Promise<void> {
  const now = instant(Date.parse(`2026-11-${at}:00+05:00`));
  const ports = { ...world.context.ports, clock: { now: () => now } };
  const { failed } = await keepUpShifts(
    ports,
    paced(ports, async () => undefined),
    addSeconds(now, 60),
  );
  expect(failed).toBe(0);
}

test('a new number is sent a code in the daytime, and again when it changes; it comes back, and nothing more is sent', async () => {
  const aigul = volunteer('aigul', 11, { rota: plainRota(zone, {}) });
  const world = await worlds.open({ network: withSettings({ verifyNumbers: true }), volunteers: [aigul] });
  const phone = world.phoneOf(aigul);
  await run(world, '23T23:30');
  await run(world, '24T08:00');
  await run(world, '24T08:01');
  await world.pass(5);
  const [sent] = phone.phone.texts;
  const code = /78 (\d{6})/.exec(sent?.body ?? '')?.[1] ?? '';
  await phone.reads({ text: 'number-code', code });
  expect(await world.stores.shifts.entry(aigul.id)).toMatchObject({ check: { confirmedAt: null } });
  await phone.writes(plainLine, '78 111111');
  await phone.reads({ text: 'number-code-wrong' });
  await phone.writes(plainLine, `78 ${code}`);
  await phone.reads({ text: 'number-verified' });
  expect((await world.stores.shifts.entry(aigul.id))?.check?.confirmedAt).not.toBeNull();
  await run(world, '25T12:00');
  const moved = volunteer('aigul', 21, { rota: plainRota(zone, {}) });
  await world.edit(moved);
  await run(world, '25T12:01');
  await world.pass(5);
  const [again] = world.phoneOf(moved).phone.texts;
  await world.phoneOf(moved).reads({ text: 'number-code', code: /\d{6}/.exec(again?.body ?? '')?.[0] ?? '' });
});

test('reminders come once each, twelve hours and an hour before, and those of the night in the evening', async () => {
  const rota = plainRota(zone, { dated: [on('24', 14, 18), on('25', 2, 6)] });
  const aigul = volunteer('aigul', 11, { rota });
  const world = await worlds.open({ network: withSettings({}), volunteers: [aigul] });
  const phone = world.phoneOf(aigul);
  await run(world, '23T20:59');
  await run(world, '23T21:00');
  await phone.reads({ text: 'shift', said: 'soon', shift: line(1, 2, '24', 14, 18) });
  await Promise.all([run(world, '24T13:00'), run(world, '24T13:00')]);
  await phone.reads({ text: 'shift', said: 'soon', shift: line(1, 2, '24', 14, 18) });
  await run(world, '24T13:01');
  await run(world, '24T14:00');
  await phone.reads({ text: 'shift', said: 'soon', shift: line(2, 3, '25', 2, 6) });
  await run(world, '24T21:00');
  await phone.reads({ text: 'shift', said: 'soon', shift: line(2, 3, '25', 2, 6) });
  await run(world, '25T01:00');
});

test('a shift that is given away: those who may take it are asked once, in the daytime, and nobody after it is taken', async () => {
  const aigul = volunteer('aigul', 11, { rota: plainRota(zone, { dated: [on('26', 9, 13)] }) });
  const others = ['dana', 'bota', 'madina'].map((name, index) =>
    volunteer(name, 12 + index, { rota: plainRota(zone, {}) }),
  );
  const busy = volunteer('zarina', 16, { rota: plainRota(zone, { dated: [on('26', 12, 16)] }) });
  const world = await worlds.open({ network: withSettings({}), volunteers: [aigul, busy, ...others] });
  const hers = world.phoneOf(aigul);
  await hers.writes(plainLine, '74');
  await hers.reads({ text: 'shifts', are: 'hers', shifts: [line(1, 4, '26', 9, 13)] });
  await hers.writes(plainLine, '75 1');
  await hers.reads({ text: 'shift', said: 'opened', shift: line(1, 4, '26', 9, 13) });
  await run(world, '23T23:00');
  await run(world, '24T09:00');
  await run(world, '24T09:01');
  const [first] = others;
  for (const each of others)
    await world.phoneOf(each).reads({ text: 'shift', said: 'open', shift: line(1, 4, '26', 9, 13) });
  await run(world, '25T09:01');
  world.alerts('shift-open');
  await hers.reads({ text: 'shift', said: 'nobody-yet', shift: line(1, 4, '26', 9, 13) });
  await world.phoneOf(sure(first)).writes(plainLine, '76 1');
  await world.phoneOf(sure(first)).reads({ text: 'shift', said: 'yours', shift: line(1, 4, '26', 9, 13) });
  await hers.reads({ text: 'shift', said: 'handed-over', shift: line(1, 4, '26', 9, 13) });
  await run(world, '25T09:02');
});

test('whom nothing reaches: managers hear of all of them once a day, by their ids', async () => {
  const rota = plainRota(zone, { dated: [on('25', 9, 13)] });
  const three = [11, 12, 13].map(serial => volunteer(`nr-${serial}`, serial, { rota }));
  const [gone, refusing, fine] = [sure(three[0]), sure(three[1]), sure(three[2])];
  const idle = volunteer('idle', 14, { rota: plainRota(zone, {}) });
  const world = await worlds.open({
    network: withSettings({ unansweredOffers: 5 }),
    volunteers: [gone, refusing, fine, idle],
  });
  const { roster } = world.stores;
  await roster.markUnreachable(gone.id);
  await roster.markUnreachable(idle.id);
  world.exchange.optOut(refusing.number, plainLine.number);
  await run(world, '23T08:59');
  await run(world, '23T10:00');
  await run(world, '23T10:01');
  world.alerts('volunteers-unreachable');
  const [alert] = await world.published();
  expect(alert?.raw).toContain(gone.id);
  expect(alert?.raw).not.toContain(fine.id);
  expect(alert?.raw).not.toContain(refusing.id);
  expect(alert?.raw).not.toContain(idle.id);
  // What refuses her reminder is the first that tells us.
  await run(world, '24T21:00');
  for (const each of [gone, fine])
    await world.phoneOf(each).reads({ text: 'shift', said: 'soon', shift: line(1, 3, '25', 9, 13) });
  const [, second] = await world.published();
  world.alerts('volunteers-unreachable');
  expect(second?.raw).toContain(refusing.id);
});

test('offers that she lets pass are counted, those taken back are not, and any sign of life begins anew', async () => {
  const aigul = volunteer('aigul', 11);
  const world = await worlds.open({ network: withSettings({}), volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  caller.mayHearAnything();
  const unanswered = async () => (await world.stores.shifts.reachOf([aigul.id])).get(aigul.id)?.unanswered;
  await caller.dials(plainLine);
  await helper.rings(4);
  await helper.stopsRinging(40);
  await caller.hangsUp();
  expect(await unanswered()).toBe(1);
  const other = world.phone('+77995550002');
  await other.dials(plainLine);
  await helper.rings(4);
  await other.hangsUp();
  await helper.stopsRinging(4);
  expect(await unanswered()).toBe(1);
  const third = world.phone('+77995550003');
  await third.dials(plainLine);
  await helper.takes(4);
  await third.hears('connecting');
  await third.talksWith(helper);
  await third.saysGoodbyeTo(helper);
  expect(await unanswered()).toBe(0);
});
