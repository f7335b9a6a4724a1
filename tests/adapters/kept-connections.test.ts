// What a function that has slept does with the connections that it kept: whoever was at their other end has forgotten them,
// and what is sent there meets silence.
import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { useEngine } from '../support/engine.ts';

const engine = useEngine();

/** Between a client and the engine: what a connection has sent since it was forgotten goes nowhere. */
const link = { forgotten: new Set<Socket>(), lost: 0, opened: [] as Socket[] };
const proxy = createServer(socket => {
  const to = new URL(engine.endpoint());
  const onward = connectTo(Number(to.port), to.hostname);
  link.opened.push(socket);
  socket.on('data', data => {
    if (link.forgotten.has(socket)) link.lost += 1;
    else onward.write(data);
  });
  onward.on('data', data => socket.write(data));
  for (const [one, other] of [
    [socket, onward],
    [onward, socket],
  ] as const)
    one.on('close', () => other.destroy()).on('error', () => other.destroy());
});

beforeAll(() => once(proxy.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => proxy.close());
beforeEach(() => Object.assign(link, { forgotten: new Set(), lost: 0, opened: [] }));
afterEach(() => vi.useRealTimers());

const later = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });

describe('the table, asked after a sleep', () => {
  it('is asked over a new connection, however many were kept: nobody waits for a dead one', async () => {
    const client = connectLocally(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const table = await engine.freshTable();
    const asked = () =>
      client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: 'SYS' }, sk: { S: 'NETWORK' } } }));
    await Promise.all([asked(), asked(), asked()]);
    expect(link.opened).toHaveLength(3);
    link.forgotten = new Set(link.opened);
    later(120);
    await asked();
    expect(link.lost).toBe(0);
    client.destroy();
  });

  it('is asked over the connection of a minute ago: the rule that keeps a function awake keeps it too', async () => {
    const client = connectLocally(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const table = await engine.freshTable();
    const asked = () =>
      client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: 'SYS' }, sk: { S: 'NETWORK' } } }));
    await asked();
    later(60);
    await asked();
    expect(link.opened).toHaveLength(1);
    client.destroy();
  });
});
