// What the tests of the prompts share: one of every kind of text and of announcement, and a small network whose
// names are as telling and as broken as names can be. Must never be used outside these tests.

import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { type LanguageId, parseLanguageId, parseRegionId, parseSkillId } from '../../shared/domain/ids.ts';
import type { LocalDate } from '../../shared/domain/local-time.ts';
import type { Names, Network } from '../../shared/domain/network.ts';
import {
  notToBeHad,
  type ShiftLine,
  type Spoken,
  type SpokenKey,
  shiftSaid,
  type Text,
} from '../../shared/domain/wording.ts';
import { catalogs, everyWord } from '../../shared/prompts/all-catalogs.ts';
import { recordedClips } from '../../shared/prompts/audio.ts';
import type { PromptLanguage } from '../../shared/prompts/languages.ts';
import { speechFor as speechWith } from '../../shared/prompts/speech.ts';
import { textFor as textWith } from '../../shared/prompts/writing.ts';

export { kazakhstan };

/** With all words at hand; `recorded`: the clips that exist. */
export const speechFor = (
  language: PromptLanguage,
  spoken: readonly Spoken[],
  network: Network,
  recorded: ReadonlySet<string> = recordedClips,
) => speechWith(language, spoken, network, { words: everyWord, recorded });
export const textFor = (language: PromptLanguage, text: Text, network: Network): string =>
  textWith(language, text, network, everyWord);

export const languageId = (text: string): LanguageId => sure(parseLanguageId(text));
export const regionId = (text: string) => sure(parseRegionId(text));
export const skillId = (text: string) => sure(parseSkillId(text));

export const sentenceKeys = Object.keys(catalogs.en.spoken.sentences) as SpokenKey[];

const withParams: ReadonlySet<Text['text']> = new Set<Text['text']>([
  'offer',
  'ask-need',
  'numbers-to-dial',
  'accepted-beside',
  'which-one',
  'on-break',
  'shifts',
  'shift',
  'return-asked',
  'not-to-be-had',
  'number-code',
  'own-page',
]);

const shiftLine: ShiftLine = {
  number: 99,
  weekday: 7,
  date: '2026-11-29' as LocalDate,
  from: 1110,
  until: 0,
};
const fourShifts = [shiftLine, shiftLine, shiftLine, shiftLine];
/** What is written to volunteers about shifts, each at its longest. */
const aboutShifts: readonly Text[] = [
  { text: 'shifts', are: 'hers', shifts: fourShifts },
  { text: 'shifts', are: 'open', shifts: fourShifts },
  ...shiftSaid.map((said): Text => ({ text: 'shift', said, shift: shiftLine })),
  { text: 'return-asked', hers: shiftLine, inReturn: shiftLine },
  ...notToBeHad.map((because): Text => ({ text: 'not-to-be-had', because })),
  { text: 'number-code', code: '482913' },
  { text: 'own-page', url: `https://abcdefghij.execute-api.eu-central-1.amazonaws.com/me/${'x'.repeat(22)}` },
];

/** One of each kind; the longest that a line may send. */
export function everyText(network: Network = kazakhstan): readonly Text[] {
  const needs = network.skills.map(skill => skill.id).slice(0, 6);
  const offers = [null, ...needs].flatMap(need =>
    [true, false].map(
      (danger): Text => ({
        text: 'offer',
        code: '41',
        language: languageId('en'),
        inLanguage: languageId('ru'),
        need,
        danger,
      }),
    ),
  );
  const simple = (Object.keys(catalogs.en.texts) as Text['text'][]).flatMap((kind): Text[] =>
    withParams.has(kind) ? [] : [{ text: kind } as Text],
  );
  const numbers: readonly Text[] = network.lines.map(line => ({
    text: 'numbers-to-dial',
    numbers: line.emergencyNumbers,
  }));
  return [
    ...simple,
    ...offers,
    ...numbers,
    { text: 'ask-need', needs },
    { text: 'which-one', codes: ['#1', '#2', '#3', '#4'] },
    { text: 'accepted-beside', number: '#4' },
    { text: 'on-break', minutes: 720 },
    ...aboutShifts,
  ];
}

/** The same network, with one region and one skill of these names. */
export function networkNaming(names: Names): Network {
  const [region] = kazakhstan.regions;
  return {
    ...kazakhstan,
    regions: [{ ...sure(region ?? null), id: regionId('KZ-75'), names }],
    skills: [{ id: skillId('legal'), names }],
  };
}

export const oneOfEachSpoken: readonly Spoken[] = [
  { say: 'offer' },
  { press: '3' },
  { dial: '102' },
  { region: regionId('KZ-75') },
  { need: skillId('legal') },
  { language: languageId('ru') },
];

function sure<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a bad value in a test');
  return value;
}
