// Texts both ways: what is delivered, when, with which statuses, and what the carrier's stop words do.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AIGUL, DANA, LINE, PUBLIC, type SmallWorld, smallWorld, WHATSAPP_LINE } from './small-world.ts';

const TEMPLATE = `HX${'a'.repeat(32)}`;
let world: SmallWorld;
let expectedErrors: number[];
beforeEach(async () => {
  world = await smallWorld({ templates: { [TEMPLATE]: 'Reply {{1}}' } });
  expectedErrors = [];
  world.on('/text', '');
});
afterEach(() => world.close(expectedErrors));

const send = (to: string, body: string, more: { validityPeriod?: number } = {}) =>
  world.client.messages.create({ from: LINE, to, body, statusCallback: `${PUBLIC}/delivery`, ...more });
const statuses = () => world.hooksAt('/delivery').map(hook => hook.params['MessageStatus']);

describe('a text from the product', () => {
  it('is queued, sent and delivered, with a callback at each step', async () => {
    const created = await send(DANA, 'Сәлем');
    expect(created).toMatchObject({ status: 'queued', numSegments: '1', dateSent: null });
    expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/);
    await world.seconds(2);
    expect(world.exchange.phone(DANA).texts).toMatchObject([{ from: LINE, body: 'Сәлем', sid: created.sid }]);
    expect(statuses()).toEqual(['queued', 'sent', 'delivered']);
    expect(world.hooksAt('/delivery')[2]?.params).toEqual({
      AccountSid: world.exchange.accountSid,
      ApiVersion: '2010-04-01',
      From: LINE,
      To: DANA,
      MessageSid: created.sid,
      SmsSid: created.sid,
      MessageStatus: 'delivered',
      SmsStatus: 'delivered',
    });
    expect((await world.client.messages(created.sid).fetch()).status).toBe('delivered');
  });

  it.each([
    [30_003, ['queued', 'sent', 'undelivered']],
    [30_005, ['queued', 'sent', 'undelivered']],
    [30_006, ['queued', 'sent', 'undelivered']],
    [63_016, ['queued', 'failed']],
  ])('fails with %i when the phone is set so', async (failure, expected) => {
    world.exchange.phone(DANA).textBehaviour = { failure };
    const { sid } = await send(DANA, 'Hello');
    await world.seconds(2);
    expect(statuses()).toEqual(expected);
    expect(world.hooksAt('/delivery').at(-1)?.params['ErrorCode']).toBe(String(failure));
    expect((await world.client.messages(sid).fetch()).errorCode).toBe(failure);
    expect(world.exchange.phone(DANA).texts).toEqual([]);
  });

  it('is never delivered after its validity period', async () => {
    world.exchange.phone(DANA).textBehaviour = { delaySeconds: 300 };
    await send(DANA, 'Hello', { validityPeriod: 120 });
    await world.seconds(400);
    expect(world.exchange.phone(DANA).texts).toEqual([]);
    expect(statuses().at(-1)).toBe('undelivered');
  });

  it('waits its turn when the sender may only send so many a second', async () => {
    world.exchange.textsPerSecond = 1;
    for (const body of ['one', 'two', 'three']) await send(DANA, body);
    await world.clock.runDue();
    expect(world.exchange.messages.map(message => message.status)).toEqual(['sent', 'queued', 'queued']);
    await world.seconds(3);
    expect(world.exchange.phone(DANA).texts.map(text => text.body)).toEqual(['one', 'two', 'three']);
  });

  it.each([
    ['a'.repeat(160), '1'],
    ['a'.repeat(161), '2'],
    [`${'a'.repeat(159)}€`, '2'],
    ['қ'.repeat(70), '1'],
    ['қ'.repeat(71), '2'],
  ])('counts its segments (%#)', async (body, segments) => {
    expect((await send(DANA, body)).numSegments).toBe(segments);
  });

  it('travels by WhatsApp between WhatsApp addresses', async () => {
    await world.exchange.phone(DANA).text(WHATSAPP_LINE, 'Hi');
    await world.client.messages.create({ from: WHATSAPP_LINE, to: `whatsapp:${DANA}`, body: 'Hello' });
    await world.seconds(2);
    expect(world.exchange.phone(DANA).texts).toMatchObject([{ from: WHATSAPP_LINE, to: `whatsapp:${DANA}` }]);
  });

  describe('by WhatsApp, a day after the last word from there or before the first', () => {
    const to = `whatsapp:${DANA}`;
    const free = () => world.client.messages.create({ from: WHATSAPP_LINE, to, body: 'Hello' });
    const template = (contentSid: string, contentVariables?: string) =>
      world.client.messages.create({
        from: WHATSAPP_LINE,
        to,
        contentSid,
        ...(contentVariables ? { contentVariables } : {}),
      });

    it('free words are taken and fail with 63016; within the day they arrive', async () => {
      await free();
      await world.seconds(2);
      await world.exchange.phone(DANA).text(WHATSAPP_LINE, 'Hi');
      await free();
      await world.seconds(24 * 3_600);
      await free();
      await world.seconds(2);
      const sent = world.exchange.messages.filter(({ direction }) => direction === 'outbound-api');
      expect(sent.map(({ status, errorCode }) => [status, errorCode])).toEqual([
        ['failed', 63_016],
        ['delivered', undefined],
        ['failed', 63_016],
      ]);
    });

    it('an approved template arrives with what stands in it; another is refused', async () => {
      await template(TEMPLATE, '{"1":"41"}');
      await world.seconds(2);
      expect(world.exchange.phone(DANA).texts.map(({ body }) => body)).toEqual(['Reply 41']);
      await expect(template(`HX${'b'.repeat(32)}`)).rejects.toMatchObject({ code: 21_655 });
      await expect(template(TEMPLATE, '41')).rejects.toMatchObject({ code: 21_656 });
    });
  });

  it('is found in the list by receiver and time', async () => {
    await send(DANA, 'early');
    await world.seconds(60);
    await send(DANA, 'late');
    await send(AIGUL, 'other');
    await world.seconds(2);
    const since = new Date(world.clock.now() - 10_000);
    const found = await world.client.messages.list({ to: DANA, dateSentAfter: since });
    expect(found.map(message => message.body)).toEqual(['late']);
    const earlier = await world.client.messages.list({ to: DANA, dateSentBefore: since });
    expect(earlier.map(message => message.body)).toEqual(['early']);
  });
});

