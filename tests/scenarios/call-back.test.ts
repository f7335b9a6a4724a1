// She asks by keys to be called back and hangs up. Her phone rings only in her hours and only when somebody waits for
// her; whoever picks it up hears nothing until her number is pressed; after a few tries it is over.
import { expect, test } from 'vitest';
import type { Handset } from '../support/handset.ts';
import { manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor, takesByText } from './text-people.ts';
import { post } from './webhook-post.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const survivorsNumber = '+77995550001';

/** Her key for the part of the day; 5 is her number. She hangs up as soon as it is agreed. */
async function asksForCall(caller: Handset, part: string): Promise<void> {
  await caller.presses('8');
  await caller.hears('ask-call-hours');
  await caller.presses(part);
  await caller.hears('ask-call-digit');
  await caller.presses('5');
  await caller.hears('call-agreed');
}

async function agreedAndGone(world: World, part = '1'): Promise<{ caller: Handset; helper: Handset }> {
  const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await helper.rings(1);
  await asksForCall(caller, part);
  await caller.hangsUp();
  await helper.stopsRinging(1);
  // Whoever picks up hears nothing: longer than anybody else on a phone may.
  world.silenceAtMostSeconds = 30;
  return { caller, helper };
}

/** Somebody is found first, and waits on the line. */
async function isTaken(helper: Handset, withinSeconds: number): Promise<void> {
  await helper.rings(withinSeconds);
  await helper.picksUp();
  await helper.presses('1');
  await helper.hears('calling-her');
}

async function picksUpAndTalks(caller: Handset, helper: Handset): Promise<void> {
  await caller.rings(5);
  await caller.answers();
  await caller.world.pass(4);
  await caller.presses('5');
  await caller.hears('connecting');
  await helper.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
}

async function isToldNotReached(helper: Handset): Promise<void> {
  await helper.hears('not-reached');
  await helper.isFree();
}

test('somebody waits for her before her phone rings; she hears nothing before her number, and then talks', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  await world.pass(50);
  await isTaken(helper, 15);
  await caller.rings(5);
  const before = caller.phone.said.length;
  await caller.answers();
  await world.pass(8);
  expect(caller.phone.said).toHaveLength(before);
  await caller.presses('5');
  await caller.hears('connecting');
  await helper.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  await world.pass(700);
});

test('she slips on one key and finds the right one', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  await isTaken(helper, 70);
  await caller.rings(5);
  await caller.answers();
  await caller.presses('6');
  await caller.presses('5');
  await caller.hears('connecting');
  await helper.hears('connecting');
  await caller.saysGoodbyeTo(helper);
});

test('nobody answers, then a voicemail, then nobody again: three tries and no word, and managers hear of it', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  const behaviours = [
    { kind: 'no-answer' },
    { kind: 'voicemail', afterSeconds: 10, hangsUpAfterSeconds: 60 },
    { kind: 'rejects' },
  ] as const;
  for (const behaviour of behaviours) {
    caller.phone.behaviour = behaviour;
    await isTaken(helper, 700);
    await caller.rings(5);
    await world.pass(20);
    await isToldNotReached(helper);
  }
  world.alerts('call-back-failed');
  await world.pass(700);
});

test('somebody else picks up and presses keys: a wrong number, no call again, and a manager must agree anew', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  await isTaken(helper, 70);
  await caller.rings(5);
  await caller.answers();
  await caller.presses('1');
  await caller.presses('2');
  await caller.hears('wrong-number');
  await caller.isFree(5);
  await isToldNotReached(helper);
  world.alerts('call-back-doubtful');
  await world.pass(900);
});

test('in the evening: nobody is asked before five on her clock, and the hours are looked at again as she is called', async () => {
  const world = await worlds.open({ volunteers: [aigul], at: '2026-11-23T16:45:00+05:00' });
  const { caller, helper } = await agreedAndGone(world, '4');
  await world.pass(780); // 16:58 and more
  expect(helper.phone.rings).toHaveLength(1);
  await isTaken(helper, 180);
  await picksUpAndTalks(caller, helper);
});

test('the hours end in the moment in which somebody says yes: she is not called, and whoever waits is told', async () => {
  const world = await worlds.open({ volunteers: [aigul], at: '2026-11-23T16:58:50+05:00' });
  const { helper } = await agreedAndGone(world, '3');
  await helper.rings(70);
  await helper.picksUp();
  await world.until(
    'five on her clock',
    () => world.clock.now() > Date.parse('2026-11-23T17:00:00+05:00'),
    20,
  );
  await helper.presses('1');
  await isToldNotReached(helper);
  await world.pass(300);
});

