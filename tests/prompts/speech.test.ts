// What is heard: how announcements become spoken sentences and recordings, in every language.
import * as fc from 'fast-check';
import VoiceResponse, { type SayAttributes } from 'twilio/lib/twiml/VoiceResponse.js';
import { describe, expect, it } from 'vitest';
import type { Spoken } from '../../shared/domain/wording.ts';
import { catalogs } from '../../shared/prompts/all-catalogs.ts';
import { recordedClips } from '../../shared/prompts/audio.ts';
import {
  type PromptLanguage,
  parsePromptLanguage,
  promptLanguageFor,
  promptLanguages,
  voicings,
} from '../../shared/prompts/languages.ts';
import type { Speech } from '../../shared/prompts/speech.ts';
import {
  kazakhstan,
  languageId,
  networkNaming,
  oneOfEachSpoken,
  regionId,
  sentenceKeys,
  skillId,
  speechFor,
} from './prompt-fixtures.ts';

const heard = (language: PromptLanguage, ...spoken: Spoken[]) =>
  speechFor(language, spoken, kazakhstan).map(speech => (speech.kind === 'say' ? speech.text : speech.path));

const saidBy = (speeches: readonly Speech[]) => speeches.filter(speech => speech.kind === 'say');

describe('speech', () => {
  it('speaks each form in Russian', () => {
    expect(oneOfEachSpoken.flatMap(item => heard('ru', item))).toEqual([
      catalogs.ru.spoken.sentences.offer,
      'нажмите три.',
      'один, ноль, два.',
      'Алматы.',
      'Мои права.',
      'русский.',
    ]);
  });

  it('speaks each form in English', () => {
    expect(oneOfEachSpoken.flatMap(item => heard('en', item))).toEqual([
      catalogs.en.spoken.sentences.offer,
      'press three.',
      'one, zero, two.',
      'Almaty.',
      'My rights.',
      'Russian.',
    ]);
  });

  it('plays each form in Kazakh', () => {
    expect(oneOfEachSpoken.flatMap(item => heard('kk', item))).toEqual([
      '/audio/kk/offer.mp3',
      '/audio/kk/press-3.mp3',
      '/audio/kk/digit-1.mp3',
      '/audio/kk/digit-0.mp3',
      '/audio/kk/digit-2.mp3',
      '/audio/kk/region-KZ-75.mp3',
      '/audio/kk/need-legal.mp3',
      '/audio/kk/language-ru.mp3',
    ]);
  });

  it('joins what one voice says into one sentence after the other', () => {
    expect(
      heard('ru', { say: 'need-menu' }, { need: skillId('legal') }, { press: '2' }, { say: 'skip' }),
    ).toEqual(['О чём вы хотите поговорить? Мои права, нажмите два. Если не хотите отвечать, нажмите ноль.']);
  });

  it('reads out numbers to dial digit by digit', () => {
    const numbers: Spoken[] = [{ say: 'numbers-to-dial' }, { dial: '102' }, { say: 'or' }, { dial: '+112' }];
    expect(heard('en', ...numbers)).toEqual([
      'You can also dial this number yourself: one, zero, two, or one, one, two.',
    ]);
    expect(heard('kk', ...numbers).filter(path => path.includes('digit'))).toHaveLength(6);
  });

  it('offers each language in that language, key and all', () => {
    const menu: Spoken[] = [
      { language: languageId('kk') },
      { press: '1' },
      { language: languageId('ru') },
      { press: '2' },
      { language: languageId('en') },
      { press: '3' },
    ];
    const offers = [
      '/audio/kk/choose-language.mp3',
      '/audio/kk/press-1.mp3',
      'Чтобы говорить по-русски, нажмите два.',
      'To speak English, press three.',
    ];
    for (const language of promptLanguages) {
      expect(heard(language, ...menu)).toEqual(offers);
      expect(heard(language, { say: 'choose-language' }, ...menu)).toEqual(offers);
    }
  });

  it('offers a language that has no words yet by its name, in the common language', () => {
    expect(heard('kk', { language: languageId('tr') }, { press: '4' })).toEqual([
      'турецкий, нажмите четыре.',
    ]);
    expect(heard('en', { say: 'offer' }, { language: languageId('pl') })).toEqual([
      'Hello. Somebody would like to talk with you: another language.',
    ]);
  });

  it('speaks Russian to somebody who chose Tajik, clip by clip, until a person has recorded it', () => {
    expect(heard('tg', { language: languageId('tg') }, { press: '5' })).toEqual([
      'таджикский, нажмите пять.',
    ]);
    const recorded = new Set([...recordedClips, 'tg/searching']);
    expect(speechFor('tg', [{ say: 'searching' }, { say: 'skip' }], kazakhstan, recorded)).toMatchObject([
      { kind: 'play', path: '/audio/tg/searching.mp3' },
      { kind: 'say', text: catalogs.ru.spoken.sentences.skip, locale: 'ru-RU' },
    ]);
  });

  it.each(['kk', 'uz', 'ky'] as const)('never uses a machine voice in %s', language => {
    const everything: Spoken[] = [
      ...sentenceKeys.map(say => ({ say })),
      ...kazakhstan.regions.map(region => ({ region: region.id })),
      ...kazakhstan.skills.map(skill => ({ need: skill.id })),
      ...oneOfEachSpoken,
      { language: languageId('pl') },
    ];
    const speeches = speechFor(language, everything, kazakhstan);
    expect(speeches.length).toBeGreaterThanOrEqual(everything.length);
    expect(saidBy(speeches)).toEqual([]);
  });

  it('says in the common language what has no recording, instead of being silent', () => {
    const without = new Set(
      [...recordedClips].filter(clip => clip !== 'kk/need-legal' && clip !== 'kk/choose-language'),
    );
    const speech = (...spoken: Spoken[]) => speechFor('kk', spoken, kazakhstan, without);
    expect(speech({ need: skillId('legal') }, { press: '2' })).toEqual([
      { kind: 'say', text: 'Мои права.', voice: 'Google.ru-RU-Wavenet-A', locale: 'ru-RU' },
      { kind: 'play', path: '/audio/kk/press-2.mp3' },
    ]);
    expect(speech({ language: languageId('kk') }, { press: '1' })[0]).toMatchObject({ text: 'казахский.' });
  });

  it('uses voices that Twilio has, for their own locale', () => {
    const voices: readonly SayAttributes[] = [
      { voice: voicings.ru.voice, language: voicings.ru.locale },
      { voice: voicings.en.voice, language: voicings.en.locale },
    ];
    for (const { voice, language } of voices) expect(voice).toContain(language);
    expect([voicings.kk, voicings.uz, voicings.ky, voicings.tg].map(({ by }) => by)).toEqual(
      Array(4).fill('play'),
    );
  });
});

