// A tiny HTTP server on this machine that keeps what it was asked and answers as a test has scripted.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
};

export type Answer =
  | { readonly status: number; readonly body: unknown }
  /** Heard, and never answered. */
  | 'silence'
  /** Heard, and the connection closed. */
  | 'reset';

export async function startScriptedServer() {
  const received: Received[] = [];
  let script: (request: Received) => Answer = () => 'silence';
  let connections = 0;
  const numbers = new WeakMap<object, number>();

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const got: Received = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
      headers: request.headers,
      connection: numbers.get(request.socket) ?? 0,
    };
    received.push(got);
    const answer = script(got);
    if (answer === 'silence') return;
    if (answer === 'reset') return void request.socket.destroy();
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(text);
  });
  server.on('connection', socket => {
    connections += 1;
    numbers.set(socket, connections);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answerWith: (answer: Answer | ((request: Received) => Answer)) => {
      script = typeof answer === 'function' ? answer : () => answer;
    },
    reset: () => {
      received.length = 0;
      script = () => 'silence';
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type ScriptedServer = Awaited<ReturnType<typeof startScriptedServer>>;
