// Two call at the same time. A volunteer is asked by one of them only, and the other is served by somebody else.
import { expect, test } from 'vitest';
import { almatyRegion, manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const near = volunteer('dana', 13, { region: almatyRegion });

test('two callers, one volunteer near: the second call goes to a neighbour at once', async () => {
  const world = await worlds.open({ volunteers: [aigul, near] });
  const [one, two] = [world.phone('+77995550001'), world.phone('+77995550002')];
  const [helper, neighbour] = [world.phoneOf(aigul), world.phoneOf(near)];

  await one.dials(plainLine);
  await helper.takes(1);
  await one.hears('connecting');
  await one.talksWith(helper);
  await two.dials(plainLine);
  await neighbour.takes(2);
  await two.hears('connecting');
  await two.talksWith(neighbour);
  await world.pass(120);
  expect(helper.phone.rings).toHaveLength(1);
  await one.saysGoodbyeTo(helper);
  await two.saysGoodbyeTo(neighbour);
});

test('a volunteer whose phone rings for one is not rung for the other', async () => {
  const world = await worlds.open({ volunteers: [aigul, near] });
  const [one, two] = [world.phone('+77995550001'), world.phone('+77995550002')];
  const [helper, neighbour] = [world.phoneOf(aigul), world.phoneOf(near)];

  await one.dials(plainLine);
  await helper.rings(1);
  await two.dials(plainLine);
  await neighbour.takes(2);
  await two.hears('connecting');
  await two.talksWith(neighbour);
  await helper.picksUp();
  await helper.presses('1');
  await helper.hears('connecting');
  await one.hears('connecting');
  await one.talksWith(helper);
  await one.saysGoodbyeTo(helper);
  await two.saysGoodbyeTo(neighbour);
});

test('two dial in the same moment: each reaches a person, and no phone rings for both', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota, near] });
  const callers = [world.phone('+77995550001'), world.phone('+77995550002')];
  const helpers = [world.phoneOf(aigul), world.phoneOf(bota), world.phoneOf(near)];
  for (const helper of helpers) helper.phone.callWaiting = true; // a second ring would show

  await world.atOnce(...callers.map(caller => () => caller.dialsNow(plainLine)));
  await world.pass(3);
  const rung = helpers.filter(({ phone }) => phone.rings.length > 0);
  expect(rung.length).toBeGreaterThanOrEqual(2);
  for (const helper of rung) {
    await helper.rings(0);
    expect(helper.phone.rings).toHaveLength(1);
  }
  for (const caller of callers) await caller.hangsUp();
  for (const helper of rung) await helper.stopsRinging(1);
});

test('nobody else is free: the second is put through soon after the first has hung up', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [one, two] = [world.phone('+77995550001'), world.phone('+77995550002').mayHearAnything()];
  const helper = world.phoneOf(aigul);
  for (const { callNumber } of world.network.contacts)
    world.phone(callNumber ?? '').phone.behaviour = { kind: 'busy' };

  await one.dials(plainLine);
  await helper.takes(1);
  await one.hears('connecting');
  await one.talksWith(helper);
  await two.dials(plainLine);
  await world.pass(60);
  await one.saysGoodbyeTo(helper);
  await helper.takes(30);
  await two.talksWith(helper);
  await two.saysGoodbyeTo(helper);
  world.alerts('consent-missing');
  for (const _ of ['manager', 'last rung']) world.alerts('nobody-answers');
});

test('a desk with several phones: who has one call takes the next one too', async () => {
  const world = await worlds.open();
  const desk = world.phoneOf(manager);
  desk.phone.callWaiting = true;
  const callers = [world.phone('+77995550001'), world.phone('+77995550002')];
  for (const caller of callers) {
    await caller.dials(plainLine);
    await caller.hears('numbers-to-dial', { dial: '102' }, 'or', { dial: '112' });
    await desk.rings();
    await desk.answers();
    await desk.hearsOffer({ to: 'contact', region: 'KZ-75' });
    await desk.presses('1');
    await desk.hears('connecting');
    await caller.hears('connecting');
  }
  for (const caller of callers) {
    await caller.hangsUp();
    await desk.hears('call-over');
    for (const reason of ['consent-missing', 'nobody-answers', 'contact-confirmed']) world.alerts(reason);
  }
});
