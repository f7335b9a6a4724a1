// What a volunteer writes after a call, and what it means for the next one of the same number.
import { test } from 'vitest';
import { manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);

async function talked(world: World): Promise<void> {
  const [caller, helper] = [world.phone('+77995550001').mayHearAnything(), world.phoneOf(aigul)];
  await caller.dials(plainLine);
  await helper.takes(1);
  await caller.talksWith(helper);
  await caller.saysGoodbyeTo(helper);
}

test('72, an abusive caller: a manager is told, and the next call of that number rings a manager, never a volunteer', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [caller, helper, desk] = [world.phone('+77995550001'), world.phoneOf(aigul), world.phoneOf(manager)];
  await talked(world);
  await helper.writes(plainLine, '72');
  await helper.reads({ text: 'noted' });
  world.alerts('abuse-reported');

  await world.pass(1_200);
  await caller.dials(plainLine);
  await desk.rings(3);
  await desk.picksUp({ to: 'contact', region: 'KZ-75' });
  await desk.presses('1');
  await desk.hears('connecting');
  await caller.talksWith(desk);
  await caller.saysGoodbyeTo(desk);
  world.alerts('nobody-answers');
  world.alerts('contact-confirmed');
});

test('71, it was hard: she rests, another volunteer is rung, and a tired one only when nobody else is there', async () => {
  const world = await worlds.open({ volunteers: [aigul, bota] });
  const [tired, rested] = [world.phoneOf(aigul), world.phoneOf(bota)];
  const first = world.phone('+77995550001').mayHearAnything();
  await first.dials(plainLine);
  await tired.rings(1);
  await rested.rings(2);
  await tired.picksUp();
  await tired.presses('1');
  await tired.hears('connecting');
  await rested.stopsRinging();
  await first.talksWith(tired);
  await first.saysGoodbyeTo(tired);
  await tired.writes(plainLine, '71');
  await tired.reads({ text: 'rest-noted' });

  const next = world.phone('+77995550002').mayHearAnything();
  await next.dials(plainLine);
  await rested.takes(1);
  await next.talksWith(rested);
  const third = world.phone('+77995550003').mayHearAnything();
  await third.dials(plainLine);
  await tired.takes(3);
  await third.talksWith(tired);
  await third.saysGoodbyeTo(tired);
  await next.saysGoodbyeTo(rested);
});

test('after her shift a volunteer who talked reads one word of thanks; who did not reads nothing', async () => {
  const shift = {
    ...aigul.rota,
    weekly: aigul.rota.weekly.slice(0, 1).map(day => ({ ...day, from: 540, until: 630 })),
  };
  const world = await worlds.open({
    volunteers: [
      { ...aigul, rota: shift },
      { ...bota, rota: { ...shift, weekly: shift.weekly.map(day => ({ ...day, from: 615 })) } },
    ],
  });
  const helper = world.phoneOf(aigul);
  await talked(world);
  await world.pass(1_800);
  await helper.reads({ text: 'debrief' }, 300);
  await world.pass(3_600);
});
