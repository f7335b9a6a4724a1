// Several phones ring for one call: in which order, who wins, what the others hear. A person must press 1; nothing
// else counts as a yes.
import { expect, test } from 'vitest';
import { regionId, skillId } from '../../infra/local/seed/seed-values.ts';
import { fullLine, manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const dana = volunteer('dana', 13);

test('the first does not answer, the second of the wave accepts, and the first phone stops ringing', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)];

  await caller.dials(plainLine);
  await first.rings(1);
  await second.takes(2);
  await first.stopsRinging(2);
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test('a wave rings one new phone a second, and no more phones than its size', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota, dana] });
  const [caller, first, second] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)];

  await caller.dials(plainLine);
  await first.rings(1);
  await second.rings(2);
  expect(second.lastRangAt - first.lastRangAt).toBeGreaterThanOrEqual(1_000);
  await world.pass(15);
  await caller.hangsUp();
  await first.stopsRinging(1);
  await second.stopsRinging(1);
});

test('a place in the wave that becomes free is filled within a second', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota, dana] });
  const [caller, first, second, third] = [
    world.phone('+77995550001'),
    world.phoneOf(aigul),
    world.phoneOf(bota),
    world.phoneOf(dana),
  ];

  await caller.dials(plainLine);
  await first.rings(1);
  await second.rings(2);
  await first.rejects();
  await third.takes(2);
  await caller.hears('connecting');
  await caller.talksWith(third);
  await second.stopsRinging(1);
  await caller.saysGoodbyeTo(third);
});

test('whoever has the skill that is needed is rung first', async () => {
  const lawful = volunteer('zhanna', 14, { skills: [skillId('crisis'), skillId('legal')] });
  const world = await worlds.open({ volunteers: [aigul, lawful] });
  const caller = world.phone('+77995550001').mayHearAnything();

  await caller.dials(fullLine);
  for (const key of ['2', '2', '1']) await caller.presses(key);
  await world.phoneOf(lawful).rings(1);
  await world.phoneOf(aigul).rings(2);
  await caller.hangsUp();
});

test('whoever was rung longest ago is rung first', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [earlier, caller] = [world.phone('+77995550009'), world.phone('+77995550001')];

  await earlier.dials(plainLine);
  await world.phoneOf(aigul).rings(1);
  await earlier.hangsUp();
  await world.pass(5);
  await caller.dials(plainLine);
  await world.phoneOf(bota).takes(1);
  await caller.hears('connecting');
  await caller.talksWith(world.phoneOf(bota));
  await caller.saysGoodbyeTo(world.phoneOf(bota));
});

test('two press 1 in the same moment: one talks with her, the other hears that it is taken', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const caller = world.phone('+77995550001');
  const helpers = [world.phoneOf(aigul), world.phoneOf(bota)];

  await caller.dials(plainLine);
  for (const helper of helpers) {
    await helper.rings(2);
    await helper.picksUp();
  }
  loadTogether(world, 2);
  await world.atOnce(...helpers.map(helper => () => helper.phone.call?.pressNow('1')));
  await caller.hears('connecting');
  await world.pass(5);
  const winner = helpers.find(helper => helper.phone.talkingTo.includes(caller.number));
  const loser = helpers.find(helper => helper !== winner);
  if (!winner || !loser) throw new Error(`nobody won\n${world.story().join('\n')}`);
  await winner.hears('connecting');
  await loser.hears('taken');
  await loser.isFree();
  expect(world.exchange.conferences).toHaveLength(1);
  await caller.saysGoodbyeTo(winner);
});

test('pressing 1 twice, as impatient people do, takes it once', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];

  await caller.dials(plainLine);
  await helper.takes();
  await helper.presses('1');
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
});

test('a voicemail that picks up first does not win', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, machine, person] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)];
  machine.phone.behaviour = { kind: 'voicemail', afterSeconds: 2 };

  await caller.dials(plainLine);
  await machine.rings(1);
  await person.rings(2);
  await machine.hearsOffer({});
  await world.pass(3);
  await person.picksUp();
  await person.presses('1');
  await person.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(person);
  await machine.hears('taken');
  await machine.isFree();
  await caller.saysGoodbyeTo(person);
});

test('a voicemail that nobody interrupts is let go, and the next is asked', async () => {
  const far = volunteer('bota', 12, { region: regionId('KZ-71') });
  const world = await worlds.open({ volunteers: [aigul, far] });
  const [caller, machine, person] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(far)];
  machine.phone.behaviour = { kind: 'voicemail', afterSeconds: 2, hangsUpAfterSeconds: 120 };
  caller.mayHearAnything();
  machine.mayHearAnything();

  await caller.dials(plainLine);
  await machine.rings(1);
  await person.takes(50);
  await caller.talksWith(person);
  await machine.isFree(1);
  await caller.saysGoodbyeTo(person);
});

test('one declines, and the next is asked within a second', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, first, second] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(bota)];

  await caller.dials(plainLine);
  await first.rings(1);
  await first.picksUp();
  await first.presses('2');
  await first.hears('declined');
  await second.takes(2);
  await first.isFree();
  await caller.hears('connecting');
  await caller.talksWith(second);
  await caller.saysGoodbyeTo(second);
});

test.each(['busy', 'unreachable'] as const)(
  'a phone that is %s costs a moment: the next one rings',
  async kind => {
    const world = await worlds.open({ volunteers: [aigul, bota] });
    const [caller, second] = [world.phone('+77995550001'), world.phoneOf(bota)];
    world.phoneOf(aigul).phone.behaviour = { kind };

    await caller.dials(plainLine);
    await second.takes(3);
    await caller.hears('connecting');
    await caller.talksWith(second);
    await caller.saysGoodbyeTo(second);
  },
);

test('who declined is not rung again; who did not answer is, when everybody else has been asked', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [caller, declines, sleeps] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(aigul),
    world.phoneOf(bota),
  ];
  world.phoneOf(manager).phone.behaviour = { kind: 'busy' };

  await caller.dials(plainLine);
  await declines.rings(1);
  await declines.picksUp();
  await declines.presses('2');
  await declines.hears('declined');
  await sleeps.rings(2);
  await sleeps.stopsRinging(21);
  await sleeps.takes(200);
  await caller.talksWith(sleeps);
  await caller.saysGoodbyeTo(sleeps);
  world.alerts('consent-missing');
  for (const _ of ['manager', 'last rung', 'again']) world.alerts('nobody-answers');
});

/** The next `count` readers of a request all read before any of them may go on. */
function loadTogether(world: World, count: number): void {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>(resolve => {
    open = resolve;
  });
  world.replacePorts(({ requests }) => ({
    requests: {
      ...requests,
      load: async (id, webhookId) => {
        const loaded = await requests.load(id, webhookId);
        arrived += 1;
        if (arrived === count) open();
        await all;
        return loaded;
      },
    },
  }));
}
