// Somebody writes for the first time. Whoever holds the phone may not be she: until she says that it is a good time
// she reads one neutral question, in her language, and nobody is asked for her.
import { describe, expect, test } from 'vitest';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { isDone, isSearchedFor, takesByText } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const survivorsNumber = '+77995550001';

describe('before she has said that it is a good time', () => {
  test('she reads a neutral question, and nobody is asked', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(plainLine, 'Он меня бьёт');
    await survivor.reads('Здравствуйте. Сейчас удобно писать? 1 да, 2 нет');
    await world.pass(120);
    await survivor.writes(plainLine, '2');
  });

  test('a 2 is followed by silence, and so is whatever happens later', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(plainLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, 'нет');
    await world.pass(300);
  });

  test('silence lapses after half an hour, and a manager hears of it', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(plainLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    await world.pass(1_900);
    world.alerts('survivor-silent');
    const [alert] = await world.published();
    expect(alert).toMatchObject({ audience: 'manager', severity: 'info' });
  });

  test('other words instead of an answer: to her only the question again, and a manager hears of it at once', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(plainLine, 'Он меня бьёт');
    await survivor.reads({ text: 'safe-question' });
    await world.pass(90);
    await survivor.writes(plainLine, 'Пожалуйста, ответьте');
    await survivor.reads({ text: 'safe-question' });
    world.alerts('words-unread');
    expect(await world.published()).toMatchObject([{ severity: 'warning', audience: 'manager' }]);
    await survivor.writes(plainLine, '2');
  });

  test('a yes after it has lapsed begins anew with the question: the phone may have changed hands', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(plainLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    await world.pass(1_900);
    world.alerts('survivor-silent');
    await survivor.writes(plainLine, '1');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '2');
  });

  test('further texts put the question once more and never again; all of them are kept', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    const helper = world.phoneOf(aigul);
    await survivor.writes(plainLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, 'Мне нужна помощь');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, 'Вы тут?');
    await survivor.writes(plainLine, 'Да');
    await survivor.reads({ text: 'searching' });
    await takesByText(helper, survivor, ['Здравствуйте', 'Мне нужна помощь', 'Вы тут?']);
    await isDone(helper);
  });

  test('photos are not answered: that nothing can be opened would be said too early', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await survivor.phone.text(plainLine.number, '', { media: ['https://pictures.example/1'] });
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '2');
  });
});

describe('her language', () => {
  test.each([
    ['kk', 'Сәлеметсіз бе', 'Жоқ'],
    ['kk', '12345', '2'],
    ['ru', 'Здравствуйте', 'нет'],
    ['en', 'Hello', 'No'],
  ] as const)('%s answers %j', async (language, words, no) => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = world.phone(survivorsNumber, language);
    await survivor.writes(fullLine, words);
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(fullLine, no);
  });

  test('is what she writes in next, when the first text did not tell', async () => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = world.phone(survivorsNumber, 'en');
    await survivor.writes(fullLine, 'Salem');
    await survivor.reads({ text: 'safe-question' });
    survivor.speaking('kk');
    await survivor.writes(fullLine, 'Ағылшынша білмеймін');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(fullLine, '2');
  });

  test('a line that does not offer it answers in its own', async () => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = world.phone(survivorsNumber, 'ru');
    await survivor.writes(plainLine, 'Сәлеметсіз бе');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, 'жоқ');
  });
});

describe('whatever she sends', () => {
  test.each(['', ' \n ', '\u0000\u0007', '\uFFFE'])(
    '%j, which holds no word, opens a request too',
    async body => {
      const world = await worlds.open({ volunteers: [aigul] });
      const survivor = world.phone(survivorsNumber);
      const helper = world.phoneOf(aigul);
      await survivor.writes(plainLine, body);
      await survivor.reads({ text: 'safe-question' });
      await survivor.writes(plainLine, '1');
      await survivor.reads({ text: 'searching' });
      await takesByText(helper, survivor, []);
      await isDone(helper);
    },
  );

  test.each([
    ['1600 Kazakh letters', 'ә'.repeat(1_600), 'ә'.repeat(1_600)],
    ['emoji of several signs', 'Мне 😟👩‍👧', 'Мне 😟👩‍👧'],
    ['control characters', 'Я\u0000 тут\u0007\r\nодна', 'Я  тут \nодна'],
    ['markup', '<Response>&amp;</Response>', '<Response>&amp;</Response>'],
  ])('%s are passed on', async (_, body, passedOn) => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    const helper = world.phoneOf(aigul);
    await isSearchedFor(survivor, body);
    await takesByText(helper, survivor, [passedOn]);
    await isDone(helper);
  });
});
