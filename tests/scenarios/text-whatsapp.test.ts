// WhatsApp travels the same road as SMS: each side is answered the way she writes, and only ever by the line.
import { expect, test } from 'vitest';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { areTalking, isDone } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const onWhatsapp = volunteer('dana', 12, { textBy: 'whatsapp' });
const survivorsNumber = '+77995550001';
const whatsappLine = `whatsapp:${plainLine.whatsappNumber}`;

test('she writes by WhatsApp, the volunteer by SMS', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await survivor.writesOnWhatsapp(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writesOnWhatsapp(plainLine, '1');
  await survivor.reads({ text: 'searching' });
  const code = await helper.readsOffer();
  await helper.writes(plainLine, code);
  await helper.reads({ text: 'accepted' });
  await helper.reads('Здравствуйте');
  await survivor.reads({ text: 'here-now' });
  await helper.writes(plainLine, 'Как вы?');
  await survivor.reads('Как вы?');
  expect(new Set(survivor.phone.texts.map(({ from }) => from))).toEqual(new Set([whatsappLine]));
  expect(new Set(helper.phone.texts.map(({ from }) => from))).toEqual(new Set([plainLine.number]));
  await survivor.writesOnWhatsapp(plainLine, 'ТОҚТА');
  await helper.reads({ text: 'closed' });
});

test('she writes by SMS, the volunteer by WhatsApp; an answer by SMS is hers as well', async () => {
  const world = await worlds.open({ volunteers: [onWhatsapp] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(onWhatsapp)];
  await survivor.writes(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, '1');
  await survivor.reads({ text: 'searching' });
  const code = await helper.readsOffer();
  await helper.writesOnWhatsapp(plainLine, code);
  await helper.reads({ text: 'accepted' });
  await helper.reads('Здравствуйте');
  await survivor.reads({ text: 'here-now' });
  await helper.writes(plainLine, 'Это я, из леса');
  await survivor.reads('Это я, из леса');
  expect(new Set(survivor.phone.texts.map(({ from }) => from))).toEqual(new Set([plainLine.number]));
  expect(new Set(helper.phone.texts.map(({ from }) => from))).toEqual(new Set([whatsappLine]));
  await helper.writesOnWhatsapp(plainLine, '90');
  await helper.reads({ text: 'closed' });
});

test('what she writes the other way is a conversation of its own: the words of one never answer the other', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await areTalking(survivor, helper);
  await survivor.writesOnWhatsapp(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writesOnWhatsapp(plainLine, 'Стоп');
  await helper.writes(plainLine, 'Я здесь');
  await survivor.reads('Я здесь');
  expect(survivor.phone.texts.at(-1)?.from).toBe(plainLine.number);
  await isDone(helper);
});
