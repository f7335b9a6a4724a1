// The ladder of languages: her own, one that speakers of hers also understand, any of the line with somebody who
// interprets. A rung says how far it goes;
// nothing else ever relaxes a language. Whoever is asked in another one is on record with it.
import { type HelperId, isVolunteer, type LanguageId } from './ids.ts';
import { interpretedRung, type LanguageStep } from './ladder.ts';
import { contactOf, lineOf, type Network } from './network.ts';
import type { Request } from './request.ts';

/** The languages in which a volunteer may speak with her on such a rung, the best first. */
export function languagesFor(
  request: Pick<Request, 'language' | 'lineId'>,
  step: LanguageStep,
  network: Network,
): readonly LanguageId[] {
  const { language } = request;
  const { alsoUnderstood, languages } = lineOf(network, request.lineId);
  const second = alsoUnderstood[language] ?? [];
  const also = { exact: [], second, interpreted: [...second, ...languages] }[step];
  return [...new Set([language, ...also])];
}

/** The rung asks somebody whom rungs for her own language do not. By text nobody interprets. */
export function goesFurther(request: Request, step: LanguageStep, network: Network): boolean {
  if (step === 'interpreted' && !mayBeInterpreted(request, network)) return false;
  return languagesFor(request, step, network).length > 1;
}

function mayBeInterpreted({ channel, ladder }: Request, { settings }: Network): boolean {
  return channel === 'voice' && interpretedRung(ladder) !== null && settings.interpreterSkill !== null;
}

/** The language into which somebody must interpret between them; null: they understand each other, or nobody does. */
export function toInterpret(request: Request, helper: HelperId, network: Network): LanguageId | null {
  const spoken = languageWith(request, helper, network);
  if (!mayBeInterpreted(request, network)) return null;
  return languagesFor(request, 'second', network).includes(spoken) ? null : spoken;
}

/** What is spoken with this helper, and to her: the survivor's language, unless she was asked in another. */
export function languageWith(
  { language, inLanguage }: Pick<Request, 'language' | 'inLanguage'>,
  helper: HelperId,
  network: Network,
): LanguageId {
  return isVolunteer(helper)
    ? (inLanguage[helper] ?? language)
    : (contactOf(network, helper)?.language ?? language);
}
