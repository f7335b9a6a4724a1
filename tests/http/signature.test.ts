// Only Twilio gets in. Whoever else knocks learns nothing, and leaves nothing behind but the fact.

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { expect, test } from 'vitest';
import { type Answer, type PostOptions, post, publicBase, textParams } from '../scenarios/webhook-post.ts';
import { plainLine } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { logged, survivorsNumber, voiceParams } from './voice-params.ts';

const worlds = useWorlds();
const incoming = '/voice/incoming';

const webhooks = (world: World) =>
  [
    [incoming, voiceParams(world)],
    ['/texts/incoming', textParams(world, survivorsNumber, plainLine.number, 'Слова')],
    ['/status/calls', voiceParams(world, { CallStatus: 'completed' })],
  ] as const;

function learnsNothing(world: World, answer: Answer): void {
  expect(answer.status).toBe(403);
  expect(answer.body).toBe('');
  expect(JSON.stringify(answer.headers)).not.toMatch(/hono|twilio|pana/i);
  expect(logged(world).map(({ event }) => event)).toEqual(['bad-signature']);
  expect(world.logged.join()).not.toMatch(/Слова|99555/);
  expect(world.exchange.journal).toHaveLength(0);
  world.logged.length = 0;
}

const wrongs: readonly (readonly [string, (path: string, params: Record<string, string>) => PostOptions])[] =
  [
    ['no signature', () => ({ signature: null })],
    ['an empty one', () => ({ signature: '' })],
    ['nonsense', () => ({ signature: 'bm9uc2Vuc2U=' })],
    ["somebody else's token", () => ({ token: 'the-token-of-another-account' })],
    ['an empty token', () => ({ token: '' })],
    [
      'a signature for another path',
      (_, params) => ({ signature: signedFor(`${publicBase}/voice/other`, params) }),
    ],
    [
      'a signature for the host it came to',
      (path, params) => ({
        signature: signedFor(`https://evil.example${path}`, params),
        headers: {
          host: 'evil.example',
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
          forwarded: 'host=evil.example;proto=https',
          'x-original-url': `https://evil.example${path}`,
        },
      }),
    ],
    [
      'a signature for the address that listens',
      (path, params) => ({
        signature: signedFor(`http://127.0.0.1${path}`, params),
        headers: { host: '127.0.0.1' },
      }),
    ],
    [
      'a query, though it is signed',
      (path, params) => ({ query: '?a=1', signature: signedFor(`${publicBase}${path}?a=1`, params) }),
    ],
    ['a query that was not signed', () => ({ query: '?a=1' })],
    [
      'a field more than was signed',
      (_, params) => ({ body: new URLSearchParams({ ...params, Digits: '9' }).toString() }),
    ],
    [
      'a key that comes twice',
      (_, params) => ({ body: `${new URLSearchParams(params)}&From=%2B77770000000` }),
    ],
    ['no body', () => ({ body: '' })],
  ];

const token = 'token-of-the-exchange-in-tests';
const signedFor = (url: string, params: Record<string, string>) =>
  getExpectedTwilioSignature(token, url, params);

test.each(wrongs)('with %s: 403 and an empty body, on every function', async (_, wrong) => {
  const world = await worlds.open();
  for (const [path, params] of webhooks(world))
    learnsNothing(world, await post(world, path, params, wrong(path, { ...params })));
});

test('a body beyond all measure is not even parsed', async () => {
  const world = await worlds.open();
  for (const [path, params] of webhooks(world))
    learnsNothing(world, await post(world, path, { ...params, Extra: 'x'.repeat(200_000) }));
});

test('the largest that Twilio sends is let in', async () => {
  const world = await worlds.open();
  const media = Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [`MediaUrl${i}`, `https://api.twilio.example/${'m'.repeat(300)}`]),
  );
  const params = {
    ...textParams(world, survivorsNumber, plainLine.number, 'ә'.repeat(1_600)),
    ...media,
    NumMedia: '10',
  };
  expect((await post(world, '/texts/incoming', params)).status).toBe(200);
  const survivor = world.phone(survivorsNumber);
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, '2');
});

test('a right signature is right whatever the headers say', async () => {
  const world = await worlds.open();
  const params = textParams(world, survivorsNumber, plainLine.number, 'Здравствуйте');
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
  expect((await post(world, '/texts/incoming', params, { headers })).status).toBe(200);
  const survivor = world.phone(survivorsNumber);
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, 'нет');
});

test('while tokens are rotated each of the two is right, and afterwards only the new one', async () => {
  const world = await worlds.open();
  const [old, fresh] = [world.exchange.authToken, 'the-token-that-comes-next'];
  const status = voiceParams(world, { CallStatus: 'completed' });
  const codes = () =>
    Promise.all(
      [old, fresh].map(async each => (await post(world, '/status/calls', status, { token: each })).status),
    );
  expect(await codes()).toEqual([204, 403]);
  world.context = { ...world.context, authTokens: [fresh, old] };
  expect(await codes()).toEqual([204, 204]);
  world.context = { ...world.context, authTokens: [fresh] };
  expect(await codes()).toEqual([403, 204]);
});

test.each([
  ['POST', '/voice/nowhere', 404],
  ['POST', '/voice/requests/x/wait', 404],
  ['POST', '/texts/outgoing', 404],
  ['POST', '/status/nothing', 404],
  ['POST', '/elsewhere', 404],
  ['GET', '/voice/incoming', 404],
  ['PUT', '/texts/incoming', 404],
  ['GET', '/audio/kk/none.mp3', 404],
  ['GET', '/audio/..%2f..%2fpackage.json/x', 404],
  ['GET', '/audio/kk/searching.mp3', 200],
])('%s %s: %i', async (method, path, status) => {
  const world = await worlds.open();
  const { status: answered, body } = await post(world, path, voiceParams(world), { method });
  expect(answered).toBe(status);
  expect(status === 404 ? body : '').not.toMatch(/error|stack|at /i);
});
