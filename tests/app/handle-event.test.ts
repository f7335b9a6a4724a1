// The one loop: conflicts decide again, repeats get the same answer, wake-ups are sent once, and a fault after the
// commit never undoes it.
import { describe, expect, test, vi } from 'vitest';
import { languageId } from '../../infra/local/seed/seed-values.ts';
import { type Happening, handleEvent } from '../../shared/app/handle-event.ts';
import { NEXT_IN_TURN, type RosterStore } from '../../shared/app/ports.ts';
import { requestIdOf } from '../../shared/domain/ids.ts';
import { CLAIM_MARGIN_SECONDS } from '../../shared/domain/timing.ts';
import { useEngine } from '../support/engine.ts';
import { hungUp, legSid, looked, pressed, rang, waited } from '../support/given.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { meanwhile, offered, openShell, requestId } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);

/** Another call, of which nobody in this test needs to know more. */
const otherCall = (serial: number): Happening => {
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
  return { requestId: requestIdOf(callSid), event, webhookId: `other ${serial}` };
};

describe('lost races', () => {
  test('for the version: what the other one did is decided upon, and both have their effect', async () => {
    const shell = await openShell(engine, [aigul]);
    await shell.opens();
    const racing = {
      ...shell.ports,
      requests: meanwhile(shell.stores.requests, () => shell.happen(pressed(1, '1'))),
    };
    const { request, reply } = await handleEvent(racing, {
      requestId,
      event: waited(null, 1),
      webhookId: 'wait 1',
    });
    expect(request?.phase).toMatchObject({ kind: 'connected', joined: true });
    expect(reply.kind).toBe('join');
    expect(shell.logged).toContainEqual(expect.objectContaining({ event: 'conflict' }));
  });

  test('for the only yes: of two helpers who press 1 at the same time one has it', async () => {
    const shell = await openShell(engine, [aigul, bota]);
    await shell.opens();
    shell.pass(1);
    await shell.look();
    const [first, second] = await Promise.all([
      shell.happen(pressed(1, '1'), 'press 1'),
      shell.happen(pressed(3, '1'), 'press 3'),
    ]);
    expect([first.reply.kind, second.reply.kind].sort()).toEqual(['hang-up', 'join']);
  });

  test('for a volunteer: another one is asked, and she who was taken is rung once', async () => {
    const shell = await openShell(engine, [aigul, bota]);
    const takeAigul = () => handleEvent(shell.ports, otherCall(7));
    const racing = { ...shell.ports, requests: meanwhile(shell.stores.requests, takeAigul) };
    const mine = await handleEvent(racing, { requestId, event: rang(), webhookId: 'first' });
    const { request: others } = await shell.stores.requests.load(otherCall(7).requestId, null);
    expect(others?.phase).toMatchObject({ offers: [{ to: aigul.id }] });
    expect(offered(mine)).toEqual([bota.id]);
    expect(shell.asked.filter(what => what.startsWith('ring'))).toHaveLength(2);
  });

  test('for every volunteer, again and again: the request is opened all the same, and looked at soon', async () => {
    const shell = await openShell(engine, [aigul]);
    const refusing = {
      ...shell.stores.requests,
      commit: async (...[commit, network]: Parameters<typeof shell.stores.requests.commit>) =>
        commit.notes.some(({ note }) => note === 'offered')
          ? ('claim-conflict' as const)
          : shell.stores.requests.commit(commit, network),
    };
    const opened = await handleEvent(
      { ...shell.ports, requests: refusing },
      { requestId, event: rang(), webhookId: 'first' },
    );
    expect(opened.reply).toMatchObject({ kind: 'ask' });
    expect(offered(opened)).toEqual([]);
    expect(shell.wakeUps.at(-1)).toEqual({ requestId, inSeconds: [1, 4] });
  });

  // Known fault: by voice the yes is decided again in the same way until every attempt is lost, and her phone hears
  // of a fault of ours. By text she is told that she is busy elsewhere.
  test('for a helper who presses 1 when another request holds her by now: she is let go', async () => {
    const shell = await openShell(engine, [aigul]);
    await shell.opens();
    shell.pass(CLAIM_MARGIN_SECONDS + 60); // her offer and its claim have lapsed, and nobody has looked
    await handleEvent(shell.ports, otherCall(7));
    expect((await shell.happen(pressed(1, '1'), 'press 1')).reply.kind).toBe('hang-up');
  });

  test('for ever: it throws, and nothing was done', async () => {
    const shell = await openShell(engine, [aigul]);
    const requests = { ...shell.stores.requests, commit: async () => 'version-conflict' as const };
    const lost = handleEvent({ ...shell.ports, requests }, { requestId, event: rang(), webhookId: 'first' });
    await expect(lost).rejects.toThrow('lost its race');
    expect(shell.asked).toEqual([]);
  });
});

