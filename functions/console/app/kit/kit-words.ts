// The few words that every page of ours has.
import { type PageLanguage, wordsIn } from './language.ts';

type KitWords = {
  readonly language: string;
  readonly looks: string;
  readonly looksAs: Readonly<Record<'auto' | 'light' | 'dark', string>>;
  readonly skip: string;
};

const catalogs: Readonly<Record<PageLanguage, KitWords>> = {
  en: {
    language: 'Language',
    looks: 'Looks',
    looksAs: { auto: 'As the device', light: 'Light', dark: 'Dark' },
    skip: 'Skip to the content',
  },
  ru: {
    language: 'Язык',
    looks: 'Вид',
    looksAs: { auto: 'Как в системе', light: 'Светлый', dark: 'Тёмный' },
    skip: 'Перейти к содержанию',
  },
  kk: {
    language: 'Тіл',
    looks: 'Көрініс',
    looksAs: { auto: 'Жүйедегідей', light: 'Ашық', dark: 'Күңгірт' },
    skip: 'Мазмұнға өту',
  },
};

export const kitWords = wordsIn(catalogs);
