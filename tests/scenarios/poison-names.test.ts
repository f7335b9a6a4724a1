// Names are typed by people: control signs, and 200 letters where one word was meant (more is refused when it is written). Nobody's call or text fails.
import { expect, test } from 'vitest';
import { sayable } from '../../shared/adapters/twilio/twiml.ts';
import type { Network } from '../../shared/domain/network.ts';
import { fullLine, manager, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const controls = 'А\u0000й\u0007г\u001bү\uD800л\uFFFE\u202E <&">\r\n';
const endless = 'Ж'.repeat(200);
const survivorsNumber = '+77995550001';

const poisoned: Network = {
  ...smallNetwork,
  regions: smallNetwork.regions.map(region => ({
    ...region,
    names: { ru: controls, kk: endless, en: endless },
  })),
  skills: smallNetwork.skills.map(skill => ({
    ...skill,
    names: { ru: endless, kk: controls, en: controls },
  })),
  contacts: smallNetwork.contacts.map(contact => ({
    ...contact,
    name: `${controls}${endless}`.slice(0, 200),
  })),
};

test.each([
  ['with control signs', controls],
  ['of 200 Cyrillic letters', endless],
])('a volunteer with a name %s takes a call on a line whose every name is poisoned', async (_what, name) => {
  const world = await worlds.open({ network: poisoned, volunteers: [volunteer('aigul', 11, { name })] });
  const caller = world.phone(survivorsNumber).mayHearAnything();
  const helper = world.phone(volunteer('aigul', 11).number).mayHearAnything();
  await caller.dials(fullLine);
  for (const key of ['2', '1', '1']) {
    await world.pass(8);
    await caller.presses(key);
  }
  await helper.rings(10);
  await helper.answers();
  await world.pass(1);
  await helper.presses('1');
  await caller.talksWith(helper);
  await caller.hangsUp();
  await helper.isFree();
  const said = world.exchange.webhooks.map(({ body }) => body).join('\n');
  expect(said).not.toContain('ЖЖ'.repeat(41));
  expect(world.logged.filter(line => /"(voice|text|performing|prompt)-failed"/.test(line))).toEqual([]);
  expect(sayable(controls)).not.toMatch(/\p{Cc}/u);
});

test('a manager with such a name is rung when nobody else is there', async () => {
  const world = await worlds.open({ network: poisoned });
  const [caller, desk] = [
    world.phone(survivorsNumber).mayHearAnything(),
    world.phoneOf(manager).mayHearAnything(),
  ];
  await caller.dials(smallNetwork.lines[0] ?? fullLine);
  await desk.rings(5);
  await desk.answers();
  await world.pass(1);
  await desk.presses('1');
  await caller.talksWith(desk);
  await caller.hangsUp();
  await desk.isFree();
  for (const { reason } of await world.published()) world.alerts(reason);
});
