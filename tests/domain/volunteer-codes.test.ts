// What a helper can write to us, in numbers and in words, and that none of it depends on a word that carriers take.
import { describe, expect, test } from 'vitest';
import { isStop, yesOrNo } from '../../shared/domain/text-words.ts';
import { codeIn, type HelperCode, helperCodes } from '../../shared/domain/volunteer-codes.ts';
import { carrierWordsIn } from '../../shared/prompts/discretion.ts';
import { promptLanguages } from '../../shared/prompts/languages.ts';

const codes = Object.keys(helperCodes) as HelperCode[];
const wordsOf = (code: HelperCode) => Object.values(helperCodes[code].words).flat();

test.each(codes)('%s: by its number and in words of every language that has prompts', code => {
  const { digits, words } = helperCodes[code];
  for (const language of promptLanguages) expect(words[language]?.length, language).toBeGreaterThan(0);
  for (const said of [...(digits === null ? [] : [digits]), ...wordsOf(code)])
    for (const body of [said, ` ${said.toUpperCase()}. `, said.replaceAll(' ', '\n'), `«${said}» 🙏`])
      expect(codeIn(body), JSON.stringify(body)).toEqual({ code, numbers: [] });
});

test('no number and no word means two things, none is the number of an offer', () => {
  const all = codes.flatMap(code => [helperCodes[code].digits ?? [], wordsOf(code)].flat());
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter(said => /^[1-6]\d$/.test(said))).toEqual([]);
  expect(all.filter(said => isStop(said) || yesOrNo(said) !== null)).toEqual([]);
});

test('no word is one that carriers and networks take for themselves', () => {
  const taken = [
    'stop',
    'end',
    'cancel',
    'quit',
    'help',
    'info',
    'yes',
    'start',
    'unstop',
    'revoke',
    'optout',
  ];
  const words = codes.flatMap(wordsOf);
  expect(words.filter(said => taken.includes(said))).toEqual([]);
  expect(words.filter(said => carrierWordsIn(said).includes(said))).toEqual([]);
});

describe('a break', () => {
  test.each([
    ['99', []],
    ['99 30', [30]],
    ['Перерыв 15', [15]],
    ['перерыв 20 минут', [20]],
    ['break, 45 min', [45]],
    ['үзіліс 10', [10]],
  ])('%s', (body, numbers) => expect(codeIn(body)).toEqual({ code: 'break', numbers }));
});

describe('about shifts', () => {
  test.each([
    ['75', 'cannot-come', []],
    ['75 3', 'cannot-come', [3]],
    ['Не смогу прийти 3', 'cannot-come', [3]],
    ['77 4, 12', 'exchange', [4, 12]],
    ['78 482913', 'confirm-number', [482913]],
  ])('%s', (body, code, numbers) => expect(codeIn(body)).toEqual({ code, numbers }));
});

test.each([
  '75 3 12 4',
  '75 3 раза',
  '74 3',
  'Готово',
  'Да',
  'позвоните мне',
  'я на смене до 9',
  '90 минут',
  '91 30',
  'перерыв будет завтра',
  '41',
  '',
])('"%s" is none: it is words, or the number of an offer', body => expect(codeIn(body)).toBeNull());
