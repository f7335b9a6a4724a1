// The words of every language Pana speaks. Must never hold words itself.
import type { Catalog } from './catalog.ts';
import { en } from './en.ts';
import { kk } from './kk.ts';
import { ky } from './ky.ts';
import type { PromptLanguage } from './languages.ts';
import { ru } from './ru.ts';
import { tg } from './tg.ts';
import { uz } from './uz.ts';

export const catalogs: Readonly<Record<PromptLanguage, Catalog>> = { ru, kk, en, uz, ky, tg };
