// What is read: by a survivor whose phone may be in other hands, and by helpers.
import { describe, expect, it } from 'vitest';
import { CONTACT_CODE } from '../../shared/domain/text-words.ts';
import { helperCodes } from '../../shared/domain/volunteer-codes.ts';
import type { Text } from '../../shared/domain/wording.ts';
import { catalogs } from '../../shared/prompts/all-catalogs.ts';
import type { SpokenCatalog, TextCatalog } from '../../shared/prompts/catalog.ts';
import {
  carrierWordsIn,
  discretionProblems,
  forbiddenIn,
  readerOf,
} from '../../shared/prompts/discretion.ts';
import { type PromptLanguage, promptLanguages } from '../../shared/prompts/languages.ts';
import { segmentsOf } from '../../shared/prompts/segments.ts';
import { everyText, kazakhstan, languageId, networkNaming, skillId, textFor } from './prompt-fixtures.ts';

const written = promptLanguages.flatMap(language =>
  everyText().map(text => ({ language, kind: text.text, words: textFor(language, text, kazakhstan) })),
);
const toSurvivors = written.filter(({ kind }) => readerOf[kind] === 'survivor');
const toHelpers = written.filter(({ kind }) => readerOf[kind] === 'helper');

describe('texts to a survivor', () => {
  it.each(toSurvivors)('are discreet and short: $language $kind', ({ kind, words }) => {
    expect(discretionProblems(kind, words)).toEqual([]);
  });

  it('never hold a name from the configuration, however telling it is', () => {
    const telling = networkNaming({ ru: 'Приют Надежда', kk: 'Баспана', en: 'Shelter' });
    const needs = [skillId('legal'), skillId('domestic-violence'), skillId('constructor')];
    const asked = promptLanguages.map(language => textFor(language, { text: 'ask-need', needs }, telling));
    expect(asked).toEqual([
      'О чём хотите поговорить? 1 права, 2 другое, 3 другое, 0 пропустить',
      'Не туралы сөйлескіңіз келеді? 1 құқық, 2 басқа, 3 басқа, 0 өткізіп жіберу',
      'What would you like to talk about? 1 rights, 2 something else, 3 something else, 0 to skip',
      "Nima haqida gaplashmoqchisiz? 1 huquq, 2 boshqa, 3 boshqa, 0 o'tkazib yuborish",
      'Эмне жөнүндө сүйлөшөбүз? 1 укук, 2 башка, 3 башка, 0 өткөрүп жиберүү',
      'Дар бораи чӣ сӯҳбат мекунем? 1 ҳуқуқ, 2 дигар, 3 дигар, 0 гузаштан',
    ]);
  });

  it('name numbers to dial and nothing else', () => {
    const text: Text = { text: 'numbers-to-dial', numbers: ['102', '+7 (727) 000-11-22', 'полиция'] };
    for (const language of promptLanguages) {
      expect(textFor(language, text, kazakhstan)).toBe('102 / +77270001122');
    }
  });
});

describe('the rule of discretion', () => {
  it.each([
    'Мы поможем вам',
    'ПОМОЩЬ рядом',
    'кризисный центр',
    'позвонить юристу',
    'Pomosh ryadom',
    'Көмек керек пе',
    'зорлық-зомбылық',
    'komek kerek pe',
    'Help is near',
    'a safe place',
    'жардам',
    'ёрдам керакми',
    "zo'ravonlik",
    'şiddet',
    'ярдәм',
    'кӯмак',
    'psikholog ryadom',
    'bezopasno',
    'podderzhka',
    'zashchita',
    'bostandyk emes, qatygez zombylyq',
    'мыйзам',
    'ҳуқуқшинос',
    'қутқариш',
    'Пана',
    'PANA',
    'your lawyer',
    'ваш муж',
  ])('refuses %s', text => {
    expect(forbiddenIn(text)).not.toEqual([]);
  });

  it.each(['Спасибо, всё хорошо', 'панама', 'Разговор закончен', 'Здоровье и дети', 'Балалар', 'Talk soon'])(
    'allows %s',
    text => {
      expect(forbiddenIn(text)).toEqual([]);
    },
  );

  it.each([
    ['here-now', 'See example.kz', 'link'],
    ['here-now', 'https://example', 'link'],
    ['here-now', 'Cпасибо', 'mixed-script'],
    ['here-now', 'Call 102', 'number'],
    ['here-now', 'x'.repeat(71), 'too-long'],
    ['numbers-to-dial', 'Call 102', 'not-only-numbers'],
    ['safe-question', 'Reply YES', 'carrier-word'],
    ['safe-question', 'СТОП чтобы закончить', 'carrier-word'],
  ] as const)('refuses in %s: %s', (kind, text, rule) => {
    expect(discretionProblems(kind, text).map(problem => problem.rule)).toContain(rule);
  });
});

