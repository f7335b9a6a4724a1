// An announcement as what the telephone can do: speak a sentence with a voice, or play a recording.
// Must never throw and never give an empty sentence: Twilio refuses the whole answer for one.
import type { Network } from '../domain/network.ts';
import type { Spoken } from '../domain/wording.ts';
import { clipKey, clipPath } from './clips.ts';
import { commonLanguage, isRecorded, type PromptLanguage, voicings } from './languages.ts';
import type { Sayable, Words } from './loading.ts';
import { itemPieces, type Piece, piecesOf } from './pieces.ts';

export type Speech =
  | { readonly kind: 'say'; readonly text: string; readonly voice: string; readonly locale: string }
  /** A path of this site, as `/audio/kk/press-3.mp3`. */
  | { readonly kind: 'play'; readonly path: string };

/**
 * What is spoken, in order, with consecutive sentences of one voice joined. For a clip
 * that does not exist the sentence is spoken in the common language instead of being left out.
 */
export function speechFor(
  language: PromptLanguage,
  spoken: readonly Spoken[],
  network: Network,
  { words, recorded }: Sayable,
): readonly Speech[] {
  const pieces = piecesOf(language, spoken, network, words).map(piece =>
    canSpeak(piece, recorded) ? piece : inCommonLanguage(piece, network, words),
  );
  return runsOfOneLanguage(pieces).flatMap(speechesOf);
}

function canSpeak(piece: Piece, recorded: ReadonlySet<string>): boolean {
  return !isRecorded(piece.language) || recorded.has(clipKey(piece));
}

function inCommonLanguage(piece: Piece, network: Network, words: Words): Piece {
  return (
    itemPieces(commonLanguage, piece.meaning, network, words)[0] ?? { ...piece, language: commonLanguage }
  );
}

function runsOfOneLanguage(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (run?.[0]?.language === piece.language) run.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

function speechesOf(run: readonly Piece[]): readonly Speech[] {
  const [first] = run;
  if (first === undefined) return [];
  const voicing = voicings[first.language];
  if (voicing.by === 'play') return run.map(piece => ({ kind: 'play', path: clipPath(piece) }));
  const text = run.map((piece, index) => `${piece.words}${markAfter(piece, run[index + 1])}`).join(' ');
  return [{ kind: 'say', text, voice: voicing.voice, locale: voicing.locale }];
}

/** The pause after a piece: sentences bring their own marks, names and digits get a comma or a full stop. */
function markAfter(piece: Piece, next: Piece | undefined): string {
  if ('say' in piece.meaning || 'press' in piece.meaning || /\p{P}$/u.test(piece.words)) return '';
  if (next === undefined) return '.';
  return 'say' in next.meaning && next.meaning.say !== 'or' ? '.' : ',';
}
