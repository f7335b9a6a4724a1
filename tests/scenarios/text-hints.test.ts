// A helper writes something that means nothing just now. She is told so, rarely: the other side may be a robot.
import { test } from 'vitest';
import { fullLine, manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor, takesByText } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);

test('unknown words are answered by a hint, twice an hour at most; then a manager hears of it, once', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const helper = world.phoneOf(aigul);
  for (let text = 0; text < 5; text += 1) await helper.writes(plainLine, 'Я сейчас в отпуске');
  await helper.reads({ text: 'unknown-word' });
  await helper.reads({ text: 'unknown-word' });
  world.alerts('helper-unanswered');
  world.sweeps = false;
  world.reconciles = false;
  await world.pass(3_600);
  await helper.writes(plainLine, 'Здравствуйте?');
  await helper.reads({ text: 'unknown-word' });
});

test('a helper is never taken for a survivor, on duty or not, on any line', async () => {
  const off = volunteer('dana', 12, { rota: { ...aigul.rota, weekly: [] } });
  const world = await worlds.open({ volunteers: [off] });
  await world.phoneOf(off).writes(fullLine, 'Привет');
  await world.phoneOf(off).reads({ text: 'unknown-word' });
  await world.phoneOf(manager).writes(plainLine, 'Привет');
  await world.phoneOf(manager).reads({ text: 'unknown-word' });
});

test.each(['STOP', 'Стоп'])('%s of a helper who has nothing open is answered by nothing', async word => {
  const world = await worlds.open({ volunteers: [aigul] });
  await world.phoneOf(aigul).writes(plainLine, word);
});

test.each(['0', '90', '91', '1'])('%s means nothing without an offer or a conversation', async digits => {
  const world = await worlds.open({ volunteers: [aigul] });
  await world.phoneOf(aigul).writes(plainLine, digits);
  await world.phoneOf(aigul).reads({ text: 'unknown-word' });
});

test('words before the code take nothing; the code still does', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  await isSearchedFor(survivor, 'Здравствуйте');
  const code = await helper.readsOffer();
  await helper.writes(plainLine, 'Могу через час');
  await helper.reads({ text: 'unknown-word' });
  await helper.writes(plainLine, ` (${code}).`);
  await helper.reads({ text: 'accepted' });
  await helper.reads('Здравствуйте');
  await survivor.reads({ text: 'here-now' });
  await isDone(helper);
});

test("words in another line's thread reach nobody: she is told so; a code counts in any", async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  await areTalking(survivor, helper);
  await helper.writes(fullLine, 'Он ещё дома?');
  await helper.reads({ text: 'unknown-word' });
  await helper.writes(plainLine, 'Я здесь');
  await survivor.reads('Я здесь');
  await isDone(helper, fullLine);
});

test('a code of yesterday opens nothing today', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  await isSearchedFor(survivor, 'Здравствуйте');
  const code = await helper.readsOffer();
  await helper.writes(plainLine, code);
  await helper.reads({ text: 'accepted' });
  await helper.reads('Здравствуйте');
  await survivor.reads({ text: 'here-now' });
  await isDone(helper);
  await helper.writes(plainLine, code);
  await helper.reads({ text: 'taken' });
  await areTalking(survivor, helper);
  await isDone(helper);
});

test('an offer that nobody answers in time is over: its code comes too late', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  await isSearchedFor(survivor, 'Здравствуйте');
  const code = await helper.readsOffer();
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  await survivor.reads('102 / 112', 60);
  const desk = world.phoneOf(manager);
  await takesByText(desk, survivor, ['Здравствуйте']);
  world.alerts('contact-confirmed');
  await world.pass(120);
  await helper.writes(plainLine, code);
  await helper.reads({ text: 'taken' });
  await isDone(desk);
});
