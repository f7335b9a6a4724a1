// The exchange's HTTP listener, on this machine only: the REST API under /2010-04-01, the phones under /phones.
// Must never hold a rule of either; it reads a request and hands it on.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerPhones } from './control-api.ts';
import type { Network } from './network.ts';
import { mediaAt } from './rest-recordings.ts';
import { answerRest, isAuthorized } from './rest-router.ts';

// Far above any request of the product or a phone.
const LONGEST_BODY_BYTES = 200_000;

export async function listen(network: Network, port: number): Promise<void> {
  const server = createServer((request, response) => {
    const work = receive(network, request, response).catch(error => {
      network.fail(0, `the exchange's server failed: ${String(error)}`);
      response.destroy();
    });
    // A request begun must be answered before virtual time moves on.
    network.clock.track(work);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  network.url = `http://127.0.0.1:${taken}`;
  network.stopListening = () =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

async function receive(network: Network, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://exchange');
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413).end();
    return;
  }
  if (url.pathname === '/phones' || url.pathname.startsWith('/phones/')) {
    answerPhones(network, request, response, url, body);
    return;
  }
  const media = request.method === 'GET' ? mediaAt(network, url.pathname) : undefined;
  if (media && isAuthorized(network, request.headers.authorization)) {
    response.writeHead(200, { 'Content-Type': 'audio/mpeg' }).end(media);
    return;
  }
  const form = request.method === 'GET' ? '' : body;
  const answer = answerRest(network, {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    authorization: request.headers.authorization,
    values: gather(url.searchParams, new URLSearchParams(form)),
  });
  if (!answer) {
    request.socket.destroy();
    return;
  }
  if (answer.status === 204) {
    response.writeHead(204).end();
    return;
  }
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (answer.status === 401) headers['WWW-Authenticate'] = 'Basic realm="Twilio API"';
  response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
}

function gather(...sources: URLSearchParams[]): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const source of sources) {
    for (const [name, value] of source) {
      const before = values.get(name);
      values.set(name, before === undefined ? value : [before, value].flat());
    }
  }
  return Object.fromEntries(values);
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
