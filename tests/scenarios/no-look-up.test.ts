// Nobody learns from us whether a number has ever been in contact: not a helper who writes it, not somebody at home who
// writes or calls, not by a "welcome back".
import { expect, test } from 'vitest';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { isSearchedFor, takesByText } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const hers = '+77995550001';
const nobodys = '+77995550777';

test('a number that was in contact is answered like one that never was, whoever writes it', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(hers), world.phoneOf(aigul)];
  await isSearchedFor(survivor, 'Здравствуйте');
  await takesByText(helper, survivor, ['Здравствуйте']);
  await helper.writes(plainLine, '90');
  await helper.reads({ text: 'closed' });

  for (const number of [hers, nobodys]) {
    await helper.writes(plainLine, number);
    await helper.reads({ text: 'unknown-word' });
  }
  const atHome = world.phone('+77995550002');
  await atHome.writes(plainLine, `Вам писали с ${hers}?`);
  const answered = await atHome.reads({ text: 'safe-question' });
  await atHome.writes(plainLine, '2');

  // Somebody else holds her phone now, and reads what anybody reads who never wrote before.
  await survivor.writes(plainLine, 'Кто это?');
  expect(await survivor.reads({ text: 'safe-question' })).toBe(answered);
  await survivor.writes(plainLine, '2');
});
