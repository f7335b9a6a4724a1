// Whether the words that survivors and helpers hear or read name the organisation: a voicemail may be recording, and
// somebody else may hold the phone. Names from the network are held against it by its own rules.
import type { Network } from '../domain/network.ts';
import { holdsName } from '../domain/spelling.ts';
import { notToBeHad, shiftSaid, type Text } from '../domain/wording.ts';
import { catalogs } from './all-catalogs.ts';
import { type PromptLanguage, promptLanguages } from './languages.ts';

/** As short as a text can be: it is its words that count. */
const nothing = {
  needs: [],
  numbers: [],
  codes: [],
  code: '',
  language: '',
  need: null,
  danger: true,
  minutes: 1,
  shifts: '',
  shift: '',
  hers: '',
  inReturn: '',
  number: 1,
  url: '',
};
type Nothing = typeof nothing & Record<string, unknown>;

/** Texts that say one thing or another. */
const choices: { readonly [Kind in Text['text']]?: readonly Record<string, string>[] } = {
  shifts: [{ are: 'hers' }, { are: 'open' }],
  shift: shiftSaid.map(said => ({ said })),
  'not-to-be-had': notToBeHad.map(because => ({ because })),
};

type Words = { readonly place: string; readonly words: string };

/** Where the words of this network's languages hold one of the names, as `kk searching`. */
export function placesNaming({ lines }: Network, names: readonly string[]): readonly string[] {
  const offered: ReadonlySet<string> = new Set(lines.flatMap(line => line.languages));
  const languages = promptLanguages.filter(language => offered.has(language));
  const found = languages
    .flatMap(everyWord)
    .filter(({ words }) => names.some(name => holdsName(words, name)));
  return found.map(({ place }) => place);
}

function everyWord(language: PromptLanguage): readonly Words[] {
  const { spoken, texts, needs, otherNeed } = catalogs[language];
  const written = (Object.keys(texts) as Text['text'][]).flatMap(key =>
    (choices[key] ?? [{}]).map(choice => ({
      place: key as string,
      words: (texts[key] as (params: Nothing) => string)({ ...nothing, ...choice }),
    })),
  );
  const said = Object.entries({ ...spoken.sentences, ...spoken.languages, ...needs, otherNeed });
  return [...written, ...said.map(([place, words]) => ({ place, words }))].map(({ place, words }) => ({
    place: `${language} ${place}`,
    words,
  }));
}
