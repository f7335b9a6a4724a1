// The network's own books, read by the real client from the exchange; and from a carrier that answers more roughly.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelephone } from '../../shared/adapters/twilio/telephone.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import {
  AIGUL,
  DANA,
  ERLAN,
  LINE,
  PUBLIC,
  type SmallWorld,
  smallWorld,
  WHATSAPP_LINE,
} from '../exchange/small-world.ts';
import { accountSid, callSid, callSidOf, keepingLog, messageSid } from './adapter-values.ts';
import { startScriptedServer } from './scripted-server.ts';

const WAIT = '<Pause length="600"/>';

describe('the books of the exchange', () => {
  let world: SmallWorld;
  let log = keepingLog();
  const now = () => instant(world.clock.now());
  const phone = () =>
    createTelephone({
      twilioApi: world.exchange.url,
      accountSid: world.exchange.accountSid,
      apiKey: world.exchange.apiKey?.sid ?? '',
      apiSecret: world.exchange.apiKey?.secret ?? '',
      publicBase: PUBLIC,
      log,
    });
  const lastTen = () => phone().calls(addSeconds(now(), -600));
  const calls = () => world.client.calls;

  beforeEach(async () => {
    world = await smallWorld();
    log = keepingLog();
    world.on('/voice', '<Say>a</Say><Pause length="3600"/>');
    world.on('/text', '');
  });
  afterEach(() => world.close());

  it('show a call that goes on, and how it ended', async () => {
    await world.exchange.phone(AIGUL).dial(LINE);
    const createdAt = now();
    await world.seconds(5);
    const [live] = await lastTen();
    expect(live).toMatchObject({ direction: 'in', from: AIGUL, to: LINE, createdAt, ended: null });
    await world.exchange.phone(AIGUL).hangUp();
    expect(await lastTen()).toEqual([{ ...live, ended: { at: now(), outcome: 'completed' } }]);
  });

  it('show what we rang, and that nobody answered', async () => {
    await calls().create({ from: LINE, to: DANA, twiml: `<Response>${WAIT}</Response>`, timeout: 10 });
    await world.seconds(30);
    expect(await lastTen()).toMatchObject([{ direction: 'out', to: DANA, ended: { outcome: 'no-answer' } }]);
  });

  it('hide a withheld number as the webhooks do', async () => {
    await world.exchange.phone(AIGUL).dial(LINE, { withheld: '+7378742833' });
    expect(await lastTen()).toMatchObject([{ from: null }]);
  });

  it('show a long call while it goes on and after it has ended, and no call that ended before', async () => {
    await world.exchange.phone(AIGUL).dial(LINE);
    await world.exchange.phone(DANA).dial(LINE);
    await world.seconds(10);
    await world.exchange.phone(DANA).hangUp();
    await world.seconds(1_200);
    expect(await lastTen()).toMatchObject([{ from: AIGUL, ended: null }]);
    await world.exchange.phone(AIGUL).hangUp();
    expect(await lastTen()).toMatchObject([{ from: AIGUL, ended: { outcome: 'completed' } }]);
    await world.seconds(700);
    expect(await lastTen()).toEqual([]);
  });

  it('show each call once, also when there are more than fit on a page', async () => {
    for (let serial = 0; serial < 1_050; serial += 1) {
      const caller = world.exchange.phone(`+7701${String(serial).padStart(7, '0')}`);
      await caller.dial(LINE);
      await caller.hangUp();
    }
    const seen = await lastTen();
    expect(new Set(seen.map(call => call.callSid)).size).toBe(1_050);
    expect(seen).toHaveLength(1_050);
  });

  it('show every text that came in, newest first, and none that we sent', async () => {
    await world.exchange.phone(AIGUL).text(LINE, 'Раз');
    await world.client.messages.create({ from: LINE, to: AIGUL, body: 'ответ' });
    await world.seconds(2);
    await world.exchange.phone(DANA).text(WHATSAPP_LINE, 'Екі', { media: ['https://media.example/1'] });
    const texts = await phone().texts(addSeconds(now(), -600));
    expect(texts.map(({ from, to, body, hasMedia }) => [from, to, body, hasMedia])).toEqual([
      [`whatsapp:${DANA}`, WHATSAPP_LINE, 'Екі', true],
      [AIGUL, LINE, 'Раз', false],
    ]);
    await world.seconds(700);
    expect(await phone().texts(addSeconds(now(), -600))).toEqual([]);
  });

  it('say how one leg stands', async () => {
    const { sid } = await calls().create({ from: LINE, to: ERLAN, twiml: `<Response>${WAIT}</Response>` });
    const leg = sid as typeof callSid;
    expect(await phone().outcomeOf(leg)).toBe('live');
    await world.seconds(2);
    await world.exchange.phone(ERLAN).reject();
    expect(await phone().outcomeOf(leg)).toBe('busy');
    expect(await phone().outcomeOf(callSidOf('f'))).toBeNull();
    expect(log.lines).toMatchObject([
      { event: 'telephone-failed', fields: { operation: 'outcome-of', status: 404 } },
    ]);
  });

  it('can not be read when the network fails, and the log tells no number', async () => {
    world.exchange.faults.onRest = () => ({ status: 500 });
    await expect(lastTen()).rejects.toThrow();
    await expect(phone().texts(now())).rejects.toThrow();
    expect(await phone().outcomeOf(callSid)).toBeNull();
  });
});

