// The menus before the search. One key each, every one can be skipped, and silence goes on by itself: a menu may
// never be what keeps her from a person.
import { expect, test } from 'vitest';
import { languageId, regionId } from '../../infra/local/seed/seed-values.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Spoken } from '../../shared/domain/wording.ts';
import type { Handset } from '../support/handset.ts';
import {
  almaty,
  almatyRegion,
  astana,
  fullLine,
  smallNetwork,
  ulytau,
  volunteer,
} from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const press = (digit: string): Spoken => ({ press: digit });
const aigul = volunteer('aigul', 11);
const speaksAll = volunteer('aigul', 11, { languages: ['kk', 'ru', 'en'].map(languageId) });

/** Each language is offered in itself, with its key. */
async function hearsLanguages(caller: Handset): Promise<void> {
  for (const [index, language] of (['kk', 'ru', 'en'] as const).entries())
    await caller.speaking(language).hears('choose-language', press(String(index + 1)));
}

async function hearsNeeds(caller: Handset): Promise<void> {
  const [crisis, legal] = fullLine.needs;
  if (!crisis || !legal) throw new Error('the line has two needs');
  await caller.hears('need-menu', { need: crisis }, press('1'), { need: legal }, press('2'), 'skip');
}

async function hearsRegions(caller: Handset): Promise<void> {
  const regions = [almaty, almatyRegion, astana, ulytau];
  const choices = regions.flatMap((region, index): Spoken[] => [{ region }, press(String(index + 1))]);
  await caller.hears('region-menu', ...choices, 'skip');
}

async function takenAndEnded(world: World, caller: Handset, offer: { language?: string; need?: string }) {
  const helper = world.phoneOf(aigul).speaking(caller.language);
  await helper.takes(1, offer);
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
}

test('language, need, region: three keys, and the first phone rings within a second', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001');

  await caller.dials(fullLine);
  await hearsLanguages(caller);
  await caller.presses('2');
  await hearsNeeds(caller.speaking('ru'));
  await caller.presses('1');
  await hearsRegions(caller);
  const chosenAt = world.clock.now();
  await caller.presses('1');
  await takenAndEnded(world, caller, { need: 'crisis' });
  expect(world.phoneOf(aigul).lastRangAt - chosenAt).toBeLessThanOrEqual(1_000);
});

test('in Kazakh everything is a recording, to her and to the volunteer', async () => {
  const world = await worlds.open({ volunteers: [speaksAll] });
  const caller = world.phone('+77995550001');

  await caller.dials(fullLine);
  await hearsLanguages(caller);
  const spokenInTheMenu = caller.phone.said.length; // Russian and English offer themselves by voice
  await caller.presses('1');
  await hearsNeeds(caller.speaking('kk'));
  await caller.presses('2');
  await hearsRegions(caller);
  await caller.presses('1');
  await caller.hears('searching', 'keys-while-waiting', 'ask-police');
  await takenAndEnded(world, caller, { language: 'kk', need: 'legal' });
  expect(caller.phone.said).toHaveLength(spokenInTheMenu);
  expect(world.phoneOf(speaksAll).phone.said).toEqual([]);
});

test('in English', async () => {
  const world = await worlds.open({ volunteers: [speaksAll] });
  const caller = world.phone('+77995550001');

  await caller.dials(fullLine);
  await hearsLanguages(caller);
  await caller.presses('3');
  await hearsNeeds(caller.speaking('en'));
  await caller.presses('1');
  await hearsRegions(caller);
  await caller.presses('1');
  await takenAndEnded(world, caller, { language: 'en', need: 'crisis' });
});

test('nobody is rung who does not speak her language', async () => {
  const world = await worlds.open({
    volunteers: [aigul, volunteer('bota', 12, { languages: [languageId('en')] })],
  });
  const caller = world.phone('+77995550001').mayHearAnything();

  await caller.dials(fullLine);
  for (const key of ['3', '1', '1']) await caller.presses(key);
  await world.phone(volunteer('bota', 12).number).rings(1);
  await world.pass(15);
  await caller.hangsUp();
});

