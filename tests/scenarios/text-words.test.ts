// What single words mean, however a phone dresses them up. A word inside a sentence means nothing.
import { describe, expect, test } from 'vitest';
import { languageId } from '../../infra/local/seed/seed-values.ts';
import {
  digitsOf,
  isStop,
  languageOfText,
  passable,
  regionNamed,
  yesOrNo,
} from '../../shared/domain/text-words.ts';
import { almaty, almatyRegion, astana, smallNetwork } from '../support/small-network.ts';

test.each(['1️⃣', '1.', '1)', ' 1 ', '«Да»', 'да!!!', 'ИӘ', 'ия', '１', '1\u200e', 'Yes 🙏'])(
  '%j is a yes',
  yes => {
    expect(yesOrNo(yes)).toBe(true);
  },
);

test.each(['2', 'Нет.', 'жоқ', 'Жок', 'no'])('%j is a no', no => {
  expect(yesOrNo(no)).toBe(false);
});

test.each(['11', 'да нет', 'yes please', '', '🙏', '12'])('%j is neither', neither => {
  expect(yesOrNo(neither)).toBe(null);
});

test.each([
  'STOP',
  'stop',
  'Stop!!!',
  '"STOP"',
  ' СТОП.',
  'стоп 🛑',
  'ТОҚТА',
  'Тоқта!',
  'тоқта'.normalize('NFD'),
  'токта',
  'STOP\u200b',
  'ＳＴＯＰ',
  'unsubscribe',
])('%j is immediate silence', stop => {
  expect(isStop(stop)).toBe(true);
});

test.each(['stop it', 'он не может остановиться, стоп', 'nonstop', '', 'СТОПА'])('%j is not', words => {
  expect(isStop(words)).toBe(false);
});

test.each([
  ['41', '41'],
  [' 41. ', '41'],
  ['(41)', '41'],
  ['4 1', null],
  ['41 беру', null],
  ['1234', null],
  ['', null],
])('the digits of %j are %j', (body, digits) => {
  expect(digitsOf(body)).toBe(digits);
});

describe('the language that letters point to', () => {
  const offered = ['kk', 'ru', 'en'].map(languageId);
  test.each([
    ['Сәлеметсіз бе', 'kk'],
    ['ЖОҚ', 'kk'],
    ['ия', 'kk'],
    ['Привет', 'ru'],
    ['да', 'ru'],
    ['Hello', 'en'],
    ['12', null],
    ['🙏', null],
    ['你好', null],
  ])('%j: %s', (body, language) => {
    expect(languageOfText(body, offered)).toBe(language);
  });

  test('is never one that the line does not offer', () => {
    expect(languageOfText('Hello', [languageId('ru')])).toBe(null);
  });
});

test.each([
  ['Almaty', almaty],
  ['almaty region', almatyRegion],
  ['АСТАНА', astana],
  ['Astana kk', astana],
  ['аста', astana],
  ['asta', astana],
  ['Al', null],
  ['Paris', null],
  ['', null],
])('%j names the region %s', (body, region) => {
  const regions = smallNetwork.regions.map(each =>
    each.id === astana ? { ...each, names: { ...each.names, ru: 'Астана' } } : each,
  );
  expect(regionNamed(body, { ...smallNetwork, regions })).toBe(region);
});

test.each([
  ['a\u0000b', 'a b'],
  ['a\r\nb', 'a\nb'],
  ['half \ud83d', 'half'],
  ['👩‍👧 ok', '👩‍👧 ok'],
  ['\u0007 \n\t', ''],
  ['\ufffe', ''],
])('%j is passed on as %j', (body, passedOn) => {
  expect(passable(body)).toBe(passedOn);
});
