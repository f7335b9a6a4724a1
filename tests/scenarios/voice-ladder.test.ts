// Nobody near: the ladder widens, and empty rungs cost nothing. At its end a manager hears of it until one answers.
import { expect, test } from 'vitest';
import { almaty, almatyRegion, astana, manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const near = volunteer('bota', 12, { region: almatyRegion });
const far = volunteer('dana', 13, { region: astana });

/** A dial tone's time: what lies between her dialling and the first ring. */
const PACE_SECONDS = 1;

test('nobody on duty in her region: a neighbour is rung at once', async () => {
  const world = await worlds.open({ volunteers: [near, far] });
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(near)];
  const dialledAt = world.clock.now();

  await caller.dials(plainLine);
  await helper.takes(PACE_SECONDS);
  expect(helper.lastRangAt - dialledAt).toBeLessThanOrEqual(PACE_SECONDS * 1000);
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('nobody there either: somebody far away is rung at once', async () => {
  const world = await worlds.open({ volunteers: [far] });
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(far)];
  const dialledAt = world.clock.now();

  await caller.dials(plainLine);
  await helper.takes(PACE_SECONDS);
  expect(helper.lastRangAt - dialledAt).toBeLessThanOrEqual(PACE_SECONDS * 1000);
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('each rung is asked in its turn: region, then near, then the whole country', async () => {
  const world = await worlds.open({ volunteers: [aigul, near, far] });
  const caller = world.phone('+77995550001').mayHearAnything();
  const [first, second, third] = [world.phoneOf(aigul), world.phoneOf(near), world.phoneOf(far)];

  await caller.dials(plainLine);
  await first.rings(1);
  await first.stopsRinging(21);
  await second.rings(3);
  await second.stopsRinging(21);
  await third.takes(3);
  await caller.talksWith(third);
  await caller.saysGoodbyeTo(third);
});

test('nobody at all: a manager is rung at once, confirms by key, and talks with her', async () => {
  const world = await worlds.open();
  const [caller, desk] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(manager)];

  await caller.dials(plainLine);
  await desk.takes(PACE_SECONDS, { to: 'contact', region: almaty });
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  world.alerts('contact-confirmed');
});

test('on the last rung managers are alerted every two minutes until one answers', async () => {
  const world = await worlds.open();
  const [caller, desk] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(manager)];

  await caller.dials(plainLine);
  await desk.rings(1);
  await desk.stopsRinging(21);
  for (const round of [1, 2]) {
    await desk.rings(130);
    expect(round, 'the phone rings once a round').toBeLessThanOrEqual(2);
    await desk.stopsRinging(21);
  }
  await desk.rings(130);
  await desk.picksUp({ to: 'contact', region: almaty });
  await desk.presses('1');
  await desk.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);

  const alerts = (await world.published()).filter(({ reason }) => reason === 'nobody-answers');
  expect(alerts.slice(1).every(({ severity }) => severity === 'critical')).toBe(true);
  for (const _ of alerts) world.alerts('nobody-answers');
  expect(alerts.length).toBeGreaterThanOrEqual(4);
  expect(alerts.length).toBeLessThanOrEqual(6);
  world.alerts('consent-missing');
  world.alerts('contact-confirmed');
});

test('a volunteer who comes on duty while she waits on the last rung is rung', async () => {
  const world = await worlds.open();
  const caller = world.phone('+77995550001').mayHearAnything();
  world.phoneOf(manager).phone.behaviour = { kind: 'busy' };

  await caller.dials(plainLine);
  await world.pass(40);
  await world.edit(far);
  const helper = world.phoneOf(far);
  await helper.takes(15);
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  world.alerts('consent-missing');
  for (const _ of ['manager', 'last rung']) world.alerts('nobody-answers');
});
