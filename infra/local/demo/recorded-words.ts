// The words of a recording by its address, for those who read what a phone plays.
// Must never guess: an address that is none of the network's clips has no words.
import type { Network } from '../../../shared/domain/network.ts';
import { clipKey, clipsOf } from '../../../shared/prompts/audio.ts';

/** From `…/audio/kk/press-3.mp3` to its clip, `kk/press-3`, and its words. */
export type Recorded = { readonly clip: string; readonly words: string | null };

export function recordedWords(network: Network): (url: string) => Recorded {
  const words = new Map(clipsOf(network).map(clip => [clipKey(clip), clip.words]));
  return url => {
    const clip = /\/audio\/(.+)\.mp3$/.exec(url)?.[1] ?? url;
    return { clip, words: words.get(clip) ?? null };
  };
}
