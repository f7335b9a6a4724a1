// The languages that Pana has words for, and how each one reaches an ear: by a machine's voice or by recordings.
// Must never offer a voice that Twilio does not have: an unknown voice drops the sentence.
import type { LanguageId } from '../domain/ids.ts';

export type PromptLanguage = 'ru' | 'kk' | 'en' | 'uz' | 'ky' | 'tg';

/**
 * How a language is spoken. Twilio has no voice at all for most languages of the region: they are played from
 * recordings. `untilRecorded`: a clip that does not exist yet either keeps a line from offering the language, or is
 * spoken in the common language until a person has recorded it.
 */
export type Voicing =
  | { readonly by: 'say'; readonly voice: string; readonly locale: string }
  | { readonly by: 'play'; readonly untilRecorded: 'refused' | 'common-language' };

export const voicings = {
  ru: { by: 'say', voice: 'Google.ru-RU-Wavenet-A', locale: 'ru-RU' },
  kk: { by: 'play', untilRecorded: 'refused' },
  en: { by: 'say', voice: 'Google.en-GB-Wavenet-A', locale: 'en-GB' },
  uz: { by: 'play', untilRecorded: 'refused' },
  ky: { by: 'play', untilRecorded: 'refused' },
  // No machine speaks it, so there are no placeholders either.
  tg: { by: 'play', untilRecorded: 'common-language' },
} as const satisfies Record<PromptLanguage, Voicing>;

export const promptLanguages: readonly PromptLanguage[] = ['ru', 'kk', 'en', 'uz', 'ky', 'tg'];

/**
 * Understood by most people in every country that Pana was made for; spoken where a language has no words of its
 * own, and where a recording is missing, because a sentence in the second language beats silence.
 */
export const commonLanguage = 'ru' satisfies PromptLanguage;

export function parsePromptLanguage(text: LanguageId | string): PromptLanguage | null {
  return promptLanguages.find(language => language === text) ?? null;
}

/** The language to use for somebody who speaks `language`; a line may offer one that has no words here yet. */
export function promptLanguageFor(language: LanguageId | string): PromptLanguage {
  return parsePromptLanguage(language) ?? commonLanguage;
}

/** True for a language that is played from recordings. */
export function isRecorded(language: PromptLanguage): boolean {
  return voicings[language].by === 'play';
}

/** True for a language of which a line must have every recording before it offers it. */
export function mustBeRecorded(language: PromptLanguage): boolean {
  const voicing: Voicing = voicings[language];
  return voicing.by === 'play' && voicing.untilRecorded === 'refused';
}
