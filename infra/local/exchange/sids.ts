// Identifiers that look like Twilio's and come out the same in every run with the same seed.
// Must never use a random source: a scenario that failed has to fail again.
import { createHash } from 'node:crypto';

export type SidPrefix = 'CA' | 'SM' | 'MM' | 'CF' | 'PN' | 'PA' | 'RE';

export class SidMint {
  #count = 0;
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  next(prefix: SidPrefix): string {
    this.#count += 1;
    return this.named(prefix, String(this.#count));
  }

  /** The same name always gives the same SID: for things that are not created, such as a line. */
  named(prefix: SidPrefix, name: string): string {
    return prefix + this.#digest(`${prefix}/${name}`).slice(0, 32);
  }

  /** A version 4 UUID in form, for the idempotency token of a webhook. */
  nextUuid(): string {
    this.#count += 1;
    const hex = this.#digest(`uuid/${this.#count}`);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  }

  #digest(name: string): string {
    return createHash('sha256').update(`${this.#seed}/${name}`).digest('hex');
  }
}
