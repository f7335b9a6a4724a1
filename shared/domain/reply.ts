// What the telephone does next, in answer to one webhook. Keys and parameters only: http turns it into TwiML.
import type { LanguageId } from './ids.ts';
import type { Spoken } from './wording.ts';

/**
 * Where the caller's or helper's next key goes. `turn` counts the questions of one leg and stands in the URL, so
 * that a repeated webhook is the same webhook and the next question is another one.
 */
export type Next =
  | { readonly to: 'menu'; readonly turn: number }
  | { readonly to: 'wait'; readonly turn: number }
  | { readonly to: 'screen'; readonly seq: number; readonly turn: number }
  /** On the leg by which we call her: nothing is said on it before her number. */
  | { readonly to: 'called'; readonly seq: number; readonly turn: number };

export type Reply =
  /** Speak, wait `listenSeconds` for one key, then fetch `next` with or without it. */
  | {
      readonly kind: 'ask';
      readonly language: LanguageId;
      readonly say: readonly Spoken[];
      readonly listenSeconds: number;
      readonly next: Next;
    }
  /** Join the room of the request's current helper. */
  | {
      readonly kind: 'join';
      readonly as: 'survivor' | 'helper';
      /** The offer that was taken, after which the room is named. */
      readonly seq: number;
      /** The own offer of somebody who is added, and may leave without ending it; null for the two who talk. */
      readonly added: number | null;
      readonly language: LanguageId;
      readonly say: readonly Spoken[];
    }
  | { readonly kind: 'hang-up'; readonly language: LanguageId; readonly say: readonly Spoken[] }
  /** Nothing to say: answers to status callbacks and texts. */
  | { readonly kind: 'nothing' };

export const nothing: Reply = { kind: 'nothing' };
