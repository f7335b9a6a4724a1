// Several requests of one number, and a call to her that is planned in one of them: it is hers to stop, it makes way when
// she calls by herself, and her phone does not ring while she talks with us.
import { describe, expect, test } from 'vitest';
import { handleEvent } from '../../shared/app/handle-event.ts';
import { receiveCall } from '../../shared/app/receive-call.ts';
import { receiveText } from '../../shared/app/receive-text.ts';
import { agreementOf } from '../../shared/domain/contact-rules.ts';
import type { Event } from '../../shared/domain/event.ts';
import { type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { useEngine } from '../support/engine.ts';
import { at, byManager, legSid, looked, messageSid, pressed, survivor, waited } from '../support/given.ts';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { openShell, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);

const calls = (shell: Shell, serial: number, line = plainLine) =>
  receiveCall(shell.ports, { callSid: legSid(serial), line, from: survivor, webhookId: `call ${serial}` });
const happens = (shell: Shell, requestId: RequestId, event: Event) =>
  handleEvent(shell.ports, { requestId, event, webhookId: null });
const textFrom = (serial: number, body: string) => ({
  messageSid: messageSid(serial),
  line: plainLine,
  from: survivor,
  body,
  hasMedia: false,
  webhookId: `text ${serial}`,
  writtenAt: null,
});
const writes = (shell: Shell, serial: number, body: string) =>
  receiveText(shell.ports, textFrom(serial, body));
const phaseOf = async (shell: Shell, requestId: RequestId) =>
  (await shell.ports.requests.load(requestId, null)).request?.phase;

/** She calls and asks to be called soon, by the number 5; she is still on the line. */
async function asksForCall(shell: Shell, serial: number): Promise<RequestId> {
  const requestId = requestIdOf(legSid(serial));
  await calls(shell, serial);
  for (const [turn, digit] of ['8', '1', '5'].entries())
    await happens(shell, requestId, waited(digit, turn + 20));
  return requestId;
}

const hangsUp = (shell: Shell, serial: number) =>
  happens(shell, requestIdOf(legSid(serial)), { kind: 'caller-hung-up', callSid: legSid(serial) });

test('a later call of hers hides the first: STOP still reaches the call that was agreed on in it', async () => {
  const shell = await openShell(engine, [aigul]);
  const first = await asksForCall(shell, 1);
  await calls(shell, 2); // the network cannot say whether the first goes on
  await hangsUp(shell, 1);
  expect(await phaseOf(shell, first)).toMatchObject({ kind: 'calling-back' });
  await writes(shell, 1, 'СТОП');
  expect(await phaseOf(shell, first)).toMatchObject({ kind: 'closed', because: 'stopped' });
});

test('a conversation by text that goes on as a call hides nothing either: STOP ends both', async () => {
  const shell = await openShell(engine, [aigul]);
  const first = await asksForCall(shell, 1);
  await hangsUp(shell, 1);
  await writes(shell, 1, 'Здравствуйте');
  const written = requestIdOf(messageSid(1));
  await writes(shell, 2, '1');
  const agreement = agreementOf('7', null, at(1));
  await happens(shell, written, { ...byManager, kind: 'manager-set-contact-rules', agreement });
  await happens(shell, written, looked);
  expect((await shell.ports.requests.load(written, null)).request?.channel).toBe('voice');
  await writes(shell, 3, 'СТОП');
  for (const requestId of [first, written])
    expect(await phaseOf(shell, requestId)).toMatchObject({ kind: 'closed', because: 'stopped' });
});

test('the report of her hanging up was lost: when she calls again nobody calls her for the first call', async () => {
  const shell = await openShell(engine, [aigul]);
  const first = await asksForCall(shell, 1);
  shell.earlier.outcome = 'completed';
  const again = await calls(shell, 2);
  expect(await phaseOf(shell, first)).toMatchObject({ kind: 'closed', because: 'called-again' });
  expect(again.request?.rules).toMatchObject({ callDigit: '5', within: { digit: '5' } });
});

test('while she is on another line of ours her phone is not rung, and it is no try', async () => {
  const shell = await openShell(engine, [aigul]);
  const first = await asksForCall(shell, 1);
  await hangsUp(shell, 1);
  shell.pass(61);
  const { request } = await happens(shell, first, looked);
  const seq = request?.phase.kind === 'searching' ? (request.phase.offers[0]?.seq ?? 0) : 0;
  await calls(shell, 2, fullLine);
  const after = await happens(shell, first, pressed(seq, '1'));
  expect(shell.asked.filter(what => what.startsWith('ring her'))).toEqual([]);
  expect(after.request?.phase.kind).toBe('calling-back');
  expect(after.request?.callBack?.tries).toBe(0);
});

describe('STOP while she calls again herself, and the call takes over what she has agreed to', () => {
  /** `meanwhile` happens once: before the later call is there, or when who writes has been looked up. */
  async function racing(
    when: 'call' | 'stop',
    meanwhile: (shell: Shell) => Promise<unknown>,
    { later = 2, between = async (_: Shell): Promise<unknown> => undefined } = {},
  ) {
    let isArmed = false;
    const once = async (shell: Shell) => {
      if (!isArmed) return;
      isArmed = false;
      await meanwhile(shell);
    };
    const shell: Shell = await openShell(engine, [aigul], ({ requests, directory }) => ({
      requests: {
        ...requests,
        commit: async (commit, network) => {
          const isLater = commit.before === null && commit.after.id === requestIdOf(legSid(later));
          if (when === 'call' && isLater) await once(shell);
          return requests.commit(commit, network);
        },
      },
      directory: {
        ...directory,
        who: async (address, now) => {
          const known = await directory.who(address, now);
          if (when === 'stop') await once(shell);
          return known;
        },
      },
    }));
    await asksForCall(shell, 1);
    await between(shell);
    await hangsUp(shell, 1);
    isArmed = true;
    return shell;
  }

  const isSilent = async (shell: Shell, later = 2) => {
    const { request } = await shell.ports.requests.load(requestIdOf(legSid(later)), null);
    expect(request).toMatchObject({ rules: null, callBack: null, phase: { kind: 'searching' } });
    await hangsUp(shell, later);
    expect((await phaseOf(shell, requestIdOf(legSid(later))))?.kind).toBe('closed');
  };

  test('it comes before the call is there: the call finds it', async () => {
    const shell = await racing('call', each => writes(each, 1, 'СТОП'));
    await calls(shell, 2);
    await isSilent(shell);
  });

  test('it has looked her up before the call is there: it finds the call', async () => {
    const shell = await racing('stop', each => calls(each, 2));
    await writes(shell, 1, 'СТОП');
    await isSilent(shell);
  });

  test('a call between the two hides the first of them, and what was agreed is being taken over: it finds it', async () => {
    const between = async (each: Shell) => {
      await calls(each, 2); // the network cannot say whether the first goes on
      await hangsUp(each, 2);
    };
    const shell = await racing('call', each => writes(each, 1, 'СТОП'), { later: 3, between });
    await calls(shell, 3);
    await isSilent(shell, 3);
  });

  test('call after call takes over from the one before while it looks: it goes on until it has found the last', async () => {
    let serial = 2;
    const shell = await racing('stop', async each => {
      await calls(each, serial);
    });
    const { directory } = shell.ports;
    const callsTwiceMore = {
      ...shell.ports,
      directory: {
        ...directory,
        who: async (...args: Parameters<typeof directory.who>) => {
          const known = await directory.who(...args);
          if (serial < 4) {
            await hangsUp(shell, serial);
            serial += 1;
            await calls(shell, serial);
          }
          return known;
        },
      },
    };
    await receiveText(callsTwiceMore, textFrom(1, 'СТОП'));
    expect(serial).toBe(4);
    await isSilent(shell, 4);
  });

  test('when it cannot be looked for she is answered all the same', async () => {
    const shell = await racing('call', () => Promise.resolve());
    const failing = {
      ...shell.ports,
      requests: {
        ...shell.ports.requests,
        load: (...args: Parameters<typeof shell.ports.requests.load>) =>
          shell.logged.some(({ event }) => event === 'call-is-there')
            ? Promise.reject(new Error('not today'))
            : shell.ports.requests.load(...args),
        commit: async (...args: Parameters<typeof shell.ports.requests.commit>) => {
          const outcome = await shell.ports.requests.commit(...args);
          if (args[0].after.id === requestIdOf(legSid(2))) shell.ports.log.info('call-is-there');
          return outcome;
        },
      },
    };
    const call = { callSid: legSid(2), line: plainLine, from: survivor, webhookId: 'call 2' };
    const { reply } = await receiveCall(failing, call);
    expect(reply).toMatchObject({ kind: 'ask', next: { to: 'wait' } });
    expect(shell.logged.map(({ event }) => event)).toContain('stop-not-looked-for');
  });

  test('without it what she has agreed to holds on', async () => {
    const shell = await racing('call', () => Promise.resolve());
    const { request } = await calls(shell, 2);
    expect(request?.rules).toMatchObject({ callDigit: '5' });
  });
});
