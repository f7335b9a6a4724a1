// The volunteer is gone and she is still there: she is never dropped, never left in a silent room, and hears the
// truth. After a goodbye nobody is woken for nothing.
import { expect, test } from 'vitest';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);

const scene = (world: World) =>
  [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)] as const;

test('the volunteer is cut off early: she is told at once, and another takes over', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = scene(world);

  await caller.dials(plainLine);
  await first.takes(1);
  await caller.hears('connecting');
  await caller.talksWith(first);
  await world.pass(10);
  await first.hangsUp();
  await caller.hears('helper-left');
  await second.takes(2);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('the volunteer hangs up after a long talk and she stays: another is asked after a pause', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = scene(world);

  await caller.dials(plainLine);
  await first.takes(1);
  await caller.hears('connecting');
  await caller.talksWith(first);
  await world.pass(300);
  await first.hangsUp();
  await caller.hears('helper-left');
  await world.pass(5);
  expect(second.phone.rings).toEqual([]);
  await second.takes(3);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('the volunteer says goodbye first and she hangs up a moment later: nobody is woken', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first] = scene(world);

  await caller.dials(plainLine);
  await first.takes(1);
  await caller.hears('connecting');
  await caller.talksWith(first);
  await world.pass(300);
  await first.hangsUp();
  await caller.hears('helper-left');
  await world.pass(4);
  await caller.hangsUp();
  await world.pass(60);
});

test('the volunteer presses 1 and hangs up before the room: she is not left alone in it', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = scene(world);

  await caller.dials(plainLine);
  await first.takes(1);
  await caller.hears('connecting');
  await first.hangsUp();
  await caller.hears('helper-left');
  await second.takes(2);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('the redirects fail: the wait loop itself brings her to the room', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);
  world.silenceAtMostSeconds = 20; // for the volunteer, alone in the room until she comes
  world.exchange.faults.onRest = redirectsFail;

  await caller.dials(plainLine);
  await helper.takes(1);
  await caller.hears('connecting');
  await caller.talksWith(helper, 20);
  await caller.saysGoodbyeTo(helper);
});

test('brought to the room by the loop, left alone, waiting again: her loop is as alive as before', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = scene(world);
  world.silenceAtMostSeconds = 20;
  world.exchange.faults.onRest = redirectsFail;

  await caller.dials(plainLine);
  await first.takes(1);
  await caller.hears('connecting');
  await caller.talksWith(first, 20);
  await world.pass(40);
  await first.hangsUp();
  await caller.hears('helper-left');
  await second.rings(8);
  await world.pass(8); // the loop comes round under the number it had when it led to the first room
  await second.picksUp();
  await second.presses('1');
  await second.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(second, 20);
  await caller.saysGoodbyeTo(second);
});

test('three leave her, one after the other: each time she is told, and the search goes on', async () => {
  const dana = volunteer('dana', 13);
  const world = await worlds.open({ volunteers: [aigul, bota, dana] });
  const [caller] = scene(world);

  await caller.dials(plainLine);
  for (const each of [aigul, bota, dana]) {
    const helper = world.phoneOf(each);
    await helper.takes(2);
    await caller.hears('connecting');
    await caller.talksWith(helper);
    await world.pass(10);
    if (each === dana) await caller.saysGoodbyeTo(helper);
    else {
      await helper.hangsUp();
      await caller.hears('helper-left');
    }
  }
});

function redirectsFail({ method, params }: { method: string; params: Record<string, unknown> }) {
  return method === 'POST' && 'Url' in params && !('To' in params) ? { status: 503 } : 'pass';
}
