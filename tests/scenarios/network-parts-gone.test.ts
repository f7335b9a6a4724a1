// A line or a contact is taken out of the network while somebody needs it: another function may have opened a request by
// the network of a minute ago. She is served all the same, by a line and people that are there.
import { test } from 'vitest';
import { contactId, seedNumber } from '../../infra/local/seed/seed-values.ts';
import {
  almaty,
  fullLine,
  lawyer,
  manager,
  plainLine,
  police,
  smallNetwork,
  volunteer,
} from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { isDone } from './text-people.ts';

const worlds = useWorlds();
/** Longer than a function works with the network that it has read. */
const CACHED_SECONDS = 61;

test('her line is gone while a desk that is gone too is rung for her: the desk that took its place talks with her', async () => {
  const world = await worlds.open();
  const other = { ...manager, id: contactId('con_other'), callNumber: seedNumber(84) };
  const [caller, gone, desk] = [
    world.phone('+77995550001').mayHearAnything(),
    world.phoneOf(manager),
    world.phone(seedNumber(84)),
  ];
  await caller.dials(plainLine);
  await gone.rings();
  await world.stores.registry.putNetwork({
    ...smallNetwork,
    lines: [fullLine],
    contacts: [police, lawyer, other],
  });
  await gone.stopsRinging(25);
  await desk.takes(CACHED_SECONDS, { to: 'contact', region: almaty });
  await caller.talksWith(desk);
  for (const alert of ['nobody-answers', 'nobody-answers', 'consent-missing', 'contact-confirmed'] as const)
    world.alerts(alert);
  await caller.saysGoodbyeTo(desk);
});

test('she wrote to a line that is gone by now: who is asked for her takes it, and the two write by another', async () => {
  const aigul = volunteer('aigul', 11);
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone('+77995550001'), world.phoneOf(aigul)];
  await survivor.writes(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, '1');
  await survivor.reads({ text: 'searching' });
  const code = await helper.readsOffer(30);
  await world.stores.registry.putNetwork({ ...smallNetwork, lines: [fullLine] });
  await world.pass(CACHED_SECONDS);
  await survivor.reads('102 / 112');
  await world.phoneOf(manager).readsOffer();
  await helper.writes(fullLine, code);
  await helper.reads({ text: 'accepted' });
  await helper.reads('Здравствуйте');
  await survivor.reads({ text: 'here-now' });
  await survivor.writes(fullLine, 'Спасибо');
  await helper.reads('Спасибо');
  await helper.writes(fullLine, 'Я слушаю');
  await survivor.reads('Я слушаю');
  await isDone(helper, fullLine);
  for (const alert of ['consent-missing', 'nobody-answers'] as const) world.alerts(alert);
});
