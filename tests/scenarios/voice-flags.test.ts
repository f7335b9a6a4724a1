// What she can say about herself by a key while she waits, and what a volunteer can say about her: who is asked then.
import { expect, test } from 'vitest';
import { languageId, skillId } from '../../infra/local/seed/seed-values.ts';
import { astana, manager, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const far = volunteer('far', 13, { region: astana });

test('a volunteer presses 3, she may know her: another is rung, and she never again for this caller, who calls twice', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, knows, other] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(bota),
  ];

  await caller.dials(plainLine);
  await knows.rings(1);
  await other.rings(2);
  await knows.picksUp();
  await knows.presses('3');
  await knows.hears('declined');
  await knows.isFree();
  await caller.hangsUp();
  await other.stopsRinging();

  await world.pass(120);
  await caller.dials(plainLine);
  await other.takes(2);
  await caller.talksWith(other);
  await caller.saysGoodbyeTo(other);
});

test('she presses 3, somebody from another region: the phone in hers stops, and one elsewhere rings', async () => {
  const world = await worlds.open({ volunteers: [aigul, far] });
  const [caller, near, elsewhere] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(far),
  ];

  await caller.dials(plainLine);
  await near.rings(1);
  await caller.presses('3');
  await near.stopsRinging(2);
  await caller.hears('elsewhere-noted');
  await elsewhere.takes(3);
  await caller.talksWith(elsewhere);
  await caller.saysGoodbyeTo(elsewhere);
});

test('she presses 4, she cannot speak: whoever picks up hears it before taking the call', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];

  await caller.dials(plainLine);
  await caller.presses('4');
  await caller.hears('cannot-speak-noted');
  await helper.rings();
  await helper.answers();
  await helper.hears('offer', { language: languageId('ru') }, 'cannot-speak', 'press-to-take');
  await helper.presses('1');
  await helper.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('she presses 5, she is under age: a trained volunteer far away is rung instead, and a manager is told', async () => {
  const network = {
    ...smallNetwork,
    settings: { ...smallNetwork.settings, minorSkill: skillId('legal') },
  };
  const trained = { ...far, skills: [skillId('legal')] };
  const world = await worlds.open({ network, volunteers: [aigul, trained] });
  const [caller, untrained, expert] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(far),
  ];

  await caller.dials(plainLine);
  await untrained.rings(1);
  await caller.presses('5');
  await untrained.stopsRinging(2);
  await caller.hears('minor-noted');
  await expert.takes(3);
  await expert.hears('is-minor');
  await caller.talksWith(expert);
  await caller.saysGoodbyeTo(expert);
  world.alerts('minor');
  expect(world.exchange.liveLegs()).toEqual([]);
});

test('nobody but volunteers from her own region: a manager, rather than somebody who may know her', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, desk] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(manager)];

  await caller.dials(plainLine);
  await world.phoneOf(aigul).rings(1);
  await caller.presses('3');
  await world.phoneOf(aigul).stopsRinging();
  await caller.hears(
    'elsewhere-noted',
    { say: 'numbers-to-dial' },
    { dial: '102' },
    { say: 'or' },
    { dial: '112' },
  );
  await desk.rings(5);
  await desk.picksUp({ to: 'contact', region: 'KZ-75' });
  await desk.presses('1');
  await desk.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  world.alerts('contact-confirmed');
});
