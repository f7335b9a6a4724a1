// Webhooks that the exchange would not send by itself: two in the same moment, one again much later, one with
// something wrong about it. Signed as Twilio signs, unless told otherwise.
import { request } from 'node:http';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { WebhookDelivery } from '../../infra/local/exchange/exchange.ts';
import type { World } from '../support/world.ts';

export const publicBase = 'https://pana.example';
export type Params = Readonly<Record<string, string>>;
export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

export type PostOptions = {
  readonly method?: string;
  /** Null: none at all. */
  readonly signature?: string | null;
  /** The token that signs it. */
  readonly token?: string;
  /** The form as it is sent, when it is not simply the parameters. */
  readonly body?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Over HTTP, to the address that Twilio would reach. */
export function post(world: World, path: string, params: Params, options: PostOptions = {}): Promise<Answer> {
  const token = options.token ?? world.exchange.authToken;
  const signature =
    options.signature === undefined
      ? getExpectedTwilioSignature(token, `${publicBase}${path}`, { ...params })
      : options.signature;
  return send(`${world.url}${path}${options.query ?? ''}`, options.method ?? 'POST', {
    body: options.body ?? new URLSearchParams(params).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      ...options.headers,
    },
  });
}

function send(
  url: string,
  method: string,
  { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          headers: response.headers,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(method === 'GET' ? undefined : body);
  });
}

/** The very same webhook once more, with the signature it had. */
export function again(world: World, { url, params }: WebhookDelivery): Promise<Answer> {
  return post(world, url.slice(publicBase.length).split('#')[0] ?? '', params);
}

let serial = 0;

export function messageSid(): string {
  serial += 1;
  return `SM${serial.toString(16).padStart(32, 'e')}`;
}

/** What Twilio says of a text that somebody wrote to a line. */
export function textParams(world: World, from: string, to: string, body: string): Params {
  return {
    AccountSid: world.exchange.accountSid,
    ApiVersion: '2010-04-01',
    Body: body,
    From: from,
    MessageSid: messageSid(),
    NumMedia: '0',
    To: to,
  };
}

/** Texts that arrive in the same moment, at as many instances of the function. */
export async function arriveTogether(world: World, texts: readonly Params[]): Promise<readonly Answer[]> {
  const answers = await Promise.all(texts.map(params => post(world, '/texts/incoming', params)));
  await world.pass(0);
  return answers;
}
