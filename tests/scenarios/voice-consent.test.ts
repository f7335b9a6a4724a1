// Police and lawyers are called in only with her yes, or by a rule that the line has written down. Without it she
// hears which numbers she can dial herself.
import { expect, test } from 'vitest';
import type { Spoken } from '../../shared/domain/wording.ts';
import type { Handset } from '../support/handset.ts';
import { almaty, fullLine, lawyer, manager, plainLine, police, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);

/** "You can also dial 102 or 112." */
const ownNumbers: readonly Spoken[] = [
  { say: 'numbers-to-dial' },
  { dial: '102' },
  { say: 'or' },
  { dial: '112' },
];

function managerIsBusy(world: World): void {
  world.phoneOf(manager).phone.behaviour = { kind: 'busy' };
}

function policeWasRung(world: World): boolean {
  return world.phoneOf(police).phone.rings.length > 0;
}

/** The alerts of a ladder that was climbed to its end without a yes. */
function climbedToTheEnd(world: World): void {
  world.alerts('consent-missing');
  for (const _ of ['manager', 'last rung']) world.alerts('nobody-answers');
}

async function isAskedSoon(caller: Handset): Promise<void> {
  await caller.hears('searching', 'keys-while-waiting', 'ask-police');
}

test('nobody at all: she hears first that we search, then what she can dial, and is asked soon', async () => {
  const world = await worlds.open();
  managerIsBusy(world);
  const caller = world.phone('+77995550001');
  const dialledAt = world.clock.now();

  await caller.dials(plainLine);
  await caller.hears('searching', ...ownNumbers, 'ask-police');
  expect(world.clock.now() - dialledAt).toBeLessThanOrEqual(30_000);
  expect(caller.phone.said[0]).toMatch(/^Вы не одни/);
  await caller.hangsUp();
  climbedToTheEnd(world);
});

test('yes: the police desk is rung only after it, confirms by key, and talks with her', async () => {
  const world = await worlds.open();
  managerIsBusy(world);
  const [caller, desk] = [world.phone('+77995550001'), world.phoneOf(police)];

  await caller.dials(plainLine);
  await caller.hears(...ownNumbers, 'ask-police');
  expect(policeWasRung(world)).toBe(false);
  await caller.presses('1');
  await caller.hears('consent-noted');
  await desk.takes(2, { to: 'contact', region: almaty });
  await caller.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  climbedToTheEnd(world);
  world.alerts('nobody-answers'); // to the contact
  world.alerts('contact-confirmed');
});

test('a police desk that picks up and presses nothing has not accepted: the ladder goes on', async () => {
  const world = await worlds.open();
  const [caller, desk, onDuty] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(police).mayHearAnything(),
    world.phoneOf(manager),
  ];
  desk.phone.behaviour = { kind: 'voicemail', afterSeconds: 1, hangsUpAfterSeconds: 20 };

  await caller.dials(plainLine);
  await onDuty.rings(1);
  await onDuty.rejects();
  await caller.hears('ask-police');
  await caller.presses('1');
  await desk.rings(2);
  await onDuty.takes(140, { to: 'contact', region: almaty });
  await caller.talksWith(onDuty);
  await caller.saysGoodbyeTo(onDuty);
  for (const { reason } of await world.published()) world.alerts(reason);
});

test('yes while volunteers are still being asked: the police come only in their turn', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper, desk] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(police)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await isAskedSoon(caller);
  await caller.presses('1');
  await caller.hears('consent-noted');
  expect(policeWasRung(world)).toBe(false);
  await helper.stopsRinging(21);
  await desk.takes(5, { to: 'contact', region: almaty });
  await caller.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('nobody-answers'); // to the contact
  world.alerts('contact-confirmed');
});

test('no: managers hear of it, she hears the numbers to dial, and the police are never rung', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper, desk] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(manager)];

  await caller.dials(plainLine);
  await helper.rings(1);
  await isAskedSoon(caller);
  await caller.presses('2');
  await caller.hears('refusal-noted');
  await helper.stopsRinging(21);
  await desk.rings(3);
  await caller.hears(...ownNumbers);
  await desk.picksUp({ to: 'contact', region: almaty });
  await desk.presses('1');
  await desk.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  expect(policeWasRung(world)).toBe(false);
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  world.alerts('contact-confirmed');
});

test('no answer is never a yes; asked again, a later yes goes back to the police', async () => {
  const world = await worlds.open();
  managerIsBusy(world);
  const [caller, desk] = [world.phone('+77995550001'), world.phoneOf(police)];

  await caller.dials(plainLine);
  await caller.hears(...ownNumbers, 'ask-police');
  await caller.hears('guidance');
  await world.pass(9);
  expect(policeWasRung(world)).toBe(false);
  await world.until('she is asked again', () => timesAsked(caller) === 2, 60);
  await caller.hears('ask-police');
  await caller.presses('1');
  await caller.hears('consent-noted');
  await desk.takes(2, { to: 'contact', region: almaty });
  await caller.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  climbedToTheEnd(world);
  world.alerts('nobody-answers'); // to the contact
  world.alerts('contact-confirmed');
});

test('the key 1 before she was asked is no consent', async () => {
  const world = await worlds.open();
  managerIsBusy(world);
  const caller = world.phone('+77995550001').mayHearAnything();

  await caller.dials(plainLine);
  await caller.presses('1');
  await world.pass(10);
  expect(policeWasRung(world)).toBe(false);
  await caller.hangsUp();
  climbedToTheEnd(world);
});

test('the key 1 long after the question is no consent either', async () => {
  const world = await worlds.open();
  managerIsBusy(world);
  const caller = world.phone('+77995550001').mayHearAnything();

  await caller.dials(plainLine);
  await caller.hears('ask-police');
  await world.until('two rounds have passed', () => roundsSinceTheQuestion(caller) === 2, 40);
  await caller.presses('1');
  await world.pass(5);
  expect(policeWasRung(world)).toBe(false);
  await caller.hangsUp();
  climbedToTheEnd(world);
});

test('a legal request reaches the lawyer, without a question, when no volunteer answers', async () => {
  const world = await worlds.open();
  const [caller, desk] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(lawyer)];

  await caller.dials(fullLine);
  await caller.presses('2'); // Russian
  await caller.presses('2'); // my rights
  await caller.presses('1'); // Almaty
  await desk.takes(2, { to: 'contact', need: 'legal', region: almaty });
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  expect(policeWasRung(world)).toBe(false);
  world.alerts('nobody-answers'); // to the contact
  world.alerts('contact-confirmed');
});

test('a request about something else never reaches the lawyer', async () => {
  const world = await worlds.open();
  const [caller, desk] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(manager)];

  await caller.dials(fullLine);
  for (const key of ['2', '1', '1']) await caller.presses(key);
  await desk.takes(2, { to: 'contact', need: 'crisis', region: almaty });
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  world.alerts('contact-confirmed');
});

function roundsSinceTheQuestion({ phone }: Handset): number {
  const question = phone.said.findLastIndex(said => said.includes('позвонить за вас в полицию'));
  return question === -1 ? 0 : phone.said.length - question - 1;
}

function timesAsked({ phone }: Handset): number {
  return phone.said.filter(said => said.includes('позвонить за вас в полицию')).length;
}
