// One <Record> at work: a beep, then whatever the person at the phone says, until the finish key, silence or the longest
// time. Must never do anything after `stop`; what follows is the session's business.
import type { Cancel } from './clock.ts';
import type { KeyPress, Leg } from './leg.ts';
import type { Network } from './network.ts';
import { hear, speechMs } from './sounding.ts';
import type { RecordVerb } from './twiml-document.ts';

export interface Spoken {
  words: string;
  seconds: number;
  finishedOnKey: string;
}

export class Recording {
  #words = '';
  #ms = 0;
  #over = false;
  #timer: Cancel | undefined;
  readonly #network: Network;
  readonly #record: RecordVerb;
  readonly #done: (spoken: Spoken) => Promise<void>;

  constructor(network: Network, leg: Leg, record: RecordVerb, done: (spoken: Spoken) => Promise<void>) {
    this.#network = network;
    this.#record = record;
    this.#done = done;
    if (record.playBeep) hear(network, leg, { kind: 'beep' });
    this.#listen(0);
  }

  says(words: string): void {
    if (this.#over) return;
    const left = this.#record.maxSeconds * 1000 - this.#ms;
    const ms = Math.min(left, speechMs(words));
    this.#words = `${this.#words} ${words}`.trim();
    this.#ms += ms;
    this.#listen(ms);
  }

  keyPressed(digit: string): KeyPress {
    if (this.#over || !this.#record.finishOnKey.includes(digit)) return { taken: false };
    return { taken: true, effect: () => this.#finish(digit) };
  }

  stop(): void {
    this.#over = true;
    this.#timer?.();
  }

  #listen(speakingMs: number): void {
    this.#timer?.();
    const wait = speakingMs + this.#record.timeoutSeconds * 1000;
    this.#timer = this.#network.later(wait, () => this.#finish(''));
  }

  #finish(finishedOnKey: string): Promise<void> {
    if (this.#over) return Promise.resolve();
    this.stop();
    return this.#done({ words: this.#words, seconds: Math.ceil(this.#ms / 1000), finishedOnKey });
  }
}