test('STOP by text: silence, and no call', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller } = await agreedAndGone(world);
  await caller.writes(plainLine, 'СТОП');
  await world.pass(700);
});

test('STOP while her phone is ringing: it stops, and whoever waits is told', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  await isTaken(helper, 70);
  await caller.rings(5);
  await caller.writes(plainLine, 'STOP');
  await caller.stopsRinging(2);
  await helper.hears('caller-gone');
  await helper.isFree();
  await world.pass(700);
});

test('she calls by herself meanwhile: that call goes on, and when it reaches nobody she is called as agreed', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  await world.pass(20);
  await caller.dials(plainLine);
  await helper.rings(2);
  await world.pass(12);
  await caller.hangsUp();
  await helper.stopsRinging(2);
  await isTaken(helper, 75);
  await picksUpAndTalks(caller, helper);
  await world.pass(700);
});

test('the volunteer hangs up while her phone rings: it stops at once, and she is called for another one', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = [world.phone(survivorsNumber), world.phoneOf(aigul), world.phoneOf(bota)];
  await caller.dials(plainLine);
  await first.rings(1);
  await second.rings(3);
  await asksForCall(caller, '1');
  await caller.hangsUp();
  world.silenceAtMostSeconds = 30;
  await isTaken(first, 75);
  await caller.rings(5);
  await first.hangsUp();
  await caller.stopsRinging(2);
  await isTaken(second, 20);
  await picksUpAndTalks(caller, second);
});

test('a late report of her first call does not end the one by which she was called', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  const [first] = caller.phone.calls;
  await isTaken(helper, 70);
  await caller.rings(5);
  await caller.answers();
  await caller.presses('5');
  await caller.hears('connecting');
  await helper.hears('connecting');
  await caller.talksWith(helper);
  const report = {
    AccountSid: world.exchange.accountSid,
    CallSid: first?.leg.sid ?? '',
    From: survivorsNumber,
    To: plainLine.number,
    CallStatus: 'completed',
    CallDuration: '7',
  };
  expect((await post(world, '/status/calls', report)).status).toBe(204);
  await world.pass(150); // the reconciler has looked as well
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('a fault of ours says nothing on her phone: it is tried again in silence, and then let go', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  await isTaken(helper, 70);
  await caller.rings(5);
  const before = caller.phone.said.length;
  const { requests } = world.context.ports;
  const isHers = (webhookId: string | null) =>
    webhookId?.includes(':/voice/') && webhookId.includes('/called/');
  world.replacePorts(() => ({
    requests: {
      ...requests,
      load: (id, webhookId) =>
        isHers(webhookId) ? Promise.reject(new Error('planted')) : requests.load(id, webhookId),
    },
  }));
  await caller.answers();
  await caller.isFree(30);
  expect(caller.phone.said).toHaveLength(before);
  world.replacePorts(() => ({ requests }));
  await isToldNotReached(helper);
  await isTaken(helper, 700);
  await picksUpAndTalks(caller, helper);
});

test('a fault of ours after her number: she is told so, and the desk is dialled and sees the line', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const { caller, helper } = await agreedAndGone(world);
  const desk = world.phone(plainLine.fallbackNumber);
  await isTaken(helper, 70);
  await caller.rings(5);
  await caller.answers();
  const { requests } = world.context.ports;
  const isHers = (webhookId: string | null) =>
    webhookId?.includes(':/voice/') && !webhookId.includes('/called/') && !webhookId.includes('/offers/');
  await caller.presses('5');
  await caller.hears('connecting');
  await helper.hears('connecting');
  await caller.talksWith(helper);
  world.replacePorts(() => ({
    requests: {
      ...requests,
      load: (id, webhookId) =>
        isHers(webhookId) ? Promise.reject(new Error('planted')) : requests.load(id, webhookId),
    },
  }));
  await helper.hangsUp();
  for (let tries = 0; tries < 3; tries += 1) await caller.hears('try-again');
  await caller.hears('to-fallback', 'numbers-to-dial', { dial: '102' }, 'or', { dial: '112' });
  await desk.rings(15);
  expect(desk.phone.rings[0]?.showing).toBe(plainLine.number);
  await desk.answers();
  await caller.talksWith(desk);
  await world.phone('+77991000083').rings(15); // a manager: the search for her goes on
  world.replacePorts(() => ({ requests }));
  await caller.hangsUp();
  await desk.isFree();
  for (const reason of ['consent-missing', 'nobody-answers', 'nobody-answers'] as const) world.alerts(reason);
  await world.phone('+77991000083').stopsRinging(10);
});

