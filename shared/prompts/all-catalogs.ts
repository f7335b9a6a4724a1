// The words of every language Pana speaks. Must never hold words itself.
import type { Catalog } from './catalog.ts';
import { en } from './en.ts';
import { kk } from './kk.ts';
import type { PromptLanguage } from './languages.ts';
import { ru } from './ru.ts';

export const catalogs: Readonly<Record<PromptLanguage, Catalog>> = { ru, kk, en };
