// Whether the words that survivors and helpers hear or read name the organisation: a voicemail may be recording, and
// somebody else may hold the phone. Names from the network are held against it by its own rules.
import type { Network } from '../domain/network.ts';
import { holdsName } from '../domain/spelling.ts';
import { catalogs } from './all-catalogs.ts';
import type { TextCatalog } from './catalog.ts';
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
  const written = Object.entries(texts).map(([key, text]: [string, TextCatalog[keyof TextCatalog]]) => ({
    place: key,
    words: (text as (params: typeof nothing) => string)(nothing),
  }));
  const said = Object.entries({ ...spoken.sentences, ...spoken.languages, ...needs, otherNeed });
  return [...written, ...said.map(([place, words]) => ({ place, words }))].map(({ place, words }) => ({
    place: `${language} ${place}`,
    words,
  }));
}
