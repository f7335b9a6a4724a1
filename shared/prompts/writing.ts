// A text message in words. To a survivor only words of the catalogs ever stand in it; names from the network
// say plainly what a request is about, so they are for helpers alone.
import type { LanguageId, SkillId } from '../domain/ids.ts';
import type { MinuteOfDay } from '../domain/local-time.ts';
import type { Network } from '../domain/network.ts';
import type { ShiftLine, Text } from '../domain/wording.ts';
import type { Catalog, NamedLanguage, NeutralNeed } from './catalog.ts';
import type { PromptLanguage } from './languages.ts';
import type { Words } from './loading.ts';
import { clean, insideSentence, needName } from './names.ts';

export function textFor(language: PromptLanguage, text: Text, network: Network, words: Words): string {
  return clean(written(language, text, network, words(language)));
}

function written(language: PromptLanguage, text: Text, network: Network, catalog: Catalog): string {
  switch (text.text) {
    case 'ask-need':
      return catalog.texts['ask-need']({ needs: text.needs.map(need => neutralNeed(catalog, need)) });
    case 'numbers-to-dial':
      return catalog.texts['numbers-to-dial']({ numbers: text.numbers });
    case 'offer':
      return catalog.texts.offer({
        code: text.code,
        language: [text.language, text.inLanguage ?? []]
          .flat()
          .map(each => languageName(catalog, each))
          .join(' / '),
        need: text.need === null ? null : plainNeed(catalog, language, text.need, network),
        danger: text.danger,
      });
    case 'accepted-beside':
      return catalog.texts['accepted-beside']({ number: text.number });
    case 'which-one':
      return catalog.texts['which-one']({ codes: text.codes });
    case 'on-break':
      return catalog.texts['on-break']({ minutes: text.minutes });
    case 'shifts': {
      const shifts = text.shifts.map(each => lineOf(catalog, each)).join('; ');
      return catalog.texts.shifts({ are: text.are, shifts });
    }
    case 'shift': {
      const { said, shift } = text;
      return catalog.texts.shift({ said, shift: lineOf(catalog, shift), number: shift.number });
    }
    case 'return-asked': {
      const [hers, inReturn] = [lineOf(catalog, text.hers), lineOf(catalog, text.inReturn)];
      return catalog.texts['return-asked']({ hers, inReturn, number: text.inReturn.number });
    }
    case 'not-to-be-had':
      return catalog.texts['not-to-be-had']({ because: text.because });
    case 'number-code':
      return catalog.texts['number-code']({ code: text.code });
    case 'own-page':
      return catalog.texts['own-page']({ url: text.url });
    default:
      return catalog.texts[text.text]();
  }
}

/** `3 Tue 24.11 18:00-22:00`: the number first, as it is to be written back. */
function lineOf(catalog: Catalog, { number, weekday, date, from, until }: ShiftLine): string {
  const [, month, day] = date.split('-');
  return `${number} ${catalog.weekdays[weekday - 1]} ${day}.${month} ${clockTime(from)}-${clockTime(until)}`;
}

export function clockTime(minuteOfDay: MinuteOfDay): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** A word that gives nothing away. A need that has none is "something else": its configured name might. */
function neutralNeed(catalog: Catalog, need: SkillId): string {
  return Object.hasOwn(catalog.needs, need)
    ? catalog.needs[need as string as NeutralNeed]
    : catalog.otherNeed;
}

function plainNeed(catalog: Catalog, language: PromptLanguage, need: SkillId, network: Network): string {
  const name = needName(network, need, language);
  return name === null ? neutralNeed(catalog, need) : insideSentence(name);
}

function languageName(catalog: Catalog, language: LanguageId): string {
  const { languages, otherLanguage } = catalog.spoken;
  return Object.hasOwn(languages, language) ? languages[language as string as NamedLanguage] : otherLanguage;
}
