// Webhooks of texts are lost for good. What was written is found in the network's own books and taken in late, in its
// order, once; never when it would undo what was written since, and never after a stop.
import { describe, expect, test } from 'vitest';
import type { Handset } from '../support/handset.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const survivorsNumber = '+77995550001';
const FOUND_WITHIN_SECONDS = 150;
/** A text that is written then is half a minute old, and a little more, when they are. */
const BEFORE_THE_BOOKS_ARE_READ_SECONDS = 80;
/** Longer than the books are looked back at: what is not repeated by then never is. */
const LONG_AFTER_SECONDS = 1_300;

/** Writes a text whose webhook never arrives, however often the network tries. */
async function writesInVain(world: World, writer: Handset, body: string): Promise<void> {
  world.exchange.faults.onWebhook = ({ kind }) => (kind === 'text' ? 'lose' : 'pass');
  await writer.writes(plainLine, body);
  world.exchange.faults.onWebhook = () => 'pass';
}

const people = (world: World) => [world.phone(survivorsNumber), world.phoneOf(aigul)] as const;
const counted = (world: World) =>
  world.logged
    .map(line => JSON.parse(line))
    .filter(({ event }) => event === 'reconciled')
    .reduce((sum, { textsMissed, failed }) => sum + textsMissed + failed, 0);

describe('a survivor', () => {
  test('whose first text is lost reads the neutral question once, and a manager hears of it', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await writesInVain(world, survivor, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' }, FOUND_WITHIN_SECONDS);
    const [alert] = await world.published();
    expect(alert).toMatchObject({ reason: 'text-missed', severity: 'warning', audience: 'manager' });
    world.alerts('text-missed');

    await survivor.writes(plainLine, '1');
    await survivor.reads({ text: 'searching' });
    const code = await helper.readsOffer();
    await helper.writes(plainLine, code);
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await isDone(helper);
    await world.pass(LONG_AFTER_SECONDS);
  });

  test('whose words in a conversation are lost: they arrive late, in their order, and once', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await areTalking(survivor, helper);
    await writesInVain(world, survivor, 'Первое');
    await writesInVain(world, survivor, 'Второе');
    await helper.reads('Первое', FOUND_WITHIN_SECONDS);
    await helper.reads('Второе');
    world.alerts('text-missed'); // once in a while: the first says where to look
    await isDone(helper);
    await world.pass(LONG_AFTER_SECONDS);
  });

  test('who writes "2" in vain and then "1": the no is not said after the yes', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await survivor.writes(plainLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    await writesInVain(world, survivor, '2');
    await world.pass(10);
    await survivor.writes(plainLine, '1');
    await survivor.reads({ text: 'searching' });
    const code = await helper.readsOffer();
    await helper.writes(plainLine, code);
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await world.pass(FOUND_WITHIN_SECONDS);
    await isDone(helper);
  });

  test('whose stop is lost is left in silence all the same, and the search ends', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await world.pass(BEFORE_THE_BOOKS_ARE_READ_SECONDS);
    await isSearchedFor(survivor, 'Здравствуйте');
    const code = await helper.readsOffer();
    await writesInVain(world, survivor, 'СТОП');
    await world.pass(45);
    world.alerts('text-missed');
    await helper.writes(plainLine, code);
    await helper.reads({ text: 'taken' });
    await world.pass(LONG_AFTER_SECONDS);
  });

  test.each(['arrives', 'is lost too'])(
    'who writes in vain, and then a stop that %s: she reads nothing',
    async stop => {
      const world = await worlds.open({ volunteers: [aigul] });
      const [survivor] = people(world);
      await writesInVain(world, survivor, 'Здравствуйте');
      await world.pass(5);
      if (stop === 'arrives') await survivor.writes(plainLine, 'STOP');
      else {
        await writesInVain(world, survivor, 'STOP');
        world.alerts('text-missed');
      }
      await world.pass(LONG_AFTER_SECONDS);
    },
  );

  test('who repeats a word that changes nothing: when all is over it is not taken for a new text', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await areTalking(survivor, helper);
    await survivor.writes(plainLine, ' ');
    await isDone(helper);
    await world.pass(LONG_AFTER_SECONDS);
  });
});

