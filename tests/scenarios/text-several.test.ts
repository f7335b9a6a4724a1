// One volunteer writes with several people at the same time. Each conversation has a number; what does not say which one
// it is meant for reaches nobody.
import { describe, expect, test } from 'vitest';
import type { Rung } from '../../shared/domain/ladder.ts';
import type { Handset } from '../support/handset.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const dana = volunteer('dana', 12);
const bota = volunteer('bota', 13);
const settings = { ...smallNetwork.settings, conversationsAtOnce: 2 };
const network = { ...smallNetwork, settings };
const both = { text: 'which-one', codes: ['#1', '#2'] } as const;

async function says(helper: Handset, words: string, read: Parameters<Handset['reads']>[0]): Promise<void> {
  await helper.writes(plainLine, words);
  await helper.reads(read);
}

/** She writes with the first, and then takes the second besides. */
async function writesWithTwo(world: World) {
  const helper = world.phoneOf(aigul);
  const [first, second] = [world.phone('+77995550001'), world.phone('+77995550002')];
  await areTalking(first, helper);
  await isSearchedFor(second, 'Добрый день');
  const code = await helper.readsOffer();
  await helper.writes(plainLine, code);
  await helper.reads(`#2: ${helper.written({ text: 'accepted-beside', number: '#2' })}`);
  await helper.reads('#2: Добрый день');
  await second.reads({ text: 'here-now' });
  return { helper, first, second, code };
}

async function bothAreDone(helper: Handset): Promise<void> {
  await says(helper, '#1 90', `#1: ${helper.written({ text: 'closed' })}`);
  await says(helper, '#2 90', `#2: ${helper.written({ text: 'closed' })}`);
}

describe('with two at once', () => {
  test('each text carries its number, both ways; one without it reaches nobody', async () => {
    const world = await worlds.open({ volunteers: [aigul], network });
    const { helper, first, second, code } = await writesWithTwo(world);
    await first.writes(plainLine, 'Я дома');
    await helper.reads('#1: Я дома');
    await second.writes(plainLine, 'А я нет');
    await helper.reads('#2: А я нет');
    await helper.writes(plainLine, '#1 Кто рядом?');
    await first.reads('Кто рядом?');
    await helper.writes(plainLine, '№2: Где вы?');
    await second.reads('Где вы?');
    await says(helper, 'Вы одна?', both);
    await says(helper, '1', both);
    await says(helper, '#3 Вы одна?', both);
    await says(helper, '#2', both);
    await helper.writes(plainLine, code); // a second press of the same key
    await bothAreDone(helper);
  });

  test('a code without a number does nothing; with it, it is about that one alone', async () => {
    const world = await worlds.open({ volunteers: [aigul], network });
    const { helper, first, second } = await writesWithTwo(world);
    for (const code of ['90', '91', '92', '94', '71', 'Возможно знакомы']) await says(helper, code, both);
    await world.edit(dana);
    await says(helper, '#2 92', `#2: ${helper.written({ text: 'passed-on' })}`);
    await second.reads({ text: 'one-moment' });
    const other = world.phoneOf(dana);
    await other.writes(plainLine, await other.readsOffer());
    await other.reads({ text: 'accepted' });
    await second.reads({ text: 'here-now' });
    await helper.writes(plainLine, '#1 Я здесь');
    await first.reads('Я здесь');
    await isDone(other);
    await says(helper, '#1 90', `#1: ${helper.written({ text: 'closed' })}`);
  });

  test('one ends by itself: words for it never fall to the other, which may go without a number later', async () => {
    const world = await worlds.open({ volunteers: [aigul], network });
    const { helper, first, second } = await writesWithTwo(world);
    await second.writes(plainLine, 'СТОП');
    await helper.reads(`#2: ${helper.written({ text: 'closed' })}`);
    await says(helper, 'Вы ещё там?', { text: 'which-one', codes: ['#1'] });
    await says(helper, '#2 Вы ещё там?', { text: 'which-one', codes: ['#1'] });
    await first.writes(plainLine, 'Да');
    await helper.reads('#1: Да');
    await helper.writes(plainLine, '#1 Хорошо');
    await first.reads('Хорошо');
    await world.pass(600);
    await first.writes(plainLine, 'Спасибо');
    await helper.reads('Спасибо');
    await helper.writes(plainLine, 'Я здесь');
    await first.reads('Я здесь');
    await isDone(helper);
  });

  test('the number of one that has just ended leads to nobody else: words for it come back', async () => {
    const world = await worlds.open({ volunteers: [aigul], network });
    const { helper, first, second } = await writesWithTwo(world);
    await second.writes(plainLine, 'СТОП');
    await helper.reads(`#2: ${helper.written({ text: 'closed' })}`);
    const third = world.phone('+77995550003');
    await isSearchedFor(third, 'Привет');
    await helper.writes(plainLine, await helper.readsOffer());
    await helper.reads(`#3: ${helper.written({ text: 'accepted-beside', number: '#3' })}`);
    await helper.reads('#3: Привет');
    await third.reads({ text: 'here-now' });
    await says(helper, '#2 Вы ещё там?', { text: 'which-one', codes: ['#1', '#3'] });
    await helper.writes(plainLine, '#3 Я здесь');
    await third.reads('Я здесь');
    await helper.writes(plainLine, '#1 И я здесь');
    await first.reads('И я здесь');
    await says(helper, '#1 90', `#1: ${helper.written({ text: 'closed' })}`);
    await says(helper, '#3 90', `#3: ${helper.written({ text: 'closed' })}`);
  });

  test('one after the other: what is still meant for the first does not reach the next', async () => {
    const world = await worlds.open({ volunteers: [aigul], network });
    const [helper, first, next] = [
      world.phoneOf(aigul),
      world.phone('+77995550001'),
      world.phone('+77995550002'),
    ];
    await areTalking(first, helper);
    await first.writes(plainLine, 'СТОП');
    await helper.reads({ text: 'closed' });
    await isSearchedFor(next, 'Привет');
    await helper.writes(plainLine, await helper.readsOffer());
    await helper.reads(`#2: ${helper.written({ text: 'accepted-beside', number: '#2' })}`);
    await helper.reads('#2: Привет');
    await next.reads({ text: 'here-now' });
    for (const late of ['Он ушёл?', '#1 Он ушёл?'])
      await says(helper, late, { text: 'which-one', codes: ['#2'] });
    await helper.writes(plainLine, '#2 Здравствуйте');
    await next.reads('Здравствуйте');
    await world.pass(600);
    await helper.writes(plainLine, 'Я здесь');
    await next.reads('Я здесь');
    await isDone(helper);
  });

  test('I feel unsafe, without a number: let go from both at once', async () => {
    const world = await worlds.open({ volunteers: [aigul], network });
    const { helper, first, second } = await writesWithTwo(world);
    const others = [dana, bota];
    for (const each of others) await world.edit(each);
    await helper.writes(plainLine, '95');
    for (const number of ['#1', '#2'])
      await helper.reads(`${number}: ${helper.written({ text: 'unsafe-noted' })}`);
    for (const survivor of [first, second]) await survivor.reads({ text: 'one-moment' });
    world.alerts('helper-unsafe');
    world.alerts('helper-unsafe');
    for (const each of others.map(other => world.phoneOf(other))) {
      await each.writes(plainLine, await each.readsOffer());
      await each.reads({ text: 'accepted' });
    }
    for (const survivor of [first, second]) await survivor.reads({ text: 'here-now' });
    for (const each of others) await isDone(world.phoneOf(each));
  });
});

