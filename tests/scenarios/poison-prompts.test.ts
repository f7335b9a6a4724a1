// A sentence that cannot be made, in the middle of a call: the sentence is missing, and nothing else.
import { afterEach, expect, test, vi } from 'vitest';
import type { SpokenKey } from '../../shared/domain/wording.ts';
import { manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { isDone, takesByText } from './text-people.ts';

/** Which sentences throw, and whether the text with an offer does. */
const poison = vi.hoisted(() => ({ sentences: new Set<string>(), offer: false }));

// The handsets of the tests read the same words to know what to expect: only the product meets the poison.
vi.mock('../../shared/prompts/ru.ts', async importOriginal => {
  const original = await importOriginal<typeof import('../../shared/prompts/ru.ts')>();
  const { spoken, texts } = original.ru;
  const byProduct = (file: RegExp) => file.test(new Error('where').stack ?? '');
  const sentences = new Proxy(spoken.sentences, {
    get: (words, key: SpokenKey) => {
      if (poison.sentences.has(key) && byProduct(/shared\/http\//)) throw new Error('poison');
      return words[key];
    },
  });
  const offer: typeof texts.offer = params => {
    if (poison.offer && byProduct(/shared\/app\//)) throw new Error('poison');
    return texts.offer(params);
  };
  return {
    ...original,
    ru: { ...original.ru, spoken: { ...spoken, sentences }, texts: { ...texts, offer } },
  };
});

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const survivorsNumber = '+77995550001';

afterEach(() => {
  poison.sentences.clear();
  poison.offer = false;
});

const logged = (world: World, event: string) =>
  world.logged.map(line => JSON.parse(line)).filter(each => each.event === event);

test('of her wait, and of the way into the room: she is kept on the line and talks with somebody', async () => {
  poison.sentences.add('searching').add('connecting');
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await caller.hears('keys-while-waiting');
  await helper.rings();
  await helper.picksUp();
  await helper.presses('1');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
  const prompts = new Set(logged(world, 'prompt-failed').map(({ prompt }) => prompt));
  expect([...prompts].sort()).toEqual(['connecting', 'searching']);
  expect(logged(world, 'voice-failed')).toEqual([]);
});

test('every single one: she hears nothing, and somebody is found for her all the same', async () => {
  for (const key of [
    'searching',
    'still-searching',
    'keys-while-waiting',
    'connecting',
    'ask-police',
    'try-again',
  ])
    poison.sentences.add(key);
  const world = await worlds.open({ volunteers: [aigul] });
  world.silenceAtMostSeconds = 60;
  const [caller, helper] = [world.phone(survivorsNumber).mayHearAnything(), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await helper.rings();
  await helper.picksUp();
  await helper.presses('1');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('the text with an offer: managers hear of it, and what she wrote waits until it can be passed on', async () => {
  poison.offer = true;
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await survivor.writes(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, '1');
  await survivor.reads({ text: 'searching' });
  await world.pass(100);
  const reasons = (await world.published()).map(({ reason }) => reason);
  expect(reasons).toContain('nobody-answers');
  expect(logged(world, 'performing-failed').length).toBeGreaterThan(0);
  await survivor.reads({ text: 'numbers-to-dial', numbers: ['102', '112'] });
  poison.offer = false;
  await world.phoneOf(manager).readsOffer(240);
  await world.until('the volunteer is asked', () => helper.phone.texts.length > 0, 240);
  await takesByText(helper, survivor, ['Здравствуйте']);
  await isDone(helper);
  for (const { reason } of await world.published()) world.alerts(reason);
});
