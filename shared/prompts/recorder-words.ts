// What a manager hears while recording a prompt. Not in the catalogs: no survivor and no volunteer ever hears it, and a
// manager who speaks neither language here is told in Russian, as by every machine voice.
import { type PromptLanguage, voicings } from './languages.ts';

export type RecorderLanguage = 'ru' | 'en';

const ru = {
  code: 'Запись подсказок. Введите код и решётку.',
  refused: 'Этот номер не обслуживается.',
  language: 'На каком языке?',
  press: (digit: number, name: string) => `${name} — ${digit}.`,
  clip: 'Введите номер подсказки из списка и решётку.',
  unknown: 'Такого номера нет.',
  now: 'Сейчас звучит так:',
  nothingYet: 'Записи пока нет. Слова:',
  speak: 'Говорите после сигнала, спокойно и медленно. В конце нажмите решётку.',
  nothingHeard: 'Ничего не записано.',
  heard: 'Вы сказали:',
  keep: 'Сохранить — один. Сказать ещё раз — два. Отменить — три.',
  kept: 'Сохранено.',
  dropped: 'Отменено.',
  failed: 'Не получилось. Прежняя запись осталась.',
};

const en: typeof ru = {
  code: 'Recording of prompts. Enter the code and the hash key.',
  refused: 'This number is not in service.',
  language: 'In which language?',
  press: (digit, name) => `${name}: ${digit}.`,
  clip: 'Enter the number of the prompt in the list and the hash key.',
  unknown: 'There is no such number.',
  now: 'At present it is:',
  nothingYet: 'There is no recording yet. The words are:',
  speak: 'Speak after the tone, calmly and slowly. Press hash at the end.',
  nothingHeard: 'Nothing was recorded.',
  heard: 'You said:',
  keep: 'To keep it, press one. To say it again, two. To drop it, three.',
  kept: 'Kept.',
  dropped: 'Dropped.',
  failed: 'It did not work. The former recording is still there.',
};

export const recorderWords = { ru, en } as const;

export function recorderLanguageFor(language: string): RecorderLanguage {
  return language === 'en' ? 'en' : 'ru';
}

/** The languages that are played from recordings, in the order of their keys from 1. */
export const recordedLanguages: readonly PromptLanguage[] = (
  Object.keys(voicings) as PromptLanguage[]
).filter(language => voicings[language].by === 'play');
