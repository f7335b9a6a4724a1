// A little world for the exchange's own tests: virtual time, an exchange with two lines, and a stand-in for the
// product, a server whose replies a test writes down per path. Every webhook's signature is verified on arrival.
// Must never look inside the exchange: only what its public surface shows.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { expect } from 'vitest';
import {
  type Exchange,
  type ExchangeOptions,
  startExchange,
  type VirtualClock,
  virtualClock,
} from '../../infra/local/exchange/exchange.ts';
import { checkTwilioRequest, checkTwilioResponse } from '../support/twilio-openapi.ts';

export const LINE = '+77001000000';
export const WHATSAPP_LINE = 'whatsapp:+77001000000';
export const AIGUL = '+77011111111';
export const DANA = '+77022222222';
export const ERLAN = '+77033333333';
export const PUBLIC = 'https://pana.example';

const ACCOUNT = `AC${'a'.repeat(32)}`;
const API_KEY = { sid: `SK${'b'.repeat(32)}`, secret: 'a secret' };
const TOKEN = 'an auth token';

export type Params = Record<string, string>;
export interface Hook {
  path: string;
  params: Params;
  token: string;
  method: string;
}
export type Reply = string | { status?: number; type?: string; body?: string };

export interface SmallWorld {
  clock: VirtualClock;
  exchange: Exchange;
  client: ReturnType<typeof twilio>;
  /** What the product answers at a path; TwiML without the <Response> around it, or a whole reply. */
  on(path: string, reply: Reply | ((params: Params) => Reply | Promise<Reply>)): void;
  /** Every webhook that arrived. */
  hooks: Hook[];
  hooksAt(path: string): Hook[];
  seconds(n: number): Promise<void>;
  /** Also asserts that the network has seen no error, unless told so. */
  close(expectedErrors?: readonly number[]): Promise<void>;
}

export async function smallWorld(options: Partial<ExchangeOptions> = {}): Promise<SmallWorld> {
  const clock = virtualClock(Date.UTC(2026, 0, 31, 12));
  const replies = new Map<string, (params: Params) => Reply | Promise<Reply>>();
  const hooks: Hook[] = [];
  const product = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', PUBLIC);
    const form: Params = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const signature = String(request.headers['x-twilio-signature']);
    const path = url.pathname;
    const genuine = validateRequest(TOKEN, signature, PUBLIC + (request.url ?? ''), form);
    const params = request.method === 'GET' ? Object.fromEntries(url.searchParams) : form;
    const token = String(request.headers['i-twilio-idempotency-token']);
    hooks.push({ path, params, token, method: request.method ?? '' });
    const reply = genuine ? await (replies.get(path) ?? (() => ''))(params) : { status: 403 };
    const whole = typeof reply === 'string' ? { body: `<Response>${reply}</Response>` } : reply;
    response.writeHead(whole.status ?? 200, { 'Content-Type': whole.type ?? 'text/xml' });
    response.end(whole.body ?? '');
  });
  await new Promise<void>(resolve => product.listen(0, '127.0.0.1', resolve));
  const { port } = product.address() as AddressInfo;

  const exchange = await startExchange({
    clock,
    accountSid: ACCOUNT,
    authToken: TOKEN,
    apiKey: API_KEY,
    lines: {
      [LINE]: {
        voiceUrl: `${PUBLIC}/voice`,
        smsUrl: `${PUBLIC}/text`,
        statusCallbackUrl: `${PUBLIC}/line-status`,
      },
      [WHATSAPP_LINE]: { smsUrl: `${PUBLIC}/text` },
    },
    webhookBase: { public: PUBLIC, actual: `http://127.0.0.1:${port}` },
    callsPerSecond: Number.POSITIVE_INFINITY,
    textsPerSecond: Number.POSITIVE_INFINITY,
    ...options,
  });

  return {
    clock,
    exchange,
    client: clientOf(exchange),
    on: (path, reply) => replies.set(path, typeof reply === 'function' ? reply : () => reply),
    hooks,
    hooksAt: path => hooks.filter(hook => hook.path === path),
    seconds: n => clock.advanceBy(n * 1000),
    async close(expectedErrors = []) {
      expect(exchange.errors.map(error => error.code)).toEqual(expectedErrors);
      const wire = exchange.journal.flatMap(entry => [
        ...(entry.status < 400 ? checkTwilioRequest(entry) : []),
        ...(entry.status === 0 ? [] : checkTwilioResponse(entry)),
      ]);
      expect(wire).toEqual([]);
      await exchange.close();
      product.closeAllConnections();
      await new Promise(resolve => product.close(resolve));
    },
  };
}

/** The real client, its requests sent to the exchange instead of api.twilio.com. */
export function clientOf(exchange: Exchange, credentials = API_KEY): ReturnType<typeof twilio> {
  const httpClient = new twilio.RequestClient();
  const request = httpClient.request.bind(httpClient);
  httpClient.request = options => {
    options.uri = options.uri.replace(/^https:\/\/api\.twilio\.com/, exchange.url);
    return request(options);
  };
  return twilio(credentials.sid, credentials.secret, {
    accountSid: exchange.accountSid,
    httpClient,
  });
}
