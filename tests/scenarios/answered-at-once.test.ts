// A call that goes as it should: one ring, one yes, two people talking.
import { test } from 'vitest';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);

test('a call is answered at once: both talk, and hanging up ends it for both', async () => {
  const world = await worlds.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001');
  const helper = world.phoneOf(aigul);

  await caller.dials(plainLine);
  await caller.hears('searching');
  await helper.rings();
  await helper.answers();
  await helper.hears('offer', { language: plainLine.languages[0] as never }, 'press-to-take');
  await helper.presses('1');
  await helper.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(helper);
  await caller.hangsUp();
  await helper.hears('call-over');
  await helper.isFree();
});
