// The words of one language, and which recordings exist: loaded when somebody is first spoken or written to in it. All
// six together are as much code as half of everything else that a ring needs.
// Must never import a catalog or the manifest in any other way: that would load it with the function.
import type { Spoken } from '../domain/wording.ts';
import type { Catalog } from './catalog.ts';
import { commonLanguage, isRecorded, type PromptLanguage, promptLanguageFor } from './languages.ts';

/** The catalog of a language that was loaded. Throws for one that was not. */
export type Words = (language: PromptLanguage) => Catalog;

export type Sayable = {
  readonly words: Words;
  /** The clips that exist, of languages that are played. */
  readonly recorded: ReadonlySet<string>;
};

const load: Readonly<Record<PromptLanguage, () => Promise<Catalog>>> = {
  ru: async () => (await import('./ru.ts')).ru,
  kk: async () => (await import('./kk.ts')).kk,
  en: async () => (await import('./en.ts')).en,
  uz: async () => (await import('./uz.ts')).uz,
  ky: async () => (await import('./ky.ts')).ky,
  tg: async () => (await import('./tg.ts')).tg,
};

const loaded = new Map<PromptLanguage, Catalog>();

export async function wordsOf(languages: readonly PromptLanguage[]): Promise<Words> {
  const missing = languages.filter(language => !loaded.has(language));
  await Promise.all(missing.map(async language => loaded.set(language, await load[language]())));
  return loadedWords;
}

const loadedWords: Words = language => {
  const catalog = loaded.get(language);
  if (catalog === undefined) throw new Error(`the words of ${language} were not loaded`);
  return catalog;
};

/** Whatever `speechFor` may need to say this in that language. */
export async function sayable(language: PromptLanguage, spoken: readonly Spoken[]): Promise<Sayable> {
  const named = spoken.flatMap(item => ('language' in item ? promptLanguageFor(item.language) : []));
  const wanted = [language, ...named];
  // What was not recorded is said in the common one.
  const languages = [
    ...new Set<PromptLanguage>(wanted.some(isRecorded) ? [...wanted, commonLanguage] : wanted),
  ];
  const [words, recorded] = await Promise.all([
    wordsOf(languages),
    languages.some(isRecorded) ? recordedClips() : new Set<string>(),
  ]);
  return { words, recorded };
}

let clips: ReadonlySet<string> | null = null;

/** Their names, as `kk/press-3`. */
export async function recordedClips(): Promise<ReadonlySet<string>> {
  clips ??= new Set(Object.keys((await import('./audio/manifest.json', { with: { type: 'json' } })).default));
  return clips;
}
