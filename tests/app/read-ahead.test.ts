// A new call waits once for everything that is known before it is decided, whatever each of it takes; and nothing that
// was asked for ahead is used twice, when it has grown old, or for another decision than it was meant for.
import { expect, test } from 'vitest';
import type { Ports } from '../../shared/app/ports.ts';
import { receiveCall } from '../../shared/app/receive-call.ts';
import { useEngine } from '../support/engine.ts';
import { legSid, survivor } from '../support/given.ts';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { offered, openShell, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const rings = (shell: Shell, line = plainLine) =>
  receiveCall(shell.ports, { callSid: legSid(1), line, from: survivor, webhookId: 'call 1' });

/** What was asked of the stores, in its order; `who` answers when it is let. */
async function watched(volunteers = [aigul]) {
  const asked: string[] = [];
  let letKnow: () => void = () => undefined;
  const known = new Promise<void>(resolve => {
    letKnow = resolve;
  });
  const shell = await openShell(engine, volunteers, ({ requests, roster, directory, counters }) => ({
    requests: {
      ...requests,
      load: (...args) => {
        asked.push('load');
        return requests.load(...args);
      },
      commit: (...args) => {
        asked.push('commit');
        return requests.commit(...args);
      },
    },
    roster: {
      ...roster,
      nextInTurn: (...args) => {
        asked.push(`on duty in ${args[0].join()}`);
        return roster.nextInTurn(...args);
      },
    },
    counters: {
      ...counters,
      add: (...args) => {
        asked.push(`count ${args[0].of}`);
        return counters.add(...args);
      },
    },
    directory: {
      ...directory,
      who: async (...args) => {
        asked.push('who');
        await known;
        return directory.who(...args);
      },
    },
  }));
  return { shell, asked, letKnow };
}

const soon = () => new Promise(resolve => setTimeout(resolve, 50));
const before = ['count calls-of-line', 'count calls-of-number', 'load', 'on duty in KZ-75', 'who'];

test('everything is asked for before anything has answered, and each once', async () => {
  const { shell, asked, letKnow } = await watched();
  const handling = rings(shell);
  await soon();
  expect([...asked].sort()).toEqual(before);
  letKnow();
  expect(offered(await handling)).toEqual([aigul.id]);
  // Her offer, and that her phone rings: nothing is read in between.
  expect(asked.slice(before.length)).toEqual(['commit', 'count rings', 'commit']);
});

test('what has grown old meanwhile is asked for anew', async () => {
  const { shell, asked, letKnow } = await watched();
  const handling = rings(shell);
  await soon();
  shell.pass(2);
  letKnow();
  expect(offered(await handling)).toEqual([aigul.id]);
  expect(asked.filter(each => each === 'load')).toHaveLength(2);
  expect(asked.filter(each => each === 'on duty in KZ-75')).toHaveLength(2);
});

test('a line that asks first looks for nobody', async () => {
  const { shell, asked, letKnow } = await watched();
  letKnow();
  expect((await rings(shell, fullLine)).request?.phase.kind).toBe('intake');
  expect(asked.join()).not.toContain('on duty');
});

test('a read that fails ahead fails the call once, as it ever did, and the next one is answered', async () => {
  let isBroken = true;
  const change = ({ requests }: Ports) => ({
    requests: {
      ...requests,
      load: (...args: Parameters<typeof requests.load>) =>
        isBroken ? Promise.reject(new Error('not today')) : requests.load(...args),
    },
  });
  const shell = await openShell(engine, [aigul], change);
  await expect(rings(shell)).rejects.toThrow('not today');
  isBroken = false;
  expect(offered(await rings(shell))).toEqual([aigul.id]);
});

test('a volunteer who was taken meanwhile is not offered it: the table decides', async () => {
  const bota = volunteer('bota', 12);
  const { shell, letKnow } = await watched([aigul, bota]);
  const handling = rings(shell);
  await soon();
  const other = receiveCall(shell.ports, {
    callSid: legSid(2),
    line: plainLine,
    from: null,
    webhookId: 'call 2',
  });
  const taken = offered(await other);
  letKnow();
  const handled = await handling;
  expect(taken).toHaveLength(1);
  expect([...taken, ...offered(handled)].sort()).toEqual([aigul.id, bota.id]);
});