test('whoever withholds her number is not told of it, and key 8 does nothing', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone(survivorsNumber).mayHearAnything(), world.phoneOf(aigul)];
  await caller.dials(plainLine, { withheld: 'anonymous' });
  await helper.rings(1);
  await caller.presses('8');
  await world.pass(15);
  await caller.hangsUp();
  await helper.stopsRinging(10);
  expect(caller.phone.said.join(' ')).not.toMatch(/перезвонили|позвонить\?/);
  await world.pass(300);
});

test('key 0 at the question for the hours is a no to being called, and at the next one ends the call at once', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await helper.rings(1);
  await caller.presses('8');
  await caller.hears('ask-call-hours');
  await caller.presses('0');
  await caller.hears('no-call-agreed');
  await caller.presses('8');
  await caller.hears('ask-call-hours');
  await caller.presses('1');
  await caller.hears('ask-call-digit');
  await caller.presses('0');
  await caller.isFree(1);
  await helper.stopsRinging(2);
  await world.pass(600);
});

test('agreed in a conversation by text: when it has ended she is called, a text of hers begins anew, and STOP ends it', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await areTalking(survivor, helper);
  await helper.writes(plainLine, '96 5');
  await helper.reads({ text: 'contact-noted' });
  await helper.writes(plainLine, '90');
  await helper.reads({ text: 'closed' });
  await survivor.writes(plainLine, 'Спасибо');
  await survivor.reads({ text: 'safe-question' });
  await isTaken(helper, 75);
  await picksUpAndTalks(survivor, helper);
  await survivor.writes(plainLine, 'СТОП');
  await world.pass(700);
});

test('agreed in a conversation by text, and STOP after it: silence, and no call', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await areTalking(survivor, helper);
  await helper.writes(plainLine, '96 5');
  await helper.reads({ text: 'contact-noted' });
  await helper.writes(plainLine, '90');
  await helper.reads({ text: 'closed' });
  await survivor.writes(plainLine, 'СТОП');
  await world.pass(700);
});

test('she writes that she wants to be called, when, and her digit: her phone rings, and she talks with whoever waits', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await isSearchedFor(survivor, 'Здравствуйте');
  await helper.readsOffer();
  await survivor.writes(plainLine, 'Позвоните мне, пожалуйста');
  await survivor.reads({ text: 'ask-call' });
  await survivor.writes(plainLine, '5 9-21');
  await survivor.reads({ text: 'call-agreed' });
  await world.phoneOf(manager).rings(); // the one volunteer was asked by text a moment ago
  await world.phoneOf(manager).stopsRinging(30);
  world.alerts('nobody-answers');
  world.alerts('nobody-answers');
  await isTaken(helper, 30);
  await picksUpAndTalks(survivor, helper);
  await helper.reads('Здравствуйте');
  await helper.reads('Позвоните мне, пожалуйста');
});

test('93 in a conversation: both phones ring one after the other, each shows the line, and they talk', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await areTalkingFirst(world);
  await helper.writes(plainLine, '93');
  await helper.reads({ text: 'call-refused' });
  await helper.writes(plainLine, '96 5');
  await helper.reads({ text: 'contact-noted' });
  await helper.writes(plainLine, '93');
  await helper.reads({ text: 'calling' });
  await isTaken(helper, 5);
  await picksUpAndTalks(survivor, helper);
  await world.pass(300);
});

test('93 outside the agreed hours: nobody is rung, and the volunteer reads when she has agreed to it', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const helper = world.phoneOf(aigul);
  await areTalkingFirst(world);
  await helper.writes(plainLine, '96 5 18-21');
  await helper.reads({ text: 'contact-noted' });
  await helper.writes(plainLine, '93');
  await helper.reads({ text: 'call-not-now' });
  await helper.writes(plainLine, '96 0');
  await helper.reads({ text: 'contact-noted' });
  await isDone(helper);
  await world.pass(300);
});

/** Two are asked by text, the first takes it. */
async function areTalkingFirst(world: World): Promise<void> {
  const [survivor, helper, other] = [world.phone(survivorsNumber), world.phoneOf(aigul), world.phoneOf(bota)];
  await isSearchedFor(survivor, 'Здравствуйте');
  await other.readsOffer();
  await takesByText(helper, survivor, ['Здравствуйте']);
}
