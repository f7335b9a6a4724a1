// Twilio's own copies, read and deleted by the real client at the exchange; each request is held against Twilio's own
// document when the world closes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCopies } from '../../shared/adapters/twilio/copies.ts';
import type { Copy } from '../../shared/app/ports.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import { AIGUL, DANA, LINE, type SmallWorld, smallWorld, WHATSAPP_LINE } from '../exchange/small-world.ts';
import { callSidOf, keepingLog } from './adapter-values.ts';

describe('copies', () => {
  let world: SmallWorld;
  let log = keepingLog();
  const copies = () =>
    createCopies({
      twilioApi: world.exchange.url,
      accountSid: world.exchange.accountSid,
      apiKey: world.exchange.apiKey?.sid ?? '',
      apiSecret: world.exchange.apiKey?.secret ?? '',
      log,
    });
  const inAMinute = () => addSeconds(instant(world.clock.now()), 60);
  const aigul = smsAddress(AIGUL as never);

  beforeEach(async () => {
    world = await smallWorld();
    log = keepingLog();
    world.on('/voice', '<Say>a</Say><Pause length="3600"/>');
    world.on('/text', '');
  });
  afterEach(() => world.close());

  it('of what is over are named and deleted, calls and texts', async () => {
    await world.exchange.phone(AIGUL).dial(LINE);
    await world.exchange.phone(AIGUL).hangUp();
    await world.exchange.phone(DANA).text(LINE, 'Слова');
    await world.seconds(30);
    const found = await copies().endedBefore(inAMinute());
    expect(found.map(({ of, from, to }) => [of, from, to])).toEqual([
      ['call', AIGUL, LINE],
      ['text', DANA, LINE],
    ]);
    for (const copy of found) expect(await copies().forget(copy)).toBe(true);
    expect([world.exchange.calls, world.exchange.messages]).toEqual([[], []]);
    expect(await copies().endedBefore(inAMinute())).toEqual([]);
  });

  it('of what ended a moment ago are not named yet, though the network reads a filter roughly', async () => {
    await world.exchange.phone(AIGUL).dial(LINE);
    await world.exchange.phone(AIGUL).hangUp();
    await world.exchange.phone(DANA).text(LINE, 'Слова');
    const before = instant(world.clock.now() - 1000);
    await world.seconds(60);
    expect(await copies().endedBefore(before)).toEqual([]);
  });

  it('of what goes on are neither named nor deleted', async () => {
    await world.exchange.phone(AIGUL).dial(LINE);
    await world.seconds(5);
    expect(await copies().endedBefore(inAMinute())).toEqual([]);
    expect(await copies().ofNumber(aigul)).toEqual([]);
    const sid = world.exchange.calls[0]?.sid as never;
    expect(await copies().forget({ of: 'call', sid, from: AIGUL, to: LINE })).toBe(false);
    expect(world.exchange.phone(AIGUL).call).toBeDefined();
    await world.exchange.phone(AIGUL).hangUp();
  });

  it('of one number are all of hers, whichever way she came, and nobody else’s', async () => {
    await world.exchange.phone(AIGUL).dial(LINE);
    await world.exchange.phone(AIGUL).hangUp();
    await world.exchange.phone(AIGUL).text(WHATSAPP_LINE, 'Слова');
    await world.exchange.phone(DANA).text(LINE, 'Слова');
    await world.client.messages.create({ from: LINE, to: AIGUL, body: 'Ответ' });
    await world.seconds(30);
    const found = await copies().ofNumber(aigul);
    expect(found.map(({ of, from }) => `${of} ${from}`).sort()).toEqual([
      `call ${AIGUL}`,
      `text ${LINE}`,
      `text whatsapp:${AIGUL}`,
    ]);
  });

  it('that somebody else has deleted are gone', async () => {
    const gone: Copy = { of: 'call', sid: callSidOf('9'), from: AIGUL, to: LINE };
    expect(await copies().forget(gone)).toBe(true);
  });
});
