// A record of somebody who is on the line, or comes back, is damaged: she is served all the same.
import { expect, test } from 'vitest';
import { dutyKey, requestKey, volunteerKey } from '../../shared/adapters/dynamodb/keys.ts';
import { parseCallSid, parseMessageSid, type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { damage, nonsense, placeIn } from '../support/damage.ts';
import { sure } from '../support/given.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { isDone, takesByText } from './text-people.ts';

const worlds = useWorlds();
const [aigul, bota] = [volunteer('aigul', 11), volunteer('bota', 12)];
const survivorsNumber = '+77995550001';

const named = (world: World) =>
  world.logged
    .map(line => JSON.parse(line))
    .filter(({ event }) => event === 'record-damaged')
    .map(({ id }) => id);

function calledBy(world: World): RequestId {
  const dialled = world.exchange.events.findLast(({ type }) => type === 'dialled');
  return requestIdOf(sure(parseCallSid(dialled && 'callSid' in dialled ? dialled.callSid : '')));
}

function writtenBy(world: World): RequestId {
  const written = world.exchange.events.find(({ type }) => type === 'text-written');
  return requestIdOf(sure(parseMessageSid(written && 'messageSid' in written ? written.messageSid : '')));
}

test('while she waits her request is damaged: she hears that we try again, and the desk of the line is dialled', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  world.sweeps = false;
  world.queue.losesMessages = true;
  const [caller, desk] = [world.phone(survivorsNumber), world.phone(plainLine.fallbackNumber)];
  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings();
  const id = calledBy(world);
  const broken = await damage(placeIn(world), requestKey(id), 'doc', nonsense);
  for (let tries = 0; tries < 3; tries += 1) await caller.hears('try-again');
  await caller.hears('to-fallback', 'numbers-to-dial', { dial: '102' }, 'or', { dial: '112' });
  await desk.rings(15);
  await desk.answers();
  await caller.talksWith(desk);
  await caller.hangsUp();
  await desk.isFree();
  await world.phoneOf(aigul).stopsRinging(30);
  expect(named(world)).toContain(id);
  expect(await broken.isUntouched()).toBe(true);
});

test('she calls again: the damaged request of her last call keeps her from nothing', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await helper.rings();
  await caller.hangsUp();
  await helper.stopsRinging();
  const id = calledBy(world);
  const broken = await damage(placeIn(world), requestKey(id), 'personal', nonsense);
  await world.pass(60);
  await caller.dials(plainLine);
  await helper.takes(30);
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  expect(calledBy(world)).not.toBe(id);
  expect(named(world)).toContain(id);
  expect(await broken.isUntouched()).toBe(true);
});

test('she writes again: her damaged request swallows nothing, and her words reach somebody', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await survivor.writes(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  const id = writtenBy(world);
  const broken = await damage(placeIn(world), requestKey(id), 'doc', nonsense);
  await world.pass(40);
  await survivor.writes(plainLine, 'Вы тут?');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, '1');
  await survivor.reads({ text: 'searching' });
  await takesByText(helper, survivor, ['Вы тут?']);
  await isDone(helper);
  expect(named(world)).toContain(id);
  expect(await broken.isUntouched()).toBe(true);
});

test.each([
  ['whose duty entry', dutyKey(aigul.id), 'skills', 'crisis'],
  ['whose name and number', volunteerKey(aigul.id), 'person', nonsense],
] as const)(
  'a volunteer %s cannot be read is on duty too: the other one is rung at once',
  async (_what, key, field, value) => {
    const world = await worlds.open({ volunteers: [aigul, bota] });
    const broken = await damage(placeIn(world), key, field, value);
    const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(bota)];
    await caller.dials(plainLine);
    await helper.takes(4);
    await caller.hears('connecting');
    await caller.talksWith(helper);
    await caller.saysGoodbyeTo(helper);
    expect(named(world)).toContain(aigul.id);
    expect(await broken.isUntouched()).toBe(true);
  },
);
