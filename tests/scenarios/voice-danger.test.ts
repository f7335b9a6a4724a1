// Key 9 means "I am in danger now", at every prompt. It is a request for the police, and nothing else is asked first.
import { expect, test } from 'vitest';
import type { Network } from '../../shared/domain/network.ts';
import type { Spoken } from '../../shared/domain/wording.ts';
import type { Handset } from '../support/handset.ts';
import {
  almaty,
  fullLine,
  manager,
  plainLine,
  police,
  smallNetwork,
  volunteer,
} from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const ownNumbers: readonly Spoken[] = [
  { say: 'numbers-to-dial' },
  { dial: '102' },
  { say: 'or' },
  { dial: '112' },
];

/** The desk rings at once, hears that it is urgent, takes it, and they talk. */
async function policeTake(world: World, caller: Handset, region?: string): Promise<void> {
  const desk = world.phoneOf(police);
  const where = region === undefined ? {} : { region };
  await desk.takes(2, { to: 'contact', danger: true, ...where });
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('danger');
  world.alerts('danger'); // to the contact
  world.alerts('contact-confirmed');
}

test.each([
  ['language', []],
  ['need', ['2']],
  ['region', ['2', '0']],
])('in the %s menu, key 9 calls the police at once', async (_menu, keys) => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001').mayHearAnything();

  await caller.dials(fullLine);
  for (const key of keys) await caller.presses(key);
  await caller.speaking(keys.length === 0 ? 'kk' : 'ru').presses('9');
  await caller.hears('danger-noted');
  await policeTakeFrom(world, caller, keys.length === 0 ? 'kk' : 'ru');
});

/** She speaks Kazakh until she has chosen; the desk hears its own language whatever she speaks. */
async function policeTakeFrom(world: World, caller: Handset, language: 'kk' | 'ru'): Promise<void> {
  const desk = world.phoneOf(police);
  await desk.takes(2, { to: 'contact', danger: true, language });
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('danger');
  world.alerts('danger'); // to the contact
  world.alerts('contact-confirmed');
}

test('while she waits, key 9 calls the police at once; the volunteer rings on and may still take it', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper, desk] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(police)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await world.pass(5);
  await caller.presses('9');
  await caller.hears('danger-noted');
  await desk.rings(2);
  await helper.picksUp({ danger: true });
  await helper.presses('1');
  await helper.hears('connecting');
  await desk.stopsRinging(2);
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  world.alerts('danger');
  world.alerts('danger'); // to the contact
});

test('while she is asked for her consent, key 9 is a yes and more', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await caller.hears('ask-police');
  await caller.presses('9');
  await caller.hears('danger-noted');
  await policeTake(world, caller, almaty);
  await helper.stopsRinging(1);
});

test('after a no she may still press 9: it is the last word', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await caller.hears('ask-police');
  await caller.presses('2');
  await caller.hears('refusal-noted');
  await caller.presses('9');
  await caller.hears('danger-noted');
  await policeTake(world, caller, almaty);
});

test('on the last rung, between two rounds, key 9 calls the police at once', async () => {
  const world = await worlds.open();
  const caller = world.phone('+77995550001').mayHearAnything();
  world.phoneOf(manager).phone.behaviour = { kind: 'busy' };

  await caller.dials(plainLine);
  await world.pass(33);
  await caller.presses('9');
  await caller.hears('danger-noted');
  await policeTake(world, caller, almaty);
  world.alerts('consent-missing');
  for (const _ of ['manager', 'last rung']) world.alerts('nobody-answers');
});

test('key 9 twice calls them once', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await caller.presses('9');
  await caller.presses('9');
  await policeTake(world, caller, almaty);
  expect(world.phoneOf(police).phone.rings).toHaveLength(1);
});

test('when no desk can be called she is not told that one is: she hears the numbers to dial', async () => {
  const closed: Network = {
    ...smallNetwork,
    contacts: smallNetwork.contacts.map(contact =>
      contact.kind === 'police' ? { ...contact, hours: [{ weekdays: [6], from: 600, until: 660 }] } : contact,
    ),
  };
  const world = await worlds.open({ network: closed, volunteers: [aigul] });
  const [caller, helper, desk] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(manager)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await caller.presses('9');
  await caller.hears(...ownNumbers);
  await desk.takes(3, { to: 'contact', danger: true, region: almaty });
  await helper.stopsRinging(1);
  await caller.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('danger');
  world.alerts('danger'); // to the contact
  world.alerts('nobody-answers');
  world.alerts('contact-confirmed');
});