describe('a webhook that comes again', () => {
  test('gets the stored reply and has no effect', async () => {
    const shell = await openShell(engine, [aigul]);
    const first = await shell.opens();
    const key = await shell.happen(waited('9', 1), 'key 9');
    const [alerts, calls] = [shell.alerts.length, shell.asked.length];
    const again = await shell.happen(waited('9', 1), 'key 9');
    expect(again.reply).toEqual(key.reply);
    expect(again.request?.version).toBe(key.request?.version);
    expect((await shell.opens()).reply).toEqual(first.reply);
    expect([shell.alerts.length, shell.asked.length]).toEqual([alerts, calls]);
  });

  test('at the same time has its effect once, and both get the same reply', async () => {
    const shell = await openShell(engine, [aigul]);
    const both = await Promise.all([shell.opens(), shell.opens()]);
    expect(both[0].reply).toEqual(both[1].reply);
    expect(shell.asked).toEqual(['ring 1']);
  });

  test('after the call is over still gets its old reply, and opens nothing', async () => {
    const shell = await openShell(engine, [aigul]);
    const first = await shell.opens();
    await shell.happen(hungUp, 'completed');
    shell.pass(60);
    const again = await shell.opens();
    expect(again.reply).toEqual(first.reply);
    expect(again.request?.phase.kind).toBe('closed');
  });
});

test('a key that meant nothing does not answer, when it comes again late, what she was asked since', async () => {
  const shell = await openShell(engine, [aigul]);
  await shell.opens();
  const press = (digit: string, turn: number) =>
    shell.happen(waited(digit, turn), `turn ${turn}, key ${digit}`);
  const first = await press('2', 1);
  const asked = await press('8', 2);
  expect(asked.reply).toMatchObject({ say: [{ say: 'ask-call-hours' }] });
  expect((await press('2', 1)).reply).toEqual(first.reply);
  // "0" is her no to being called, and not the end of her call.
  const { request } = await press('0', 3);
  expect(request?.phase).toMatchObject({ kind: 'searching', callQuestion: null });
});

describe('an event for nobody', () => {
  test('is ignored, and leaves nothing behind', async () => {
    const shell = await openShell(engine, [aigul]);
    const nobody = await shell.happen(hungUp, 'completed');
    expect(nobody).toEqual({ request: null, reply: { kind: 'nothing' }, ignored: true, notes: [] });
    expect((await shell.stores.requests.load(requestId, 'completed')).storedReply).toBeNull();
    expect(shell.wakeUps).toEqual([]);
  });

  test('that is late is said to be ignored', async () => {
    const shell = await openShell(engine, [aigul]);
    await shell.opens();
    await shell.happen(hungUp, 'completed');
    expect((await shell.happen(hungUp, 'completed again')).ignored).toBe(true);
  });
});

