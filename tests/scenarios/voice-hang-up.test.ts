// She hangs up, at whatever moment: every phone stops, nobody calls her back, and no volunteer is left in a silent
// room.
import { expect, test } from 'vitest';
import { fullLine, manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);

const scene = (world: World) =>
  [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)] as const;

test('key 0 while she waits ends the call at once, without a word', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = scene(world);

  await caller.dials(plainLine);
  await first.rings(1);
  await second.rings(2);
  await caller.presses('0');
  await caller.isFree(1);
  await first.stopsRinging(1);
  await second.stopsRinging(1);
});

test('while phones ring: they stop, and nobody calls her back', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = scene(world);

  await caller.dials(plainLine);
  await first.rings(1);
  await second.rings(2);
  await caller.hangsUp();
  await first.stopsRinging(1);
  await second.stopsRinging(1);
  await world.pass(600);
});

test('while a volunteer listens to the offer: it is said that the caller is gone', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);

  await caller.dials(plainLine);
  await helper.rings(1);
  await helper.picksUp();
  await caller.hangsUp();
  await helper.hears('caller-gone');
  await helper.isFree();
});

test('in the very second of her call: nobody rings, or stops at once', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first] = scene(world);

  await caller.dials(plainLine);
  await caller.hangsUp();
  await first.rings(0);
  await first.stopsRinging(0);
  await world.pass(60);
});

test.each([
  ['language', []],
  ['need', ['2']],
  ['region', ['2', '0']],
])('in the %s menu: nobody is rung', async (_menu, keys) => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001').mayHearAnything();

  await caller.dials(fullLine);
  for (const key of keys) await caller.presses(key);
  await world.pass(2);
  await caller.hangsUp();
  await world.pass(300);
});

test('between the press and the room: the volunteer is told, freed, and may be rung again', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);

  await caller.dials(plainLine);
  await helper.rings(1);
  await helper.picksUp();
  await world.atOnce(
    () => helper.phone.call?.pressNow('1'),
    () => caller.phone.call?.hangUp(),
  );
  await helper.hears('connecting', 'caller-gone');
  await helper.isFree(5);
  await nextCallReaches(world);
});

test('as she hears that they are connected: the volunteer is not left alone in the room', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);

  await caller.dials(plainLine);
  await helper.takes(1);
  await caller.hears('connecting');
  await caller.hangsUp();
  await helper.hears('call-over');
  await helper.isFree(5);
  await nextCallReaches(world);
});

test('and the report of it is lost: whoever accepts is told and freed, and the search ends', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = scene(world);
  world.exchange.faults.onWebhook = ({ url }) => (url.endsWith('/status/calls') ? 'lose' : 'pass');

  await caller.dials(plainLine);
  await helper.rings(1);
  await caller.hangsUp();
  await world.pass(3);
  await helper.picksUp();
  await helper.presses('1');
  await helper.hears('caller-gone');
  await helper.isFree(5);
  await world.pass(120);
});

test('and the report of it is lost, and nobody is there: managers are not alerted for ever', async () => {
  const world = await worlds.open();
  world.reconciles = false; // it would end this sooner
  const caller = world.phone('+77995550001');
  world.phoneOf(manager).phone.behaviour = { kind: 'busy' };
  world.exchange.faults.onWebhook = ({ url }) => (url.endsWith('/status/calls') ? 'lose' : 'pass');

  await caller.dials(plainLine);
  await caller.hears({ say: 'numbers-to-dial' }, { dial: '102' }, { say: 'or' }, { dial: '112' });
  await caller.hangsUp();
  await world.pass(600);
  world.alerts('consent-missing');
  for (const _ of ['manager', 'last rung', 'once more']) world.alerts('nobody-answers');
});

/** The volunteer is free again: the next call rings there at once. */
async function nextCallReaches(world: World): Promise<void> {
  const [next, helper] = [world.phone('+77995550002'), world.phoneOf(aigul)];
  await next.dials(plainLine);
  await helper.takes(2);
  await next.hears('connecting');
  await next.talksWith(helper);
  await next.saysGoodbyeTo(helper);
  expect(world.exchange.liveLegs()).toEqual([]);
}
