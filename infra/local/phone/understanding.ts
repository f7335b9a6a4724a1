// From words heard back to what was said: the keys, names and digits of the catalogs, in their order.
// Must never invent: words that are in no catalog come back as they were.
import type { LanguageId, SkillId } from '../../../shared/domain/ids.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { Spoken, SpokenKey } from '../../../shared/domain/wording.ts';
import { catalogs, everyWord } from '../../../shared/prompts/all-catalogs.ts';
import { clipKey } from '../../../shared/prompts/audio.ts';
import { digits } from '../../../shared/prompts/catalog.ts';
import { type PromptLanguage, promptLanguages } from '../../../shared/prompts/languages.ts';
import { itemPieces, type Piece } from '../../../shared/prompts/pieces.ts';
import type { Heard } from '../exchange/exchange.ts';

export type Understood = {
  readonly language: PromptLanguage;
  readonly said: readonly Spoken[];
  /** What no catalog explains. */
  readonly rest: string;
};

export function understanding(network: Network): (heard: Heard) => Understood | null {
  const pieces = promptLanguages.flatMap(language => piecesOfLanguage(language, network));
  const byClip = new Map(pieces.map(piece => [clipKey(piece), piece]));
  // A sentence may hold the words of a shorter one.
  const longestFirst = [...pieces].sort((a, b) => b.words.length - a.words.length);
  return ({ kind, text = '', url = '', language = '' }) => {
    if (kind === 'play') {
      const piece = byClip.get(/\/audio\/(.+)\.mp3$/.exec(url)?.[1] ?? '');
      return piece ? { language: piece.language, said: [piece.meaning], rest: '' } : null;
    }
    if (kind !== 'say') return null;
    const spoken = promptLanguages.find(each => language.startsWith(each));
    return spoken
      ? taken(
          text,
          longestFirst.filter(piece => piece.language === spoken),
          spoken,
        )
      : null;
  };
}

function piecesOfLanguage(language: PromptLanguage, network: Network): readonly Piece[] {
  const { sentences, languages } = catalogs[language].spoken;
  const everything: readonly Spoken[] = [
    ...(Object.keys(sentences) as SpokenKey[]).map(say => ({ say })),
    ...digits.flatMap(digit => [{ press: digit }, { dial: digit }]),
    ...(Object.keys(languages) as LanguageId[]).map(id => ({ language: id })),
    ...network.regions.map(region => ({ region: region.id })),
    ...network.skills.map(skill => ({ need: skill.id as SkillId })),
  ];
  return everything.flatMap(item => itemPieces(language, item, network, everyWord));
}

/** Takes known words out of the text, the longest first, and puts what they mean in the order of the text. */
function taken(text: string, pieces: readonly Piece[], language: PromptLanguage): Understood {
  const found: { readonly at: number; readonly meaning: Spoken }[] = [];
  let left = text;
  for (const piece of pieces) {
    for (let at = placeOf(piece.words, left); at !== -1; at = placeOf(piece.words, left)) {
      found.push({ at, meaning: piece.meaning });
      left = left.slice(0, at) + GONE.repeat(piece.words.length) + left.slice(at + piece.words.length);
    }
  }
  const said = found.sort((a, b) => a.at - b.at).map(({ meaning }) => meaning);
  return {
    language,
    said,
    rest: left
      .replaceAll(GONE, '')
      .replace(/[\s.,:]+/gu, ' ')
      .trim(),
  };
}

/** Stands where words were taken out, so that the places of the others stay the same. */
const GONE = '\u0001';

/** Whole words only: "or" is not in "for". */
function placeOf(words: string, text: string): number {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + words.length] ?? ' '];
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return at;
  }
  return -1;
}
