// The words of every language Pana speaks. Must never hold words itself.
import type { Catalog } from './catalog.ts';
import { en } from './en.ts';
import { kk } from './kk.ts';
import { ky } from './ky.ts';
import type { PromptLanguage } from './languages.ts';
import type { Words } from './loading.ts';
import { ru } from './ru.ts';
import { tg } from './tg.ts';
import { uz } from './uz.ts';

export const catalogs: Readonly<Record<PromptLanguage, Catalog>> = { ru, kk, en, uz, ky, tg };

/** All of them at once, for whoever judges or lists them. Must never be used by what answers a phone. */
export const everyWord: Words = language => catalogs[language];
