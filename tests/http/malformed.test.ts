// Signed by Twilio, and still not what we can use: a leg hears a safe sentence and is asked again, a text or a status
// is refused, and nothing of it is written down.
import { describe, expect, test } from 'vitest';
import { type Params, post, textParams } from '../scenarios/webhook-post.ts';
import { fullLine, plainLine } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';
import { callSid, logged, survivorsNumber, voiceParams, without } from './voice-params.ts';

const worlds = useWorlds();
const foreign = { AccountSid: `AC${'9'.repeat(32)}` };
const requestId = `req_${'a'.repeat(32)}`;

function onlyTheFact(world: World): void {
  expect(logged(world).map(({ event }) => event)).toEqual(['malformed-webhook']);
  expect(world.logged.join()).not.toMatch(/99555|evil|9{9}/);
  expect(world.exchange.journal).toHaveLength(0);
}

describe('a leg', () => {
  const ways: readonly (readonly [string, (params: Params) => Params])[] = [
    ['without its name', params => without(params, 'CallSid')],
    ['with a name that is none', params => ({ ...params, CallSid: 'CA12' })],
    ['of a foreign account', params => ({ ...params, ...foreign })],
    ['without an account', params => without(params, 'AccountSid')],
    ['without a caller', params => without(params, 'From')],
    ['to a number that is no line of ours', params => ({ ...params, To: '+77009999999' })],
    ['to a number that is none', params => ({ ...params, To: 'sip:evil@example' })],
    ['in a state that there is not', params => ({ ...params, CallStatus: 'evil' })],
    [
      'with a key and its value split elsewhere, which the signature does not see,',
      params => ({ ...without(params, 'CallStatus'), CallStatusr: 'inging' }),
    ],
    ['with keys that no phone has', params => ({ ...params, Digits: '<Hangup/>' })],
  ];

  test.each(ways)('%s is spoken to, and asked again', async (_, change) => {
    const world = await worlds.open();
    const answer = await post(world, '/voice/incoming', change(voiceParams(world)));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/xml/);
    expect(answer.body).toContain('Пожалуйста, оставайтесь на линии.');
    expect(answer.body).toMatch(/<Gather [^>]*action="[^"]*\/voice\/again\/1\/voice\/incoming/);
    expect(answer.body).not.toMatch(/evil|99555/);
    onlyTheFact(world);
  });

  test('that stays so is handed to the desk of the line in the end', async () => {
    const world = await worlds.open();
    const params = without(voiceParams(world), 'CallSid');
    const { body } = await post(world, '/voice/again/3/voice/incoming', params);
    expect(body).toContain(`<Dial callerId="${plainLine.number}"`);
    expect(body).toContain(`<Number>${plainLine.fallbackNumber}</Number>`);
  });

  test.each(['x', '99999999999', '-1', '3-9', '1-x'])(
    'that was never asked for the %s-th time neither',
    async count => {
      const world = await worlds.open();
      const params = without(voiceParams(world), 'CallSid');
      const { status, body } = await post(world, `/voice/again/${count}/voice/incoming`, params);
      expect(status).toBe(200);
      expect(body).toContain(plainLine.fallbackNumber);
    },
  );

  test.each(['wait/01', 'wait/x', 'menu/-1', 'left/1e3', 'redirected/x'])(
    'on a path of ours that holds nonsense (%s) is a call that has just come in',
    async path => {
      const world = await worlds.open();
      const params = voiceParams(world, { To: fullLine.number });
      const { body } = await post(world, `/voice/requests/${requestId}/${path}`, params);
      expect(body).toContain('choose-language');
      const hungUp = { ...params, CallStatus: 'completed' };
      expect((await post(world, '/status/calls', hungUp)).status).toBe(204);
    },
  );

  test.each(['offers/x/screen/0', 'offers/1/screen/x', 'offers/1/left'])(
    'of a helper of a request that is not there (%s) is let go',
    async path => {
      const world = await worlds.open();
      const params = voiceParams(world, { From: plainLine.number, To: '+77991000011' });
      const { body } = await post(world, `/voice/requests/${requestId}/${path}`, params);
      expect(body).toContain('again/1');
      const { body: last } = await post(world, `/voice/again/3/voice/requests/${requestId}/${path}`, params);
      expect(last).toContain('<Hangup/>');
      expect(last).not.toContain('<Dial');
    },
  );
});

describe('a text', () => {
  const ways: readonly (readonly [string, (params: Params) => Params])[] = [
    ['without its name', params => without(params, 'MessageSid')],
    ['with the name of a call', params => ({ ...params, MessageSid: callSid('b') })],
    ['of a foreign account', params => ({ ...params, ...foreign })],
    ['from nobody', params => ({ ...params, From: 'evil' })],
    ['from a short code', params => ({ ...params, From: '1414' })],
    ['to a number that is no line of ours', params => ({ ...params, To: '+77009999999' })],
    ['with more pictures than there are', params => ({ ...params, NumMedia: '1000' })],
  ];

  test.each(ways)('%s is refused', async (_, change) => {
    const world = await worlds.open();
    const params = change(textParams(world, survivorsNumber, plainLine.number, 'evil words'));
    expect(await post(world, '/texts/incoming', params)).toMatchObject({ status: 400, body: '' });
    onlyTheFact(world);
  });
});

describe('a status', () => {
  const status = (world: World) => voiceParams(world, { CallStatus: 'completed' });

  test.each([
    '/status/calls',
    `/status/requests/${requestId}/offers/1`,
    `/status/requests/${requestId}/texts/1`,
    '/status/requests/req_evil/offers/1',
  ])('of nothing that we know is none of our business: %s', async path => {
    const world = await worlds.open();
    const params = {
      ...status(world),
      MessageSid: `SM${'c'.repeat(32)}`,
      MessageStatus: 'failed',
      ErrorCode: '30003',
    };
    expect(await post(world, path, params)).toMatchObject({ status: 204, body: '' });
    expect(world.logged).toEqual([]);
  });

  const ways: readonly (readonly [string, string, (params: Params) => Params])[] = [
    ['without its name', '/status/calls', params => without(params, 'CallSid')],
    ['of a foreign account', '/status/calls', params => ({ ...params, ...foreign })],
    ['in a state that there is not', '/status/calls', params => ({ ...params, CallStatus: 'evil' })],
    ['of an offer that is no number', `/status/requests/${requestId}/offers/x`, params => params],
    ['of a text, about a call', `/status/requests/${requestId}/texts/1`, params => params],
  ];

  test.each(ways)('%s is refused', async (_, path, change) => {
    const world = await worlds.open();
    expect(await post(world, path, change(status(world)))).toMatchObject({ status: 400, body: '' });
    onlyTheFact(world);
  });
});
