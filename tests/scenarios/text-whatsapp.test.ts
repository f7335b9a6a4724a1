// WhatsApp travels the same road as SMS: each side is answered the way she writes, and only ever by the line.
import { describe, expect, test } from 'vitest';
import { parseContentSid } from '../../shared/domain/ids.ts';
import { sure } from '../support/given.ts';
import type { Handset } from '../support/handset.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
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
  helper.hasWrittenOnWhatsapp(plainLine);
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

describe('a day after her last word WhatsApp lets nobody write freely', () => {
  const [question, offer] = ['a', 'b'].map(digit => sure(parseContentSid(`HX${digit.repeat(32)}`)));
  const whatsappTemplates = { ru: { question: sure(question), offer: sure(offer) } };
  const words = { [sure(question)]: 'Удобно ли писать? 1 да, 2 нет', [sure(offer)]: 'Ответьте {{1}}' };
  const settings = { ...smallNetwork.settings, idleSeconds: 86_400 };
  const network = { ...smallNetwork, settings };
  const withTemplates = { ...network, lines: network.lines.map(line => ({ ...line, whatsappTemplates })) };
  const DAY = 24 * 3_600;

  /** On WhatsApp both; a day later she is written to again. */
  async function aDayLater(world: World, survivor: Handset, helper: Handset): Promise<void> {
    await world.pass(120);
    await helper.writesOnWhatsapp(plainLine, 'Как вы?');
    await survivor.reads('Как вы?');
    Object.assign(world, { sweeps: false, reconciles: false });
    await world.pass(DAY - 60);
    await helper.writesOnWhatsapp(plainLine, 'Я здесь');
  }

  async function takes(survivor: Handset, helper: Handset): Promise<void> {
    const code = await helper.readsOffer();
    await helper.writesOnWhatsapp(plainLine, code);
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
  }

  test('with templates: whoever helps reads the code, she the neutral question; her yes opens it again', async () => {
    const world = await worlds.open({ volunteers: [onWhatsapp], network: withTemplates, templates: words });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(onWhatsapp)];
    await isSearchedForOnWhatsapp(survivor);
    await takes(survivor, helper);
    expect(helper.phone.texts[0]?.body).toMatch(/^Ответьте \d\d$/);
    await aDayLater(world, survivor, helper);
    await survivor.reads('Удобно ли писать? 1 да, 2 нет');
    await helper.reads({ text: 'held' });
    await survivor.writesOnWhatsapp(plainLine, '1');
    await survivor.reads('Я здесь');
    await helper.reads({ text: 'good-time-again' });
    await helper.writesOnWhatsapp(plainLine, '90');
    await helper.reads({ text: 'closed' });
  });

  test('without: nothing is sent to her, whoever wrote to her reads so, and a manager hears of it', async () => {
    const world = await worlds.open({ volunteers: [onWhatsapp], network });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(onWhatsapp)];
    helper.hasWrittenOnWhatsapp(plainLine);
    await isSearchedForOnWhatsapp(survivor);
    await takes(survivor, helper);
    await aDayLater(world, survivor, helper);
    await helper.reads({ text: 'held' });
    await helper.reads({ text: 'window-closed' });
    world.alerts('window-closed');
    world.alerts('left-unanswered');
    await survivor.writesOnWhatsapp(plainLine, '1');
    await survivor.reads('Я здесь');
    await helper.reads({ text: 'good-time-again' });
    await helper.writesOnWhatsapp(plainLine, '90');
    await helper.reads({ text: 'closed' });
  });
});

async function isSearchedForOnWhatsapp(survivor: Handset): Promise<void> {
  await survivor.writesOnWhatsapp(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writesOnWhatsapp(plainLine, '1');
  await survivor.reads({ text: 'searching' });
}
