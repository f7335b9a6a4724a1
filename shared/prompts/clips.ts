// How a recording is called, and where it is served.
import type { Piece } from './pieces.ts';

/** A recording: its language, its name, and the words that are spoken in it. */
export type Clip = Piece;

/** How a clip is called in the manifest. */
export function clipKey(clip: Pick<Clip, 'language' | 'clip'>): string {
  return `${clip.language}/${clip.clip}`;
}

/** Where a clip is served. */
export function clipPath(clip: Pick<Clip, 'language' | 'clip'>): string {
  return `/audio/${clipKey(clip)}.mp3`;
}
