// Which ports are taken, and what is said when that cannot be.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { anyPorts, portPrefix, portsFrom, refuseBusyPorts } from '../../infra/local/ports-busy.ts';

it('seven in a row, always the same unless told otherwise', () => {
  expect(portsFrom({})).toEqual({
    webhooks: 7262,
    exchange: 7263,
    queue: 7264,
    dynamoDb: 7265,
    managers: 7266,
    issuer: 7267,
    phones: 7268,
  });
  expect(portsFrom({ PANA_PORT: '' }).webhooks).toBe(7262);
  expect(portsFrom({ PANA_PORT: '7300' }).dynamoDb).toBe(7303);
});

it('commands for other terminals name the ports when they are not the usual ones', () => {
  expect(portPrefix(portsFrom({}))).toBe('');
  expect(portPrefix(portsFrom({ PANA_PORT: '7300' }))).toBe('PANA_PORT=7300 ');
});

it.each(['abc', '80', '65533', '7300.5', '-1'])('%s is no port to begin at', PANA_PORT => {
  expect(() => portsFrom({ PANA_PORT })).toThrow(/^PANA_PORT must be a number from 1024 to 65530/);
});

it('a port that somebody listens on is refused by its number', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(refuseBusyPorts({ ...anyPorts, queue: port })).rejects.toThrow(`Port ${port} is in use`);
  server.close();
  await once(server, 'close');
  await expect(refuseBusyPorts({ ...anyPorts, queue: port })).resolves.toBeUndefined();
});
