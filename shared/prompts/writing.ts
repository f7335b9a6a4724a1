// A text message in words. To a survivor only words of the catalogs ever stand in it; names from the network
// say plainly what a request is about, so they are for helpers alone.
import type { LanguageId, SkillId } from '../domain/ids.ts';
import type { Network } from '../domain/network.ts';
import type { Text } from '../domain/wording.ts';
import { catalogs } from './all-catalogs.ts';
import type { Catalog, NamedLanguage, NeutralNeed } from './catalog.ts';
import type { PromptLanguage } from './languages.ts';
import { clean, insideSentence, needName } from './names.ts';

export function textFor(language: PromptLanguage, text: Text, network: Network): string {
  return clean(written(language, text, network));
}

function written(language: PromptLanguage, text: Text, network: Network): string {
  const catalog = catalogs[language];
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
        need: text.need === null ? null : plainNeed(language, text.need, network),
        danger: text.danger,
      });
    case 'accepted-beside':
      return catalog.texts['accepted-beside']({ number: text.number });
    case 'which-one':
      return catalog.texts['which-one']({ codes: text.codes });
    case 'on-break':
      return catalog.texts['on-break']({ minutes: text.minutes });
    default:
      return catalog.texts[text.text]();
  }
}

/** A word that gives nothing away. A need that has none is "something else": its configured name might. */
function neutralNeed(catalog: Catalog, need: SkillId): string {
  return Object.hasOwn(catalog.needs, need)
    ? catalog.needs[need as string as NeutralNeed]
    : catalog.otherNeed;
}

function plainNeed(language: PromptLanguage, need: SkillId, network: Network): string {
  const name = needName(network, need, language);
  return name === null ? neutralNeed(catalogs[language], need) : insideSentence(name);
}

function languageName(catalog: Catalog, language: LanguageId): string {
  const { languages, otherLanguage } = catalog.spoken;
  return Object.hasOwn(languages, language) ? languages[language as string as NamedLanguage] : otherLanguage;
}
