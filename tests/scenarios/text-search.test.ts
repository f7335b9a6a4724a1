// She has said yes: the search runs at once, and what she is asked meanwhile makes it better, never later. Offers go
// out with a code; whoever does not take one makes room for the next.
import { describe, test } from 'vitest';
import { skillId } from '../../infra/local/seed/seed-values.ts';
import {
  almaty,
  astana,
  fullLine,
  lawyer,
  manager,
  plainLine,
  police,
  volunteer,
} from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor, takesByText } from './text-people.ts';

const worlds = useWorlds();
const survivorsNumber = '+77995550001';
const needs = fullLine.needs;

/** She is asked about the need; whoever was asked first holds the offer. */
async function saysYes(world: World) {
  const survivor = world.phone(survivorsNumber, 'ru');
  await survivor.writes(fullLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(fullLine, '1');
  return survivor;
}

describe('need and region', () => {
  test('are asked while the search runs; the answers reach nobody as words', async () => {
    const aigul = volunteer('aigul', 11);
    const world = await worlds.open({ volunteers: [aigul] });
    const helper = world.phoneOf(aigul);
    const survivor = await saysYes(world);
    const code = await helper.readsOffer();
    await survivor.reads({ text: 'ask-need', needs });
    await survivor.writes(fullLine, '2');
    await survivor.reads({ text: 'ask-region' });
    await survivor.writes(fullLine, 'Almaty');
    await survivor.reads({ text: 'searching' });
    await helper.writes(fullLine, code);
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await isDone(helper, fullLine);
  });

  test.each([
    ['Russian', 'Astana ru'],
    ['Kazakh', 'astana KK.'],
    ['English', 'Astana'],
    ['its first letters', 'asta'],
  ])('a region named in %s decides who is asked next', async (_, named) => {
    const [first, second] = [volunteer('a', 11), volunteer('b', 12)];
    const there = volunteer('c', 13, { region: astana });
    const world = await worlds.open({ volunteers: [first, second, there] });
    const survivor = await saysYes(world);
    await survivor.writes(fullLine, '0');
    await survivor.writes(fullLine, named);
    await world.phoneOf(first).readsOffer();
    const helper = world.phoneOf(there);
    await survivor.reads({ text: 'ask-need', needs });
    await survivor.reads({ text: 'ask-region' });
    await survivor.reads({ text: 'searching' });
    await takesByText(helper, survivor, ['Здравствуйте'], fullLine);
    await isDone(helper, fullLine);
  });

  test('a need decides who is asked next', async () => {
    const [first, second] = [volunteer('a', 11), volunteer('b', 12)];
    const able = volunteer('c', 13, { skills: [skillId('legal')], region: astana });
    const world = await worlds.open({ volunteers: [first, second, able] });
    const survivor = await saysYes(world);
    await survivor.writes(fullLine, '2');
    await world.phoneOf(first).readsOffer();
    await survivor.reads({ text: 'ask-need', needs });
    await survivor.reads({ text: 'ask-region' });
    await takesByText(world.phoneOf(able), survivor, ['Здравствуйте'], fullLine);
    await isDone(world.phoneOf(able), fullLine);
  });

  test('what is no answer is kept for whoever comes, and the question stays open', async () => {
    const aigul = volunteer('aigul', 11);
    const world = await worlds.open({ volunteers: [aigul] });
    const helper = world.phoneOf(aigul);
    const survivor = await saysYes(world);
    await survivor.reads({ text: 'ask-need', needs });
    await survivor.writes(fullLine, 'Я не знаю');
    await survivor.writes(fullLine, '7');
    await survivor.writes(fullLine, '1');
    await survivor.reads({ text: 'ask-region' });
    await survivor.writes(fullLine, 'Караганда');
    await survivor.writes(fullLine, '0');
    await survivor.reads({ text: 'searching' });
    await takesByText(helper, survivor, ['Здравствуйте', 'Я не знаю', '7', 'Караганда'], fullLine);
    await isDone(helper, fullLine);
  });
});

describe('offers', () => {
  test('a 0 declines: the next one is asked at once, and the first not again', async () => {
    const [first, second, third] = [volunteer('a', 11), volunteer('b', 12), volunteer('c', 13)];
    const world = await worlds.open({ volunteers: [first, second, third] });
    const survivor = world.phone(survivorsNumber);
    await isSearchedFor(survivor, 'Здравствуйте');
    await world.phoneOf(first).readsOffer();
    await world.phoneOf(second).readsOffer();
    await world.phoneOf(first).writes(plainLine, '0');
    await world.phoneOf(first).reads({ text: 'declined' });
    await takesByText(world.phoneOf(third), survivor, ['Здравствуйте']);
    await isDone(world.phoneOf(third));
  });

  test('STOP declines without a word', async () => {
    const aigul = volunteer('a', 11);
    const [, second, third] = [aigul, volunteer('b', 12), volunteer('c', 13)];
    const world = await worlds.open({ volunteers: [aigul, second, third] });
    const survivor = world.phone(survivorsNumber);
    await isSearchedFor(survivor, 'Здравствуйте');
    await world.phoneOf(aigul).readsOffer();
    await world.phoneOf(second).readsOffer();
    await world.phoneOf(aigul).writes(plainLine, 'STOP');
    await takesByText(world.phoneOf(third), survivor, ['Здравствуйте']);
    await isDone(world.phoneOf(third));
  });

  test.each([30_005, 30_006, 21_614])(
    'a phone that no text reaches (%i) makes room for the next, and a manager hears of it',
    async failure => {
      const [broken, second, third] = [volunteer('a', 11), volunteer('b', 12), volunteer('c', 13)];
      const world = await worlds.open({ volunteers: [broken, second, third] });
      world.phoneOf(broken).phone.textBehaviour = { failure };
      const survivor = world.phone(survivorsNumber);
      await isSearchedFor(survivor, 'Здравствуйте');
      await world.phoneOf(second).readsOffer();
      world.alerts('volunteer-unreachable');
      await takesByText(world.phoneOf(third), survivor, ['Здравствуйте']);
      await isDone(world.phoneOf(third));
    },
  );

  test('a phone out of reach for now makes room for the next, and nobody is blamed', async () => {
    const [away, second, third] = [volunteer('a', 11), volunteer('b', 12), volunteer('c', 13)];
    const world = await worlds.open({ volunteers: [away, second, third] });
    world.phoneOf(away).phone.textBehaviour = { failure: 30_003 };
    const survivor = world.phone(survivorsNumber);
    await isSearchedFor(survivor, 'Здравствуйте');
    await world.phoneOf(second).readsOffer();
    await takesByText(world.phoneOf(third), survivor, ['Здравствуйте']);
    await isDone(world.phoneOf(third));
  });

  test('who is marked unreachable is not asked for the next survivor either', async () => {
    const [broken, other] = [volunteer('a', 11), volunteer('b', 12)];
    const world = await worlds.open({ volunteers: [broken, other] });
    world.phoneOf(broken).phone.textBehaviour = { failure: 30_006 };
    await areTalking(world.phone(survivorsNumber), world.phoneOf(other));
    world.alerts('volunteer-unreachable');
    await isDone(world.phoneOf(other));
    world.phoneOf(broken).phone.textBehaviour = {};
    await areTalking(world.phone('+77995550002'), world.phoneOf(other));
    await isDone(world.phoneOf(other));
  });

  test('a volunteer in a conversation is not offered a second one', async () => {
    const aigul = volunteer('aigul', 11);
    const world = await worlds.open({ volunteers: [aigul] });
    const helper = world.phoneOf(aigul);
    await areTalking(world.phone(survivorsNumber), helper);
    const other = world.phone('+77995550002');
    await isSearchedFor(other, 'Добрый день');
    await other.reads('102 / 112');
    world.alerts('consent-missing');
    world.alerts('nobody-answers');
    await takesByText(world.phoneOf(manager), other, ['Добрый день']);
    world.alerts('contact-confirmed');
    await isDone(world.phoneOf(manager));
    await isDone(helper);
  });
});

describe('the ladder', () => {
  test('nobody answers: it climbs to a contact, who takes it by the code', async () => {
    const aigul = volunteer('aigul', 11);
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await isSearchedFor(survivor, 'Здравствуйте');
    await world.phoneOf(aigul).readsOffer();
    const desk = world.phoneOf(manager);
    const code = await desk.readsOffer(120);
    world.alerts('consent-missing');
    world.alerts('nobody-answers');
    await survivor.reads('102 / 112');
    await desk.writes(plainLine, code);
    await desk.reads({ text: 'accepted' });
    await desk.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    world.alerts('contact-confirmed');
    await desk.writes(plainLine, 'Я здесь');
    await survivor.reads('Я здесь');
    await isDone(desk);
  });

  test('who writes 9 is in danger: the police desk is asked at once, and takes it by the code', async () => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = world.phone(survivorsNumber);
    await isSearchedFor(survivor, 'Здравствуйте');
    await world.phoneOf(manager).readsOffer();
    world.alerts('consent-missing');
    world.alerts('nobody-answers');
    await survivor.reads('102 / 112');
    await survivor.writes(plainLine, '9!');
    await survivor.reads({ text: 'searching' });
    world.alerts('danger');
    world.alerts('danger');
    await takesByText(world.phoneOf(police), survivor, ['Здравствуйте']);
    world.alerts('contact-confirmed');
    await isDone(world.phoneOf(police));
  });

  test('a 9 as the very first text needs no question', async () => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(plainLine, '9');
    await survivor.reads({ text: 'searching' });
    world.alerts('danger');
    world.alerts('danger');
    await takesByText(world.phoneOf(police), survivor, []);
    world.alerts('contact-confirmed');
    await isDone(world.phoneOf(police));
  });

  test('a lawyer is asked for who needs one', async () => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = await saysYes(world);
    world.alerts('consent-missing');
    world.alerts('nobody-answers');
    await survivor.reads({ text: 'ask-need', needs });
    await survivor.reads('102 / 112');
    await world.phoneOf(manager).readsOffer();
    await survivor.writes(fullLine, '2');
    await survivor.reads({ text: 'ask-region' });
    const desk = world.phoneOf(lawyer);
    const code = await desk.readsOffer(200);
    world.alerts('nobody-answers');
    await desk.writes(fullLine, code);
    await desk.reads({ text: 'accepted' });
    world.alerts('contact-confirmed');
    await desk.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await isDone(desk, fullLine);
  });
});

