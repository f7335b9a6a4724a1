// WhatsApp lets nobody be written to in free words for longer than a day after her own last word to the line. Later only a
// template that was approved beforehand reaches her. Must never say in a template's place what the template does not.
import type { Action } from './action.ts';
import type { ContentSid, LanguageId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { Line } from './network.ts';
import { isNeutralQuestion } from './step.ts';

/** As WhatsApp has it. */
const WINDOW_SECONDS = 24 * 3600;

/** The approved templates of a line in one language; null: there is none. */
export type Templates = {
  /** Neutral, without variables: whether it is a good time, with the 1 and 2 that answer it. */
  readonly question: ContentSid | null;
  /** To a helper, with one variable: the code that takes the request. Says nothing of it. */
  readonly offer: ContentSid | null;
};

export type Template = { readonly sid: ContentSid; readonly variables: Readonly<Record<string, string>> };

/** `unknown`: she has never written there as far as we know; the network knows better. */
export function windowOf(lastWroteAt: Instant | null, now: Instant): 'open' | 'closed' | 'unknown' {
  if (lastWroteAt === null) return 'unknown';
  return addSeconds(lastWroteAt, WINDOW_SECONDS) > now ? 'open' : 'closed';
}

/** What may be sent in place of these words; in another language of the line rather than not at all. */
export function templateFor(action: Action, language: LanguageId, line: Line): Template | null {
  const sidOf = (kind: keyof Templates) =>
    [language, ...line.languages]
      .map(each => line.whatsappTemplates[each]?.[kind] ?? null)
      .find(sid => sid !== null) ?? null;
  if (isNeutralQuestion(action)) return template(sidOf('question'), {});
  if (action.kind !== 'text-offer' || action.text.text !== 'offer') return null;
  return template(sidOf('offer'), { 1: action.text.code });
}

const template = (sid: ContentSid | null, variables: Template['variables']): Template | null =>
  sid === null ? null : { sid, variables };
