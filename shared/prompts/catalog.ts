// The shape of one language's words: a sentence for every key of shared/domain/wording.ts.
// A key without words does not compile; must never hold the name of an organisation, of Pana, or of a person.
import type { NotToBeHad, ShiftSaid, SpokenKey, Text } from '../domain/wording.ts';

export const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export type Digit = (typeof digits)[number];

/** Languages that are named to somebody, whether Pana speaks them or not. */
export type NamedLanguage = 'kk' | 'ru' | 'en' | 'uz' | 'ky' | 'ug' | 'tg' | 'tr';

/** Needs that have a word which gives nothing away on a screen; the network's own name may give much away. */
export type NeutralNeed = 'crisis' | 'legal' | 'shelter' | 'medical' | 'child' | 'immigration';

export type SpokenCatalog = {
  readonly sentences: Readonly<Record<SpokenKey, string>>;
  /** "press three." Stands after what the key does, and ends the sentence. */
  readonly press: Readonly<Record<Digit, string>>;
  readonly digits: Readonly<Record<Digit, string>>;
  readonly languages: Readonly<Record<NamedLanguage, string>>;
  readonly otherLanguage: string;
};

/** What a text is written from: words already, never ids. Kinds that are not listed need nothing. */
export type TextParams = {
  readonly 'ask-need': { readonly needs: readonly string[] };
  readonly 'numbers-to-dial': { readonly numbers: readonly string[] };
  readonly offer: {
    readonly code: string;
    readonly language: string;
    readonly need: string | null;
    readonly danger: boolean;
  };
  readonly 'accepted-beside': { readonly number: string };
  readonly 'which-one': { readonly codes: readonly string[] };
  readonly 'on-break': { readonly minutes: number };
  readonly shifts: { readonly are: 'hers' | 'open'; readonly shifts: string };
  /** `number` is the one that the line begins with. */
  readonly shift: { readonly said: ShiftSaid; readonly shift: string; readonly number: number };
  readonly 'return-asked': { readonly hers: string; readonly inReturn: string; readonly number: number };
  readonly 'not-to-be-had': { readonly because: NotToBeHad };
  readonly 'number-code': { readonly code: string };
  readonly 'own-page': { readonly url: string };
};

/** What is said of a shift, from its line. */
export type SaidOfShift = {
  readonly [Said in ShiftSaid]: (params: TextParams['shift']) => string;
};

/** From Monday. */
export type Weekdays = readonly [string, string, string, string, string, string, string];

export type TextCatalog = {
  readonly [Kind in Text['text']]: Kind extends keyof TextParams
    ? (params: TextParams[Kind]) => string
    : () => string;
};

export type Catalog = {
  readonly spoken: SpokenCatalog;
  readonly texts: TextCatalog;
  readonly needs: Readonly<Record<NeutralNeed, string>>;
  readonly otherNeed: string;
  readonly weekdays: Weekdays;
};

/** `1 talk, 2 papers`: the answers to a question, by number. */
export function numbered(words: readonly string[]): string {
  return words.map((word, index) => `${index + 1} ${word}`).join(', ');
}

/** `102 / 112`: nothing but numbers, in every language. */
export function numbersOnly(numbers: readonly string[]): string {
  return numbers
    .map(number => number.replace(/[^\d+]/g, ''))
    .filter(number => number !== '')
    .join(' / ');
}