describe('a helper', () => {
  test('whose code is lost has taken it late, while nobody else has', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await world.pass(BEFORE_THE_BOOKS_ARE_READ_SECONDS);
    await isSearchedFor(survivor, 'Здравствуйте');
    await writesInVain(world, helper, await helper.readsOffer());
    await helper.reads({ text: 'accepted' }, 45);
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    world.alerts('text-missed');
    await isDone(helper);
    await world.pass(LONG_AFTER_SECONDS);
  });

  test('who wrote before she took it: those words are never passed on to a survivor', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await helper.writes(plainLine, 'Я в отпуске');
    await helper.reads({ text: 'unknown-word' });
    await areTalking(survivor, helper);
    await world.pass(500);
    await isDone(helper);
  });

  test('who ended a conversation twice does not end the next one', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await areTalking(survivor, helper);
    await isDone(helper);
    await helper.writes(plainLine, '90');
    await helper.reads({ text: 'unknown-word' });
    await areTalking(survivor, helper);
    await world.pass(FOUND_WITHIN_SECONDS);
    await helper.writes(plainLine, 'Я здесь');
    await survivor.reads('Я здесь');
    await isDone(helper);
  });

  test('who writes with two, and does not say with whom, is asked once; when one has gone it does not reach the other', async () => {
    const settings = { ...smallNetwork.settings, conversationsAtOnce: 2 };
    const world = await worlds.open({ volunteers: [aigul], network: { ...smallNetwork, settings } });
    const [survivor, helper] = people(world);
    const second = world.phone('+77995550002');
    const both = { text: 'which-one', codes: ['#1', '#2'] } as const;
    await areTalking(survivor, helper);
    await isSearchedFor(second, 'Добрый день');
    await helper.writes(plainLine, await helper.readsOffer());
    await helper.reads(`#2: ${helper.written({ text: 'accepted-beside', number: '#2' })}`);
    await helper.reads('#2: Добрый день');
    await second.reads({ text: 'here-now' });
    await helper.writes(plainLine, '#1 Я здесь');
    await survivor.reads('Я здесь');
    await helper.writes(plainLine, '#2 Я здесь');
    await second.reads('Я здесь');
    await helper.writes(plainLine, 'Где вы?');
    await helper.reads(both);
    await writesInVain(world, helper, 'Вы одна?');
    await world.pass(5);
    await second.writes(plainLine, 'СТОП');
    await helper.reads(`#2: ${helper.written({ text: 'closed' })}`);
    await helper.reads(both, FOUND_WITHIN_SECONDS);
    await world.pass(LONG_AFTER_SECONDS);
    await isDone(helper);
  });

  test('who feels unsafe is heard late too, with a talk behind her and without', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = people(world);
    await areTalking(survivor, helper);
    await isDone(helper);
    for (const seconds of [0, LONG_AFTER_SECONDS + 3600]) {
      await world.pass(seconds);
      await writesInVain(world, helper, '95');
      await helper.reads({ text: 'unsafe-noted' }, FOUND_WITHIN_SECONDS);
      world.alerts('helper-unsafe');
    }
    world.alerts('text-missed');
    await world.pass(LONG_AFTER_SECONDS);
  });

  test('whose words mean nothing is told so once, however often they are seen in the books', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const helper = world.phoneOf(aigul);
    await helper.writes(plainLine, 'Здравствуйте?');
    await helper.reads({ text: 'unknown-word' });
    await helper.writes(plainLine, 'STOP');
    await world.pass(LONG_AFTER_SECONDS);
    expect(counted(world)).toBe(0);
  });
});

test('a healthy conversation is left completely alone', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = people(world);
  await world.pass(100);
  await areTalking(survivor, helper);
  await survivor.writes(plainLine, 'Раз');
  await helper.reads('Раз');
  await world.pass(200);
  await helper.writes(plainLine, 'Два');
  await survivor.reads('Два');
  await isDone(helper);
  await world.pass(LONG_AFTER_SECONDS);
  expect(counted(world)).toBe(0);
});
