// The shell calls her: once, as agreed at that very moment, and on nobody's guess.
import { expect, test } from 'vitest';
import { requestIdOf } from '../../shared/domain/ids.ts';
import { liveOffers } from '../../shared/domain/request.ts';
import { useEngine } from '../support/engine.ts';
import { callSid, herSid, hungUp, looked, pressed, waited } from '../support/given.ts';
import { volunteer } from '../support/small-network.ts';
import { openShell, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const rung = ({ asked }: Shell) => asked.filter(what => what.startsWith('ring her'));

/** She has agreed to be called soon and is gone; a volunteer has just said yes. */
async function taken(change: (shell: Shell) => void = () => undefined): Promise<Shell> {
  const shell = await openShell(engine, [aigul]);
  await shell.opens();
  for (const [turn, digit] of ['8', '1', '5'].entries())
    await shell.happen(waited(digit, turn + 1), `key ${turn}`);
  await shell.happen(hungUp, 'gone');
  shell.pass(60);
  const { request } = await shell.happen(looked);
  const [offer] = request ? liveOffers(request) : [];
  change(shell);
  await shell.happen(pressed(offer?.seq ?? 0, '1'), 'yes');
  return shell;
}

const later = (shell: Shell, seconds: number) => {
  shell.pass(seconds);
  return shell.look();
};

test('nobody knows whether her phone rang, nor can anybody look: it is not rung a second time', async () => {
  const shell = await taken(({ rings, found }) => {
    rings.push({ outcome: 'unknown' });
    found.leg = 'unknown';
  });
  for (const seconds of [2, 4, 8, 16]) await later(shell, seconds);
  expect(rung(shell)).toHaveLength(1);
});

test('nobody knows whether her phone rang, and the books have it: that leg is hers', async () => {
  const shell = await taken(({ rings, found }) => {
    rings.push({ outcome: 'unknown' });
    found.leg = herSid(1);
  });
  const { request } = await later(shell, 2);
  expect(request?.called?.callSid).toBe(herSid(1));
  expect(rung(shell)).toHaveLength(1);
});

test('the books know of no call: her phone rings now', async () => {
  const shell = await taken(({ rings }) => void rings.push({ outcome: 'unknown' }));
  await later(shell, 2);
  expect(rung(shell)).toHaveLength(2);
});

test('what she agreed to was taken back between the decision and the call: she is not called', async () => {
  const shell = await taken();
  expect(rung(shell)).toHaveLength(1);
  const stopped = await taken(({ ports }) => {
    const { requests } = ports;
    let isCommitted = false;
    Object.assign(ports, {
      requests: {
        ...requests,
        commit: async (...args: Parameters<typeof requests.commit>) => {
          const outcome = await requests.commit(...args);
          isCommitted ||= args[0].after.called !== null;
          return outcome;
        },
        load: async (...args: Parameters<typeof requests.load>) => {
          const loaded = await requests.load(...args);
          if (!isCommitted || loaded.request === null) return loaded;
          return { ...loaded, request: { ...loaded.request, rules: null } };
        },
      },
    });
  });
  expect(rung(stopped)).toEqual([]);
  const notes = await stopped.stores.requests.timeline(requestIdOf(callSid));
  expect(notes.flatMap(entry => entry.notes)).toContainEqual(
    expect.objectContaining({ note: 'not-performed', because: 'not-agreed' }),
  );
});
