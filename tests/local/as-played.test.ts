// A call that was played by hand on two terminals and printed by `script`: it runs as it was printed, and printed
// again it says the same. When the seed's people change: play it again, and paste what `script` prints.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenarioFrom } from '../../infra/local/phone/scenario.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { languageId, lineId, skillId } from '../../infra/local/seed/seed-values.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { lineOf } from '../../shared/domain/network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
const almatyLine = lineOf(kazakhstan, lineId('line_almaty'));

test('what a phone prints of a call is a scenario that runs, and prints the same again', async () => {
  const world = await worlds.open({
    network: kazakhstan,
    volunteers: seedVolunteers,
    at: '2026-11-22T20:50:34.995Z',
  });
  const caller = world.phone('+77991500001');
  const ayzadaT = world.phone('+77991001005');
  const meruyertB = world.phone('+77991001010');

  await caller.dials(almatyLine);
  await caller.hears('choose-language', { press: '1' });
  await world.pass(2);
  await caller.presses('1');
  await caller.hears(
    'need-menu',
    { need: skillId('crisis') },
    { press: '1' },
    { need: skillId('legal') },
    { press: '2' },
    { need: skillId('shelter') },
    { press: '3' },
    'skip',
  );
  await world.pass(1.9);
  await caller.presses('1');
  await ayzadaT.rings();
  await meruyertB.rings();
  await world.pass(1.4);
  await ayzadaT.answers();
  await ayzadaT.hears('offer', { language: languageId('ru') }, { need: skillId('crisis') }, 'press-to-take');
  await world.pass(2.9);
  await ayzadaT.presses('1');
  await meruyertB.stopsRinging();
  await ayzadaT.hears('connecting');
  await caller.hears('connecting');
  await caller.talksWith(ayzadaT);
  await world.pass(6);
  await caller.hangsUp();
  await ayzadaT.hears('call-over');
  await ayzadaT.isFree();

  const helpers = new Map(seedVolunteers.map(({ number, name }): [string, string] => [number, name]));
  const printed = scenarioFrom({ events: world.exchange.events, network: kazakhstan, helpers });
  expect(stepsOf(printed)).toEqual(stepsOf(readFileSync(new URL(import.meta.url), 'utf8')));
});

/** The printed lines, however they are broken; pauses differ by how often the world looks. */
function stepsOf(code: string): readonly string[] {
  const inside = code.slice(code.indexOf('const world ='), code.indexOf('\n\n', code.indexOf('isFree')));
  return inside
    .split(/;\s*/)
    .map(step =>
      step
        .replaceAll(/\s+/g, '')
        .replace(/,(?=[)}])/g, '')
        .replace(/pass\([\d.]+\)/, 'pass()'),
    )
    .filter(step => step.startsWith('await'));
}
