// One number of the account calls another: no phone rings, the other number's own webhook is asked, keys sent by one
// side are heard by the other, and neither side outlives the other.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseTwiml, TwimlError } from '../../infra/local/exchange/twiml-document.ts';
import { LINE, PUBLIC, type SmallWorld, smallWorld } from './small-world.ts';

describe('<Play digits>', () => {
  test('is keys instead of a recording', () => {
    const [play] = parseTwiml('<Response><Play digits="wwww1"/></Response>');
    expect(play).toEqual({ verb: 'Play', url: '', digits: 'wwww1' });
  });

  test.each(['', 'x', '1 2', 'W'])('refuses %o', digits => {
    expect(() => parseTwiml(`<Response><Play digits="${digits}"/></Response>`)).toThrow(TwimlError);
  });

  test('without digits it still needs an address', () => {
    expect(() => parseTwiml('<Response><Play/></Response>')).toThrow('without a URL');
  });
});

describe('a call from one number of the account to another', () => {
  const OTHER = '+77001000009';
  let world: SmallWorld;

  beforeEach(async () => {
    const lines = {
      [LINE]: { voiceUrl: `${PUBLIC}/voice` },
      [OTHER]: { voiceUrl: `${PUBLIC}/other`, statusCallbackUrl: `${PUBLIC}/other-status` },
    };
    world = await smallWorld({ lines });
    world.on('/asks', '<Gather numDigits="1" timeout="10" action="/pressed"><Say>Press one</Say></Gather>');
    world.on('/pressed', '<Pause length="30"/>');
    world.on('/other', '<Play digits="wwww1"/><Pause length="60"/>');
  });
  afterEach(() => world.close());

  const call = (more: { readonly timeLimit?: number; readonly timeout?: number } = {}) =>
    world.client.calls.create({ from: LINE, to: OTHER, url: `${PUBLIC}/asks`, ...more });
  const outcomes = () => world.exchange.calls.map(({ direction, status }) => `${direction} ${status}`);

  test('asks the other number as for any caller, and both are in one call once it answers', async () => {
    await call();
    await world.seconds(1);
    expect(world.hooksAt('/other')[0]?.params).toMatchObject({ From: LINE, To: OTHER, Direction: 'inbound' });
    expect(outcomes()).toEqual(['outbound-api in-progress', 'inbound in-progress']);
  });

  test('the key that one side sends is heard by the other two seconds later', async () => {
    await call();
    await world.seconds(1.9);
    expect(world.hooksAt('/pressed')).toEqual([]);
    await world.seconds(0.5);
    expect(world.hooksAt('/pressed')[0]?.params['Digits']).toBe('1');
  });

  test('ends on both sides, whichever ends it, and the number is told', async () => {
    const { sid } = await call();
    await world.seconds(5);
    await world.client.calls(sid).update({ status: 'completed' });
    await world.seconds(1);
    expect(outcomes()).toEqual(['outbound-api completed', 'inbound completed']);
    expect(world.hooksAt('/other-status')).toHaveLength(1);
  });

  test('ends by itself after its time limit, counted from the answer', async () => {
    await call({ timeLimit: 20 });
    await world.seconds(19);
    expect(outcomes()[0]).toBe('outbound-api in-progress');
    await world.seconds(2);
    expect(outcomes()).toEqual(['outbound-api completed', 'inbound completed']);
  });

  test('that is refused is busy for whoever called', async () => {
    world.on('/other', '<Reject/>');
    await call();
    await world.seconds(1);
    expect(outcomes()).toEqual(['outbound-api busy', 'inbound no-answer']);
  });
});
