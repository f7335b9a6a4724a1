// The reconciler over a real engine, with the network's books as a test writes them. One thing that fails keeps it from
// nothing else; what is known, young or not ours is left alone.
import { describe, expect, test } from 'vitest';
import { handleEvent } from '../../shared/app/handle-event.ts';
import type { CallSeen, Ports, TextSeen } from '../../shared/app/ports.ts';
import { receiveText } from '../../shared/app/receive-text.ts';
import { type Reconciled, reconcile } from '../../shared/app/reconcile.ts';
import type { LegOutcome } from '../../shared/domain/event.ts';
import { type CallSid, requestIdOf } from '../../shared/domain/ids.ts';
import { useEngine } from '../support/engine.ts';
import { at, callSid, legSid, messageSid, survivor } from '../support/given.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { openShell, requestId, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);

type Books = {
  calls: readonly CallSeen[];
  texts: readonly TextSeen[];
  /** What is said of a leg that is asked for; null when there is none. */
  legs: Map<CallSid, LegOutcome | 'live'>;
  readonly askedFor: CallSid[];
};

async function open(
  change: (ports: Ports) => Partial<Ports> = () => ({}),
): Promise<Shell & { readonly books: Books; readonly run: () => Promise<Reconciled> }> {
  const books: Books = { calls: [], texts: [], legs: new Map(), askedFor: [] };
  const shell = await openShell(engine, [aigul], ports => {
    const telephone = {
      ...ports.telephone,
      calls: async () => books.calls,
      texts: async () => books.texts,
      outcomeOf: async (leg: CallSid) => {
        books.askedFor.push(leg);
        return books.legs.get(leg) ?? null;
      },
    };
    return { telephone, ...change({ ...ports, telephone }) };
  });
  return { ...shell, books, run: () => reconcile(shell.ports) };
}

const call = (serial: number, changes: Partial<CallSeen> = {}): CallSeen => ({
  callSid: legSid(serial),
  direction: 'in',
  from: survivor,
  to: plainLine.number,
  createdAt: at(-120),
  ended: { at: at(-60), outcome: 'completed' },
  ...changes,
});
const text = (serial: number, changes: Partial<TextSeen> = {}): TextSeen => ({
  messageSid: messageSid(serial),
  from: survivor,
  to: plainLine.number,
  body: 'Здравствуйте',
  hasMedia: false,
  at: at(-60),
  ...changes,
});
const nothing: Reconciled = { repaired: 0, callsMissed: 0, textsMissed: 0, failed: 0 };
const events = ({ logged }: Shell) => logged.map(({ event }) => event);
const stored = async ({ stores }: Shell, serial: number) =>
  (await stores.requests.load(requestIdOf(legSid(serial)), null)).request;

describe('a call that nobody here knows', () => {
  test('and that is over goes on record, and is alerted once', async () => {
    const shell = await open();
    shell.books.calls = [call(1)];
    expect(await shell.run()).toEqual({ ...nothing, callsMissed: 1 });
    expect(await stored(shell, 1)).toMatchObject({ phase: { because: 'missed' } });
    expect(await shell.run()).toEqual(nothing);
    expect(shell.alerts.map(({ reason }) => reason)).toEqual(['call-missed']);
    expect(shell.asked).toEqual([]);
  });

  test('and that goes on is left where it is, and looked at again the next time', async () => {
    const shell = await open();
    shell.books.calls = [call(1, { ended: null })];
    expect(await shell.run()).toEqual(nothing);
    expect(events(shell)).toContain('call-unknown');
    expect(await stored(shell, 1)).toBeNull();
    expect([shell.alerts, shell.asked]).toEqual([[], []]);
    shell.books.calls = [call(1)];
    expect(await shell.run()).toMatchObject({ callsMissed: 1 });
  });

  test.each([
    ['has ended just now', { ended: { at: at(-10), outcome: 'completed' } }],
    ['has only just begun', { createdAt: at(-10), ended: null }],
    ['was to a number that is not ours', { to: '+77000000000' }],
    ['was made by us', { direction: 'out' }],
  ] as const)('and that %s is none of its business', async (_what, changes) => {
    const shell = await open();
    shell.books.calls = [call(1, changes)];
    expect(await shell.run()).toEqual(nothing);
    expect(events(shell)).not.toContain('call-unknown');
    expect(await stored(shell, 1)).toBeNull();
  });

  test('and whose number is withheld is on record as well', async () => {
    const shell = await open();
    shell.books.calls = [call(1, { from: null })];
    expect(await shell.run()).toMatchObject({ callsMissed: 1 });
  });
});