describe('names in speech', () => {
  it('falls back to another language when a name is missing', () => {
    const network = networkNaming({ ru: 'Алматы' });
    expect(saidBy(speechFor('en', [{ region: regionId('KZ-75') }], network))).toMatchObject([
      { text: 'Алматы.' },
    ]);
    const turkish = networkNaming({ tr: 'Almatı' });
    expect(saidBy(speechFor('en', [{ need: skillId('legal') }], turkish))).toMatchObject([
      { text: 'Almatı.' },
    ]);
  });

  it('leaves out what the network does not have', () => {
    for (const language of promptLanguages) {
      expect(heard(language, { region: regionId('XX-1') }, { need: skillId('constructor') })).toEqual([]);
    }
  });

  it('strips control characters, lone surrogates and invisible letters', () => {
    const network = networkNaming({ ru: 'Ал\u0000ма\u0007ты\ud800 \u202eобл\ufffe\u200b\n' });
    expect(saidBy(speechFor('ru', [{ region: regionId('KZ-75') }], network))).toMatchObject([
      { text: 'Ал ма ты обл.' },
    ]);
  });

  it('never throws and never says nothing in words, whatever the names are', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 200 });
    const names = fc.dictionary(fc.constantFrom('ru', 'kk', 'en', '__proto__', 'tr'), anything);
    fc.assert(
      fc.property(names, fc.constantFrom(...promptLanguages), (given, language) => {
        const spoken: Spoken[] = [...oneOfEachSpoken, { say: 'skip' }];
        const response = new VoiceResponse();
        for (const speech of speechFor(language, spoken, networkNaming(given), new Set())) {
          if (speech.kind === 'play') continue;
          expect(speech.text.trim()).not.toBe('');
          expect(speech.text.length).toBeLessThan(4096);
          response.say(speech.text);
        }
        expect(response.toString()).toContain('<Say>');
      }),
    );
  });
});

describe('languages', () => {
  it('knows its own and no other', () => {
    expect(['ru', 'kk', 'en', 'tg', 'tr', 'RU', 'constructor', ''].map(parsePromptLanguage)).toEqual([
      'ru',
      'kk',
      'en',
      'tg',
      null,
      null,
      null,
      null,
    ]);
  });

  it('speaks the common language to somebody whose language has no words yet', () => {
    expect(['kk', 'tg', 'ug'].map(promptLanguageFor)).toEqual(['kk', 'tg', 'ru']);
  });
});
