// The feed of everything that happens on the network, typed, for the narration, the terminal phone, the browser
// phones and the asserts of scenarios. Must never be the way one part of the exchange drives another.
import type { CallStatus } from './books.ts';

export interface Heard {
  kind: 'say' | 'play' | 'music' | 'beep' | 'ring-tone';
  text?: string;
  url?: string;
  language?: string;
  voice?: string;
  at: number;
}

export interface ReceivedText {
  sid: string;
  from: string;
  to: string;
  body: string;
  media: readonly string[];
  at: number;
}

interface OnPhone {
  phone: string;
  callSid: string;
}

export type ExchangeEventBody =
  | ({ type: 'dialled'; line: string; showing: string } & OnPhone)
  | ({ type: 'rang'; showing: string } & OnPhone)
  | ({ type: 'rang-out'; status: CallStatus } & OnPhone)
  | ({ type: 'answered' } & OnPhone)
  | ({ type: 'heard'; heard: Heard } & OnPhone)
  | ({ type: 'interrupted' } & OnPhone)
  | ({ type: 'pressed'; digits: string; taken: boolean } & OnPhone)
  | ({ type: 'hung-up'; by: 'phone' | 'network'; status: CallStatus } & OnPhone)
  | ({ type: 'conference-joined'; conference: string; with: readonly string[] } & OnPhone)
  | ({ type: 'conference-left'; conference: string } & OnPhone)
  | { type: 'conference-started'; conference: string; with: readonly string[] }
  | { type: 'conference-ended'; conference: string }
  | { type: 'text-written'; phone: string; messageSid: string; to: string; body: string }
  | { type: 'text-received'; phone: string; messageSid: string; from: string; body: string }
  | { type: 'text-status'; phone: string; messageSid: string; status: string; errorCode?: number }
  | { type: 'error'; code: number; message: string };

export type ExchangeEvent = ExchangeEventBody & { seq: number; at: number };
export type ExchangeListener = (event: ExchangeEvent) => void;

export class EventFeed {
  readonly log: ExchangeEvent[] = [];
  #listeners = new Set<ExchangeListener>();
  #seq = 0;
  readonly #now: () => number;
  readonly #keep: number;

  constructor(now: () => number, keep: number) {
    this.#now = now;
    this.#keep = keep;
  }

  emit(body: ExchangeEventBody): void {
    this.#seq += 1;
    const event: ExchangeEvent = { ...body, seq: this.#seq, at: this.#now() };
    remember(this.log, event, this.#keep);
    for (const listener of this.#listeners) listener(event);
  }

  on(listener: ExchangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Appends and forgets the oldest beyond the limit, so that a demo left running for days stays small. */
export function remember<T>(log: T[], entry: T, keep: number): void {
  log.push(entry);
  if (log.length > keep) log.splice(0, log.length - keep);
}
