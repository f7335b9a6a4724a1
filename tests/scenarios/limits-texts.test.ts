// Machines that answer machines, floods of texts, pictures without end, numbers of far countries. What she writes is
// kept and passed on; what a stranger's machine could make us send for ever is not sent.
import { expect, test } from 'vitest';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { networkWith } from './limits-people.ts';
import { areTalking, isDone, takesByText } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const her = '+77995550001';

test('a robot that answers every text with no gets five answers in an hour, and managers hear of it once', async () => {
  const world = await worlds.open({
    network: networkWith({ automaticRepliesAnHour: 5 }),
    volunteers: [aigul],
    at: '2026-11-23T10:57:00+05:00',
  });
  const robot = world.phone(her);
  for (let loop = 0; loop < 12; loop += 1) {
    await robot.writes(plainLine, 'Здравствуйте');
    if (loop < 5) await robot.reads({ text: 'safe-question' });
    await world.pass(2);
    await robot.writes(plainLine, '2');
  }
  expect(robot.phone.texts).toHaveLength(5);
  world.alerts('robot-loop');
  // Whoever writes now may be a person who has the phone back: she is asked at the turn of the hour.
  await robot.writes(plainLine, 'Это я');
  await robot.reads({ text: 'safe-question' }, 300);
  await robot.writes(plainLine, '2');
});

test('a person is not held up by what a robot on her phone has used up: her search writes as ever', async () => {
  const world = await worlds.open({
    network: networkWith({ automaticRepliesAnHour: 2 }),
    volunteers: [aigul],
  });
  const [survivor, helper] = [world.phone(her), world.phoneOf(aigul)];
  for (let loop = 0; loop < 3; loop += 1) {
    await survivor.writes(plainLine, 'автоответ');
    if (loop < 2) await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '2');
  }
  world.alerts('robot-loop');
  await survivor.writes(plainLine, 'Здравствуйте');
  await survivor.writes(plainLine, '1');
  await survivor.reads({ text: 'searching' });
  await takesByText(helper, survivor, ['Здравствуйте']);
  await isDone(helper);
});

test('pictures without end: it is said twice that they can not be passed on, and then no more', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(her), world.phoneOf(aigul)];
  await areTalking(survivor, helper);
  for (let picture = 0; picture < 6; picture += 1) {
    await survivor.phone.text(plainLine.number, '', { media: ['https://pictures.example/1.jpg'] });
    if (picture < 2) await survivor.reads({ text: 'no-media' });
  }
  await isDone(helper);
});

test('a flood in a conversation: the words reach the helper, joined, once a minute', async () => {
  const world = await worlds.open({
    network: networkWith({ textsPerNumberAnHour: 10 }),
    volunteers: [aigul],
  });
  const [survivor, helper] = [world.phone(her), world.phoneOf(aigul)];
  await areTalking(survivor, helper); // two texts of hers
  for (let text = 3; text <= 10; text += 1) {
    await survivor.writes(plainLine, `слово ${text}`);
    await helper.reads(`слово ${text}`);
  }
  for (let text = 11; text <= 16; text += 1) await survivor.writes(plainLine, `слово ${text}`);
  world.alerts('flood');
  await world.pass(50);
  await helper.reads([11, 12, 13, 14, 15, 16].map(text => `слово ${text}`).join('\n'), 12);
  // The other way nothing waits.
  await helper.writes(plainLine, 'Я тут');
  await survivor.reads('Я тут');
  await isDone(helper);
});

test('a line is flooded with texts: who writes first is asked when it is over, without writing again', async () => {
  const world = await worlds.open({
    network: networkWith({ textsPerLineAMinute: 10 }),
    volunteers: [aigul],
  });
  const [survivor, helper] = [world.phone(her), world.phoneOf(aigul)];
  await flooded(world);
  await survivor.writes(plainLine, 'Мне нужна помощь');
  await world.pass(50);
  expect(survivor.phone.texts).toEqual([]);
  await survivor.reads({ text: 'safe-question' }, 130);
  await survivor.writes(plainLine, '1');
  await survivor.reads({ text: 'searching' });
  await takesByText(helper, survivor, ['Мне нужна помощь']);
  await isDone(helper);
});

test('a stop before the question of a flooded line is put is followed by silence', async () => {
  const world = await worlds.open({ network: networkWith({ textsPerLineAMinute: 10 }) });
  const survivor = world.phone(her);
  await flooded(world);
  await survivor.writes(plainLine, 'Здравствуйте');
  await world.pass(10);
  await survivor.writes(plainLine, 'СТОП');
  await world.pass(300);
});

async function flooded(world: World): Promise<void> {
  for (let robot = 0; robot < 5; robot += 1) {
    const other = world.phone(`+7799555${String(100 + robot).padStart(4, '0')}`);
    await other.writes(plainLine, 'спам');
    await other.reads({ text: 'safe-question' });
    await other.writes(plainLine, 'СТОП');
  }
  world.alerts('flood');
}

test('a number of a country that is not allowed: on record, nothing is sent, managers hear of it', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const far = world.phone('+996700123456');
  await far.writes(plainLine, 'Здравствуйте');
  await far.writes(plainLine, 'Вы тут?');
  world.alerts('not-allowed-country');
  await world.pass(1_900);
});

test('the texts of a day are used up: strangers are asked one a minute, a conversation goes on; one alert each', async () => {
  const world = await worlds.open({ network: networkWith({ textsADay: 10 }), volunteers: [aigul] });
  const [survivor, helper] = [world.phone(her), world.phoneOf(aigul)];
  await areTalking(survivor, helper); // six: the question, "searching", the offer, two greetings, her words
  for (const word of ['раз', 'два', 'три', 'четыре', 'пять']) {
    await survivor.writes(plainLine, word);
    await helper.reads(word);
  }
  world.alerts('spend-near-cap');
  world.alerts('spend-cap');
  const strangers = [2, 3].map(stranger => world.phone(`+7799555000${stranger}`));
  for (const stranger of strangers) await stranger.writes(plainLine, 'Здравствуйте');
  await world.pass(20);
  expect(strangers.flatMap(({ phone }) => phone.texts)).toHaveLength(1);
  await helper.writes(plainLine, 'Я тут');
  await survivor.reads('Я тут');
  await isDone(helper);
  await strangers[0]?.reads({ text: 'safe-question' });
  await strangers[1]?.reads({ text: 'safe-question' }, 1_000);
  for (const stranger of strangers) await stranger.writes(plainLine, 'стоп');
});
