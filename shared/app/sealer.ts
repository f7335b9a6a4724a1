// How what only its own people may read is kept from everybody who can read the table.
// Must never be given to a log: what it opens are numbers and words.
import type { PhoneNumber } from '../domain/phone.ts';

export type Sealing = {
  /** `place` says where the sealed value will stand (table, key, field): moved elsewhere it does not open. */
  readonly seal: (plain: string, place: string) => Uint8Array;
  /** Throws when it was changed, moved, or sealed under a key we do not have. */
  readonly open: (sealed: Uint8Array, place: string) => string;
};

export type Sealer = Sealing & {
  /** A new random key, itself sealed for `place`. Once it is thrown away nothing that was sealed under it opens. */
  readonly freshKey: (place: string) => Uint8Array;
  /** Seals and opens under such a key. Throws when the key does not open. */
  readonly under: (key: Uint8Array, place: string) => Sealing;
  /** The same number gives the same text; without the key nobody can go through all numbers to find which. */
  readonly lookup: (number: PhoneNumber) => string;
};
