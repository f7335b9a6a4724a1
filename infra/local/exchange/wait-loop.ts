// What a person hears while a conference has not begun: the waitUrl's document over and over. Only <Say>, <Play>,
// <Pause> and <Redirect> are allowed there. Must never end the call: when the document fails there is silence.
import type { Cancel } from './clock.ts';
import type { Leg, Target } from './leg.ts';
import type { Network } from './network.ts';
import { resolveUrl, sound } from './sounding.ts';
import type { Verb } from './twiml-document.ts';
import { fetchTwiml } from './twiml-fetch.ts';

// An empty document would otherwise be fetched again without end at the same instant.
const SHORTEST_ROUND_MS = 1_000;

export class WaitLoop {
  #stopped = false;
  #timer: Cancel | undefined;
  #verbs: Verb[] = [];
  #url = '';
  #roundBegan = 0;
  readonly #network: Network;
  readonly #leg: Leg;
  readonly #target: Target;

  constructor(network: Network, leg: Leg, target: Target) {
    this.#network = network;
    this.#leg = leg;
    this.#target = target;
  }

  start(): void {
    this.#timer = this.#network.soon(() => this.#load(this.#target));
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.();
  }

  async #load(target: Target): Promise<void> {
    this.#roundBegan = this.#network.now();
    const document = await fetchTwiml(this.#network, this.#leg, target, {});
    if (this.#stopped || !document) return;
    this.#verbs = document.verbs;
    this.#url = document.url;
    this.#next();
  }

  #next(): void {
    const verb = this.#verbs.shift();
    if (!verb) {
      this.#again(this.#target);
      return;
    }
    switch (verb.verb) {
      case 'Say':
      case 'Play':
      case 'Pause': {
        const ms = sound(this.#network, this.#leg, verb, this.#url);
        this.#timer = this.#network.later(ms, () => this.#next());
        return;
      }
      case 'Redirect':
        this.#again({ url: resolveUrl(verb.url, this.#url), method: verb.method });
        return;
      default:
        this.#network.fail(12_200, `<${verb.verb}> cannot be in a waitUrl`, {
          sid: this.#leg.sid,
          url: this.#url,
        });
    }
  }

  #again(target: Target): void {
    const wait = Math.max(0, this.#roundBegan + SHORTEST_ROUND_MS - this.#network.now());
    this.#timer = this.#network.later(wait, () => this.#load(target));
  }
}
