// A person's handset: it dials, rings, is answered, hears, presses keys, writes and receives texts. It knows only
// what a real handset would. Must never see the product's side: no URLs of webhooks, no TwiML, no survivor's number
// that the network did not show.
import type { Behaviour, ScriptStep, TextBehaviour } from './behaviour.ts';
import type { Heard, ReceivedText } from './events.ts';
import type { Leg } from './leg.ts';
import { answerLeg, dialIn, hangUpByPhone } from './legs.ts';
import type { Network } from './network.ts';
import { writeText } from './texts-in.ts';

export type PhoneCallState = 'ringing' | 'in-progress' | 'ended';

export interface DialOptions {
  /** What the network shows instead of the number: `anonymous`, `+266696687` … */
  withheld?: string;
}

export class PhoneCall {
  readonly leg: Leg;
  readonly phone: Phone;
  /** The caller ID on the display of a ringing phone; the number dialled on an outgoing call. */
  readonly showing: string;
  readonly heard: Heard[] = [];
  readonly pressed: string[] = [];
  readonly rangAt: number;
  state: PhoneCallState = 'ringing';

  constructor(phone: Phone, leg: Leg, showing: string, rangAt: number) {
    this.phone = phone;
    this.leg = leg;
    this.showing = showing;
    this.rangAt = rangAt;
  }

  get sid(): string {
    return this.leg.sid;
  }

  /** What was said, in order, without the rest. */
  get said(): string[] {
    return this.heard.flatMap(h => (h.text === undefined ? [] : [h.text]));
  }

  /** The phones it is in a conference with just now. */
  get inConferenceWith(): string[] {
    return this.leg.conference?.othersThan(this.leg) ?? [];
  }

  /** The same, and also the other end of a plain `<Dial><Number>`. */
  get talkingTo(): string[] {
    const bridged = this.leg.bridgedWith;
    return bridged ? [bridged.phoneNumber] : this.inConferenceWith;
  }

  answer(): Promise<void> {
    this.#mustBe('ringing', 'answer');
    if (this.leg.direction === 'inbound') throw new Error(`${this.phone.number} is the one who calls`);
    return this.phone.network.act(() => answerLeg(this.phone.network, this.leg));
  }

  reject(): Promise<void> {
    this.#mustBe('ringing', 'reject');
    return this.phone.network.act(() => hangUpByPhone(this.phone.network, this.leg));
  }

  hangUp(): Promise<void> {
    if (this.state === 'ended') throw new Error(`${this.phone.number} has already hung up`);
    return this.phone.network.act(() => hangUpByPhone(this.phone.network, this.leg));
  }

  press(digits: string): Promise<void> {
    this.#mustBe('in-progress', 'press a key');
    if (!/^[0-9*#]+$/.test(digits)) throw new Error(`no such keys: ${digits}`);
    return this.phone.network.act(() => this.pressNow(digits));
  }

  /** For scripts that already run on the clock. */
  async pressNow(digits: string): Promise<void> {
    for (const digit of digits) {
      if (this.state !== 'in-progress') return;
      this.pressed.push(digit);
      const key = this.leg.keyPressed(digit);
      this.phone.network.feed.emit({
        type: 'pressed',
        phone: this.phone.number,
        callSid: this.sid,
        digits: digit,
        taken: key.taken,
      });
      await key.effect?.();
    }
  }

  #mustBe(state: PhoneCallState, deed: string): void {
    if (this.state !== state)
      throw new Error(`${this.phone.number} cannot ${deed}: its call is ${this.state}`);
  }
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

/** What the handset does by itself once it rings or is answered. */
export function onRinging(network: Network, call: PhoneCall): void {
  const { behaviour } = call.phone;
  const answerAfter = (seconds: number, then: () => void) =>
    network.later(seconds * 1000, async () => {
      if (call.state !== 'ringing') return;
      then();
      await answerLeg(network, call.leg);
    });
  switch (behaviour.kind) {
    case 'voicemail': {
      const hangsUpAfterSeconds = behaviour.hangsUpAfterSeconds ?? 30;
      answerAfter(behaviour.afterSeconds ?? 20, () =>
        runSteps(network, call, [{ afterSeconds: hangsUpAfterSeconds, hangUp: true }]),
      );
      return;
    }
    case 'scripted':
      answerAfter(behaviour.answerAfterSeconds, () => runSteps(network, call, behaviour.steps ?? []));
      return;
    case 'rejects':
      network.later((behaviour.afterSeconds ?? 0) * 1000, () => {
        if (call.state === 'ringing') hangUpByPhone(network, call.leg);
      });
      return;
    case 'manual':
    case 'no-answer':
    case 'busy':
    case 'unreachable':
      return;
  }
}

function runSteps(network: Network, call: PhoneCall, steps: readonly ScriptStep[]): void {
  for (const step of steps) {
    network.later(step.afterSeconds * 1000, async () => {
      if (call.state !== 'in-progress') return;
      if (step.press !== undefined) await call.pressNow(step.press);
      if (step.hangUp) hangUpByPhone(network, call.leg);
    });
  }
}
