// What a volunteer can write to us: a number, or words of her language. Each scenario is one conversation or offer.
import { describe, expect, test } from 'vitest';
import type { Handset } from '../support/handset.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor, takesByText } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const dana = volunteer('dana', 12);
const survivorsNumber = '+77995550001';

async function saysSo(helper: Handset, said: string, read: Parameters<Handset['reads']>[0]): Promise<void> {
  await helper.writes(plainLine, said);
  await helper.reads(read);
}

describe('with a request', () => {
  test('in words: taken, and finished', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await isSearchedFor(survivor, 'Здравствуйте');
    await helper.readsOffer();
    await saysSo(helper, 'Беру', { text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await saysSo(helper, 'Закончить', { text: 'closed' });
  });

  test('I may know them, to an offer: it goes to somebody else, and never again to this one', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await isSearchedFor(survivor, 'Здравствуйте');
    await helper.readsOffer();
    await world.edit(dana);
    await saysSo(helper, 'Мы знакомы', { text: 'declined' });
    await takesByText(world.phoneOf(dana), survivor, ['Здравствуйте']);
    await isDone(world.phoneOf(dana));
  });

  test('I may know them, in a conversation: handed over, and she reads only to wait a moment', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await world.edit(dana);
    await saysSo(helper, '92', { text: 'passed-on' });
    await survivor.reads({ text: 'one-moment' });
    await takesByText(world.phoneOf(dana), survivor, []);
    await isDone(world.phoneOf(dana));
  });

  test('escalate: a manager hears of it at once, and the conversation goes on', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await saysSo(helper, 'Позвать старшего', { text: 'escalated' });
    expect(await world.published()).toMatchObject([
      { reason: 'escalated', severity: 'critical', audience: 'manager' },
    ]);
    world.alerts('escalated');
    await helper.writes(plainLine, 'Я здесь');
    await survivor.reads('Я здесь');
    await isDone(helper);
  });

  test('I feel unsafe: let go at once, a manager is told as of the gravest, another volunteer goes on', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await world.edit(dana);
    await saysSo(helper, 'Мне небезопасно', { text: 'unsafe-noted' });
    world.alerts('helper-unsafe');
    await survivor.reads({ text: 'one-moment' });
    await takesByText(world.phoneOf(dana), survivor, []);
    await isDone(world.phoneOf(dana));
  });

  test('I feel unsafe, after the talk, and much later: managers are told all the same', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await isDone(helper);
    // Of the last talk; after an hour of none, and the alert knows no region.
    for (const [seconds, region] of [
      [60, 'KZ-75'],
      [3600, 'unknown'],
    ] as const) {
      await world.pass(seconds);
      await saysSo(helper, '95', { text: 'unsafe-noted' });
      const newest = (await world.published()).at(-1);
      expect(newest).toMatchObject({ reason: 'helper-unsafe', severity: 'critical', region });
      world.alerts('helper-unsafe');
    }
  });

  test('a code that means nothing in a conversation never reaches the survivor', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await saysSo(helper, 'беру', { text: 'taken' });
    await saysSo(helper, '70', { text: 'codes' });
    await isDone(helper);
  });
});

describe('about her own duty', () => {
  test('off duty in a conversation: it goes on, and nobody else’s request is brought to her', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await saysSo(helper, '98', { text: 'off-duty' });
    await helper.writes(plainLine, 'Я здесь');
    await survivor.reads('Я здесь');
    await survivor.writes(plainLine, 'Спасибо');
    await helper.reads('Спасибо');
    await isDone(helper);
  });

  test('a break passes an offer to the next one, and ends with the code for on duty', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await isSearchedFor(survivor, 'Здравствуйте');
    await helper.readsOffer();
    await world.edit(dana);
    await helper.writes(plainLine, 'Перерыв 20');
    await helper.reads({ text: 'declined' });
    await helper.reads({ text: 'on-break', minutes: 20 });
    await takesByText(world.phoneOf(dana), survivor, ['Здравствуйте']);
    await isDone(world.phoneOf(dana));
    await saysSo(helper, 'На смене', { text: 'on-duty' });
    const other = world.phone('+77995550002');
    await world.edit({ ...dana, rota: { ...dana.rota, weekly: [] } });
    await isSearchedFor(other, 'Здравствуйте');
    await takesByText(helper, other, ['Здравствуйте']);
    await isDone(helper);
  });
});
