// Two people write to each other through the line. Neither ever sees the other's number; what one writes reaches the
// other as it is, in its order; and whoever helps can end it or pass it on.
import { describe, expect, test } from 'vitest';
import type { Handset } from '../support/handset.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor, takesByText } from './text-people.ts';
import { arriveTogether, post, textParams } from './webhook-post.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const dana = volunteer('dana', 12);
const survivorsNumber = '+77995550001';

async function bothOffered(world: World): Promise<{ survivor: Handset; codes: readonly string[] }> {
  const survivor = world.phone(survivorsNumber);
  await isSearchedFor(survivor, 'Здравствуйте');
  return {
    survivor,
    codes: [await world.phoneOf(aigul).readsOffer(), await world.phoneOf(dana).readsOffer()],
  };
}

describe('taking it', () => {
  test('what she wrote while she waited comes first, in its order', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await isSearchedFor(survivor, 'Первое');
    await survivor.writes(plainLine, 'Второе');
    await world.pass(20);
    await survivor.writes(plainLine, 'Третье 😟');
    await takesByText(helper, survivor, ['Первое', 'Второе', 'Третье 😟']);
    await survivor.writes(plainLine, 'Четвёртое');
    await helper.reads('Четвёртое');
    await isDone(helper);
  });

  test('two send the code in the same moment: one has it, the other reads that it is taken', async () => {
    const world = await worlds.open({ volunteers: [aigul, dana] });
    const { survivor, codes } = await bothOffered(world);
    const helpers = [world.phoneOf(aigul), world.phoneOf(dana)];
    await arriveTogether(
      world,
      helpers.map((helper, i) => textParams(world, helper.number, plainLine.number, codes[i] ?? '')),
    );
    await survivor.reads({ text: 'here-now' });
    await world.pass(5);
    const won = helpers.find(({ phone }) => phone.texts.some(({ body }) => body.includes('90'))) ?? survivor;
    const lost = helpers.find(helper => helper !== won) ?? survivor;
    await won.reads({ text: 'accepted' });
    await won.reads('Здравствуйте');
    await lost.reads({ text: 'taken' });
    await isDone(won);
  });

  test('a late code reads that it is taken', async () => {
    const world = await worlds.open({ volunteers: [aigul, dana] });
    const { survivor, codes } = await bothOffered(world);
    const [helper, late] = [world.phoneOf(aigul), world.phoneOf(dana)];
    await helper.writes(plainLine, codes[0] ?? '');
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await late.writes(plainLine, codes[1] ?? '');
    await late.reads({ text: 'taken' });
    await isDone(helper);
  });

  test("another's code opens nothing", async () => {
    const world = await worlds.open({ volunteers: [aigul, dana] });
    const { survivor, codes } = await bothOffered(world);
    const helper = world.phoneOf(dana);
    await helper.writes(plainLine, codes[0] ?? '');
    await helper.reads({ text: 'taken' });
    await helper.writes(plainLine, codes[1] ?? '');
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await isDone(helper);
  });

  test('her two first texts in one breath open one request, and both are passed on', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    const answers = await arriveTogether(
      world,
      ['Раз', 'Два'].map(body => textParams(world, survivorsNumber, plainLine.number, body)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await survivor.reads({ text: 'safe-question' });
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '1');
    await survivor.reads({ text: 'searching' });
    const code = await helper.readsOffer();
    await helper.writes(plainLine, code);
    await helper.reads({ text: 'accepted' });
    await survivor.reads({ text: 'here-now' });
    await world.pass(5);
    const words = helper.phone.texts.slice(-2).map(({ body }) => body);
    expect([...words].sort()).toEqual(['Два', 'Раз']);
    for (const each of words) await helper.reads(each);
    await isDone(helper);
  });
});

describe('talking', () => {
  test('both ways, and only the number of the line is ever seen', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await helper.writes(plainLine, 'Как вы?');
    await survivor.reads('Как вы?');
    await survivor.writes(plainLine, '1');
    await helper.reads('1');
    await helper.writes(plainLine, 'Ждите 9 минут');
    await survivor.reads('Ждите 9 минут');
    await isDone(helper);
    const seen = [...survivor.phone.texts, ...helper.phone.texts];
    expect(new Set(seen.map(({ from }) => from))).toEqual(new Set([plainLine.number]));
    const words = seen.map(({ body }) => body).join(' ');
    for (const { number } of [survivor, helper]) expect(words).not.toContain(number.slice(2));
  });

  test('many texts keep their order', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    const words = ['раз', 'два', 'три', 'четыре', 'пять'];
    for (const each of words) await survivor.writes(plainLine, each);
    for (const each of words) await helper.reads(each);
    await isDone(helper);
  });

  test('the code once more is not passed on', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await isSearchedFor(survivor, 'Здравствуйте');
    const code = await helper.readsOffer();
    await helper.writes(plainLine, code);
    await helper.writes(plainLine, code);
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await isDone(helper);
  });

  test('pictures are kindly refused, whoever sends them; the words beside them are passed on', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    const media = ['https://pictures.example/1'];
    await areTalking(survivor, helper);
    await survivor.phone.text(plainLine.number, 'Смотрите', { media });
    await survivor.reads({ text: 'no-media' });
    await helper.reads('Смотрите');
    await helper.phone.text(plainLine.number, '', { media });
    await helper.reads({ text: 'no-media' });
    await isDone(helper);
  });

  test.each([
    ['of 1600 letters', 'ж'.repeat(1_600)],
    ['of emoji', '🙏'.repeat(800)],
    ['of several lines', 'раз\n\nдва'],
  ])('a text %s arrives as it is', async (_, body) => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await helper.writes(plainLine, body);
    await survivor.reads(body);
    await survivor.writes(plainLine, body);
    await helper.reads(body);
    await isDone(helper);
  });

  test('without a word for a while it is over: the volunteer reads so and is free, she reads nothing', async () => {
    const network = { ...smallNetwork, settings: { ...smallNetwork.settings, idleSeconds: 600 } };
    const world = await worlds.open({ volunteers: [aigul], network });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await world.pass(550);
    await helper.writes(plainLine, 'Вы здесь?');
    await survivor.reads('Вы здесь?');
    await helper.reads({ text: 'closed' }, 620);
    await areTalking(survivor, helper);
    await isDone(helper);
  });
});

