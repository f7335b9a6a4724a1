// Webhooks come twice, three times, in the wrong order, late, or much later from somebody who captured them. Each has
// its effect once, and each delivery of it gets the same answer.
import { describe, expect, test } from 'vitest';
import type { WebhookDelivery } from '../../infra/local/exchange/exchange.ts';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor, takesByText } from './text-people.ts';
import { again } from './webhook-post.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const dana = volunteer('dana', 12);
const survivorsNumber = '+77995550001';
const russian = { language: plainLine.languages[0] as never };

async function aWholeCall(world: World): Promise<void> {
  const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await caller.hears('searching');
  await helper.rings();
  await helper.answers();
  await helper.hears('offer', russian, 'press-to-take');
  await helper.presses('1');
  await helper.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await world.pass(40);
  await caller.hangsUp();
  await helper.hears('call-over');
  await helper.isFree();
}

async function aWholeConversation(world: World): Promise<void> {
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await isSearchedFor(survivor, 'Здравствуйте');
  await survivor.writes(plainLine, 'Вы тут?');
  await takesByText(helper, survivor, ['Здравствуйте', 'Вы тут?']);
  await helper.writes(plainLine, 'Да');
  await survivor.reads('Да');
  await survivor.writes(plainLine, 'Хорошо');
  await helper.reads('Хорошо');
  await isDone(helper);
}

/** Of each webhook: all deliveries were answered alike. */
function answersAgree(deliveries: readonly WebhookDelivery[]): void {
  for (const token of new Set(deliveries.map(each => each.token))) {
    const same = deliveries.filter(each => each.token === token);
    expect(new Set(same.map(({ status, body }) => `${status} ${body}`)).size, same[0]?.url).toBe(1);
  }
}

describe('every webhook three times', () => {
  test('a call', async () => {
    const world = await worlds.open({ volunteers: [aigul], duplicateWebhooks: 3 });
    await aWholeCall(world);
    answersAgree(world.exchange.webhooks);
  });

  test('a call through every menu', async () => {
    const world = await worlds.open({ volunteers: [aigul], duplicateWebhooks: 3 });
    const [caller, helper] = [world.phone(survivorsNumber).mayHearAnything(), world.phoneOf(aigul)];
    await caller.dials(fullLine);
    await caller.presses('2');
    await caller.presses('1');
    await caller.presses('1');
    await helper.mayHearAnything().rings();
    await helper.answers();
    await helper.hears('press-to-take');
    await helper.presses('1');
    await caller.talksWith(helper);
    await caller.hangsUp();
    await helper.isFree();
    answersAgree(world.exchange.webhooks);
  });

  test('a conversation by text', async () => {
    const world = await worlds.open({ volunteers: [aigul], duplicateWebhooks: 3 });
    await aWholeConversation(world);
    answersAgree(world.exchange.webhooks);
  });

  test('passing on, declining, words that mean nothing, and STOP', async () => {
    const world = await worlds.open({ volunteers: [aigul], duplicateWebhooks: 3 });
    const [survivor, first, second] = [
      world.phone(survivorsNumber),
      world.phoneOf(aigul),
      world.phoneOf(dana),
    ];
    await areTalking(survivor, first);
    await world.edit(dana);
    await first.writes(plainLine, '91');
    await first.reads({ text: 'passed-on' });
    await survivor.reads({ text: 'one-moment' });
    await first.writes(plainLine, 'Удачи');
    await first.reads({ text: 'unknown-word' });
    await second.readsOffer();
    await survivor.writes(plainLine, 'STOP');
    await second.writes(plainLine, '0');
    await second.reads({ text: 'unknown-word' });
  });

  test('a decline ends one offer, and is thanked for once', async () => {
    const erlan = volunteer('erlan', 13);
    const world = await worlds.open({ volunteers: [aigul, dana, erlan], duplicateWebhooks: 3 });
    const survivor = world.phone(survivorsNumber);
    await isSearchedFor(survivor, 'Здравствуйте');
    await world.phoneOf(aigul).readsOffer();
    await world.phoneOf(dana).readsOffer();
    await world.phoneOf(aigul).writes(plainLine, '0');
    await world.phoneOf(aigul).reads({ text: 'declined' });
    await takesByText(world.phoneOf(erlan), survivor, ['Здравствуйте']);
    await isDone(world.phoneOf(erlan));
  });
});

describe('status callbacks', () => {
  test.each(['repeated', 'reordered'] as const)('%s: a call goes as it should', async statusOrder => {
    const world = await worlds.open({ volunteers: [aigul], statusOrder });
    await aWholeCall(world);
  });

  test.each(['repeated', 'reordered'] as const)('%s: so does a conversation', async statusOrder => {
    const world = await worlds.open({ volunteers: [aigul], statusOrder });
    await aWholeConversation(world);
  });

  test('a text that was not delivered is told three times and counts once', async () => {
    const world = await worlds.open({ volunteers: [aigul, dana] });
    const [survivor, broken, helper] = [
      world.phone(survivorsNumber),
      world.phoneOf(aigul),
      world.phoneOf(dana),
    ];
    broken.phone.textBehaviour = { failure: 30_006 };
    await isSearchedFor(survivor, 'Здравствуйте');
    await world.pass(3);
    world.alerts('volunteer-unreachable');
    await takesByText(helper, survivor, ['Здравствуйте']);
    const failures = world.exchange.webhooks.filter(
      ({ params }) => params['MessageStatus'] === 'undelivered',
    );
    expect(failures).toHaveLength(1);
    for (const failure of [...failures, ...failures]) expect((await again(world, failure)).status).toBe(204);
    await isDone(helper);
  });

  test('late ones of an old leg change nothing for those who talk', async () => {
    const world = await worlds.open({ volunteers: [aigul, dana] });
    const [caller, first, second] = [world.phone(survivorsNumber), world.phoneOf(aigul), world.phoneOf(dana)];
    await caller.dials(plainLine);
    await first.rings();
    await first.answers();
    await first.hears('offer', russian, 'press-to-take');
    await first.presses('2');
    await first.hears('declined');
    await second.rings();
    await second.answers();
    await second.hears('offer', russian, 'press-to-take');
    await second.presses('1');
    await second.hears('connecting');
    await caller.hears('connecting');
    await caller.talksWith(second);
    const ended = world.exchange.webhooks.find(
      ({ kind, params }) => kind === 'call-status' && params['To'] === first.number,
    );
    for (const CallStatus of ['completed', 'no-answer', 'busy', 'failed', 'canceled', 'in-progress']) {
      const late = { ...ended, params: { ...ended?.params, CallStatus } } as WebhookDelivery;
      expect((await again(world, late)).status).toBe(204);
    }
    await world.pass(10);
    await caller.talksWith(second);
    await caller.hangsUp();
    await second.hears('call-over');
    await second.isFree();
  });
});

describe('somebody has captured signed webhooks and sends them again', () => {
  test.each([
    ['an hour', 3_600],
    ['three days', 3 * 86_400],
  ])('after %s nothing happens on any phone', async (_, seconds) => {
    const world = await worlds.open({ volunteers: [aigul] });
    await aWholeConversation(world);
    await aWholeCall(world);
    const captured = [...world.exchange.webhooks];
    world.sweeps = false;
    world.reconciles = false;
    await world.pass(seconds);
    world.sweeps = true;
    const requests = world.exchange.journal.length;
    for (const delivery of captured) expect((await again(world, delivery)).status).toBeLessThan(300);
    await world.pass(60);
    expect(world.exchange.journal).toHaveLength(requests);
  });
});
