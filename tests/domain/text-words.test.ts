// What short texts mean, as people type them; and that a word inside a sentence means nothing.
import { describe, expect, test } from 'vitest';
import { parseLanguageId } from '../../shared/domain/ids.ts';
import {
  digitsOf,
  isStop,
  languageOfText,
  passable,
  regionNamed,
  wantsCall,
  yesOrNo,
} from '../../shared/domain/text-words.ts';
import { sure } from '../support/given.ts';
import { almaty, almatyRegion, astana, smallNetwork } from '../support/small-network.ts';

const stops = [
  'STOP',
  'стоп',
  'Тоқта',
  'тоқта',
  'токта',
  'токто',
  "to'xta",
  'to’xta',
  'ист',
  'END',
  'Quit',
  'cancel',
  'unsubscribe',
  'stopall',
  'optout',
];

describe('STOP', () => {
  test.each(stops)('%s', word => {
    const decorated = [
      word,
      ` ${word}`,
      `${word}.`,
      `${word}!!!`,
      `${word} 🙏`,
      `"${word}"`,
      `${word}\n`,
      `\u200e${word}`,
    ];
    for (const body of decorated) expect(isStop(body), JSON.stringify(body)).toBe(true);
  });

  test.each(['stop it please', 'не могу остановиться', 'остановка', 'the end of it', 'сто п', ''])(
    '"%s" is none',
    body => expect(isStop(body)).toBe(false),
  );

  test('letters put together from parts are the same word', () => {
    expect(isStop('ＳＴＯＰ')).toBe(true);
  });
});

describe('yes and no', () => {
  test.each(['1', 'да', 'Да.', 'ИӘ', 'ия', 'yes', 'ha', 'ҳа', 'ооба', 'бале', ' 1 ', '1.', '«да»'])(
    '%s is yes',
    body => expect(yesOrNo(body)).toBe(true),
  );
  test.each(['2', 'нет', 'жоқ', 'Жок', 'NO', "yo'q", 'yo’q', 'йўқ', 'не', 'нет!'])('%s is no', body =>
    expect(yesOrNo(body)).toBe(false),
  );
  test.each(['', '12', '1 2', 'да нет', 'может быть', '3', 'нетут'])('"%s" is neither', body =>
    expect(yesOrNo(body)).toBeNull(),
  );
});

describe('a wish to be called', () => {
  test.each([
    'позвоните мне',
    'Перезвоните, пожалуйста!',
    'Please call me',
    'Маған қоңырау шалыңыз',
    'Iltimos, menga qo‘ng‘iroq qiling',
    'Мага чалыңыз',
    'Ба ман занг занед',
    '88',
  ])('%s', body => {
    expect(wantsCall(body)).toBe(true);
  });

  test.each(['не звоните', 'не звоните мне', 'он позвонит', 'позвоните маме', 'мне', '8', ''])(
    '«%s» is none',
    body => {
      expect(wantsCall(body)).toBe(false);
    },
  );
});

describe('codes', () => {
  test('up to three digits and nothing else', () => {
    expect(['41', ' 41 ', '41.', '0', '999'].map(digitsOf)).toEqual(['41', '41', '41', '0', '999']);
    expect(['4 1', '1000', '41a', 'код 41', '', '+41 5'].map(digitsOf)).toEqual(Array(6).fill(null));
  });
});

describe('language', () => {
  const offered = ['kk', 'ru', 'en'].map(text => sure(parseLanguageId(text)));

  test.each([
    ['көмек', 'kk'],
    ['ия', 'kk'],
    ['жок', 'kk'],
    ['помогите', 'ru'],
    ['help', 'en'],
    ['1', null],
    ['🙏', null],
  ])('%s: %s', (body, language) => expect(languageOfText(body, offered)).toBe(language));

  const all = ['kk', 'ru', 'uz', 'ky', 'tg', 'en'].map(text => sure(parseLanguageId(text)));

  test.each([
    ['Сәлем, сөйлескім келеді', 'kk'],
    ['Маған айтыңызшы', 'kk'],
    ['Здравствуйте', 'ru'],
    ["Men bilan gaplasha olasizmi, yo'lda", 'uz'],
    ['Salom', 'uz'],
    ['Мен билан гаплашсангиз бўлади', 'uz'],
    ['Саламатсызбы, сүйлөшкүм келет', 'ky'],
    ['ооба', 'ky'],
    ['Мехоҳам бо касе гап занам, лутфан ҷавоб диҳед', 'tg'],
    ['Салом', 'tg'],
    ['Can we talk at two o’clock?', 'en'],
  ])('of six, %s: %s', (body, language) => expect(languageOfText(body, all)).toBe(language));

  test('only one that the line offers', () => {
    expect(languageOfText('help', [sure(parseLanguageId('ru'))])).toBeNull();
  });
});

describe('regions', () => {
  test('by their name in any language, or by its beginning from four letters on', () => {
    expect(regionNamed('Almaty', smallNetwork)).toBe(almaty);
    expect(regionNamed('almaty kk', smallNetwork)).toBe(almaty);
    expect(regionNamed('Almaty Region.', smallNetwork)).toBe(almatyRegion);
    expect(regionNamed('asta', smallNetwork)).toBe(astana);
    expect(regionNamed('ast', smallNetwork)).toBeNull();
    expect(regionNamed('Paris', smallNetwork)).toBeNull();
    expect(regionNamed('', smallNetwork)).toBeNull();
  });
});

describe('what can be passed on', () => {
  test('words, lines and emoji as they are; no control signs and no halves of characters', () => {
    expect(passable('Привет 🙏\nкак ты?')).toBe('Привет 🙏\nкак ты?');
    expect(passable('a\r\nb\rc')).toBe('a\nb\nc');
    expect(passable('x\u0000y\u001bz')).toBe('x y z');
    expect(passable('half \ud83d')).toBe('half');
    expect(passable('\ufffe \u0007')).toBe('');
  });
});
