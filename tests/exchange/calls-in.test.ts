// Calls from people to a line: what the product is told, what they hear, how keys and silence are passed on.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AIGUL, DANA, LINE, PUBLIC, type SmallWorld, smallWorld } from './small-world.ts';

let world: SmallWorld;
let expectedErrors: number[];
beforeEach(async () => {
  world = await smallWorld();
  expectedErrors = [];
});
afterEach(() => world.close(expectedErrors));

describe('a person dials a line', () => {
  it('tells the product who called, in a genuine request with every field', async () => {
    world.on('/voice', '<Say language="ru-RU" voice="Polly.Tatyana">Здравствуйте</Say><Pause length="5"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);

    expect(world.hooks).toHaveLength(1);
    expect(world.hooks[0]?.params).toMatchObject({
      CallSid: call.sid,
      AccountSid: world.exchange.accountSid,
      From: AIGUL,
      To: LINE,
      Caller: AIGUL,
      Called: LINE,
      CallStatus: 'ringing',
      Direction: 'inbound',
      ApiVersion: '2010-04-01',
      FromCountry: 'KZ',
      FromCity: '',
    });
    expect(world.hooks[0]?.token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(call.heard).toEqual([
      { kind: 'say', text: 'Здравствуйте', language: 'ru-RU', voice: 'Polly.Tatyana', at: world.clock.now() },
    ]);
    expect(call.state).toBe('in-progress');
  });

  it('tells the line how the call ended, once', async () => {
    world.on('/voice', '<Pause length="60"/><Say>Hello</Say><Pause length="60"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await world.seconds(72);
    await call.hangUp();
    const told = world.hooksAt('/line-status').map(hook => hook.params);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      CallStatus: 'completed',
      CallDuration: '12',
      Duration: '1',
      SequenceNumber: '0',
      CallbackSource: 'call-progress-events',
      Timestamp: 'Sat, 31 Jan 2026 12:01:12 +0000',
    });
    expect(world.exchange.liveLegs()).toEqual([]);
  });

  it('shows what the network shows when the number is withheld', async () => {
    world.on('/voice', '<Hangup/>');
    await world.exchange.phone(AIGUL).dial(LINE, { withheld: '+266696687' });
    expect(world.hooks[0]?.params['From']).toBe('+266696687');
    expect(JSON.stringify(world.hooks)).not.toContain(AIGUL);
  });

  it('is turned away by <Reject> without ever being answered', async () => {
    world.on('/voice', '<Reject reason="busy"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    expect(call.state).toBe('ended');
    expect(world.exchange.calls[0]).toMatchObject({ status: 'busy', answeredAt: undefined });
  });

  it('follows relative redirects and ends when the document does', async () => {
    world.on('/voice', '<Redirect>voice/menu</Redirect>');
    world.on('/voice/menu', '<Play>audio/hello.mp3</Play>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    expect(call.heard).toMatchObject([{ kind: 'play', url: `${PUBLIC}/voice/audio/hello.mp3` }]);
    await world.seconds(3);
    expect(call.state).toBe('ended');
  });

  it('is cut off, loudly, when the product redirects in a circle', async () => {
    world.on('/voice', '<Redirect>/voice</Redirect>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    expect(call.said.at(-1)).toContain('application error');
    expectedErrors = [11_215];
  });
});

describe('<Gather>', () => {
  it('passes the digits on as soon as there are enough', async () => {
    world.on('/voice', '<Gather numDigits="2" action="/menu"><Say>Two digits</Say></Gather>');
    world.on('/menu', '<Pause length="9"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await call.press('4');
    expect(world.hooksAt('/menu')).toHaveLength(0);
    await call.press('2');
    expect(world.hooksAt('/menu')[0]?.params).toMatchObject({
      Digits: '42',
      FinishedOnKey: '',
      CallStatus: 'in-progress',
    });
  });

  it('is interrupted by a key: the rest of the prompts is never heard', async () => {
    world.on(
      '/voice',
      '<Gather numDigits="2" action="/menu"><Say>First prompt</Say><Say>Second prompt</Say></Gather>',
    );
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await call.press('1');
    await world.seconds(4);
    expect(call.said).toEqual(['First prompt']);
    expect(world.exchange.events.map(event => event.type)).toContain('interrupted');
    expect(world.hooksAt('/menu')).toHaveLength(0);
    await world.seconds(1);
    expect(world.hooksAt('/menu')[0]?.params['Digits']).toBe('1');
  });

  it('ends at the finish key, which is not among the digits', async () => {
    world.on('/voice', '<Gather finishOnKey="*" action="/menu"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await call.press('123*');
    expect(world.hooksAt('/menu')[0]?.params).toMatchObject({ Digits: '123', FinishedOnKey: '*' });
  });

  it('goes on with the next verb when nothing is pressed', async () => {
    world.on('/voice', '<Gather numDigits="1" timeout="4" action="/menu"/><Say>Nobody pressed</Say>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await world.seconds(4);
    expect(call.said).toEqual(['Nobody pressed']);
    expect(world.hooksAt('/menu')).toHaveLength(0);
  });

  it('asks the product also after silence when told to', async () => {
    world.on('/voice', '<Gather numDigits="1" timeout="4" action="/menu" actionOnEmptyResult="true"/>');
    await world.exchange.phone(AIGUL).dial(LINE);
    await world.seconds(4);
    expect(world.hooksAt('/menu')[0]?.params['Digits']).toBe('');
  });

  it('takes its own document as the action when none is given', async () => {
    let asked = 0;
    world.on('/voice', () => {
      asked += 1;
      return asked === 1 ? '<Gather numDigits="1"/>' : '<Say>Again</Say>';
    });
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await call.press('7');
    expect(world.hooksAt('/voice')[1]?.params['Digits']).toBe('7');
    expect(call.said).toEqual(['Again']);
  });

  it('knows nothing of keys pressed elsewhere', async () => {
    world.on('/voice', '<Say>Just listen</Say><Gather numDigits="1" action="/menu"/>');
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await call.press('1');
    await world.seconds(2);
    expect(world.hooksAt('/menu')).toHaveLength(0);
    expect(world.exchange.events).toContainEqual(expect.objectContaining({ type: 'pressed', taken: false }));
  });
});

describe('TwiML the exchange does not perform exactly', () => {
  const refused = [
    ['an unknown verb', '<Record/>', 12_200],
    ['an unknown verb further down', '<Say>Hello</Say><Enqueue>x</Enqueue>', 12_200],
    ['an unknown attribute', '<Say loop="2">Hello</Say>', 12_200],
    ['recording', '<Dial record="record-from-answer"><Conference>room</Conference></Dial>', 12_200],
    ['speech input', '<Gather input="speech"/>', 12_200],
    ['a verb inside a gather', '<Gather><Dial>+77022222222</Dial></Gather>', 12_200],
    ['stray text', 'Hello', 12_200],
    ['broken XML', '<Say>Hello', 12_100],
    ['an empty <Say>', '<Say></Say>', 13_520],
  ] as const;
  it.each(refused)('fails loudly: %s', async (_, twiml, code) => {
    world.on('/voice', twiml);
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    expect(call.said).toEqual([expect.stringContaining('application error')]);
    await world.seconds(10);
    expect(call.state).toBe('ended');
    expectedErrors = [code];
  });

  it('fails loudly: a reply that is not XML', async () => {
    world.on('/voice', { type: 'application/json', body: '{}' });
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    expect(call.said).toEqual([expect.stringContaining('application error')]);
    expectedErrors = [12_300];
  });
});

describe('<Dial> of a number', () => {
  beforeEach(() => {
    world.on(
      '/voice',
      `<Dial callerId="${LINE}" timeout="20" action="/dialled" hangupOnStar="true"><Number>${DANA}</Number></Dial>`,
    );
    world.on('/dialled', '<Say>Afterwards</Say>');
  });

  it('connects the two and shows only the line', async () => {
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    const dana = world.exchange.phone(DANA);
    expect(dana.call?.showing).toBe(LINE);
    await dana.answer();
    expect(dana.talkingTo).toEqual([AIGUL]);
    await world.seconds(30);
    await dana.hangUp();
    expect(call.said).toEqual(['Afterwards']);
    expect(world.hooksAt('/dialled')[0]?.params).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '30',
      DialBridged: 'true',
      DialCallSid: dana.calls[0]?.sid,
    });
  });

  it('reports that nobody answered', async () => {
    await world.exchange.phone(AIGUL).dial(LINE);
    await world.seconds(20);
    expect(world.hooksAt('/dialled')[0]?.params['DialCallStatus']).toBe('no-answer');
  });

  it('stops ringing when the caller hangs up', async () => {
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await call.hangUp();
    expect(world.exchange.phone(DANA).call).toBeUndefined();
    expect(world.exchange.calls.map(leg => leg.status)).toEqual(['completed', 'canceled']);
    expect(world.hooksAt('/dialled')).toHaveLength(0);
  });

  it('is left by the star key', async () => {
    const call = await world.exchange.phone(AIGUL).dial(LINE);
    await world.exchange.phone(DANA).answer();
    await call.press('*');
    expect(call.said).toEqual(['Afterwards']);
    expect(world.exchange.phone(DANA).call).toBeUndefined();
  });

  it('refuses a caller ID that is not a line', async () => {
    world.on('/voice', `<Dial callerId="${AIGUL}"><Number>${DANA}</Number></Dial>`);
    await world.exchange.phone(AIGUL).dial(LINE);
    expect(world.exchange.phone(DANA).rings).toEqual([]);
    expectedErrors = [13_214];
  });
});
