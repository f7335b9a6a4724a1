// A call comes in: it opens its request, and takes over from one of the same number within the grace time.
import { expect, test } from 'vitest';
import { handleEvent } from '../../shared/app/handle-event.ts';
import { receiveCall } from '../../shared/app/receive-call.ts';
import { type CallSid, requestIdOf } from '../../shared/domain/ids.ts';
import type { Line } from '../../shared/domain/network.ts';
import type { Address } from '../../shared/domain/phone.ts';
import { useEngine } from '../support/engine.ts';
import { legSid, pressed, survivor } from '../support/given.ts';
import { fullLine, plainLine, volunteer } from '../support/small-network.ts';
import { offered, openShell, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const bota = volunteer('bota', 12);

const calls = (shell: Shell, serial: number, from: Address | null = survivor, line: Line = plainLine) =>
  receiveCall(shell.ports, { callSid: legSid(serial), line, from, webhookId: `call ${serial}` });
const happens = (shell: Shell, serial: number, event: Parameters<Shell['happen']>[0]) =>
  handleEvent(shell.ports, { requestId: requestIdOf(legSid(serial)), event, webhookId: null });

/** Bota, who was not asked as long ago as Aigul, takes the first call; they talk, and she hangs up. */
async function talkedWithBota(): Promise<Shell> {
  const shell = await openShell(engine, [aigul, bota]);
  await calls(shell, 1);
  shell.pass(1);
  const { request } = await happens(shell, 1, { kind: 'looked' });
  const second = request?.phase.kind === 'searching' ? request.phase.offers[1] : undefined;
  expect(second?.to).toBe(bota.id);
  await happens(shell, 1, pressed(second?.seq ?? 0, '1'));
  await happens(shell, 1, { kind: 'caller-waited', turn: 1, digit: null });
  shell.pass(60);
  const over = await happens(shell, 1, { kind: 'caller-hung-up', callSid: legSid(1) });
  expect(over.request?.phase).toMatchObject({ because: 'talked', lastHelper: bota.id });
  return shell;
}

test('again within the grace time: without menus, and whoever she talked with is rung first', async () => {
  const shell = await talkedWithBota();
  shell.pass(599);
  const again = await calls(shell, 2);
  expect(again.request?.preferred).toBe(bota.id);
  expect(offered(again)).toEqual([bota.id]);
});

test('again after it: a call like any other', async () => {
  const shell = await talkedWithBota();
  shell.pass(601);
  expect((await calls(shell, 2)).request?.preferred).toBeNull();
});

test('on another line, or from a withheld number: nothing is taken over', async () => {
  const shell = await talkedWithBota();
  shell.pass(5);
  expect((await calls(shell, 2, survivor, fullLine)).request?.phase.kind).toBe('intake');
  expect((await calls(shell, 3, null)).request).toMatchObject({
    preferred: null,
    private: { survivor: null },
  });
});

test('a second call while the first goes on is a request of its own', async () => {
  const shell = await openShell(engine, [aigul, bota]);
  const first = await calls(shell, 1);
  const second = await calls(shell, 2);
  expect(second.request?.id).not.toBe(first.request?.id);
  expect(offered(second)).toEqual([bota.id]);
});

test('the same webhook again opens nothing and rings nobody', async () => {
  const shell = await openShell(engine, [aigul, bota]);
  const first = await calls(shell, 1);
  const again = await calls(shell, 1);
  expect(again.reply).toEqual(first.reply);
  expect(shell.asked).toEqual(['ring 1']);
  expect(requestIdOf('CA'.padEnd(34, '0') as CallSid)).not.toBe(first.request?.id);
});
