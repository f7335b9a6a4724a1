// The language of a page: what was chosen, else what the browser asks for, else Russian.
// Must never show a page half in one language: a catalog lacks no word, or it does not compile.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';

export const pageLanguages = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const;
export type PageLanguage = keyof typeof pageLanguages;

const KEPT_AS = 'pana-language';

export const language = signal<PageLanguage>(kept() ?? asked() ?? 'ru');

effect(() => {
  document.documentElement.lang = language.value;
  localStorage.setItem(KEPT_AS, language.value);
});

/** The catalog of the chosen language; it follows when another is chosen. */
export function wordsIn<Words>(catalogs: Readonly<Record<PageLanguage, Words>>): ReadonlySignal<Words> {
  return computed(() => catalogs[language.value]);
}

/** A name that is kept in several languages. */
export function named(names: Readonly<Record<string, string | undefined>>): string {
  return names[language.value] ?? names['en'] ?? Object.values(names)[0] ?? '';
}

function kept(): PageLanguage | null {
  return known(localStorage.getItem(KEPT_AS) ?? '');
}

function asked(): PageLanguage | null {
  for (const each of navigator.languages) {
    const found = known(each.slice(0, 2));
    if (found !== null) return found;
  }
  return null;
}

function known(text: string): PageLanguage | null {
  return text in pageLanguages ? (text as PageLanguage) : null;
}
