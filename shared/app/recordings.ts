// Prompts that a manager has spoken by telephone: where they are kept, and how the network hands one over.
// Ports only. Nothing here is of a survivor: no other call of the hotline is ever kept.
import type { ContactId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';

/** The network's name of what was spoken, as `RE…`. */
export type SpokenSid = string & { readonly spoken: unique symbol };

export function parseSpokenSid(text: string): SpokenSid | null {
  return /^RE[0-9a-f]{32}$/.test(text) ? (text as SpokenSid) : null;
}

export type Kept = {
  /** As `kk/searching`. */
  readonly clip: string;
  readonly by: ContactId;
  readonly at: Instant;
  /** Fingerprint of the words that she was to speak. */
  readonly words: string;
};

export type Recordings = {
  /** Null: nobody has spoken this clip. */
  readonly read: (clip: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Until it is kept or dropped; a day at the longest. */
  readonly draft: (sid: SpokenSid, audio: Uint8Array) => Promise<void>;
  readonly readDraft: (sid: SpokenSid) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Takes the place of whatever was there. False: there is no such draft. */
  readonly keep: (sid: SpokenSid, kept: Kept) => Promise<boolean>;
  readonly drop: (sid: SpokenSid) => Promise<void>;
  readonly list: () => Promise<readonly Kept[]>;
};

export type SpokenWords = {
  /** As MP3; null while the network has not got it ready. */
  readonly fetch: (sid: SpokenSid) => Promise<Uint8Array | null>;
  /** True when the network has no copy any more. */
  readonly forget: (sid: SpokenSid) => Promise<boolean>;
};