const oneByOne = (rung: Rung): Rung => ({ ...rung, waveSize: 1 });

describe('who is asked', () => {
  test('nobody beyond the limit, and nobody by phone; first whoever writes with nobody', async () => {
    const ladders = network.ladders.map(ladder => ({ ...ladder, rungs: ladder.rungs.map(oneByOne) }));
    const world = await worlds.open({ volunteers: [aigul], network: { ...network, ladders } });
    const { helper } = await writesWithTwo(world);
    const third = world.phone('+77995550003');
    await world.edit(dana);
    await isSearchedFor(third, 'Привет');
    const other = world.phoneOf(dana);
    await other.writes(plainLine, await other.readsOffer());
    await other.reads({ text: 'accepted' });
    await other.reads('Привет');
    await third.reads({ text: 'here-now' });
    await world.edit(bota);
    const caller = world.phone('+77995550004');
    await caller.dials(plainLine);
    await world.phoneOf(bota).takes();
    await caller.hears('connecting');
    await caller.talksWith(world.phoneOf(bota));
    await caller.saysGoodbyeTo(world.phoneOf(bota));
    // Dana has one conversation, Bota none.
    const fourth = world.phone('+77995550005');
    await isSearchedFor(fourth, 'Алло');
    const free = world.phoneOf(bota);
    await free.writes(plainLine, await free.readsOffer());
    await free.reads({ text: 'accepted' });
    await free.reads('Алло');
    await fourth.reads({ text: 'here-now' });
    for (const each of [other, free]) await isDone(each);
    await bothAreDone(helper);
    expect(other.phone.rings).toEqual([]);
  });

  test('where one conversation is the limit, a number at the beginning is one of her words', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await helper.writes(plainLine, '#2 на двери');
    await survivor.reads('#2 на двери');
    await isDone(helper);
  });
});
