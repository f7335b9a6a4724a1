// Calls the product makes with the real Twilio client: ringing, answers, time-outs, voicemail, cancelling, redirects.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AIGUL, clientOf, DANA, ERLAN, LINE, PUBLIC, type SmallWorld, smallWorld } from './small-world.ts';

let world: SmallWorld;
beforeEach(async () => {
  world = await smallWorld();
  world.on('/offer', '<Gather numDigits="1" timeout="10" action="/accept"><Say>Press one</Say></Gather>');
  world.on('/accept', '<Say>Accepted</Say>');
});
afterEach(() => world.close());

async function ring(number: string, timeout = 25) {
  const call = await world.client.calls.create({
    from: LINE,
    to: number,
    url: `${PUBLIC}/offer`,
    timeout,
    statusCallback: `${PUBLIC}/status`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  });
  await world.clock.runDue();
  return call;
}

const statuses = () => world.hooksAt('/status').map(hook => hook.params['CallStatus']);

describe('a call made by the product', () => {
  it('is queued at first and rings with the line as its caller ID', async () => {
    const created = await ring(DANA);
    expect(created).toMatchObject({ status: 'queued', direction: 'outbound-api', to: DANA, from: LINE });
    expect(created.sid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(world.exchange.phone(DANA).ringing?.showing).toBe(LINE);
    expect((await world.client.calls(created.sid).fetch()).status).toBe('ringing');
  });

  it('passes the pressed key on and reports every status with its number', async () => {
    await ring(DANA);
    const dana = world.exchange.phone(DANA);
    await dana.answer();
    await dana.press('1');
    expect(dana.said).toEqual(['Press one', 'Accepted']);
    await world.seconds(5);
    const told = world.hooksAt('/status').map(hook => hook.params);
    expect(told.map(p => [p['SequenceNumber'], p['CallStatus']])).toEqual([
      ['0', 'initiated'],
      ['1', 'ringing'],
      ['2', 'in-progress'],
      ['3', 'completed'],
    ]);
    expect(told[3]?.['CallDuration']).toBe('1');
    expect(told[2]).not.toHaveProperty('CallDuration');
  });

  it('gives up when nobody answers in time', async () => {
    const call = await ring(DANA, 25);
    await world.seconds(24);
    expect(world.exchange.phone(DANA).ringing).toBeDefined();
    await world.seconds(1);
    expect(world.exchange.phone(DANA).ringing).toBeUndefined();
    expect((await world.client.calls(call.sid).fetch()).status).toBe('no-answer');
    expect(statuses()).toEqual(['initiated', 'ringing', 'no-answer']);
  });

  it.each([
    ['busy', 'busy'],
    ['unreachable', 'failed'],
  ] as const)('ends at once when the phone is %s', async (kind, status) => {
    world.exchange.phone(DANA).behaviour = { kind };
    await ring(DANA);
    expect(statuses()).toEqual(['initiated', status]);
    expect(world.exchange.phone(DANA).rings).toEqual([]);
  });

  it('is busy for a phone that is already in a call', async () => {
    await ring(DANA);
    await ring(DANA);
    expect(world.exchange.calls.map(leg => leg.status)).toEqual(['ringing', 'busy']);
  });

  it('is declined by the person', async () => {
    await ring(DANA);
    await world.exchange.phone(DANA).reject();
    expect(statuses()).toEqual(['initiated', 'ringing', 'busy']);
  });

  it('is picked up by a voicemail that presses nothing and hangs up', async () => {
    world.exchange.phone(DANA).behaviour = { kind: 'voicemail', afterSeconds: 15 };
    world.on('/offer', '<Pause length="60"/>');
    await ring(DANA);
    await world.seconds(15);
    expect(world.exchange.calls[0]?.status).toBe('in-progress');
    await world.seconds(30);
    expect(world.exchange.calls[0]?.status).toBe('completed');
    expect(world.exchange.phone(DANA).rings[0]?.pressed).toEqual([]);
    expect(world.hooksAt('/accept')).toEqual([]);
  });

  it('meets a scripted person who answers and presses a key', async () => {
    world.exchange.phone(DANA).behaviour = {
      kind: 'scripted',
      answerAfterSeconds: 6,
      steps: [
        { afterSeconds: 2, press: '1' },
        { afterSeconds: 2.5, hangUp: true },
      ],
    };
    await ring(DANA);
    await world.seconds(60);
    expect(world.hooksAt('/accept')[0]?.params['Digits']).toBe('1');
    expect(world.exchange.phone(DANA).said).toEqual(['Press one', 'Accepted']);
    expect(world.exchange.liveLegs()).toEqual([]);
  });

  it('may carry its TwiML with it', async () => {
    await world.client.calls.create({ from: LINE, to: DANA, twiml: '<Response><Say>Hi</Say></Response>' });
    await world.clock.runDue();
    await world.exchange.phone(DANA).answer();
    expect(world.exchange.phone(DANA).said).toEqual(['Hi']);
    expect(world.hooks).toEqual([]);
  });

  it('waits in the queue when calls come faster than the account may make them', async () => {
    world.exchange.callsPerSecond = 1;
    for (const number of [AIGUL, DANA, ERLAN]) await ring(number);
    const rung = () => world.exchange.calls.map(leg => leg.status);
    expect(rung()).toEqual(['ringing', 'queued', 'queued']);
    await world.seconds(1);
    expect(rung()).toEqual(['ringing', 'ringing', 'queued']);
    await world.seconds(1);
    expect(rung()).toEqual(['ringing', 'ringing', 'ringing']);
    const last = await world.client.calls(world.exchange.calls[2]?.sid ?? '').fetch();
    expect(last.queueTime).toBe('2000');
  });
});

describe('a call changed by the product', () => {
  it('stops ringing when it is cancelled', async () => {
    const { sid } = await ring(DANA);
    const updated = await world.client.calls(sid).update({ status: 'canceled' });
    expect(updated.status).toBe('canceled');
    await world.clock.runDue();
    expect(world.exchange.phone(DANA).ringing).toBeUndefined();
    expect(statuses()).toEqual(['initiated', 'ringing', 'canceled']);
  });

  it('is left alone by "canceled" and ended by "completed" once it is answered', async () => {
    const { sid } = await ring(DANA);
    await world.exchange.phone(DANA).answer();
    expect((await world.client.calls(sid).update({ status: 'canceled' })).status).toBe('in-progress');
    expect((await world.client.calls(sid).update({ status: 'completed' })).status).toBe('completed');
    expect(world.exchange.phone(DANA).call).toBeUndefined();
  });

  it('leaves a gather at once when redirected', async () => {
    world.on('/voice', '<Gather timeout="60" action="/accept"><Say>Please wait for somebody</Say></Gather>');
    world.on('/elsewhere', '<Say>Somebody is here</Say><Pause length="60"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await world.client.calls(call.sid).update({ url: `${PUBLIC}/elsewhere` });
    await world.clock.runDue();
    expect(call.said.at(-1)).toBe('Somebody is here');
    await call.press('1');
    await world.seconds(50);
    expect(world.hooksAt('/accept')).toEqual([]);
  });

  it('drops the reply to a webhook that was under way when the redirect came', async () => {
    world.on('/voice', async params => {
      await world.client
        .calls(params['CallSid'] ?? '')
        .update({ twiml: '<Response/>' })
        .catch(() => undefined);
      return '<Gather timeout="60" numDigits="1" action="/slow"/>';
    });
    world.on('/slow', async params => {
      await world.client.calls(params['CallSid'] ?? '').update({ url: `${PUBLIC}/elsewhere` });
      return '<Say>Too late</Say>';
    });
    world.on('/elsewhere', '<Say>Here</Say><Pause length="60"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await call.press('1');
    expect(call.said).toEqual(['Here']);
  });

  it('gives the far end of a dial a life of its own when redirected', async () => {
    world.on('/voice', `<Dial callerId="${LINE}" action="/after"><Number>${DANA}</Number></Dial>`);
    world.on('/after', '<Say>On your own</Say><Pause length="60"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    const dana = world.exchange.phone(DANA);
    await dana.answer();
    await world.client
      .calls(dana.call?.sid ?? '')
      .update({ twiml: '<Response><Pause length="9"/></Response>' });
    await world.clock.runDue();
    expect(call.said).toEqual(['On your own']);
    expect(dana.call?.state).toBe('in-progress');
    expect(dana.talkingTo).toEqual([]);
  });
});

describe('the list of calls', () => {
  it('is filtered by who, by status and by time, newest first', async () => {
    const first = await ring(DANA);
    await world.seconds(60);
    const second = await ring(DANA);
    await ring(ERLAN);
    const sids = async (filter: Parameters<typeof world.client.calls.list>[0]) =>
      (await world.client.calls.list(filter)).map(call => call.sid);
    expect(await sids({ to: DANA })).toEqual([second.sid, first.sid]);
    expect(await sids({ to: DANA, status: 'no-answer' })).toEqual([first.sid]);
    const since = new Date(world.clock.now() - 10_000);
    expect(await sids({ to: DANA, startTimeAfter: since })).toEqual([second.sid]);
    expect(await sids({ to: DANA, startTimeBefore: since })).toEqual([first.sid]);
    expect(await sids({ from: AIGUL })).toEqual([]);
  });

  it('comes in pages', async () => {
    for (let i = 0; i < 5; i += 1) await ring(`+7705000000${i}`);
    const all = await world.client.calls.list({ pageSize: 2 });
    expect(all.map(call => call.to)).toEqual([4, 3, 2, 1, 0].map(i => `+7705000000${i}`));
    expect(world.exchange.journal.filter(entry => entry.method === 'GET')).toHaveLength(3);
  });
});

describe('credentials', () => {
  it('are the API key or the account with its token, nothing else', async () => {
    const { accountSid, authToken } = world.exchange;
    const byToken = clientOf(world.exchange, { sid: accountSid, secret: authToken });
    expect(await byToken.calls.list()).toEqual([]);
    const stranger = clientOf(world.exchange, { sid: accountSid, secret: 'guess' });
    await expect(stranger.calls.list()).rejects.toMatchObject({ status: 401, code: 20_003 });
  });
});
