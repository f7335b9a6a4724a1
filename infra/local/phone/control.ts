// The exchange's phones, from another process: deeds by POST, events by a stream.
// Must never know what a deed means; what comes of it shows in the events.
import type { ExchangeEvent } from '../exchange/exchange.ts';

export type PhoneState = {
  readonly number: string;
  readonly call: { readonly state: string; readonly showing: string; readonly incoming: boolean } | null;
};

/** Nobody listens there: npm start does not run, or has just been stopped. */
export class NoExchange extends Error {
  override readonly name = 'NoExchange';
}

export class PhoneControl {
  readonly #url: string;
  readonly #number: string;

  constructor(url: string, number: string) {
    this.#url = url;
    this.#number = number;
  }

  /** Null when it was done, else why it cannot be. */
  async deed(name: string, json: unknown = {}): Promise<string | null> {
    const response = await this.#fetch(this.#path(this.#number, name), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
    if (response.ok) return null;
    const { error } = (await response.json()) as { error?: string };
    return error ?? `the exchange answers ${response.status}`;
  }

  async state(): Promise<PhoneState> {
    return (await (await this.#fetch(this.#path(this.#number))).json()) as PhoneState;
  }

  async numbers(): Promise<readonly string[]> {
    const { phones } = (await (await this.#fetch('/phones')).json()) as { phones: readonly PhoneState[] };
    return phones.map(({ number }) => number);
  }

  /** This phone's events from now on. Resolves when the exchange is gone or `signal` says so. */
  async listen(listener: (event: ExchangeEvent) => void, signal: AbortSignal): Promise<void> {
    const response = await this.#fetch(this.#path(this.#number, 'events'), { signal });
    await readEvents(response, listener).catch(() => undefined);
  }

  /** What has happened on a phone so far. */
  async past(number: string): Promise<readonly ExchangeEvent[]> {
    const stop = new AbortController();
    const events: ExchangeEvent[] = [];
    // The past comes at once, and then the stream waits for what is to come.
    const timer = setTimeout(() => stop.abort(), PAST_MS);
    const response = await this.#fetch(`${this.#path(number, 'events')}?after=0`, { signal: stop.signal });
    await readEvents(response, event => void events.push(event)).catch(() => undefined);
    clearTimeout(timer);
    return events;
  }

  #path(number: string, deed?: string): string {
    return `/phones/${encodeURIComponent(number)}${deed === undefined ? '' : `/${deed}`}`;
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await fetch(this.#url + path, init);
    } catch {
      throw new NoExchange(`No exchange at ${this.#url}`);
    }
  }
}

const PAST_MS = 300;

/** Server-sent events: blocks of lines, a blank line between them. */
async function readEvents(response: Response, listener: (event: ExchangeEvent) => void): Promise<void> {
  if (!response.body) return;
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) listener(JSON.parse(data) as ExchangeEvent);
    }
  }
}
