// A person's handset: it dials, rings, is answered, hears, presses keys, writes and receives texts. It knows only
// what a real handset would. Must never see the product's side: no URLs of webhooks, no TwiML, no survivor's number
// that the network did not show.
import type { Behaviour, TextBehaviour } from './behaviour.ts';
import type { Heard, ReceivedText } from './events.ts';
import { dialIn } from './legs.ts';
import type { Network } from './network.ts';
import type { PhoneCall } from './phone-call.ts';
import { writeText } from './texts-in.ts';

export interface DialOptions {
  /** What the network shows instead of the number: `anonymous`, `+266696687` … */
  withheld?: string;
}

export class Phone {
  readonly number: string;
  readonly network: Network;
  behaviour: Behaviour = { kind: 'manual' };
  textBehaviour: TextBehaviour = {};
  /** Rings also while in a call. */
  callWaiting = false;
  readonly calls: PhoneCall[] = [];
  readonly texts: ReceivedText[] = [];

  constructor(network: Network, number: string) {
    this.network = network;
    this.number = number;
  }

  /** Calls the hotline; resolves when the first answer from there has been acted on. */
  dial(line: string, options: DialOptions = {}): Promise<PhoneCall> {
    const { call, begin } = dialIn(this.network, this, line, options.withheld);
    return this.network.act(begin).then(() => call);
  }

  /** The call that is ringing here or in progress, the newest if there are several. */
  get call(): PhoneCall | undefined {
    return this.calls.findLast(call => call.state !== 'ended');
  }

  get ringing(): PhoneCall | undefined {
    return this.calls.findLast(call => call.state === 'ringing' && call.leg.direction !== 'inbound');
  }

  get busy(): boolean {
    return this.call !== undefined && !this.callWaiting;
  }

  /** Every incoming ring there ever was. */
  get rings(): PhoneCall[] {
    return this.calls.filter(call => call.leg.direction !== 'inbound');
  }

  get heard(): Heard[] {
    return this.calls.flatMap(call => call.heard);
  }

  get said(): string[] {
    return this.calls.flatMap(call => call.said);
  }

  get inConferenceWith(): string[] {
    return this.call?.inConferenceWith ?? [];
  }

  get talkingTo(): string[] {
    return this.call?.talkingTo ?? [];
  }

  answer(): Promise<void> {
    if (!this.ringing) throw new Error(`${this.number} is not ringing`);
    return this.ringing.answer();
  }

  reject(): Promise<void> {
    if (!this.ringing) throw new Error(`${this.number} is not ringing`);
    return this.ringing.reject();
  }

  press(digits: string): Promise<void> {
    return this.#mustCall().press(digits);
  }

  says(words: string): Promise<void> {
    return this.#mustCall().says(words);
  }

  hangUp(): Promise<void> {
    return this.#mustCall().hangUp();
  }

  /** `to` is a line: a number, or `whatsapp:` and a number (then it is written from the phone's WhatsApp). */
  text(to: string, body: string, options: { media?: readonly string[] } = {}): Promise<string> {
    const { sid, deliver } = writeText(this.network, this, to, body, options.media ?? []);
    return this.network.act(deliver).then(() => sid);
  }

  #mustCall(): PhoneCall {
    if (!this.call) throw new Error(`${this.number} is in no call`);
    return this.call;
  }
}
