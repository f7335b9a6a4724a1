// A sentence that cannot be made, in the middle of a call: the sentence is missing, and nothing else.
import { afterEach, expect, test } from 'vitest';
import type { SpokenKey } from '../../shared/domain/wording.ts';
import { ru } from '../../shared/prompts/ru.ts';
import { manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { isDone, takesByText } from './text-people.ts';

// The handsets of the tests read the same words to know what to expect: only the product meets the poison.
const isAskedBy = (product: RegExp) => product.test(new Error('where').stack ?? '');
let antidotes: (() => void)[] = [];

/** Until the end of the test whoever of the product asks for these words gets an error instead. */
function poison<Words extends object>(words: Words, key: keyof Words, product: RegExp): void {
  const healthy = words[key];
  const get = () => {
    if (isAskedBy(product)) throw new Error('poison');
    return healthy;
  };
  Object.defineProperty(words, key, { configurable: true, enumerable: true, get });
  antidotes.push(() => Object.defineProperty(words, key, { value: healthy, writable: true }));
}

function heal(): void {
  for (const antidote of antidotes) antidote();
  antidotes = [];
}

const poisonSentence = (key: SpokenKey) => poison(ru.spoken.sentences, key, /shared\/http\//);

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const survivorsNumber = '+77995550001';

afterEach(heal);

const logged = (world: World, event: string) =>
  world.logged.map(line => JSON.parse(line)).filter(each => each.event === event);

test('of her wait, and of the way into the room: she is kept on the line and talks with somebody', async () => {
  poisonSentence('searching');
  poisonSentence('connecting');
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
  ] as const)
    poisonSentence(key);
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
  poison(ru.texts, 'offer', /shared\/app\//);
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
  heal();
  await world.phoneOf(manager).readsOffer(240);
  await world.until('the volunteer is asked', () => helper.phone.texts.length > 0, 240);
  await takesByText(helper, survivor, ['Здравствуйте']);
  await isDone(helper);
  for (const { reason } of await world.published()) world.alerts(reason);
});
