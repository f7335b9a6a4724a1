// What managers read about the rota, in each of their languages.
import { expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { languageId, regionId, skillId } from '../../infra/local/seed/seed-values.ts';
import type { Hole } from '../../shared/domain/coverage.ts';
import type { ScorePart } from '../../shared/domain/coverage-score.ts';
import {
  holeInWords,
  holesInWords,
  managerLanguages,
  overloadInWords,
  scorePartInWords,
} from '../../shared/prompts/managers/manager-words.ts';
import { date, window } from '../support/rota-parts.ts';

const night: Hole = {
  region: regionId('KZ-43'),
  skill: skillId('legal'),
  language: languageId('kk'),
  atLeast: 1,
  onDuty: 0,
  ...window('2026-11-29T02:00+05:00', '2026-11-29T06:00+05:00'),
};

test('a hole is named in words, in the wall time of its region', () => {
  expect(managerLanguages.map(language => holeInWords(night, kazakhstan, language))).toEqual([
    'Kyzylorda Region: no Kazakh-speaking volunteer (My rights), Sun 29 Nov 02:00-06:00',
    'Кызылординская область: нет волонтёра, язык казахский (Мои права), вс 29 ноя 02:00-06:00',
    'Қызылорда облысы: қазақ тілінде сөйлейтін ерікті жоқ (Құқықтарым), жс 29 қар 02:00-06:00',
  ]);
});

test('too few, whatever they can do, of the whole country, across midnight, to midnight', () => {
  const wide: Hole = { ...night, region: null, skill: null, atLeast: 3, onDuty: 1 };
  const across = { ...wide, ...window('2026-11-29T22:00+05:00', '2026-11-30T06:00+05:00') };
  const to = { ...wide, ...window('2026-11-29T22:00+05:00', '2026-11-30T00:00+05:00') };
  const when = 'Whole country: 1 of 3 Kazakh-speaking volunteers, Sun 29 Nov 22:00';
  expect(holeInWords(across, kazakhstan, 'en')).toBe(`${when} - Mon 30 Nov 06:00`);
  expect(holeInWords(to, kazakhstan, 'en')).toBe(`${when}-24:00`);
  expect(holesInWords([across, to, night], kazakhstan, 'en', 1)).toBe(
    `${when} - Mon 30 Nov 06:00. And 2 more.`,
  );
});

test('loads and parts of the score are sentences in every language, each another one', () => {
  const parts: readonly ScorePart[] = [
    { part: 'coverage', percent: 97, missingHours: 12 },
    { part: 'coverage', percent: 100, missingHours: 0 },
    { part: 'redundancy', percent: 40 },
    { part: 'balance', percent: 61, busiestTenthPercent: 34 },
    { part: 'rest', percent: 90, overloaded: 3 },
    { part: 'rest', percent: 100, overloaded: 0 },
  ];
  const overloads = [
    { kind: 'hours', weekOf: date('2026-11-23'), hours: 52.5 },
    { kind: 'nights', until: date('2026-11-27'), nights: 5 },
    { kind: 'rest', from: night.from, hours: 6 },
  ] as const;
  const all = managerLanguages.flatMap(language => [
    ...parts.map(part => scorePartInWords(part, language)),
    ...overloads.map(overload => overloadInWords(overload, 'Asia/Almaty', language)),
  ]);
  expect(new Set(all).size).toBe(all.length);
  expect(overloadInWords(overloads[0], 'Asia/Almaty', 'en')).toBe(
    'On duty for 52.5 hours in the week of Mon 23 Nov',
  );
});