describe('a contact who is asked for two', () => {
  test('declines the latest by 0', async () => {
    const aigul = volunteer('aigul', 11, { region: almaty });
    const world = await worlds.open({ volunteers: [] });
    const desk = world.phoneOf(manager);
    const [first, second] = [world.phone(survivorsNumber), world.phone('+77995550002')];
    await isSearchedFor(first, 'Первая');
    const firstCode = await desk.readsOffer();
    await first.reads('102 / 112');
    await isSearchedFor(second, 'Вторая');
    await desk.readsOffer();
    await second.reads('102 / 112');
    for (const reason of ['consent-missing', 'nobody-answers', 'consent-missing', 'nobody-answers'])
      world.alerts(reason);
    await desk.writes(plainLine, '0');
    await desk.reads({ text: 'declined' });
    world.alerts('nobody-answers');
    await desk.writes(plainLine, firstCode);
    await desk.reads({ text: 'accepted' });
    await desk.reads('Первая');
    await first.reads({ text: 'here-now' });
    world.alerts('contact-confirmed');
    await world.edit(aigul);
    await takesByText(world.phoneOf(aigul), second, ['Вторая']);
    await isDone(desk);
    await isDone(world.phoneOf(aigul));
  });

  test('can talk with one only: the code of the other is turned down, and that search goes on', async () => {
    const aigul = volunteer('aigul', 11);
    const world = await worlds.open({ volunteers: [] });
    const desk = world.phoneOf(manager);
    const [first, second] = [world.phone(survivorsNumber), world.phone('+77995550002')];
    await isSearchedFor(first, 'Первая');
    const firstCode = await desk.readsOffer();
    await first.reads('102 / 112');
    await isSearchedFor(second, 'Вторая');
    const secondCode = await desk.readsOffer();
    await second.reads('102 / 112');
    for (const reason of ['consent-missing', 'nobody-answers', 'consent-missing', 'nobody-answers'])
      world.alerts(reason);
    await desk.writes(plainLine, firstCode);
    await desk.reads({ text: 'accepted' });
    await desk.reads('Первая');
    await first.reads({ text: 'here-now' });
    world.alerts('contact-confirmed');
    await desk.writes(plainLine, secondCode);
    await desk.reads({ text: 'declined' });
    world.alerts('nobody-answers');
    await world.edit(aigul);
    await takesByText(world.phoneOf(aigul), second, ['Вторая']);
    await isDone(desk);
    await isDone(world.phoneOf(aigul));
  });
});
