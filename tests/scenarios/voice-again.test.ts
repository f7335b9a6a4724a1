// She calls again. Soon after, she is spared the menus and meets the same person; later, or without a number to
// know her by, it is a call like any other. Nothing is ever said about the earlier one.
import { expect, test } from 'vitest';
import type { Handset } from '../support/handset.ts';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const graceSeconds = 600;

/** Through all menus, to `helper`, and both hang up. */
async function talked(world: World, caller: Handset, helper: Handset): Promise<void> {
  await caller.dials(fullLine);
  for (const key of ['2', '1', '1']) await caller.presses(key);
  await helper.takes(2, { need: 'crisis' });
  await caller.talksWith(helper);
  await world.pass(40);
  await caller.saysGoodbyeTo(helper);
}

test('within the grace time: no menus, no greeting, the same volunteer first', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, same, other] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(bota),
  ];
  await talked(world, caller, same);
  await world.pass(graceSeconds - 60);
  const before = caller.phone.said.length;

  await caller.dials(fullLine);
  await same.takes(1, { need: 'crisis' });
  expect(caller.phone.said[before]).toMatch(/^Вы не одни/);
  await caller.talksWith(same);
  await caller.saysGoodbyeTo(same);
  expect(other.phone.rings).toEqual([]);
});

test('after the grace time: the menus again, and whoever was rung longest ago', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, other] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(bota)];
  await talked(world, caller, world.phoneOf(aigul));
  await world.pass(graceSeconds + 60);

  await caller.dials(fullLine);
  expect(other.phone.rings).toEqual([]);
  for (const key of ['2', '1', '1']) await caller.presses(key);
  await other.takes(1, { need: 'crisis' });
  await caller.talksWith(other);
  await caller.saysGoodbyeTo(other);
});

test('cut off while she waited: straight back to the search, and who declined is not asked again', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)];

  await caller.dials(plainLine);
  await first.rings(1);
  await first.picksUp();
  await first.presses('2');
  await first.hears('declined');
  await second.rings(2);
  await caller.hangsUp();
  await second.stopsRinging(1);
  await world.pass(20);
  await caller.dials(plainLine);
  await second.takes(1);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('the volunteer had said goodbye first: still the same volunteer first', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, same] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];

  await caller.dials(plainLine);
  await same.takes(1);
  await caller.talksWith(same);
  await world.pass(60);
  await same.hangsUp();
  await world.pass(3);
  await caller.hangsUp();
  await world.pass(60);
  await caller.dials(plainLine);
  await same.takes(1);
  await caller.talksWith(same);
  await caller.saysGoodbyeTo(same);
});

test('ended with key 0 and called again: a call like any other', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];

  await caller.dials(fullLine);
  for (const key of ['2', '1', '1']) await caller.presses(key);
  await helper.rings(1);
  await caller.presses('0');
  await helper.stopsRinging(1);
  await world.pass(10);
  await caller.dials(fullLine);
  await world.pass(5);
  await caller.hangsUp();
});

test('somebody else calls: nothing is carried over', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, stranger] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phone('+77995550002').mayHearAnything(),
  ];
  await talked(world, caller, world.phoneOf(aigul));

  await stranger.dials(fullLine);
  await world.pass(10);
  await stranger.hangsUp();
});

test.each(['anonymous', '+266696687', '+7378742833'])(
  'a number withheld as %s: served fully, and calling again is a new call',
  async withheld => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];

    await caller.dials(fullLine, { withheld });
    for (const key of ['2', '1', '1']) await caller.presses(key);
    await helper.takes(1, { need: 'crisis' });
    await caller.talksWith(helper);
    await caller.saysGoodbyeTo(helper);
    await world.pass(30);
    await caller.dials(fullLine, { withheld });
    await world.pass(10); // in the language menu: nobody is rung
    for (const key of ['2', '1', '1']) await caller.presses(key);
    await helper.takes(1, { need: 'crisis' });
    await caller.talksWith(helper);
    await caller.saysGoodbyeTo(helper);
  },
);
