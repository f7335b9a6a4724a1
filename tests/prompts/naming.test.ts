// The name of the organisation: in no word that Pana says or writes, however it is spelled. Refused when it is configured.
import { describe, expect, test } from 'vitest';
import { parseNetwork } from '../../shared/app/network-document.ts';
import type { Network } from '../../shared/domain/network.ts';
import { problemsOfNetwork } from '../../shared/domain/network-rules.ts';
import { holdsName } from '../../shared/domain/spelling.ts';
import { wordingsFor } from '../../shared/prompts/audio.ts';
import { kazakhstan } from './prompt-fixtures.ts';

const called = (organisationNames: readonly string[], more: Partial<Network> = {}): Network => ({
  ...kazakhstan,
  ...more,
  settings: { ...kazakhstan.settings, organisationNames },
});
const problemsOf = (network: Network) => problemsOfNetwork(network, wordingsFor(network));

describe('a text holds a name', () => {
  test.each([
    ['Это линия Үміт', 'Үміт'],
    ['Eto liniya Umit.', 'Үміт'],
    ['ҮМІТ қоры', 'umit'],
    ['Пишет «Надежда»', 'Nadezhda'],
    ['От Надежды', 'Надежда'],
    ['ot nadejdy', 'Надежда'],
    ['Это фонд «Опора и свет»!', 'Опора и свет'],
    ['Oпора', 'Опора'], // the first letter is Latin
    ['ҒСД', 'ГСД'],
    ['Фонд «Вигвам»', 'Wigwam'],
  ])('%s: %s', (text, name) => {
    expect(holdsName(text, name)).toBe(true);
  });

  test.each([
    ['Здравствуйте. Сейчас удобно писать?', 'Надежда'],
    ['умитесь', 'Үміт'],
    ['Опора для света', 'Опора и свет'],
    ['Что угодно', '«»'],
  ])('%s does not: %s', (text, name) => {
    expect(holdsName(text, name)).toBe(false);
  });
});

describe('refused when it is configured', () => {
  test('a name that the words of a line hold, with where', () => {
    expect(problemsOf(called(['Тірек', 'Spasibo']))).toEqual([
      { path: 'settings.organisationNames[1]', problem: expect.stringContaining('ru searching') },
    ]);
  });

  test('a region or a need that is called like it, in whatever script', () => {
    const [first, ...others] = kazakhstan.skills;
    if (first === undefined) throw new Error('the seed has no skill');
    const skills = [
      { ...first, names: { ...first.names, en: 'Talk with Tirek', kk: 'Тірекпен сөйлесу' } },
      ...others,
    ];
    expect(problemsOf(called(['Тірек'], { skills })).map(({ path }) => path)).toEqual([
      'skills[0].names.kk',
      'skills[0].names.en',
    ]);
  });

  test('a name without a word in it', () => {
    expect(problemsOf(called(['—'])).map(({ path }) => path)).toEqual(['settings.organisationNames[0]']);
  });
});

test('a network that was written before there was such a setting has none, and is used as before', () => {
  const { organisationNames: _, ...settings } = kazakhstan.settings;
  expect(parseNetwork(JSON.parse(JSON.stringify({ ...kazakhstan, settings })))).toEqual(called([]));
});

test('no word in any language names the invented organisation of the seed', () => {
  expect(kazakhstan.settings.organisationNames.length).toBeGreaterThan(0);
  expect(problemsOf(kazakhstan)).toEqual([]);
});
