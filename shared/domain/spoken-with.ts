// The ladder of languages: her own, then one that speakers of hers also understand. A rung says how far it goes;
// nothing else ever relaxes a language. Whoever is asked in another one is on record with it.
import { type HelperId, isVolunteer, type LanguageId } from './ids.ts';
import type { LanguageStep } from './ladder.ts';
import { contactOf, lineOf, type Network } from './network.ts';
import type { Request } from './request.ts';

/** The languages in which a volunteer may speak with her on such a rung, the best first. */
export function languagesFor(
  request: Pick<Request, 'language' | 'lineId'>,
  step: LanguageStep,
  network: Network,
): readonly LanguageId[] {
  const { language } = request;
  const also = step === 'second' ? (lineOf(network, request.lineId).alsoUnderstood[language] ?? []) : [];
  return [language, ...also.filter(each => each !== language)];
}

/** What is spoken with this helper, and to her: the survivor's language, unless she was asked in another. */
export function languageWith(
  { language, inLanguage }: Pick<Request, 'language' | 'inLanguage'>,
  helper: HelperId,
  network: Network,
): LanguageId {
  return isVolunteer(helper) ? (inLanguage[helper] ?? language) : contactOf(network, helper).language;
}
