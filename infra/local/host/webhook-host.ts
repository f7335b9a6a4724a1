// The HTTP API of the stack on this machine: the same routes to the same handlers, through the same events.
// Must never answer anything by itself but what API Gateway would: no such route, function failed, too slow.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyResult, LambdaEvent } from 'hono/aws-lambda';
import { eventOf, sendResult } from './http-event.ts';

/** As `hono/aws-lambda` makes them. */
export type HttpHandler = (event: LambdaEvent) => Promise<APIGatewayProxyResult>;

/** Route key, as in the stack, to the function behind it. */
export type Routes = Readonly<Record<string, HttpHandler>>;

export type WebhookHost = { readonly url: string; readonly close: () => Promise<void> };

/** `port` 0 takes any free one. Rejects when the port is taken. */
export async function startWebhookHost(
  routes: Routes,
  port: number,
  now: () => number,
): Promise<WebhookHost> {
  const server = createServer((request, response) => void serve(routes, request, response, now()));
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${actual}`, close: () => close(server) };
}

async function serve(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  now: number,
): Promise<void> {
  const routeKey = Object.keys(routes).find(key => matches(key, request));
  const handler = routeKey === undefined ? undefined : routes[routeKey];
  if (routeKey === undefined || handler === undefined) {
    sendResult(response, { statusCode: 404, body: '{"message":"Not Found"}' });
    return;
  }
  try {
    sendResult(response, await handler((await eventOf(request, routeKey, now)) as unknown as LambdaEvent));
  } catch {
    sendResult(response, { statusCode: 500, body: '{"message":"Internal Server Error"}' });
  }
}

/** `POST /voice/{proxy+}` takes every POST below /voice/; `ANY /{proxy+}` takes everything. */
function matches(routeKey: string, request: IncomingMessage): boolean {
  const [method = '', path = ''] = routeKey.split(' ');
  return (
    (method === 'ANY' || request.method === method) &&
    (request.url ?? '').startsWith(path.replace('{proxy+}', ''))
  );
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
