// Chance from a seed: the same in every run and on every machine. Each purpose has a stream of its own, so that one
// more fault does not change what the people do.

export class Chance {
  #state: number;

  constructor(seed: number, stream: string) {
    let mixed = 0x811c9dc5 ^ (seed | 0) ^ Math.floor(seed / 0x1_0000_0000);
    for (let at = 0; at < stream.length; at += 1)
      mixed = Math.imul(mixed ^ stream.charCodeAt(at), 0x01000193);
    this.#state = mixed;
    this.next();
  }

  /** In [0, 1): mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** True in `share` of all cases. */
  is(share: number): boolean {
    return share > 0 && this.next() < share;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Thing>(things: readonly Thing[]): Thing {
    return things[Math.floor(this.next() * things.length)] as Thing;
  }
}