describe('texts to helpers', () => {
  it('ask nobody to send a word that carriers intercept', () => {
    expect(written.flatMap(({ words }) => carrierWordsIn(words))).toEqual([]);
  });

  it('name language and need, and the digits that take or decline', () => {
    const offer: Text = {
      text: 'offer',
      code: '41',
      language: languageId('ru'),
      inLanguage: null,
      need: skillId('immigration'),
      danger: false,
    };
    expect(promptLanguages.map(language => textFor(language, offer, kazakhstan))).toEqual([
      'Запрос: русский, документы и регистрация. Ответьте 41 — взять, 0 — отказаться.',
      'Сұраныс: орыс тілі, құжаттар және тіркеу. Жауап жазыңыз: 41 — қабылдау, 0 — бас тарту.',
      'Request: Russian, papers and residence. Reply 41 to take it, 0 to decline.',
      "So'rov: rus tili, hujjatlar va ro'yxatdan o'tish. Javob yozing: 41 - olish, 0 - rad etish.",
      'Кайрылуу: орус тили, документтер жана каттоо. Жооп жазыңыз: 41 — алуу, 0 — баш тартуу.',
      'Дархост: русӣ, ҳуҷҷатҳо ва бақайдгирӣ. Ҷавоб нависед: 41 — гирифтан, 0 — рад кардан.',
    ]);
    expect(textFor('ru', { ...offer, need: null, danger: true }, kazakhstan)).toBe(
      'Срочно, опасность. Запрос: русский. Ответьте 41 — взять, 0 — отказаться.',
    );
  });

  it('say after acceptance how to finish and how to pass on', () => {
    for (const language of promptLanguages) {
      expect(textFor(language, { text: 'accepted' }, kazakhstan)).toMatch(/\b90\b.*\b91\b/);
    }
  });

  it('list every code that there is', () => {
    const codes = [...Object.values(helperCodes).flatMap(({ digits }) => digits ?? []), CONTACT_CODE];
    const listed = codes.filter(code => Number(code) > 70).sort();
    for (const language of promptLanguages) {
      const [talks, shifts] = (['codes', 'shift-codes'] as const).map(text =>
        textFor(language, { text }, kazakhstan),
      );
      const named = `${talks} ${shifts}`.match(/\b[7-9]\d\b/g) ?? [];
      expect([...new Set(named)].sort()).toEqual(listed);
      expect(talks).toContain(`${helperCodes['shift-codes'].digits} `);
    }
  });

  it('name no organisation, no person and no place', () => {
    const secrets = [
      ...kazakhstan.contacts.map(contact => contact.name),
      ...kazakhstan.regions.flatMap(region => Object.values(region.names)),
    ];
    for (const { words } of toHelpers) {
      expect(secrets.filter(secret => words.includes(secret))).toEqual([]);
      expect(words).not.toMatch(/(?<!\p{L})(?:pana|пана)(?!\p{L})/iu);
    }
  });

  it('take two segments at most', () => {
    expect(toHelpers.filter(({ words }) => segmentsOf(words).count > 2)).toEqual([]);
  });

  it('carry no control characters from names', () => {
    const offer: Text = {
      text: 'offer',
      code: '41',
      language: languageId('ru'),
      inLanguage: null,
      need: skillId('legal'),
      danger: false,
    };
    const words = textFor('ru', offer, networkNaming({ ru: 'Права\u0000\u001b[0m\ud800 USA\u202e' }));
    expect(words).toContain('русский, права [0m USA.');
  });
});

describe('words', () => {
  const sentences = promptLanguages.flatMap(language => [
    ...Object.values(catalogs[language].spoken.sentences).map(words => ({ language, words })),
    ...everyText().map(text => ({ language, words: textFor(language, text, kazakhstan) })),
  ]);

  it('are in their own script, so that no sentence was left untranslated', () => {
    const foreign: Record<PromptLanguage, RegExp> = {
      ru: /[a-zәғқңөұүһіўӣӯҳҷ]/i,
      kk: /[a-zўӣӯҳҷ]/i,
      en: /\p{Script=Cyrillic}/u,
      uz: /\p{Script=Cyrillic}/u,
      ky: /[a-zәғқұһіўӣӯҳҷ]/i,
      tg: /[a-zәңөұүһіўщы]/i,
    };
    const withoutLinks = (words: string) => words.replace(/https:\S+/g, '');
    expect(sentences.filter(({ language, words }) => foreign[language].test(withoutLinks(words)))).toEqual(
      [],
    );
  });

  it('do not compile while one is missing', () => {
    const sentences: Partial<SpokenCatalog['sentences']> = { goodbye: 'До свидания.' };
    // @ts-expect-error: some sentences are not a catalog
    const incomplete: SpokenCatalog['sentences'] = sentences;
    const { searching: _, ...texts } = catalogs.ru.texts;
    // @ts-expect-error: all texts but one are not a catalog
    const withoutOne: TextCatalog = texts;
    expect([incomplete, withoutOne]).toHaveLength(2);
  });

  it('differ from language to language', () => {
    for (const key of Object.keys(
      catalogs.ru.spoken.sentences,
    ) as (keyof typeof catalogs.ru.spoken.sentences)[]) {
      const said = promptLanguages.map(language => catalogs[language].spoken.sentences[key]);
      expect(new Set(said).size).toBe(promptLanguages.length);
      for (const words of said) expect(words.trim()).not.toBe('');
    }
  });

  it('never name an organisation aloud: a voicemail may be recording', () => {
    const names = kazakhstan.contacts.map(contact => contact.name.toLowerCase());
    for (const { words } of sentences) {
      expect(words).not.toMatch(/(?<!\p{L})(?:pana|пана|panoh|паноҳ|паана)(?!\p{L})/iu);
      expect(names.filter(name => words.toLowerCase().includes(name))).toEqual([]);
    }
  });
});

describe('segments', () => {
  it.each([
    ['a', 160, 'GSM-7', 1],
    ['a', 161, 'GSM-7', 2],
    ['€', 80, 'GSM-7', 1],
    ['€', 81, 'GSM-7', 2],
    ['я', 70, 'UCS-2', 1],
    ['я', 71, 'UCS-2', 2],
    ['я', 134, 'UCS-2', 2],
    ['я', 135, 'UCS-2', 3],
    ['😀', 36, 'UCS-2', 2],
  ])('counts %s, %i times, as %s × %i', (letter, times, encoding, count) => {
    expect(segmentsOf(letter.repeat(times))).toMatchObject({ encoding, count });
  });
});
