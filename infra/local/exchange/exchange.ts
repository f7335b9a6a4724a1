// A telephone network on one machine, as one account of Twilio's would see it: the REST API, signed webhooks, a TwiML
// interpreter and people's phones. Must never know the product: it speaks to it only over HTTP, as the real one would.
import type {
  ConferenceRecord,
  ExchangeError,
  LegRecord,
  MessageRecord,
  RestExchange,
  WebhookDelivery,
} from './books.ts';
import type { ExchangeClock } from './clock.ts';
import type { ExchangeEvent, ExchangeListener } from './events.ts';
import { Network } from './network.ts';
import type { Country, ExchangeOptions, Faults, Line, StatusOrder } from './options.ts';
import type { Phone } from './phone.ts';
import { listen } from './server.ts';

export interface Exchange {
  /** `http://127.0.0.1:PORT`: the REST API is under /2010-04-01, the phones under /phones. */
  readonly url: string;
  readonly clock: ExchangeClock;
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: { sid: string; secret: string } | undefined;
  /** The account's numbers; may be changed while it runs. */
  readonly lines: Map<string, Line>;
  /** The account's geographic permissions, by ISO code; empty: everywhere may be called. */
  readonly countries: Map<string, Country>;

  /** The handset with this number; it exists from the first mention. */
  phone(number: string): Phone;
  phones(): Phone[];

  readonly calls: readonly LegRecord[];
  readonly messages: readonly MessageRecord[];
  readonly conferences: readonly ConferenceRecord[];
  /** What was said into each <Record>, until it is deleted. */
  readonly recordings: ReadonlyMap<string, string>;
  /** What the real network would log as an error; a test asserts at its end that it is empty. */
  readonly errors: ExchangeError[];
  /** Every REST exchange, newest last. */
  readonly journal: readonly RestExchange[];
  /** Every delivery of a webhook, newest last. */
  readonly webhooks: readonly WebhookDelivery[];
  readonly events: readonly ExchangeEvent[];
  /** Legs that have not ended: none may be left over when a scenario ends. */
  liveLegs(): LegRecord[];
  on(listener: ExchangeListener): () => void;

  /** The pair is opted out, as after a STOP: texts to it fail with 21610. */
  optOut(phoneNumber: string, line: string): void;
  optIn(phoneNumber: string, line: string): void;

  statusOrder: StatusOrder;
  duplicateWebhooks: number;
  carrierStopWords: boolean;
  callsPerSecond: number;
  textsPerSecond: number;
  createsPerSecond: number | undefined;
  allowedPrefixes: readonly string[] | undefined;
  faults: Faults;
  /** How long a played file lasts; 3 s when it is not known. */
  playSeconds: (url: string) => number | undefined;

  close(): Promise<void>;
}

export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const network = new Network(options);
  await listen(network, options.port ?? 0);
  return network;
}

export type { Behaviour, ScriptStep, TextBehaviour } from './behaviour.ts';
export type * from './books.ts';
export type { Cancel, ExchangeClock, RealClock, VirtualClock } from './clock.ts';
export { realClock, virtualClock } from './clock.ts';
export type { ExchangeEvent, ExchangeListener, Heard, ReceivedText } from './events.ts';
export type * from './options.ts';
export type { DialOptions, Phone } from './phone.ts';
export type { PhoneCall } from './phone-call.ts';
