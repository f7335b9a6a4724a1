// The console's words in the chosen language.
import { wordsIn } from './kit/language.ts';
import { en } from './words/en.ts';
import { kk } from './words/kk.ts';
import { ru } from './words/ru.ts';

export const words = wordsIn({ en, kk, ru });
