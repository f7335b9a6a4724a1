// What was committed is done: once when it can be known, twice rather than not at all, and never for a request that
// has moved past it.
import { describe, expect, test } from 'vitest';
import { handleEvent } from '../../shared/app/handle-event.ts';
import { useEngine } from '../support/engine.ts';
import { answered, hungUp, legSid, messageSid, pressed, survivor } from '../support/given.ts';
import { manager, plainLine, volunteer } from '../support/small-network.ts';
import { offered, openShell, requestId, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);
const open = (...volunteers: Parameters<typeof openShell>[1][number][]) => openShell(engine, volunteers);

async function lookAfter(shell: Shell, seconds: number) {
  shell.pass(seconds);
  return shell.look();
}

describe('a ring whose outcome nobody knows', () => {
  test('is looked for before it is rung again', async () => {
    const shell = await open(aigul);
    shell.rings.push({ outcome: 'unknown' });
    await shell.opens();
    await lookAfter(shell, 2);
    expect(shell.asked).toEqual(['ring 1', 'find 1', 'ring 1']);
  });

  test('and that was there after all is not rung again', async () => {
    const shell = await open(aigul);
    shell.rings.push({ outcome: 'unknown' });
    await shell.opens();
    shell.found.leg = legSid(6);
    const { request } = await lookAfter(shell, 2);
    expect(shell.asked).toEqual(['ring 1', 'find 1']);
    expect(request?.phase).toMatchObject({ offers: [{ callSid: legSid(6) }] });
  });
});

test('a desk is never looked for: it may ring for somebody else just then', async () => {
  const shell = await open();
  shell.rings.push({ outcome: 'unknown' });
  await shell.opens();
  await lookAfter(shell, 2);
  expect(shell.asked.filter(what => what.startsWith('find'))).toEqual([]);
  expect(shell.asked.filter(what => what.startsWith('ring'))).toHaveLength(2);
});

describe('what did not work this time', () => {
  test('is put off, and the next look after that does it', async () => {
    const shell = await open(aigul);
    shell.rings.push({ outcome: 'temporary' });
    const { request } = await shell.opens();
    expect(request?.outbox).toHaveLength(1);
    expect(shell.wakeUps.at(-1)).toMatchObject({ inSeconds: [2] });
    await lookAfter(shell, 1);
    expect(shell.asked).toEqual(['ring 1']);
    const done = await lookAfter(shell, 1);
    expect(shell.asked).toEqual(['ring 1', 'find 1', 'ring 1']);
    expect(done.request?.outbox).toEqual([]);
  });

  test('again and again is given up, and somebody else is rung', async () => {
    const shell = await open(aigul);
    const temporary = { outcome: 'temporary' } as const;
    shell.rings.push(temporary, temporary, temporary);
    await shell.opens();
    await lookAfter(shell, 2);
    await lookAfter(shell, 8);
    shell.rings.splice(0);
    const next = await lookAfter(shell, 1);
    expect(next.request?.asked[aigul.id]?.outcome).toBe('no-answer');
    expect(offered(next)).toEqual([manager.id]);
  });

  test('because a port threw is no less put off, and the request goes on', async () => {
    const shell = await openShell(engine, [aigul], ({ telephone }) => ({
      telephone: { ...telephone, ring: () => Promise.reject(new TypeError('+77991000011')) },
    }));
    const { request, reply } = await shell.opens();
    expect(reply.kind).toBe('ask');
    expect(request?.outbox).toMatchObject([{ action: { kind: 'ring' }, tries: 0 }]);
    expect(shell.logged).toContainEqual({
      event: 'performing-failed',
      fields: expect.objectContaining({ fault: 'TypeError' }),
    });
    expect(JSON.stringify(shell.logged)).not.toContain('7991000011');
  });
});

test('a leg that is sent to ask again a second time asks anew, and is not told what it was told the first time', async () => {
  const sentTo: unknown[] = [];
  const shell = await openShell(engine, [aigul], ({ telephone }) => ({
    telephone: {
      ...telephone,
      redirect: async (callSid, { entryId, tries }) => {
        sentTo.push({ entryId, tries });
        return sentTo.length === 1 ? { outcome: 'unknown' } : { outcome: 'done', sid: callSid };
      },
    },
  }));
  await shell.opens();
  await shell.happen(answered(1));
  await shell.happen(pressed(1, '1'));
  await lookAfter(shell, 2);
  const [first, second] = [0, 1].map(tries => ({ entryId: expect.any(Number), tries }));
  expect(sentTo).toEqual([first, second]);
});

describe('what will never work', () => {
  test('a number that is none: she is marked, a manager hears of it, somebody else is rung', async () => {
    const shell = await open(aigul, bota);
    shell.rings.push({ outcome: 'failed', reason: 'bad-number' });
    const { request } = await shell.opens();
    expect(request?.asked[aigul.id]?.outcome).toBe('unreachable');
    expect(shell.alerts).toMatchObject([{ reason: 'volunteer-unreachable', audience: 'manager' }]);
    const roster = await shell.stores.roster.onDuty([aigul.region], shell.pass(1));
    expect(roster.find(({ volunteerId }) => volunteerId === aigul.id)?.reachable).toBe(false);
    expect(offered(await shell.look())).toEqual([bota.id]);
  });
});

test('a ring that nobody knows of is dropped when she has hung up; whoever picks up is told', async () => {
  const shell = await open(aigul);
  shell.rings.push({ outcome: 'unknown' });
  await shell.opens();
  await shell.happen(hungUp, 'completed');
  const { request } = await lookAfter(shell, 15);
  expect(request).toMatchObject({ outbox: [], phase: { kind: 'closed' } });
  expect(shell.asked).toEqual(['ring 1']);
  const picked = await shell.happen(answered(1), 'answered');
  expect(picked.reply).toMatchObject({ kind: 'hang-up', say: [{ say: 'caller-gone' }] });
});

test('nothing is texted to her that she stopped a moment before, though it was on its way out', async () => {
  const shell = await open(aigul);
  const stop = {
    kind: 'survivor-texted',
    lineId: plainLine.id,
    from: survivor,
    hasMedia: false,
    limited: null,
    coolingDown: false,
  } as const;
  const writes = (serial: number, body: string) =>
    ({ ...stop, messageSid: messageSid(serial), body }) as const;
  const { commit } = shell.stores.requests;
  const requests = {
    ...shell.stores.requests,
    commit: async (...args: Parameters<typeof commit>) => {
      const outcome = await commit(...args);
      if (args[0].before === null) await shell.happen(writes(2, 'СТОП'), 'stop');
      return outcome;
    },
  };
  const first = { requestId, event: writes(1, 'здравствуйте'), webhookId: 'first' };
  const { request } = await handleEvent({ ...shell.ports, requests }, first);
  expect(request?.phase).toMatchObject({ because: 'stopped' });
  expect(shell.asked).toEqual([]);
});
