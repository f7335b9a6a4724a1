// How webhooks reach the product: retries, fallbacks, repeats, losses, and status callbacks out of order.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AIGUL, DANA, LINE, PUBLIC, type SmallWorld, smallWorld } from './small-world.ts';

let world: SmallWorld;
let expectedErrors: number[];
beforeEach(async () => {
  world = await smallWorld();
  expectedErrors = [];
  world.on('/voice', '<Say>Hello</Say><Pause length="60"/>');
});
afterEach(() => world.close(expectedErrors));

function voiceUrl(url: string, voiceFallbackUrl?: string) {
  world.exchange.lines.set(LINE, { voiceUrl: url, ...(voiceFallbackUrl ? { voiceFallbackUrl } : {}) });
}
const dial = () => world.exchange.phone(AIGUL).dial(LINE);

describe('a webhook that fails', () => {
  it('is tried once more when the connection failed, with the same token', async () => {
    world.exchange.faults = { onWebhook: ({ attempt }) => (attempt === 0 ? 'lose' : 'pass') };
    const call = await dial();
    expect(call.said).toEqual(['Hello']);
    const log = world.exchange.webhooks.map(({ attempt, outcome }) => [attempt, outcome]);
    expect(log).toEqual([
      [0, 'connection-failed'],
      [1, 'answered'],
    ]);
    expect(new Set(world.exchange.webhooks.map(entry => entry.token)).size).toBe(1);
  });

  it('is not tried again for a server error by default', async () => {
    world.on('/voice', { status: 503 });
    await dial();
    expect(world.hooksAt('/voice')).toHaveLength(1);
    expectedErrors = [11_200];
  });

  it('is tried as often as the fragment asks, and the fragment is neither sent nor signed', async () => {
    voiceUrl(`${PUBLIC}/voice#rc=2&rp=ct,rt,5xx`);
    let asked = 0;
    world.on('/voice', () => {
      asked += 1;
      return asked < 3 ? { status: 503 } : '<Say>At last</Say>';
    });
    const call = await dial();
    expect(call.said).toEqual(['At last']);
    expect(new Set(world.hooksAt('/voice').map(hook => hook.token)).size).toBe(1);
  });

  it('is not retried for a reason the fragment does not name', async () => {
    voiceUrl(`${PUBLIC}/voice#rc=3&rp=5xx`);
    world.on('/voice', { status: 404 });
    await dial();
    expect(world.hooksAt('/voice')).toHaveLength(1);
    expectedErrors = [11_200];
  });

  it('is loud about a fragment Twilio would ignore', async () => {
    voiceUrl(`${PUBLIC}/voice#retries=2`);
    await dial();
    expect(world.hooks).toEqual([]);
    expectedErrors = [11_200];
  });

  it('plays an apology and ends the call when there is no fallback', async () => {
    voiceUrl('http://127.0.0.1:1/voice');
    const call = await dial();
    expect(call.said).toEqual([expect.stringContaining('application error')]);
    await world.seconds(5);
    expect(call.state).toBe('ended');
    expectedErrors = [11_205];
  });

  it('is saved by the fallback, which learns what was wrong', async () => {
    voiceUrl(`${PUBLIC}/voice`, `${PUBLIC}/fallback`);
    world.on('/voice', { status: 500 });
    world.on('/fallback', '<Say>Please call 112</Say>');
    const call = await dial();
    expect(call.said).toEqual(['Please call 112']);
    expect(world.hooksAt('/fallback')[0]?.params).toMatchObject({
      ErrorCode: '11200',
      ErrorUrl: `${PUBLIC}/voice`,
    });
    expectedErrors = [11_200];
  });

  it('falls back also later in the call, and for TwiML that cannot be performed', async () => {
    voiceUrl(`${PUBLIC}/voice`, `${PUBLIC}/fallback`);
    world.on('/voice', '<Redirect>/menu</Redirect>');
    world.on('/menu', '<Record/>');
    world.on('/fallback', '<Say>Please call 112</Say>');
    const call = await dial();
    expect(call.said).toEqual(['Please call 112']);
    expectedErrors = [12_200];
  });

  it('marks an error that a test has ordered', async () => {
    world.exchange.faults = { onWebhook: () => 'lose-reply' };
    await dial();
    expect(world.hooksAt('/voice')).toHaveLength(1);
    expect(world.exchange.errors).toMatchObject([{ code: 11_200, injected: true }]);
    expectedErrors = [11_200];
  });
});