describe('ending it', () => {
  test('90: she reads nothing of it, and her next text begins with the question again', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await isDone(helper);
    await world.pass(60);
    await survivor.writes(plainLine, 'Спасибо');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '2');
  });

  test('she writes while it is being ended: her words are not lost with it', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    let ended = false;
    world.replacePorts(({ requests }) => ({
      requests: {
        ...requests,
        load: async (...args) => {
          const loaded = await requests.load(...args);
          if (!ended) {
            ended = true;
            await post(world, '/texts/incoming', textParams(world, helper.number, plainLine.number, '90'));
          }
          return loaded;
        },
      },
    }));
    await survivor.writes(plainLine, 'Подождите');
    await helper.reads({ text: 'closed' });
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '1');
    await survivor.reads({ text: 'searching' });
    await takesByText(helper, survivor, ['Подождите']);
    await isDone(helper);
  });

  test('what is still on its way to the volunteer arrives before the end', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await survivor.writes(plainLine, 'Я ушла');
    await helper.writes(plainLine, '90');
    await helper.reads('Я ушла');
    await helper.reads({ text: 'closed' });
  });
});

describe('passing it on', () => {
  test('91: another volunteer is asked, she is told neutrally, and the first is never asked again', async () => {
    const world = await worlds.open({ volunteers: [aigul, dana] });
    const { survivor, codes } = await bothOffered(world);
    const [first, second] = [world.phoneOf(aigul), world.phoneOf(dana)];
    await first.writes(plainLine, codes[0] ?? '');
    await first.reads({ text: 'accepted' });
    await first.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await first.writes(plainLine, '91');
    await first.reads({ text: 'passed-on' });
    await survivor.reads({ text: 'one-moment' });
    await survivor.writes(plainLine, 'Хорошо');
    await takesByText(second, survivor, ['Хорошо']);
    await first.writes(plainLine, 'Ещё одно');
    await first.reads({ text: 'unknown-word' });
    await second.writes(plainLine, 'Слушаю');
    await survivor.reads('Слушаю');
    await world.pass(200);
    await isDone(second);
  });

  test('STOP of a volunteer passes it on too, and that word never reaches her', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, first] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, first);
    await world.edit(dana);
    await first.writes(plainLine, 'Stop');
    await survivor.reads({ text: 'one-moment' });
    await takesByText(world.phoneOf(dana), survivor, []);
    await isDone(world.phoneOf(dana));
  });

  test('what could not reach the first yet goes to the second, and to her alone', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, first] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, first);
    world.exchange.faults = {
      onRest: ({ params }) => (params['Body'] === 'Это важно' ? { status: 503 } : 'pass'),
    };
    await survivor.writes(plainLine, 'Это важно');
    await world.edit(dana);
    await first.writes(plainLine, '91');
    world.exchange.faults = {};
    await first.reads({ text: 'passed-on' });
    await survivor.reads({ text: 'one-moment' });
    await takesByText(world.phoneOf(dana), survivor, ['Это важно']);
    await isDone(world.phoneOf(dana));
  });

  test('she writes in the same moment: her words reach one of the two, or both', async () => {
    const words = 'Ещё вот что';
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, first] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, first);
    const second = world.phoneOf(dana);
    const before = first.phone.texts.length;
    await world.edit(dana);
    await arriveTogether(world, [
      textParams(world, first.number, plainLine.number, '91'),
      textParams(world, survivor.number, plainLine.number, words),
    ]);
    await survivor.reads({ text: 'one-moment' });
    const code = await second.readsOffer();
    await second.writes(plainLine, code);
    await second.reads({ text: 'accepted' });
    await survivor.reads({ text: 'here-now' });
    await world.pass(5);
    // Which of the two came first is chance; once too often is better than not at all.
    for (const { body } of first.phone.texts.slice(before)) await first.reads(body);
    if (second.phone.texts.at(-1)?.body === words) await second.reads(words);
    expect([first, second].flatMap(({ phone }) => phone.texts.map(({ body }) => body))).toContain(words);
    await isDone(second);
  });
});
