// The sweep and the queue say "look at request R" and nothing else; one request that fails never keeps the next one.
import { describe, expect, test } from 'vitest';
import { handleEvent } from '../../shared/app/handle-event.ts';
import type { RequestStore } from '../../shared/app/ports.ts';
import { sweep } from '../../shared/app/sweep.ts';
import { wakeUp } from '../../shared/app/wake-up.ts';
import { type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { addSeconds } from '../../shared/domain/instant.ts';
import { dueAt } from '../../shared/domain/standing.ts';
import { useEngine } from '../support/engine.ts';
import { legSid, start } from '../support/given.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { openShell, requestId, type Shell } from './shell.ts';

const engine = useEngine();
const volunteers = [11, 12, 13, 14].map(serial => volunteer(`v${serial}`, serial));

async function opened(calls: number, change?: Parameters<typeof openShell>[2]): Promise<Shell> {
  const shell = await openShell(engine, volunteers, change);
  for (let serial = 1; serial <= calls; serial += 1) await call(shell, serial);
  return shell;
}

async function call(shell: Shell, serial: number): Promise<void> {
  const callSid = legSid(serial);
  const event = {
    kind: 'caller-rang',
    callSid,
    lineId: plainLine.id,
    from: null,
    carried: null,
    agreed: null,
    limited: null,
    coolingDown: false,
  } as const;
  await handleEvent(shell.ports, { requestId: idOf(serial), event, webhookId: `call ${serial}` });
}

const idOf = (serial: number): RequestId => requestIdOf(legSid(serial));
const dueIn = (shell: Shell, serial: number) =>
  shell.wakeUps.filter(each => each.requestId === idOf(serial)).length;

/** Loading these fails as it does when a record is damaged or a shard is throttled. */
const failing = (requests: RequestStore, ...bad: readonly RequestId[]): RequestStore => ({
  ...requests,
  load: async (id, webhookId) => {
    if (bad.includes(id)) throw new RangeError('a stored record is damaged');
    return requests.load(id, webhookId);
  },
});

describe('the sweep', () => {
  test('looks at whatever is overdue, and at nothing else', async () => {
    const shell = await opened(3);
    expect(await sweep(shell.ports)).toMatchObject({ looked: 0, failed: 0 });
    shell.pass(28);
    expect(await sweep(shell.ports)).toMatchObject({ looked: 3, failed: 0 });
    expect(shell.asked.filter(what => what === 'hang up').length).toBeGreaterThan(0);
  });

  test('goes on after a request that fails, says so, and finds it again the next time', async () => {
    const shell = await opened(3);
    shell.pass(28);
    const broken = { ...shell.ports, requests: failing(shell.ports.requests, idOf(1), idOf(2)) };
    expect(await sweep(broken)).toMatchObject({ looked: 3, failed: 2 });
    expect(dueIn(shell, 3)).toBeGreaterThan(1);
    const fields = { request: idOf(1), fault: 'RangeError' };
    expect(shell.logged).toContainEqual({ event: 'look-failed', fields });
    shell.pass(0);
    expect(await sweep(shell.ports)).toMatchObject({ failed: 0 });
    expect(dueIn(shell, 1)).toBeGreaterThan(1);
  });

  test('says how long the oldest has been overdue, and 0 when nothing is', async () => {
    const shell = await opened(1);
    const swept = (oldestOverdueSeconds: number, looked: number) => ({
      event: 'swept',
      fields: { looked, failed: 0, oldestOverdueSeconds },
    });
    expect(await sweep(shell.ports)).toMatchObject({ oldestOverdueSeconds: 0 });
    expect(shell.logged).toContainEqual(swept(0, 0));
    const { request } = await shell.stores.requests.load(idOf(1), null);
    const dueSeconds = (Number(request && dueAt(request, smallNetwork.settings)) - start) / 1000;
    shell.pass(dueSeconds + 95);
    expect(await sweep(shell.ports)).toMatchObject({ oldestOverdueSeconds: 95 });
    expect(shell.logged).toContainEqual(swept(95, 1));
    expect(await sweep(shell.ports)).toMatchObject({ oldestOverdueSeconds: 0 });
  });

  test('leaves alone what the index still lists and somebody else has moved', async () => {
    const shell = await opened(1);
    const stale = { requestId: idOf(1), dueAt: addSeconds(start, -500) };
    const requests: RequestStore = {
      ...shell.ports.requests,
      due: async shard => (shard === 3 ? [stale] : []),
    };
    const before = await shell.stores.requests.load(idOf(1), null);
    expect(await sweep({ ...shell.ports, requests })).toEqual({
      looked: 1,
      failed: 0,
      oldestOverdueSeconds: 0,
    });
    expect(await shell.stores.requests.load(idOf(1), null)).toEqual(before);
  });

  test('keeps the duty entries up to date, whatever the requests do', async () => {
    const shell = await opened(1);
    let rolled = 0;
    const roster = {
      ...shell.ports.roster,
      rollDuty: async () => {
        rolled += 1;
        return [];
      },
    };
    shell.pass(28);
    await sweep({ ...shell.ports, roster, requests: failing(shell.ports.requests, idOf(1)) });
    expect(rolled).toBe(1);
  });

  test('goes on when one shard of the index cannot be read', async () => {
    const shell = await opened(1);
    shell.pass(28);
    let listed = 0;
    const requests: RequestStore = {
      ...shell.ports.requests,
      due: async (shard, at) => {
        listed += 1;
        if (listed === 1) throw new Error('throttled');
        return shell.ports.requests.due(shard, at);
      },
    };
    const swept = await sweep({ ...shell.ports, requests });
    expect(swept.looked).toBeLessThanOrEqual(1);
    expect(swept.failed).toBe(1);
    expect(listed).toBe(16);
  });
});

describe('a message of the queue', () => {
  test('looks at the request it names, and is done with', async () => {
    const shell = await openShell(engine, volunteers);
    await shell.opens();
    shell.pass(1);
    expect(await wakeUp(shell.ports, JSON.stringify({ requestId }))).toBe(true);
    expect(shell.asked).toEqual(['ring 1', 'ring 3']);
  });

  test('that is early, late, repeated or about nobody is done with, and changes nothing', async () => {
    const shell = await openShell(engine, volunteers);
    const opened = await shell.opens();
    const body = JSON.stringify({ requestId });
    expect(await wakeUp(shell.ports, body)).toBe(true);
    expect(await wakeUp(shell.ports, body)).toBe(true);
    expect(await wakeUp(shell.ports, JSON.stringify({ requestId: idOf(9) }))).toBe(true);
    const { request } = await shell.stores.requests.load(requestId, null);
    expect(request?.version).toBe(opened.request?.version);
  });

  test('that fails is delivered again', async () => {
    const shell = await openShell(engine, volunteers);
    await shell.opens();
    const broken = { ...shell.ports, requests: failing(shell.ports.requests, requestId) };
    expect(await wakeUp(broken, JSON.stringify({ requestId }))).toBe(false);
  });

  test.each([
    '',
    'null',
    '{',
    '[]',
    '"req"',
    '{"requestId":7}',
    '{"requestId":"req_1"}',
    `{"id":"${requestId}"}`,
  ])(
    '%s is nonsense: reported, and left for the dead letters, without a word of it in the log',
    async body => {
      const shell = await openShell(engine, []);
      expect(await wakeUp(shell.ports, body)).toBe(false);
      expect(shell.logged).toEqual([{ event: 'queue-nonsense', fields: {} }]);
    },
  );
});