describe('a text from a person', () => {
  it('is told to the product with every field', async () => {
    const sid = await world.exchange.phone(AIGUL).text(LINE, 'Көмек');
    expect(world.hooksAt('/text')[0]?.params).toMatchObject({
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: world.exchange.accountSid,
      From: AIGUL,
      To: LINE,
      Body: 'Көмек',
      NumMedia: '0',
      NumSegments: '1',
      SmsStatus: 'received',
      FromCountry: 'KZ',
      FromCity: '',
    });
    const [listed] = await world.client.messages.list({ to: LINE });
    expect(listed).toMatchObject({ sid, direction: 'inbound', status: 'received' });
  });

  it('comes by WhatsApp with its own fields, and may carry a picture', async () => {
    const media = ['https://media.example/1.jpg'];
    const sid = await world.exchange.phone(AIGUL).text(WHATSAPP_LINE, '', { media });
    expect(sid).toMatch(/^MM/);
    expect(world.hooksAt('/text')[0]?.params).toMatchObject({
      From: `whatsapp:${AIGUL}`,
      WaId: AIGUL.slice(1),
      NumMedia: '1',
      MediaUrl0: media[0],
    });
  });

  it('is only recorded as an error when the product fails', async () => {
    world.on('/text', { status: 500 });
    await world.exchange.phone(AIGUL).text(LINE, 'Hello');
    expect(world.hooksAt('/text')).toHaveLength(1);
    expectedErrors = [11_200];
  });

  it('may not be answered with TwiML', async () => {
    world.on('/text', '<Message>Hello</Message>');
    await world.exchange.phone(AIGUL).text(LINE, 'Hello');
    expectedErrors = [12_200];
  });
});

describe('the carrier’s stop words', () => {
  it('opt the pair out and still reach the product, when they are on', async () => {
    world.exchange.carrierStopWords = true;
    await world.exchange.phone(DANA).text(LINE, ' stop ');
    expect(world.hooksAt('/text')[0]?.params).toMatchObject({ Body: ' stop ', OptOutType: 'STOP' });
    await expect(send(DANA, 'Hello')).rejects.toMatchObject({ code: 21_610 });
    await world.exchange.phone(DANA).text(LINE, 'START');
    expect((await send(DANA, 'Hello')).status).toBe('queued');
  });

  it('are words like any other when they are off', async () => {
    await world.exchange.phone(DANA).text(LINE, 'STOP');
    expect(world.hooksAt('/text')[0]?.params).not.toHaveProperty('OptOutType');
    expect((await send(DANA, 'Hello')).status).toBe('queued');
  });
});
