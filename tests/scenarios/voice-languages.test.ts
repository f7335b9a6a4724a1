// The ladder of languages: her own over the whole country, then one that she understands too, always on record and
// never a surprise to either side; and what she hears while nobody has been found.
import { expect, test } from 'vitest';
import { languageId } from '../../infra/local/seed/seed-values.ts';
import type { Network } from '../../shared/domain/network.ts';
import { astana, fullLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const [kk, ru] = [languageId('kk'), languageId('ru')];
const russian = volunteer('anna', 11);

/** A Kazakh line without other menus; Russian will do on the rung behind the whole country. */
const network: Network = {
  ...smallNetwork,
  lines: [{ ...fullLine, languages: [kk], alsoUnderstood: { kk: [ru] }, needs: [], regionMenu: [] }],
  ladders: smallNetwork.ladders.map(ladder => ({
    ...ladder,
    rungs: ladder.rungs.flatMap(rung =>
      rung.kind === 'volunteers' && rung.scope === 'national'
        ? [rung, { ...rung, language: 'second' as const }]
        : [rung],
    ),
  })),
};

test('nobody speaks her language: at once somebody is rung who shares a second one, and both know beforehand', async () => {
  const world = await worlds.open({ network, volunteers: [russian] });
  const caller = world.phone('+77995550001').speaking('kk');
  const helper = world.phoneOf(russian);

  await caller.dials(fullLine);
  await helper.rings(2);
  await helper.answers();
  await helper.hears('offer', { language: kk }, 'offer-in-language', { language: ru }, 'press-to-take');
  await helper.presses('1');
  await helper.hears('connecting');
  await caller.hears('connecting', 'helper-speaks', { language: ru });
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('somebody far away who speaks her language is rung before anybody near who shares a second one', async () => {
  const far = volunteer('far', 12, { languages: [kk], region: astana });
  const world = await worlds.open({ network, volunteers: [russian, far] });
  const caller = world.phone('+77995550001').speaking('kk').mayHearAnything();
  const helper = world.phoneOf(far).speaking('kk');

  await caller.dials(fullLine);
  await helper.rings(2);
  const farRangAt = helper.lastRangAt;
  await helper.rejects();
  await world.phoneOf(russian).rings(10);
  expect(world.phoneOf(russian).lastRangAt).toBeGreaterThan(farRangAt);
  await caller.hangsUp();
});

test('on a line that knows of no second language nobody is asked in another one', async () => {
  const [line] = network.lines;
  if (line === undefined) throw new Error('the network has a line');
  const strict = { ...network, lines: [{ ...line, alsoUnderstood: {} }] };
  const world = await worlds.open({ network: strict, volunteers: [russian] });
  const caller = world.phone('+77995550001').speaking('kk').mayHearAnything();

  await caller.dials(fullLine);
  await world.phone('+77991000083').rings(2); // the manager, who is behind all of them
  await world.pass(15);
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  await caller.hangsUp();
});

test('behind the volunteers she hears, in her language, what she can do meanwhile', async () => {
  const world = await worlds.open({ network, volunteers: [] });
  const caller = world.phone('+77995550001').speaking('kk').mayHearAnything();
  const manager = world.phone('+77991000083');

  await caller.dials(fullLine);
  await manager.rings(2);
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  await caller.hears('numbers-to-dial', 'or');
  await caller.hears('ask-police', 'guidance');
  world.alerts('nobody-answers'); // the last rung
  await caller.hangsUp();
});

test('a woman rather than a man: the next phone is that of a woman', async () => {
  const [line] = smallNetwork.lines;
  if (line === undefined) throw new Error('the network has a line');
  const asking = { ...smallNetwork, lines: [{ ...line, asksGender: true }] };
  const man = volunteer('daulet', 12, { gender: 'man' });
  const second = volunteer('daniyar', 13, { gender: 'man' });
  const woman = volunteer('zarina', 14, { gender: 'woman' });
  const world = await worlds.open({ network: asking, volunteers: [man, second, woman] });
  const caller = world.phone('+77995550001');

  await caller.dials(line);
  await caller.hears('wish-keys');
  const first = [man, second, woman].find(each => world.phoneOf(each).phone.ringing !== undefined);
  await caller.presses('6');
  await caller.hears('wish-noted', 'ask-police');
  await world.pass(2);
  expect(first).toBeDefined();
  expect(world.phoneOf(woman).phone.rings).toHaveLength(1);
  for (const each of [man, second, woman])
    if (world.phoneOf(each).phone.ringing) await world.phoneOf(each).rings();
  await caller.hangsUp();
});
