// Too many calls, and calls that seem to be two. She is never dropped: she hears what she can dial herself, and who
// stays is served. What costs nobody a ring is asserted by silence.
import { expect, test } from 'vitest';
import { plainLine, police, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { callsBriefly, networkWith, numbers } from './limits-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const her = '+77995550001';

test('she calls again after a hang-up that nobody told us of: the old phones stop, she goes on where she was', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = [world.phone(her), world.phoneOf(aigul), world.phoneOf(bota)];
  await caller.dials(plainLine);
  await first.rings(1);
  await first.picksUp();
  await first.presses('2');
  await first.hears('declined');
  await second.rings(2);
  world.exchange.faults.onWebhook = ({ url }) => (url.endsWith('/status/calls') ? 'lose' : 'pass');
  await caller.hangsUp();
  await world.pass(3);
  expect(second.phone.ringing).toBeDefined();

  world.exchange.faults = {};
  await caller.dials(plainLine);
  await second.takes(4);
  expect(second.phone.rings.map(({ state }) => state)[0]).toBe('ended');
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('a second call while the first goes on: both are served, and no second set of phones rings for half a minute', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [shared, first, second] = [
    world.phone(her).mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(bota),
  ];
  await shared.dials(plainLine);
  await first.takes(1);
  await shared.talksWith(first);
  const [firstCall] = shared.phone.calls;
  await shared.dials(plainLine);
  await shared.hears(...numbers);
  await world.pass(20);
  expect(second.phone.rings).toEqual([]);
  await second.takes(12);
  await shared.talksWith(second);
  expect(firstCall?.talkingTo).toEqual([first.number]);

  await shared.saysGoodbyeTo(second);
  await firstCall?.hangUp();
  await first.hears('call-over');
  await first.isFree();
});

test('the 21st call of a number in an hour: she hears the numbers, and is served after a minute', async () => {
  const world = await worlds.open({
    network: networkWith({ callsPerNumberAnHour: 20 }),
    volunteers: [aigul],
  });
  const [caller, helper] = [world.phone(her).mayHearAnything(), world.phoneOf(aigul)];
  for (let call = 0; call < 20; call += 1) {
    await caller.dials(plainLine);
    await helper.rings(2);
    await caller.hangsUp();
    await helper.stopsRinging(2);
  }
  await caller.dials(plainLine);
  world.alerts('flood');
  await caller.hears(...numbers);
  await world.pass(50);
  expect(helper.phone.ringing).toBeUndefined();
  await helper.takes(12);
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  // The 22nd: managers have been told.
  await callsBriefly(caller);
});

test('key 9 knows no limit: the police are rung at once', async () => {
  const world = await worlds.open({
    network: networkWith({ callsPerNumberAnHour: 5 }),
    volunteers: [aigul],
  });
  const [caller, helper, desk] = [
    world.phone(her).mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(police),
  ];
  for (let call = 0; call < 5; call += 1) {
    await caller.dials(plainLine);
    await helper.rings(2);
    await caller.hangsUp();
    await helper.stopsRinging(2);
  }
  await caller.dials(plainLine);
  world.alerts('flood');
  await caller.presses('9');
  world.alerts('danger');
  world.alerts('danger');
  await desk.takes(3, { to: 'contact', danger: true, region: 'KZ-75' });
  world.alerts('contact-confirmed');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
});

test('a line is flooded from many numbers: robots that hang up ring nobody, who stays is served', async () => {
  const world = await worlds.open({
    network: networkWith({ callsPerLineAMinute: 5 }),
    volunteers: [aigul],
    at: '2026-11-23T10:00:00+05:00',
  });
  const helper = world.phoneOf(aigul);
  for (let robot = 0; robot < 5; robot += 1) {
    const caller = world.phone(`+7799555${String(100 + robot).padStart(4, '0')}`);
    await caller.dials(plainLine);
    await helper.rings(2);
    await caller.hangsUp();
    await helper.stopsRinging(2);
  }
  for (let robot = 5; robot < 25; robot += 1)
    await callsBriefly(world.phone(`+7799555${String(100 + robot).padStart(4, '0')}`).mayHearAnything());
  world.alerts('flood');
  const she = world.phone(her).mayHearAnything();
  await she.dials(plainLine);
  await she.hears(...numbers);
  await helper.takes(62);
  await she.hears('connecting');
  await she.talksWith(helper);
  await she.saysGoodbyeTo(helper);
});

test('withheld numbers flood a line: they hear the numbers first, who shows hers is rung for at once', async () => {
  const world = await worlds.open({
    network: networkWith({ withheldPerLineAMinute: 5 }),
    volunteers: [aigul],
    at: '2026-11-23T10:00:00+05:00',
  });
  const helper = world.phoneOf(aigul);
  const anonymous = { withheld: 'anonymous' };
  const phones = Array.from({ length: 15 }, (_, n) => world.phone(`+779955501${10 + n}`).mayHearAnything());
  for (const robot of phones.slice(0, 5)) {
    await robot.dials(plainLine, anonymous);
    await helper.rings(2);
    await robot.hangsUp();
    await helper.stopsRinging(2);
  }
  for (const robot of phones.slice(5)) {
    await robot.dials(plainLine, anonymous);
    await robot.hangsUp();
  }
  world.alerts('flood');
  const hidden = world.phone('+77995550002').mayHearAnything();
  await hidden.dials(plainLine, anonymous);
  await hidden.hears(...numbers);
  const shown = world.phone(her).mayHearAnything();
  await shown.dials(plainLine);
  await helper.takes(3);
  await shown.talksWith(helper);
  await shown.saysGoodbyeTo(helper);
  await helper.takes(62);
  await hidden.talksWith(helper);
  await hidden.saysGoodbyeTo(helper);
});

test('the rings of a day are used up by one: one alert near it and one at it; he waits a minute, nobody else does', async () => {
  const world = await worlds.open({
    network: networkWith({ ringsADay: 10, callsPerNumberAnHour: 20 }),
    volunteers: [aigul],
  });
  const [flooder, helper] = [world.phone('+77995550099').mayHearAnything(), world.phoneOf(aigul)];
  for (let ring = 0; ring < 10; ring += 1) {
    await flooder.dials(plainLine);
    await helper.rings(2);
    await flooder.hangsUp();
    await helper.stopsRinging(2);
  }
  world.alerts('spend-near-cap');
  world.alerts('spend-cap');
  await flooder.dials(plainLine);
  await flooder.hears(...numbers);
  const caller = world.phone(her).mayHearAnything();
  await caller.dials(plainLine);
  await helper.takes(3);
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  await helper.takes(62);
  await flooder.talksWith(helper);
  await flooder.saysGoodbyeTo(helper);
});
