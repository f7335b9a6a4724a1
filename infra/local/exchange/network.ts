// The one object that ties the parts of an exchange together: clock, books, feed, phones, and the switches of tests.
// Must never hold rules of telephony; those are in the file named for each. Nothing here is shared between exchanges.
import type { ExchangeError, RestExchange, WebhookDelivery } from './books.ts';
import type { Cancel, ExchangeClock, Task } from './clock.ts';
import type { Conference } from './conference.ts';
import { EventFeed, type ExchangeEvent, type ExchangeListener, remember } from './events.ts';
import type { Exchange } from './exchange.ts';
import type { Leg } from './leg.ts';
import type { Country, ExchangeOptions, Faults, Line, StatusOrder, WebhookBase } from './options.ts';
import { Pacer } from './pacer.ts';
import { Phone } from './phone.ts';
import { SidMint } from './sids.ts';
import { StatusPost } from './status-post.ts';
import type { TextMessage } from './text-message.ts';
import { WebhookPost } from './webhook-post.ts';

const KEEP_ENTRIES = 50_000;

export class Network implements Exchange {
  readonly clock: ExchangeClock;
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: { sid: string; secret: string } | undefined;
  readonly lines: Map<string, Line>;
  readonly webhookBase: WebhookBase | undefined;
  readonly sids: SidMint;
  readonly feed: EventFeed;
  readonly post: WebhookPost;
  readonly statuses: StatusPost;
  readonly callPacer: Pacer;
  readonly textPacer: Pacer;

  readonly calls: Leg[] = [];
  readonly messages: TextMessage[] = [];
  readonly conferences: Conference[] = [];
  readonly errors: ExchangeError[] = [];
  readonly journal: RestExchange[] = [];
  readonly webhooks: WebhookDelivery[] = [];
  readonly optedOut = new Set<string>();
  readonly templates: Readonly<Record<string, string>>;
  readonly countries: Map<string, Country>;
  readonly accountType: 'Trial' | 'Full';
  readonly accountStatus: 'active' | 'suspended' | 'closed';
  /** What was said into each <Record>, until it is deleted. */
  readonly recordings = new Map<string, string>();

  statusOrder: StatusOrder;
  duplicateWebhooks: number;
  carrierStopWords: boolean;
  callsPerSecond: number;
  textsPerSecond: number;
  createsPerSecond: number | undefined;
  allowedPrefixes: readonly string[] | undefined;
  faults: Faults;
  playSeconds: (url: string) => number | undefined = () => undefined;

  url = '';
  /** Set by the server once it listens. */
  stopListening: () => Promise<void> = async () => undefined;

  readonly #wroteAt = new Map<string, number>();
  readonly #phones = new Map<string, Phone>();
  readonly #timers = new Set<Cancel>();
  readonly #keep: number;
  #closed = false;

  constructor(options: ExchangeOptions) {
    this.clock = options.clock;
    this.accountSid = options.accountSid;
    this.authToken = options.authToken;
    this.apiKey = options.apiKey;
    this.lines = new Map(Object.entries(options.lines));
    this.webhookBase = options.webhookBase;
    this.statusOrder = options.statusOrder ?? 'in-order';
    this.duplicateWebhooks = options.duplicateWebhooks ?? 1;
    this.carrierStopWords = options.carrierStopWords ?? false;
    this.callsPerSecond = options.callsPerSecond ?? 1;
    this.textsPerSecond = options.textsPerSecond ?? 1;
    this.createsPerSecond = options.createsPerSecond;
    this.allowedPrefixes = options.allowedPrefixes;
    this.templates = options.templates ?? {};
    this.countries = new Map(Object.entries(options.countries ?? {}));
    this.accountType = options.accountType ?? 'Full';
    this.accountStatus = options.accountStatus ?? 'active';
    this.faults = options.faults ?? {};
    this.#keep = options.keepEntries ?? KEEP_ENTRIES;
    this.sids = new SidMint(options.seed ?? 'pana');
    this.feed = new EventFeed(() => this.now(), this.#keep);
    this.post = new WebhookPost(this);
    this.statuses = new StatusPost(this);
    this.callPacer = new Pacer(() => this.callsPerSecond);
    this.textPacer = new Pacer(() => this.textsPerSecond);
  }

  now(): number {
    return this.clock.now();
  }

  get events(): readonly ExchangeEvent[] {
    return this.feed.log;
  }

  on(listener: ExchangeListener): () => void {
    return this.feed.on(listener);
  }

  phone(number: string): Phone {
    const known = this.#phones.get(number);
    if (known) return known;
    const phone = new Phone(this, number);
    this.#phones.set(number, phone);
    return phone;
  }

  phones(): Phone[] {
    return [...this.#phones.values()];
  }

  liveLegs(): Leg[] {
    return this.calls.filter(leg => !leg.ended);
  }

  optOut(phoneNumber: string, line: string): void {
    this.optedOut.add(pair(phoneNumber, line));
  }

  optIn(phoneNumber: string, line: string): void {
    this.optedOut.delete(pair(phoneNumber, line));
  }

  /** Outlives the books: what is deleted there has been written all the same. */
  noteWritten(phoneNumber: string, line: string): void {
    this.#wroteAt.set(pair(phoneNumber, line), this.now());
  }

  lastWrote(phoneNumber: string, line: string): number | undefined {
    return this.#wroteAt.get(pair(phoneNumber, line));
  }

  isOptedOut(phoneNumber: string, line: string): boolean {
    return this.optedOut.has(pair(phoneNumber, line));
  }

  later(delayMs: number, task: Task): Cancel {
    if (this.#closed) return () => undefined;
    const cancel = this.clock.schedule(this.now() + delayMs, () => {
      this.#timers.delete(cancel);
      return this.#guarded(task);
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }

  soon(task: Task): Cancel {
    return this.later(0, task);
  }

  /** A person's deed: done now, and all that it brings about by now is done when this resolves. */
  act(task: Task): Promise<void> {
    return this.clock.perform(() => this.#guarded(task));
  }

  fail(code: number, message: string, about: Omit<ExchangeError, 'at' | 'code' | 'message'> = {}): void {
    remember(this.errors, { at: this.now(), code, message, ...about }, this.#keep);
    this.feed.emit({ type: 'error', code, message });
  }

  /** Out of its books; what phones have lived through stays with the phones. */
  forget<T>(books: T[], entry: T): void {
    const place = books.indexOf(entry);
    if (place >= 0) books.splice(place, 1);
  }

  remember<T>(log: T[], entry: T): void {
    remember(log, entry, this.#keep);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    await this.stopListening();
  }

  // A bug of the exchange itself must show in the asserts, not vanish in a rejected promise.
  async #guarded(task: Task): Promise<void> {
    if (this.#closed) return;
    try {
      await task();
    } catch (error) {
      this.fail(0, `the exchange itself failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}

function pair(phoneNumber: string, line: string): string {
  return `${phoneNumber} ${line}`;
}
