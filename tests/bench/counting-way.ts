// A way to a server of this machine on which what goes by is counted: requests, and the units of a table that the engine
// says each of them took.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Severable } from '../infra/severable.ts';

export type Counts = { requests: number; transactions: number; readUnits: number; writeUnits: number };
export const noCounts = (): Counts => ({ requests: 0, transactions: 0, readUnits: 0, writeUnits: 0 });

/** What has been counted since. */
export const since = (before: Counts, now: Counts): Counts => ({
  requests: now.requests - before.requests,
  transactions: now.transactions - before.transactions,
  readUnits: now.readUnits - before.readUnits,
  writeUnits: now.writeUnits - before.writeUnits,
});

const READS = /\.(GetItem|BatchGetItem|Query|Scan|TransactGetItems)$/;

/** `onDuty` counts apart, and again, what is asked of the index of those on duty. */
export async function countingWay(target: string, counts: Counts, onDuty = noCounts()): Promise<Severable> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target'] ?? '');
    const isTable = operation.startsWith('DynamoDB_');
    const asked = Buffer.concat(chunks).toString();
    const body = isTable ? JSON.stringify({ ...JSON.parse(asked), ReturnConsumedCapacity: 'TOTAL' }) : asked;
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(request.method === 'GET' ? {} : { body }),
    });
    const text = await answer.text();
    const isOnDuty = isTable && JSON.parse(asked).IndexName === 'duty';
    const into = isOnDuty ? [counts, onDuty] : [counts];
    for (const each of into) each.requests += 1;
    if (operation.endsWith('.TransactWriteItems')) counts.transactions += 1;
    if (isTable && answer.ok) {
      const consumed = [JSON.parse(text).ConsumedCapacity ?? []].flat();
      const units = consumed.reduce((sum, each) => sum + (each?.CapacityUnits ?? 0), 0);
      for (const each of into)
        if (READS.test(operation)) each.readUnits += units;
        else each.writeUnits += units;
    }
    const type = answer.headers.get('content-type');
    response.writeHead(answer.status, type ? { 'content-type': type } : {}).end(text);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
