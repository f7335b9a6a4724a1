// One <Gather> at work: plays its prompts, lets a key interrupt them, collects digits until enough, the finish key or
// silence. Must never do anything after `stop`; what follows the digits is the session's business.
import type { Cancel } from './clock.ts';
import type { KeyPress, Leg } from './leg.ts';
import type { Network } from './network.ts';
import { sound } from './sounding.ts';
import type { Gather } from './twiml-document.ts';

export interface Gathered {
  digits: string;
  finishedOnKey: string;
}

export class Gathering {
  #digits = '';
  #next = 0;
  #prompting = true;
  #over = false;
  #timer: Cancel | undefined;
  readonly #network: Network;
  readonly #leg: Leg;
  readonly #gather: Gather;
  readonly #documentUrl: string;
  readonly #done: (result: Gathered) => Promise<void>;

  constructor(
    network: Network,
    leg: Leg,
    gather: Gather,
    documentUrl: string,
    done: (result: Gathered) => Promise<void>,
  ) {
    this.#network = network;
    this.#leg = leg;
    this.#gather = gather;
    this.#documentUrl = documentUrl;
    this.#done = done;
  }

  start(): void {
    const prompt = this.#gather.prompts[this.#next];
    if (!prompt) {
      this.#prompting = false;
      this.#waitForKey();
      return;
    }
    this.#next += 1;
    const ms = sound(this.#network, this.#leg, prompt, this.#documentUrl);
    this.#timer = this.#network.later(ms, () => this.start());
  }

  keyPressed(digit: string): KeyPress {
    if (this.#over) return { taken: false };
    this.#timer?.();
    if (this.#prompting) {
      // Barge-in: the rest of the prompts is never heard.
      this.#prompting = false;
      this.#network.feed.emit({
        type: 'interrupted',
        phone: this.#leg.phoneNumber,
        callSid: this.#leg.sid,
      });
    }
    if (digit === this.#gather.finishOnKey) return { taken: true, effect: () => this.#finish(digit) };
    this.#digits += digit;
    if (this.#digits.length === this.#gather.numDigits)
      return { taken: true, effect: () => this.#finish('') };
    this.#waitForKey();
    return { taken: true };
  }

  stop(): void {
    this.#over = true;
    this.#timer?.();
  }

  #waitForKey(): void {
    this.#timer = this.#network.later(this.#gather.timeoutSeconds * 1000, () => this.#finish(''));
  }

  #finish(finishedOnKey: string): Promise<void> {
    if (this.#over) return Promise.resolve();
    this.stop();
    return this.#done({ digits: this.#digits, finishedOnKey });
  }
}