describe('an open request', () => {
  test('whose leg the books do not show is asked for by name', async () => {
    const shell = await open();
    await shell.opens();
    shell.pass(31);
    shell.books.legs = new Map([[callSid, 'completed']]);
    expect(await shell.run()).toEqual({ ...nothing, repaired: 1 });
    expect(shell.books.askedFor).toContain(callSid);
    expect((await shell.stores.requests.load(requestId, null)).request?.phase.kind).toBe('closed');
    expect(shell.asked).toContain('hang up');
  });

  test.each(['live', null] as const)('of whose leg the network says %s is left alone', async said => {
    const shell = await open();
    const { request } = await shell.opens();
    shell.pass(31);
    if (said !== null) shell.books.legs = new Map([[callSid, said]]);
    expect(await shell.run()).toEqual(nothing);
    expect((await shell.stores.requests.load(requestId, null)).request).toEqual(request);
  });

  test('that has only just been opened is not asked about', async () => {
    const shell = await open();
    await shell.opens();
    shell.pass(5);
    expect(await shell.run()).toEqual(nothing);
    expect(shell.books.askedFor).toEqual([]);
  });

  test('whose leg ended a moment ago still waits for the report of it', async () => {
    const shell = await open();
    await shell.opens();
    shell.pass(60);
    const ended = (seconds: number) => ({ at: at(seconds), outcome: 'completed' }) as const;
    shell.books.calls = [call(0, { callSid, ended: ended(31) })];
    expect(await shell.run()).toEqual(nothing);
    shell.books.calls = [call(0, { callSid, ended: ended(30) })];
    expect(await shell.run()).toMatchObject({ repaired: 1 });
  });
});

describe('a text that nobody here knows', () => {
  test('is taken in as if it had just come, and alerted once', async () => {
    const shell = await open();
    shell.books.texts = [text(1)];
    expect(await shell.run()).toEqual({ ...nothing, textsMissed: 1 });
    expect(await shell.run()).toEqual(nothing);
    expect(shell.asked).toEqual(['text']);
    expect(shell.alerts.map(({ reason, severity }) => [reason, severity])).toEqual([
      ['text-missed', 'warning'],
    ]);
  });

  test('and whose webhook comes after all has had its effect', async () => {
    const shell = await open();
    shell.books.texts = [text(1)];
    await shell.run();
    const { at: _at, to: _to, ...late } = text(1);
    await receiveText(shell.ports, { ...late, line: plainLine, webhookId: messageSid(1), writtenAt: null });
    expect(shell.asked).toEqual(['text']);
  });

  test.each([
    ['has only just come', { at: at(-10) }],
    ['was to a number that is not ours', { to: '+77000000000' }],
  ] as const)('and that %s is none of its business', async (_what, changes) => {
    const shell = await open();
    shell.books.texts = [text(1, changes)];
    expect(await shell.run()).toEqual(nothing);
    expect(shell.asked).toEqual([]);
  });

  test('and that cannot be taken in now keeps later ones of the same person waiting, and nobody else', async () => {
    const broken = { on: true };
    const shell = await open(({ requests }) => ({
      requests: {
        ...requests,
        commit: async (commit, network) => {
          if (broken.on && commit.after.id === requestIdOf(messageSid(1))) throw new RangeError('throttled');
          return requests.commit(commit, network);
        },
      },
    }));
    const other = '+77995550002' as typeof survivor;
    const later = text(2, { body: 'Второе', at: at(-50) });
    shell.books.texts = [text(3, { from: other, at: at(-40) }), later, text(1)];
    expect(await shell.run()).toEqual({ ...nothing, textsMissed: 1, failed: 1 });
    broken.on = false;
    expect(await shell.run()).toEqual({ ...nothing, textsMissed: 2 });
    const { request } = await shell.stores.requests.load(requestIdOf(messageSid(1)), null);
    expect(Object.values(request?.private.texts ?? {})).toEqual(['Здравствуйте', 'Второе']);
  });
});

describe('one thing that fails', () => {
  test.each(['calls', 'texts'] as const)('the books of %s: the others are read all the same', async which => {
    const shell = await open();
    shell.books.calls = [call(1)];
    shell.books.texts = [text(1)];
    const fails = () => Promise.reject(new RangeError('no answer'));
    const telephone = { ...shell.ports.telephone, [which]: fails };
    const { failed, callsMissed, textsMissed } = await reconcile({ ...shell.ports, telephone });
    expect([failed, callsMissed, textsMissed]).toEqual(which === 'calls' ? [1, 0, 1] : [1, 1, 0]);
    expect(shell.logged).toContainEqual({
      event: 'reconciling-failed',
      fields: { what: `read-${which}`, fault: 'RangeError' },
    });
  });

  test('one call: the next one is put on record all the same', async () => {
    const shell = await open(({ requests }) => ({
      requests: {
        ...requests,
        load: async (id, webhookId) => {
          if (id === requestIdOf(legSid(1))) throw new RangeError('throttled');
          return requests.load(id, webhookId);
        },
      },
    }));
    shell.books.calls = [call(1), call(2)];
    expect(await shell.run()).toEqual({ ...nothing, callsMissed: 1, failed: 1 });
    expect(await stored(shell, 2)).not.toBeNull();
  });

  test('one shard of the due index: requests of the others are repaired', async () => {
    const shell = await open(({ requests }) => ({
      requests: {
        ...requests,
        due: async (shard, until) => {
          if (shard === 0) throw new RangeError('throttled');
          return requests.due(shard, until);
        },
      },
    }));
    for (let serial = 1; serial <= 8; serial += 1) {
      const event = {
        kind: 'caller-rang',
        lineId: plainLine.id,
        from: null,
        carried: null,
        agreed: null,
        limited: null,
        coolingDown: false,
      } as const;
      const leg = legSid(serial);
      await handleEvent(shell.ports, {
        requestId: requestIdOf(leg),
        event: { ...event, callSid: leg },
        webhookId: null,
      });
      shell.books.legs.set(leg, 'completed');
    }
    shell.pass(31);
    const { repaired, failed } = await shell.run();
    expect(failed).toBe(1);
    expect(repaired).toBeGreaterThan(4);
  });
});
