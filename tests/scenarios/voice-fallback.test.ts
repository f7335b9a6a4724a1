// Nothing of ours answers any more: no function, no table. The number's fallback is a document that stands still. She
// hears what to dial, is put through to the line's desk, and is never cut off.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FallbackSite, startFallbackSite } from '../../infra/local/fallback-site.ts';
import { type Published, publishFallback } from '../../shared/http/publish-fallback.ts';
import { recordings } from '../../shared/prompts/audio.ts';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const survivorsNumber = '+77995550001';
const numbers = ['numbers-to-dial', { dial: '102' }, 'or', { dial: '112' }] as const;

let site: FallbackSite;
let world: World;
let published: readonly Published[];
beforeAll(async () => {
  site = await startFallbackSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  world = await worlds.open({ volunteers: [volunteer('aigul', 11)] });
  published = await publishFallback(world.context, site);
  for (const { id, number } of world.network.lines)
    world.exchange.lines.set(number, {
      ...world.exchange.lines.get(number),
      voiceFallbackUrl: `${site.url}/${published.find(({ line }) => line === id)?.path}`,
      voiceFallbackMethod: 'GET',
    });
});

/** Whatever we run is gone; the site and the telephone network are not ours. */
function everythingIsDown(): void {
  world.exchange.faults.onWebhook = ({ url }) => (url.startsWith(site.url) ? 'pass' : 'lose');
}

const everythingIsUp = () => {
  world.exchange.faults.onWebhook = () => 'pass';
};

test('she hears the numbers, and talks with the desk, which sees the number of the line', async () => {
  everythingIsDown();
  const [caller, desk] = [world.phone(survivorsNumber), world.phone(plainLine.fallbackNumber)];
  await caller.dials(plainLine);
  await caller.hears('to-fallback', ...numbers);
  await desk.rings(15);
  expect(desk.phone.rings[0]?.showing).toBe(plainLine.number);
  await desk.answers();
  await caller.talksWith(desk);
  everythingIsUp();
  await caller.hangsUp();
  await desk.isFree();
});

test('nobody at the desk: she hears the numbers again and the desk is rung again, as long as she stays', async () => {
  everythingIsDown();
  const [caller, desk] = [world.phone(survivorsNumber), world.phone(plainLine.fallbackNumber)];
  world.silenceAtMostSeconds = 70; // it rings that long
  await caller.dials(plainLine);
  for (let round = 0; round < 2; round += 1) {
    await caller.hears('to-fallback', ...numbers);
    await desk.rings(15);
    await desk.stopsRinging(70);
    await caller.hears(...numbers);
  }
  everythingIsUp();
  await caller.hangsUp();
  await desk.stopsRinging(70);
});

test('in the middle of her wait: her call goes to the desk, and is not lost to us', async () => {
  const [caller, desk] = [world.phone(survivorsNumber), world.phone(plainLine.fallbackNumber)];
  const aigul = world.phone(volunteer('aigul', 11).number);
  await caller.dials(plainLine);
  await aigul.rings();
  everythingIsDown();
  caller.mayHearAnything();
  await desk.rings(40);
  await desk.answers();
  await caller.talksWith(desk);
  everythingIsUp();
  await caller.hangsUp();
  await desk.isFree();
  await aigul.stopsRinging(150);
});

describe('the site', () => {
  const page = async (line: { readonly id: string }) => {
    const path = published.find(each => each.line === line.id)?.path ?? '';
    const response = await fetch(`${site.url}/${path}?From=%2B77000000000`);
    expect(response.headers.get('content-type')).toMatch(/^text\/xml/);
    return { path, twiml: await response.text() };
  };

  test('says to each line in each of its languages that she is put through, with the recordings that it plays', async () => {
    const { twiml } = await page(fullLine);
    const played = [...twiml.matchAll(/<Play>(\/audio\/(kk\/[^<]+)\.mp3)<\/Play>/g)];
    expect(played.map(([, , clip]) => clip)).toContain('kk/to-fallback');
    expect(twiml).toMatch(/ru-RU.*en-GB/s);
    for (const [, path = '', clip = ''] of played) {
      const sound = new Uint8Array(await (await fetch(`${site.url}${path}`)).arrayBuffer());
      expect(sound).toHaveLength(recordings[clip]?.bytes ?? -1);
    }
  });

  test('stands under names that nobody can guess, names nobody but the desk and the line, and lists nothing', async () => {
    const { path, twiml } = await page(plainLine);
    expect(path).toMatch(/^[\w-]{20,}\.xml$/);
    expect(path).not.toContain(plainLine.id);
    expect([...new Set(twiml.match(/\+\d+/g))].sort()).toEqual(
      [plainLine.number, plainLine.fallbackNumber].sort(),
    );
    expect((await fetch(`${site.url}/`)).status).toBe(403);
  });
});
