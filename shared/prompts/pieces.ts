// Cuts an announcement into pieces: which words, in which language, and the clip that holds them where that
// language is played from recordings. Must never decide what is announced, and never throw.
import type { Network } from '../domain/network.ts';
import type { Spoken } from '../domain/wording.ts';
import { type Digit, digits, type NamedLanguage } from './catalog.ts';
import { type PromptLanguage, parsePromptLanguage, promptLanguageFor } from './languages.ts';
import type { Words } from './loading.ts';
import { needName, regionName } from './names.ts';

type SpokenLanguage = Extract<Spoken, { readonly language: unknown }>;

export type Piece = {
  readonly language: PromptLanguage;
  /** Name of the recording, without folder and ending. */
  readonly clip: string;
  readonly words: string;
  /** What is meant, to say it in another language when this one's recording is missing. */
  readonly meaning: Spoken;
};

/**
 * The pieces of an announcement, in order. A language with a key after it is an offer to speak it, and is spoken
 * in that language, key and all: whoever hears it may understand no other.
 */
export function piecesOf(
  language: PromptLanguage,
  spoken: readonly Spoken[],
  network: Network,
  words: Words,
): readonly Piece[] {
  return spoken.flatMap((item, index) => {
    const [before, after] = [spoken[index - 1], spoken[index + 1]];
    if ('language' in item && after && 'press' in after) return invitation(item, network, words);
    if ('press' in item && before && 'language' in before) {
      return itemPieces(promptLanguageFor(before.language), item, network, words);
    }
    // The invitation that follows says it, in its own language.
    if ('say' in item && item.say === 'choose-language' && after && 'language' in after) return [];
    return itemPieces(language, item, network, words);
  });
}

/** One item, in one language. Empty for what has no words, as a region that the network no longer has. */
export function itemPieces(
  language: PromptLanguage,
  item: Spoken,
  network: Network,
  words: Words,
): readonly Piece[] {
  const { sentences, press: presses, digits: spokenDigits } = words(language).spoken;
  if ('say' in item) return [{ language, clip: item.say, words: sentences[item.say], meaning: item }];
  if ('press' in item) {
    return digitsIn(item.press).map(press => ({
      language,
      clip: `press-${press}`,
      words: presses[press],
      meaning: { press },
    }));
  }
  if ('dial' in item) {
    return digitsIn(item.dial).map(dial => ({
      language,
      clip: `digit-${dial}`,
      words: spokenDigits[dial],
      meaning: { dial },
    }));
  }
  if ('language' in item) return [languagePiece(language, item, words)];
  const [clip, name] =
    'region' in item
      ? [`region-${item.region}`, regionName(network, item.region, language)]
      : [`need-${item.need}`, needName(network, item.need, language)];
  return name === null ? [] : [{ language, clip, words: name, meaning: item }];
}

function languagePiece(language: PromptLanguage, item: SpokenLanguage, words: Words): Piece {
  const { languages, otherLanguage } = words(language).spoken;
  const known = Object.hasOwn(languages, item.language);
  return {
    language,
    clip: known ? `language-${item.language}` : 'language-other',
    words: known ? languages[item.language as string as NamedLanguage] : otherLanguage,
    meaning: item,
  };
}

function digitsIn(text: string): readonly Digit[] {
  return [...text].flatMap(character => digits.find(digit => digit === character) ?? []);
}

/** "To speak English", in English; the name alone, in the common language, for a language without words here. */
function invitation(item: SpokenLanguage, network: Network, words: Words): readonly Piece[] {
  const own = parsePromptLanguage(item.language);
  return own === null
    ? itemPieces(promptLanguageFor(item.language), item, network, words)
    : itemPieces(own, { say: 'choose-language' }, network, words).map(piece => ({ ...piece, meaning: item }));
}
