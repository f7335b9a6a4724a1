// Delivers a webhook as Twilio would: signed for the public URL, with an idempotency token, retried as the URL's
// fragment asks, given up after its time limit. Must never interpret the reply; whoever asked for it does.
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { DeliveryOutcome, WebhookDelivery } from './books.ts';
import { httpSend } from './http-send.ts';
import type { Network } from './network.ts';
import type { WebhookFault, WebhookKind } from './options.ts';
import { parseOverrides, type RetryReason, type WebhookOverrides } from './overrides.ts';

export interface Webhook {
  kind: WebhookKind;
  /** The public URL, fragment included. */
  url: string;
  method: string;
  params: Record<string, string>;
  /** The call, message or conference it is about. */
  sid: string;
  /** Given when this is the repeat of an earlier one. */
  token?: string;
}

export type WebhookReply =
  | { ok: true; status: number; contentType: string; body: string }
  | { ok: false; code: number; message: string; injected: boolean };

interface Attempt {
  outcome: DeliveryOutcome;
  status?: number;
  contentType?: string;
  body?: string;
  injected: boolean;
}

export class WebhookPost {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Delivers until it succeeds or the retries are used up. Never throws. */
  async send(webhook: Webhook): Promise<WebhookReply> {
    const [address = ''] = webhook.url.split('#');
    const overrides = parseOverrides(webhook.url);
    if (typeof overrides === 'string') {
      return { ok: false, code: 11_200, message: `${webhook.url}: ${overrides}`, injected: false };
    }
    const token = webhook.token ?? this.#network.sids.nextUuid();
    const deadline = performance.now() + overrides.totalMs;
    let last: Attempt = { outcome: 'connection-failed', injected: false };
    for (let attempt = 0; attempt <= overrides.retries; attempt += 1) {
      last = await this.#deliver({ ...webhook, url: address, token }, attempt, overrides, deadline);
      const reason = retryReason(last);
      if (!reason) break;
      if (!overrides.retryOn.has(reason) || performance.now() >= deadline) break;
    }
    return verdict(last, address);
  }

  async #deliver(
    webhook: Webhook & { token: string },
    attempt: number,
    overrides: WebhookOverrides,
    deadline: number,
  ): Promise<Attempt> {
    const { kind, url, params } = webhook;
    const fault = this.#network.faults.onWebhook?.({ kind, url, params, attempt }) ?? 'pass';
    const asked = kind === 'voice' || kind === 'text' ? this.#network.duplicateWebhooks : 1;
    const times = fault === 'repeat' ? Math.max(2, asked) : asked;
    let first: Attempt | undefined;
    for (let n = 0; n < times; n += 1) {
      const result = await this.#once(webhook, fault, overrides, deadline);
      this.#log(webhook, attempt, n > 0, result);
      first ??= result;
    }
    return first ?? { outcome: 'connection-failed', injected: false };
  }

  async #once(
    webhook: Webhook & { token: string },
    fault: WebhookFault,
    overrides: WebhookOverrides,
    deadline: number,
  ): Promise<Attempt> {
    if (fault === 'lose') return { outcome: 'connection-failed', injected: true };
    const { authToken } = this.#network;
    const form = new URLSearchParams(webhook.params).toString();
    const get = webhook.method === 'GET';
    const separator = webhook.url.includes('?') ? '&' : '?';
    const signedUrl = get ? `${webhook.url}${separator}${form}` : webhook.url;
    const result = await httpSend({
      url: this.#actual(signedUrl),
      method: webhook.method,
      headers: {
        Accept: '*/*',
        'User-Agent': 'TwilioProxy/1.1',
        'I-Twilio-Idempotency-Token': webhook.token,
        'X-Twilio-Signature': getExpectedTwilioSignature(authToken, signedUrl, get ? {} : webhook.params),
        ...(get ? {} : { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
      },
      body: get ? undefined : form,
      connectMs: overrides.connectMs,
      totalMs: Math.min(overrides.readMs, Math.max(1, deadline - performance.now())),
    });
    if (fault === 'lose-reply') return { outcome: 'timed-out', injected: true };
    return { ...result, injected: false };
  }

  #actual(url: string): string {
    const base = this.#network.webhookBase;
    return base && url.startsWith(base.public) ? base.actual + url.slice(base.public.length) : url;
  }

  #log(webhook: Webhook & { token: string }, attempt: number, repeat: boolean, result: Attempt): void {
    const entry: WebhookDelivery = {
      at: this.#network.now(),
      kind: webhook.kind,
      url: webhook.url,
      method: webhook.method,
      params: webhook.params,
      token: webhook.token,
      attempt,
      repeat,
      outcome: result.outcome,
      status: result.status,
      body: result.body,
    };
    this.#network.remember(this.#network.webhooks, entry);
  }
}

function retryReason(result: Attempt): RetryReason | undefined {
  if (result.outcome === 'connection-failed') return 'ct';
  if (result.outcome === 'timed-out') return 'rt';
  const status = result.status ?? 0;
  if (status >= 500) return '5xx';
  return status >= 400 ? '4xx' : undefined;
}

function verdict(result: Attempt, url: string): WebhookReply {
  const { injected } = result;
  if (result.outcome === 'connection-failed') {
    return { ok: false, code: 11_205, message: `HTTP connection failure: ${url}`, injected };
  }
  if (result.outcome === 'timed-out') {
    return { ok: false, code: 11_200, message: `HTTP retrieval failure, timed out: ${url}`, injected };
  }
  const status = result.status ?? 0;
  if (status < 200 || status >= 300) {
    return { ok: false, code: 11_200, message: `HTTP retrieval failure, status ${status}: ${url}`, injected };
  }
  return { ok: true, status, contentType: result.contentType ?? '', body: result.body ?? '' };
}
