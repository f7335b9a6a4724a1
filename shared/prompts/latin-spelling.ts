// Forbidden Cyrillic words as people type them in Latin letters. For testing against only: never sent, logged or shown.
import { soundOf } from '../domain/spelling.ts';
import { forbiddenStems } from './forbidden.ts';

/** Shorter ones are the beginning of too many harmless words. */
const SOUNDS_AT_LEAST = 5;

const stems: readonly string[] = forbiddenStems
  .filter(stem => /^[\u0400-\u04ff]+$/.test(stem))
  .map(soundOf)
  .filter(sound => sound.length >= SOUNDS_AT_LEAST);

/** A word in Latin letters, in lower case. */
export function isForbiddenInLatin(word: string): boolean {
  const sound = soundOf(word);
  return stems.some(stem => sound.startsWith(stem));
}
