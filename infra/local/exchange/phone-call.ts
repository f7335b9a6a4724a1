// One call as the person at the handset lives it: it rings, is answered, is heard, keys are pressed.
// Must never show more than the network did.
import type { Heard } from './events.ts';
import type { Leg } from './leg.ts';
import { answerLeg, hangUpByPhone } from './leg-state.ts';
import type { Phone } from './phone.ts';

export type PhoneCallState = 'ringing' | 'in-progress' | 'ended';

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

  /** Says something into a <Record>. */
  says(words: string): Promise<void> {
    this.#mustBe('in-progress', 'say anything');
    return this.phone.network.act(() => this.leg.session?.says(words));
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
