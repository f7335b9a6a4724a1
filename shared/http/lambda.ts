// An event of API Gateway (payload version 2.0) as what Hono reads of a request, and its answer as Lambda's result: for
// webhooks, whose bodies are short text both ways.
// Must never touch the Web's own Request, Response or Headers: to name one of them loads Node's whole HTTP client, a
// fifth of a cold start (docs/decisions/cold-start.md).
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Hono } from 'hono';
import type { APIGatewayProxyResult, LambdaEvent } from 'hono/aws-lambda';
import type { SignedEnv } from './signed.ts';

/** As `hono/aws-lambda` types it; the stack sends no other kind of event than that of an HTTP API. */
export type WebhookHandler = (event: LambdaEvent) => Promise<APIGatewayProxyResult>;

export const xml = { 'content-type': 'text/xml; charset=utf-8' } as const;

/** An empty body when `text` is null. */
export function answered(
  text: string | null,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  // As much of a response as Hono, its bridge to Lambda and the one below read.
  const answer: Readable = {
    status,
    headers: new Map(Object.entries(headers)),
    text: async () => text ?? '',
  };
  return answer as unknown as Response;
}

type Readable = {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: () => Promise<string>;
};

export function webhookHandler(app: Hono<SignedEnv>): WebhookHandler {
  app.notFound(() => answered(null, 404));
  return async event => {
    const request = requestOf(event as unknown as APIGatewayProxyEventV2);
    const answer = (await app.fetch(request)) as unknown as Readable;
    const headers: Record<string, string> = {};
    answer.headers.forEach((value, name) => {
      headers[name] = value;
    });
    return { statusCode: answer.status, headers, body: await answer.text(), isBase64Encoded: false };
  };
}

function requestOf(event: APIGatewayProxyEventV2): Request {
  const { rawPath, rawQueryString, headers, body = '', isBase64Encoded, requestContext } = event;
  const query = rawQueryString ? `?${rawQueryString}` : '';
  const request = {
    method: requestContext.http.method,
    // Whatever host it came to: nothing of ours reads it. Made plain, so that a path with dots in it is checked for its
    // signature and routed as one and the same.
    url: new URL(`https://webhook${rawPath}${query}`).href,
    // API Gateway writes names of headers small.
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
    text: async () => (isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body),
  };
  return request as unknown as Request;
}
