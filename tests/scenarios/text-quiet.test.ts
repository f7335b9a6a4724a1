// A silence: her phone may have changed hands. She is asked again, with the same neutral question, before anything else
// is written to her; whoever talks with her is told that his words wait.
import { describe, test } from 'vitest';
import { plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { areTalking, isDone } from './text-people.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const survivorsNumber = '+77995550001';

/** They have talked, and she has not written for a little longer than the quiet period. */
async function silentForHalfAnHour() {
  const world = await worlds.open({ volunteers: [aigul] });
  const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
  await areTalking(survivor, helper);
  await helper.writes(plainLine, 'Как вы?');
  await survivor.reads('Как вы?');
  await world.pass(1_900);
  return { world, survivor, helper };
}

describe('half an hour without a word of hers', () => {
  test('the volunteer’s words wait for her yes, and arrive in their order', async () => {
    const { world, survivor, helper } = await silentForHalfAnHour();
    await helper.writes(plainLine, 'Я ещё здесь');
    await helper.writes(plainLine, 'Пишите, когда сможете');
    await survivor.reads({ text: 'safe-question' });
    await helper.reads({ text: 'held' });
    await world.pass(60);
    await survivor.writes(plainLine, 'да');
    await survivor.reads('Я ещё здесь');
    await survivor.reads('Пишите, когда сможете');
    await helper.reads({ text: 'good-time-again' });
    await isDone(helper);
  });

  test('her no ends it in silence, and the volunteer reads why', async () => {
    const { survivor, helper } = await silentForHalfAnHour();
    await helper.writes(plainLine, 'Я ещё здесь');
    await survivor.reads({ text: 'safe-question' });
    await helper.reads({ text: 'held' });
    await survivor.writes(plainLine, '2');
    await helper.reads({ text: 'not-now' });
  });
});