describe('wake-ups', () => {
  test('for each new deadline, and once more 3 s later while she waits; none when it is still the same', async () => {
    const shell = await openShell(engine, [aigul, bota]);
    await shell.opens();
    expect(shell.wakeUps).toEqual([{ requestId, inSeconds: [1, 4] }]);
    shell.pass(0.5);
    await shell.happen(waited(null, 1), 'wait 1');
    expect(shell.wakeUps).toHaveLength(1);
    shell.pass(0.5);
    await shell.look();
    expect(shell.wakeUps.slice(1)).toEqual([{ requestId, inSeconds: [26, 29] }]);
  });

  test('are asked for beside the work, so that whoever dies of the work is looked for', async () => {
    const shell = await openShell(engine, [aigul]);
    const ring = () => new Promise<never>(() => undefined);
    const ports = { ...shell.ports, telephone: { ...shell.ports.telephone, ring } };
    void handleEvent(ports, { requestId, event: rang(), webhookId: 'first' });
    await vi.waitFor(() => expect(shell.wakeUps).toEqual([{ requestId, inSeconds: [1, 4] }]));
  });

  test('none once it is closed and everything is done', async () => {
    const shell = await openShell(engine, [aigul]);
    await shell.opens();
    const sent = shell.wakeUps.length;
    const { request } = await shell.happen(hungUp, 'completed');
    expect(request?.outbox).toEqual([]);
    expect(shell.asked).toEqual(['ring 1', 'hang up']);
    expect(shell.wakeUps).toHaveLength(sent);
  });

  test('every deadline is in the due index, so that the sweep finds what a lost message did not', async () => {
    const shell = await openShell(engine, [aigul]);
    await shell.opens();
    const now = shell.pass(2);
    const shards = await Promise.all(
      Array.from({ length: 16 }, (_, shard) => shell.stores.requests.due(shard, now)),
    );
    expect(shards.flat()).toMatchObject([{ requestId }]);
  });
});

test('stopped between commit and performing: the repeat is answered, and the next look does what was committed', async () => {
  const faults = { commit: false };
  const shell = await openShell(engine, [aigul], ({ requests }) => ({
    requests: {
      ...requests,
      commit: async (...args) => {
        const outcome = await requests.commit(...args);
        if (faults.commit) throw new Error('the function was stopped');
        return outcome;
      },
    },
  }));
  faults.commit = true;
  await expect(shell.opens()).rejects.toThrow('stopped');
  expect(shell.asked).toEqual([]);
  faults.commit = false;
  const again = await shell.opens();
  expect(again.reply).toMatchObject({ kind: 'ask', next: { to: 'wait', turn: 1 } });
  shell.pass(12);
  await shell.look();
  expect(shell.asked).toEqual(['find 1', 'ring 1']);
});

describe('of the roster', () => {
  /** `read`: what was asked of it, in its order. */
  const watched = (stored: RosterStore) => {
    const read: string[] = [];
    const roster: RosterStore = {
      ...stored,
      nextInTurn: (regions, at) => {
        read.push(`next of ${regions.length}`);
        return stored.nextInTurn(regions, at);
      },
      onDuty: (regions, at) => {
        read.push(`all of ${regions.length}`);
        return stored.onDuty(regions, at);
      },
    };
    return { roster, read };
  };

  test('no more is read than the decision asks for', async () => {
    const shell = await openShell(engine, [aigul]);
    const { roster, read } = watched(shell.stores.roster);
    await handleEvent({ ...shell.ports, roster }, { requestId, event: rang(), webhookId: 'first' });
    expect(read).toEqual(['next of 1']);
    await handleEvent({ ...shell.ports, roster }, otherCall(8));
    expect(read).toEqual(['next of 1', 'next of 1', 'all of 2', 'all of 4']);
  });

  test('all of a region is read when she who fits is not among those who are next in turn', async () => {
    const inKazakh = Array.from({ length: NEXT_IN_TURN + 1 }, (_, serial) =>
      volunteer(`other${serial}`, 20 + serial, { languages: [languageId('kk')] }),
    );
    const shell = await openShell(engine, [aigul, ...inKazakh]);
    await shell.opens();
    await shell.happen(hungUp);
    shell.pass(60);
    const { roster, read } = watched(shell.stores.roster);
    const handled = await handleEvent({ ...shell.ports, roster }, otherCall(8));
    expect(offered(handled)).toEqual([aigul.id]);
    expect(read).toEqual(['next of 1', 'all of 1']);
  });
});

test('a look that finds nothing to do writes nothing', async () => {
  const shell = await openShell(engine, [aigul]);
  const opened = await shell.opens();
  const { request } = await shell.happen(looked);
  expect(request?.version).toBe(opened.request?.version);
});
