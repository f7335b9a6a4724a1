// When the next of a stream may begin, at so many per second and key: Twilio's queue of outbound calls and texts.
// Must never drop anything: what comes too fast only waits.

export class Pacer {
  readonly #nextFree = new Map<string, number>();
  readonly #perSecond: () => number;

  constructor(perSecond: () => number) {
    this.#perSecond = perSecond;
  }

  /** Takes the next slot at or after `now`. */
  slot(key: string, now: number): number {
    const at = Math.max(now, this.#nextFree.get(key) ?? now);
    this.#nextFree.set(key, at + 1000 / this.#perSecond());
    return at;
  }
}
