// Which of the network's own copies are deleted, when some of them cannot be, and that the others are all the same.
import { expect, test } from 'vitest';
import { forgetCopies, KEEP_COPIES_SECONDS } from '../../shared/app/forget-copies.ts';
import type { Copy, ErasingPorts } from '../../shared/app/ports.ts';
import type { CallSid, MessageSid } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant } from '../../shared/domain/instant.ts';
import { start } from '../support/given.ts';
import { plainLine, smallNetwork } from '../support/small-network.ts';

const hers = '+77995550001';
const call = (digit: string, from: string, to: string): Copy => ({
  of: 'call',
  sid: `CA${digit.repeat(32)}` as CallSid,
  from,
  to,
});
const text = (digit: string, from: string, to: string): Copy => ({
  of: 'text',
  sid: `SM${digit.repeat(32)}` as MessageSid,
  from,
  to,
});

function portsOf(found: readonly Copy[], forget: (copy: Copy) => Promise<boolean>) {
  const askedFor: Instant[] = [];
  const logged: string[] = [];
  const log = (event: string) => void logged.push(event);
  const ports = {
    clock: { now: () => start },
    log: { info: log, warn: log, error: log },
    networks: { network: async () => smallNetwork },
    copies: {
      endedBefore: async (at: Instant) => {
        askedFor.push(at);
        return found;
      },
      ofNumber: async () => [],
      forget,
    },
  } as unknown as ErasingPorts;
  return { ports, askedFor, logged };
}

test('only what our lines did is deleted, however much else the account does', async () => {
  const ours = [
    call('1', hers, plainLine.number),
    call('2', plainLine.number, hers),
    text('3', `whatsapp:${plainLine.whatsappNumber}`, `whatsapp:${hers}`),
  ];
  const deleted: string[] = [];
  const foreign = [call('4', hers, '+77009999999'), text('5', '+77009999999', hers)];
  const { ports, askedFor } = portsOf([...foreign, ...ours], async ({ sid }) => deleted.push(sid) > 0);
  expect(await forgetCopies(ports)).toEqual({ forgotten: 3, failed: 0 });
  expect(deleted).toEqual(ours.map(({ sid }) => sid));
  expect(askedFor).toEqual([addSeconds(start, -KEEP_COPIES_SECONDS)]);
});

test('one that cannot be deleted keeps nobody from the others, and is counted', async () => {
  const copies = ['1', '2', '3'].map(digit => call(digit, hers, plainLine.number));
  const { ports, logged } = portsOf(copies, async ({ sid }) => {
    if (sid.startsWith('CA1')) throw new Error('broken');
    return !sid.startsWith('CA2');
  });
  expect(await forgetCopies(ports)).toEqual({ forgotten: 1, failed: 2 });
  expect(logged).toEqual(['copy-not-forgotten', 'copies-forgotten']);
});
