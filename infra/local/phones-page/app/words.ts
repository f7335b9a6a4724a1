// The words of this page in the chosen language.
// Must never be read outside a component or an effect: the language may change.
import { wordsIn } from '../../../../functions/console/app/kit/language.ts';
import { en } from './words/en.ts';
import { kk } from './words/kk.ts';
import { ru } from './words/ru.ts';

export const words = wordsIn({ en, kk, ru });
