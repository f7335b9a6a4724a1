// In a call that goes beyond her a volunteer writes 94: a manager is rung into the talk. The survivor stays with the
// volunteer all the while, whether somebody comes or not.
import { expect, test } from 'vitest';
import { manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);

async function talking(world: World) {
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await helper.takes();
  await caller.hears('connecting');
  await caller.talksWith(helper);
  return { caller, helper, desk: world.phoneOf(manager) };
}

test('a manager who presses 1 is in the talk of the two; who goes again leaves them talking', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper, desk } = await talking(world);
  await helper.writes(plainLine, '94');
  await helper.reads({ text: 'escalated' });
  world.alerts('escalated');
  await desk.rings();
  await desk.answers();
  await desk.hearsOffer({ to: 'contact', region: 'KZ-75' });
  expect(desk.phone.talkingTo).toEqual([]);
  await desk.presses('1');
  await desk.hears('connecting');
  await caller.talksWith(desk);
  await helper.talksWith(desk);
  await desk.hangsUp();
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('a manager who does not answer is rung again; the two talk on, and her goodbye stops it', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper, desk } = await talking(world);
  await helper.writes(plainLine, 'Позвать старшего');
  await helper.reads({ text: 'escalated' });
  world.alerts('escalated');
  await desk.rings();
  await desk.stopsRinging(30);
  await caller.talksWith(helper);
  await desk.rings(180);
  await caller.saysGoodbyeTo(helper);
  await desk.stopsRinging();
});

test('I feel unsafe, in a call: let out of it at once, and somebody else is rung for her', async () => {
  const other = volunteer('dana', 12);
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await talking(world);
  await world.edit(other);
  await helper.writes(plainLine, '95');
  await helper.reads({ text: 'unsafe-noted' });
  world.alerts('helper-unsafe');
  await helper.isFree();
  await helper.hears('taken');
  await world.phoneOf(other).takes(20);
  await caller.hears('connecting');
  await caller.talksWith(world.phoneOf(other));
  await caller.saysGoodbyeTo(world.phoneOf(other));
});