describe('a carrier that reads a filter as a day', () => {
  const since = instant(Date.UTC(2026, 10, 22, 10, 0, 5, 400));
  const date = (time: string) => `Sun, 22 Nov 2026 ${time} +0000`;
  const call = (digit: string, created: string, ended: string | null, changes: object = {}) => ({
    sid: callSidOf(digit),
    direction: 'inbound',
    from: AIGUL,
    to: LINE,
    status: ended === null ? 'in-progress' : 'completed',
    date_created: date(created),
    start_time: date(created),
    end_time: ended && date(ended),
    ...changes,
  });
  const telephone = (twilioApi: string, log = keepingLog()) =>
    createTelephone({
      twilioApi,
      accountSid,
      apiKey: `SK${'1'.repeat(32)}`,
      apiSecret: 's',
      publicBase: PUBLIC,
      log,
    });

  it('gives more calls than were asked for: only those of the time are passed on', async () => {
    const server = await startScriptedServer();
    server.answerWith({
      status: 200,
      body: {
        page: 0,
        calls: [
          call('a', '10:00:05', '10:00:09'),
          call('b', '09:00:00', '10:00:05'),
          call('c', '09:00:00', '10:00:04'),
          call('d', '08:00:00', null),
          call('e', '10:00:07', null, { date_created: 'yesterday' }),
        ],
      },
    });
    const log = keepingLog();
    const seen = await telephone(server.url, log).calls(since);
    expect(seen.map(each => each.callSid)).toEqual(['a', 'b', 'd'].map(callSidOf));
    expect(
      server.received.map(({ query }) => [...query.entries()].filter(([name]) => name !== 'PageSize')),
    ).toEqual([
      [['StartTime>', '2026-11-22T10:00:05Z']],
      [['EndTime>', '2026-11-22T10:00:05Z']],
      [['Status', 'in-progress']],
    ]);
    expect(log.lines).toMatchObject([
      { event: 'books-entries-not-read', fields: { books: 'calls', unread: 3 } },
    ]);
    await server.stop();
  });

  it('gives more texts than were asked for: only those of the time are passed on', async () => {
    const text = (sid: string, sent: string) => ({
      sid,
      direction: 'inbound',
      from: AIGUL,
      to: LINE,
      body: 'ұ'.repeat(5_000),
      num_media: '0',
      date_sent: date(sent),
      date_created: date(sent),
    });
    const server = await startScriptedServer();
    const messages = [text(messageSid, '10:00:05'), text(messageSid.replace('SM', 'MM'), '10:00:04')];
    server.answerWith({ status: 200, body: { page: 0, messages } });
    const seen = await telephone(server.url).texts(since);
    expect(seen).toMatchObject([{ messageSid, at: Math.floor(since / 1000) * 1000 }]);
    expect(seen[0]?.body).toHaveLength(4_096);
    await server.stop();
  });
});
