// What the REST API refuses, with Twilio's own codes, seen through the real client; and what it refuses that Twilio
// would let pass: parameters nobody knows.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AIGUL, DANA, LINE, PUBLIC, type SmallWorld, smallWorld, WHATSAPP_LINE } from './small-world.ts';

let world: SmallWorld;
beforeEach(async () => {
  world = await smallWorld({ allowedPrefixes: ['+77'] });
});
afterEach(() => world.close());

async function post(path: string, params: Record<string, string>) {
  const { accountSid, authToken, url } = world.exchange;
  const response = await fetch(`${url}/2010-04-01/Accounts/${accountSid}${path}.json`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    body: new URLSearchParams(params),
  });
  return { status: response.status, body: (await response.json()) as { code: number } };
}

describe('a call is refused', () => {
  const good = { From: LINE, To: DANA, Url: `${PUBLIC}/offer` };
  it.each([
    ['without a To', { To: '' }, 21_201],
    ['to what is no number', { To: '102' }, 21_211],
    ['to a country that is not enabled', { To: '+4915112345678' }, 21_215],
    ['without a From', { From: '' }, 21_213],
    ['from what is no number', { From: 'Pana' }, 21_212],
    ['from a number that is not ours', { From: AIGUL }, 21_210],
    ['with a URL that is none', { Url: 'voice/offer' }, 21_205],
    ['with a time-out beyond the limit', { Timeout: '601' }, 20_001],
    ['with an unknown event', { StatusCallback: `${PUBLIC}/s`, StatusCallbackEvent: 'anwsered' }, 20_001],
    ['with a misspelt parameter', { TimeOut: '20' }, 20_001],
    ['when it asks for a recording', { Record: 'true' }, 20_001],
  ])('%s', async (_, change, code) => {
    const { status, body } = await post('/Calls', { ...good, ...change });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code,
      status: 400,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(world.exchange.calls).toEqual([]);
  });

  it('with an error the real client understands', async () => {
    const attempt = world.client.calls.create({ from: LINE, to: '+123', url: `${PUBLIC}/offer` });
    await expect(attempt).rejects.toMatchObject({ status: 400, code: 21_211 });
  });
});

describe('a text is refused', () => {
  const good = { From: LINE, To: DANA, Body: 'Hello' };
  it.each([
    ['without a To', { To: '' }, 21_604],
    ['to what is no number', { To: '+7' }, 21_211],
    ['from a number that is not ours', { From: AIGUL }, 21_606],
    [
      'from a WhatsApp sender that is not ours',
      { From: `whatsapp:${AIGUL}`, To: `whatsapp:${DANA}` },
      63_007,
    ],
    ['across channels', { From: WHATSAPP_LINE }, 21_910],
    ['to a country that is not enabled', { To: '+4915112345678' }, 21_408],
    ['without a body', { Body: '' }, 21_602],
    ['when it is too long', { Body: 'x'.repeat(1601) }, 21_617],
    ['with a misspelt parameter', { body: 'Hello' }, 20_001],
  ])('%s', async (_, change, code) => {
    const { status, body } = await post('/Messages', { ...good, ...change });
    expect([status, body.code]).toEqual([400, code]);
    expect(world.exchange.messages).toEqual([]);
  });

  it('when the person has opted out', async () => {
    world.exchange.optOut(DANA, LINE);
    const attempt = world.client.messages.create({ from: LINE, to: DANA, body: 'Hello' });
    await expect(attempt).rejects.toMatchObject({ code: 21_610 });
  });
});

describe('other refusals', () => {
  it('an unknown call is not found', async () => {
    const attempt = world.client.calls(`CA${'0'.repeat(32)}`).fetch();
    await expect(attempt).rejects.toMatchObject({ status: 404, code: 20_404 });
  });

  it('an ended or a ringing call cannot be redirected', async () => {
    const { sid } = await world.client.calls.create({ from: LINE, to: DANA, url: `${PUBLIC}/offer` });
    await world.clock.runDue();
    const redirect = () => world.client.calls(sid).update({ url: `${PUBLIC}/elsewhere` });
    await expect(redirect()).rejects.toMatchObject({ status: 400, code: 21_220 });
    await world.exchange.phone(DANA).reject();
    await expect(redirect()).rejects.toMatchObject({ code: 21_220 });
    await expect(world.client.calls(sid).update({ status: 'completed' })).rejects.toMatchObject({
      code: 21_220,
    });
  });

  it('creates beyond the limit are turned away unprocessed', async () => {
    world.exchange.createsPerSecond = 2;
    const send = () => world.client.messages.create({ from: LINE, to: DANA, body: 'Hello' });
    await send();
    await send();
    await expect(send()).rejects.toMatchObject({ status: 429, code: 20_429 });
    await world.seconds(1);
    await send();
    expect(world.exchange.messages).toHaveLength(3);
  });
});