test('0 goes on without an answer, in every menu', async () => {
  const world = await worlds.open({ volunteers: [speaksAll] });
  const caller = world.phone('+77995550001').mayHearAnything().speaking('kk');

  await caller.dials(fullLine);
  for (const key of ['0', '0', '0']) await caller.presses(key);
  await takenAndEnded(world, caller, { language: 'kk' });
});

test('silence goes on: each menu is said twice, then the search begins without an answer', async () => {
  const world = await worlds.open({ volunteers: [speaksAll] });
  const caller = world.phone('+77995550001').mayHearAnything().speaking('kk');
  const helper = world.phoneOf(speaksAll).speaking('kk');

  await caller.dials(fullLine);
  await helper.takes(250, { language: 'kk' });
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('a key that means nothing there says the menu again', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001');

  await caller.dials(fullLine);
  await hearsLanguages(caller);
  await caller.presses('7');
  await hearsLanguages(caller);
  await caller.presses('2');
  await hearsNeeds(caller.speaking('ru'));
  await caller.hangsUp();
});

test('a landline suggests its region, alone on the first page', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77172555001');

  await caller.dials(fullLine);
  await hearsLanguages(caller);
  await caller.presses('2');
  await hearsNeeds(caller.speaking('ru'));
  await caller.presses('0');
  await caller.hears('region-suggested', { region: astana }, press('1'), 'more-regions', press('8'), 'skip');
  await caller.presses('8');
  const others = [almaty, almatyRegion, ulytau];
  for (const [index, region] of others.entries()) await caller.hears({ region }, press(String(index + 1)));
  await caller.hears('skip');
  await caller.presses('1');
  await takenAndEnded(world, caller, {});
});

test('more regions than keys: page by page, and a choice on the last page counts', async () => {
  const world = await worlds.open({
    network: manyRegions,
    volunteers: [volunteer('aigul', 11, { region: regionId('KZ-T16') }), volunteer('bota', 12)],
  });
  const caller = world.phone('+77995550001').mayHearAnything();
  const helper = world.phoneOf(aigul);

  await caller.dials(fullLine);
  for (const key of ['2', '0', '8', '8']) await caller.presses(key);
  await caller.hears({ region: regionId('KZ-T16') }, press('2'));
  await caller.presses('2');
  await helper.takes(1);
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('whoever listens to all pages to the end is not searched for behind her back', async () => {
  const world = await worlds.open({ network: manyRegions, volunteers: [volunteer('bota', 12)] });
  const caller = world.phone('+77995550001').mayHearAnything();

  await caller.dials(fullLine);
  await world.pass(20);
  await caller.presses('2');
  await world.pass(20);
  await caller.presses('0');
  for (const _ of ['first page', 'second page']) {
    await world.pass(40);
    await caller.presses('8');
  }
  await world.pass(15);
  const helper = world.phone(volunteer('bota', 12).number);
  expect(helper.phone.rings).toEqual([]);
  await caller.presses('1');
  await helper.rings(2);
  await caller.hangsUp();
});

/** The small country with sixteen regions more in its menu. */
const manyRegions: Network = (() => {
  const [first] = smallNetwork.regions;
  if (!first) throw new Error('the small network has regions');
  const added = Array.from({ length: 16 }, (_, index) => ({
    ...first,
    id: regionId(`KZ-T${String(index + 1).padStart(2, '0')}`),
    names: Object.fromEntries(Object.keys(first.names).map(key => [key, `R${index + 1} ${key}`])),
    near: [],
    landlinePrefixes: [],
  }));
  return {
    ...smallNetwork,
    regions: [...smallNetwork.regions, ...added],
    lines: smallNetwork.lines.map(line =>
      line.id === fullLine.id ? { ...line, regionMenu: added.map(({ id }) => id) } : line,
    ),
  };
})();
