// A manager speaks a prompt by telephone: heard back, kept or said again, and from then on callers hear it. The one place
// where anything is recorded, and nobody else gets there.
import { expect, test } from 'vitest';
import { RECORDER } from '../../infra/local/machine-lines.ts';
import { clipKey, numberedClips } from '../../shared/prompts/audio.ts';
import type { Handset } from '../support/handset.ts';
import { manager, smallNetwork, volunteer } from '../support/small-network.ts';
import { RECORDER_CODE, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const recorder = { number: RECORDER };
const numberOf = (clip: string) =>
  numberedClips('kk', smallNetwork).findIndex(each => clipKey(each) === `kk/${clip}`) + 1;

/** In, with the code, in Kazakh, at the words of the wait; the tone has sounded. */
async function atTheTone(phone: Handset): Promise<void> {
  await phone.dials(recorder);
  await phone.presses(`${RECORDER_CODE}#`);
  await phone.presses('1');
  await phone.presses(`${numberOf('searching')}#`);
  await phone.world.until('the tone', () => phone.phone.heard.at(-1)?.kind === 'beep', 40);
}

async function played(world: World, clip: string): Promise<string> {
  const response = await fetch(`${world.url}/audio/kk/${clip}.mp3`);
  return Buffer.from(await response.arrayBuffer()).toString('utf8');
}

test('what she says is heard back, said again, kept, and heard by callers; the network keeps no copy', async () => {
  const world = await worlds.open();
  world.silenceAtMostSeconds = 30; // she reads and speaks
  const phone = world.phoneOf(manager).mayHearAnything();
  await atTheTone(phone);
  await phone.phone.says('first try');
  await phone.presses('#');
  await world.until(
    'hears it back',
    () => phone.phone.heard.some(({ url }) => url?.includes('/drafts/')),
    20,
  );
  await phone.presses('2');
  await world.until('the tone again', () => phone.phone.heard.at(-1)?.kind === 'beep', 20);
  await phone.phone.says('you are not alone');
  await phone.presses('#');
  await world.pass(3);
  await phone.presses('1');
  await world.pass(3);
  await phone.hangsUp();

  expect(await played(world, 'searching')).toContain('you are not alone');
  expect(await played(world, 'still-searching')).toContain('PLACEHOLDER');
  expect(await world.recordings.list()).toMatchObject([{ clip: 'kk/searching', by: manager.id }]);
  expect(world.exchange.recordings.size).toBe(0);
  expect(
    world.exchange.journal.filter(({ method }) => method === 'DELETE').map(({ status }) => status),
  ).toEqual([204, 204]);
});

test('hanging up instead of choosing changes nothing, and leaves no copy either', async () => {
  const world = await worlds.open();
  world.silenceAtMostSeconds = 30;
  const phone = world.phoneOf(manager).mayHearAnything();
  await atTheTone(phone);
  await phone.phone.says('a slip');
  await phone.presses('#');
  await world.pass(2);
  await phone.hangsUp();
  expect(await played(world, 'searching')).toContain('PLACEHOLDER');
  expect(world.exchange.recordings.size).toBe(0);
});

test('neither a wrong code nor a survivor, a volunteer or a withheld number gets to the tone', async () => {
  const anna = volunteer('anna', 11);
  const world = await worlds.open({ volunteers: [anna] });
  const boss = world.phoneOf(manager).mayHearAnything();
  await boss.dials(recorder);
  await boss.presses('11111111#');
  await boss.isFree();
  for (const phone of [world.phoneOf(anna), world.phone('+77995550001')]) {
    await phone.mayHearAnything().dials(recorder);
    await phone.isFree();
  }
  const hidden = world.phone('+77995550002').mayHearAnything();
  await hidden.dials(recorder, { withheld: 'anonymous' });
  await hidden.isFree();
  expect(world.exchange.recordings.size).toBe(0);
  const beeps = world.handsets().flatMap(({ phone }) => phone.heard.filter(({ kind }) => kind === 'beep'));
  expect(beeps).toEqual([]);
});