describe('repeats', () => {
  it('of every voice and text webhook are delivered with one token and their replies kept', async () => {
    world.exchange.duplicateWebhooks = 3;
    let asked = 0;
    world.on('/voice', () => {
      asked += 1;
      return `<Say>Reply ${asked}</Say>`;
    });
    const call = await dial();
    expect(call.said).toEqual(['Reply 1']);
    expect(world.exchange.webhooks.map(entry => [entry.repeat, entry.body])).toEqual([
      [false, '<Response><Say>Reply 1</Say></Response>'],
      [true, '<Response><Say>Reply 2</Say></Response>'],
      [true, '<Response><Say>Reply 3</Say></Response>'],
    ]);
    expect(new Set(world.hooks.map(hook => hook.token)).size).toBe(1);
  });

  it('of a single one can be ordered', async () => {
    world.exchange.faults = { onWebhook: ({ kind }) => (kind === 'voice' ? 'repeat' : 'pass') };
    await dial();
    expect(world.hooksAt('/voice')).toHaveLength(2);
  });
});

describe('status callbacks', () => {
  async function statuses() {
    await world.client.calls.create({
      from: LINE,
      to: DANA,
      url: `${PUBLIC}/voice`,
      statusCallback: `${PUBLIC}/status`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    });
    await world.clock.runDue();
    await world.exchange.phone(DANA).answer();
    await world.exchange.phone(DANA).hangUp();
    await world.seconds(10);
    return world.hooksAt('/status').map(hook => hook.params['SequenceNumber']);
  }

  it('come in order', async () => {
    expect(await statuses()).toEqual(['0', '1', '2', '3']);
  });

  it('come out of order when told to, always in the same way', async () => {
    world.exchange.statusOrder = 'reordered';
    expect(await statuses()).toEqual(['1', '0', '3', '2']);
  });

  it('come twice when told to, with one token', async () => {
    world.exchange.statusOrder = 'repeated';
    expect((await statuses()).sort()).toEqual(['0', '0', '1', '1', '2', '2', '3', '3']);
    expect(new Set(world.hooksAt('/status').map(hook => hook.token)).size).toBe(4);
  });

  it('held back alone go out in the end', async () => {
    world.exchange.statusOrder = 'reordered';
    const call = await dial();
    await call.hangUp();
    expect(world.hooksAt('/line-status')).toHaveLength(0);
    await world.seconds(5);
    expect(world.hooksAt('/line-status')).toHaveLength(1);
  });
});

describe('faults of the REST API', () => {
  const create = () => world.client.messages.create({ from: LINE, to: DANA, body: 'Hello' });

  it('answers with the status a test wants, and does nothing', async () => {
    world.exchange.faults = { onRest: () => ({ status: 503 }) };
    await expect(create()).rejects.toMatchObject({ status: 503 });
    expect(world.exchange.messages).toEqual([]);
  });

  it('applies a request and never answers', async () => {
    world.exchange.faults = { onRest: () => 'timeout-applied' };
    await expect(create()).rejects.toThrow();
    expect(world.exchange.messages).toHaveLength(1);
    expect(world.exchange.journal[0]).toMatchObject({ status: 201, unanswered: true });
  });

  it('drops a request and never answers', async () => {
    world.exchange.faults = { onRest: () => 'timeout-dropped' };
    await expect(create()).rejects.toThrow();
    expect(world.exchange.messages).toEqual([]);
  });
});
