import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import type { Network } from '../../shared/domain/network.ts';
import { problemsOfNetwork, type Wordings } from '../../shared/domain/network-rules.ts';

const everything: Wordings = { prompts: () => true, audioFor: () => [], naming: () => [] };

// Indices that the cases below lean on; `the places` asserts them.
const policeRung = 9;
const legalRung = 8;
const interpretedRung = 7;
const nationalPolice = 3;
const legalAid = 4;
const managers = [6, 7] as const;

type Path = readonly (string | number)[];

/** The same network with one value replaced. Untyped on purpose: most of what is refused does not compile. */
function changed(network: Network, ...changes: readonly (readonly [path: Path, value: unknown])[]): Network {
  return changes.reduce<unknown>((value, [path, next]) => withValue(value, path, next), network) as Network;
}

function withValue(target: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(target)) return target.with(Number(step), withValue(target[Number(step)], rest, value));
  const fields = target as Readonly<Record<string, unknown>>;
  return { ...fields, [step]: withValue(fields[step], rest, value) };
}

function pathsOf(network: Network, has: Wordings = everything): readonly string[] {
  return problemsOfNetwork(network, has).map(({ path }) => path);
}

function pathOf(path: Path): string {
  return path
    .map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}

const lineNumber = kazakhstan.lines[0]?.number;
const whatsappNumber = kazakhstan.lines[0]?.whatsappNumber;
const almaty = 'KZ-75';

test('the places that these cases change are what they say', () => {
  const rungs = kazakhstan.ladders[0]?.rungs;
  expect(rungs?.[policeRung]).toMatchObject({ contactKind: 'police' });
  expect(rungs?.[interpretedRung]).toMatchObject({ language: 'interpreted' });
  expect(rungs?.[legalRung]).toMatchObject({ contactKind: 'legal' });
  expect(kazakhstan.contacts[nationalPolice]).toMatchObject({ kind: 'police', regions: [] });
  expect(kazakhstan.contacts.map(({ kind }) => kind).lastIndexOf('legal')).toBe(legalAid);
  expect(managers.map(index => kazakhstan.contacts[index]?.kind)).toEqual(['manager', 'manager']);
});

describe('a bad value is refused by the name of its field', () => {
  const cases: readonly (readonly [what: string, path: Path, value: unknown, named?: string])[] = [
    ['a line that offers no language', ['lines', 0, 'languages'], []],
    ['seven languages', ['lines', 0, 'languages'], ['kk', 'ru', 'en', 'uz', 'ky', 'ug', 'tg']],
    ['a language twice', ['lines', 1, 'languages'], ['ru', 'ru'], 'lines[1].languages[1]'],
    ['a line number that is not E.164', ['lines', 0, 'number'], '87001234567'],
    ['a WhatsApp number that is not E.164', ['lines', 0, 'whatsappNumber'], 'whatsapp:+77991000002'],
    ['a fallback that is a short code', ['lines', 0, 'fallbackNumber'], '112'],
    ['a fallback that is not E.164', ['lines', 0, 'fallbackNumber'], '+0123'],
    ['a fallback that is what a withheld number looks like', ['lines', 0, 'fallbackNumber'], '+7378742833'],
    ['a fallback that is the line itself', ['lines', 0, 'fallbackNumber'], lineNumber],
    ['a fallback that is another line', ['lines', 1, 'fallbackNumber'], lineNumber],
    ['a fallback that is a WhatsApp line', ['lines', 1, 'fallbackNumber'], whatsappNumber],
    ['a ladder that does not exist', ['lines', 0, 'ladder'], 'lad_none'],
    ['a line number used twice', ['lines', 1, 'number'], lineNumber],
    ['a line number that is a WhatsApp number', ['lines', 1, 'number'], whatsappNumber],
    ['a region that does not exist', ['lines', 1, 'region'], 'KZ-99'],
    ['an unknown region in the menu', ['lines', 0, 'regionMenu', 4], 'KZ-99'],
    ['a repeated region in the menu', ['lines', 0, 'regionMenu', 4], almaty],
    ['an unknown need', ['lines', 0, 'needs', 2], 'housing'],
    ['a need twice', ['lines', 0, 'needs', 1], 'crisis'],
    [
      'seven needs',
      ['lines', 0, 'needs'],
      ['crisis', 'legal', 'shelter', 'medical', 'child', 'immigration', 'crisis'],
    ],
    ['no emergency number', ['lines', 0, 'emergencyNumbers'], []],
    ['an emergency number that is not digits', ['lines', 0, 'emergencyNumbers', 1], '+112'],
    ['a zone that is none', ['regions', 3, 'zone'], 'Asia/Nowhere'],
    ['an offset for a zone', ['regions', 3, 'zone'], '+05:00'],
    ['an unknown neighbour', ['regions', 3, 'near', 0], 'KZ-99'],
    ['a region near itself', ['regions', 18, 'near', 0], almaty],
    ['a landline prefix without its plus', ['regions', 3, 'landlinePrefixes', 0], '7727'],
    ['a missing name of a region', ['regions', 3, 'names', 'en'], undefined],
    ['a blank name of a skill', ['skills', 1, 'names', 'kk'], ' '],
    ['a ladder without rungs', ['ladders', 0, 'rungs'], []],
    ['a repeat that is too quick', ['ladders', 0, 'last', 'repeatSeconds'], 59],
    ['a repeat that is too slow', ['ladders', 0, 'last', 'repeatSeconds'], 601],
    ['a last rung that asks nobody', ['ladders', 0, 'last', 'waveSize'], 0],
    ['a wave of too many', ['ladders', 0, 'rungs', 0, 'waveSize'], 51],
    ['a ring that is too short', ['ladders', 0, 'rungs', 0, 'ringSeconds'], 4],
    ['a ring that is too long', ['ladders', 0, 'rungs', 0, 'ringSeconds'], 61],
    ['an offer that is too short', ['ladders', 0, 'rungs', 0, 'replySeconds'], 29],
    ['an offer that is too long', ['ladders', 0, 'last', 'replySeconds'], 901],
    ['a rung that is over at once', ['ladders', 0, 'rungs', 0, 'rungSeconds'], 4],
    ['a rung that rests', ['ladders', 0, 'rungs', 0, 'rungSeconds'], 901],
    ['half a person', ['ladders', 0, 'rungs', 0, 'waveSize'], 2.5],
    ['a need of a rung that does not exist', ['ladders', 0, 'rungs', legalRung, 'forNeed'], 'housing'],
    ['interpreters of one region', ['ladders', 0, 'rungs', interpretedRung, 'scope'], 'region'],
    ['interpreters known by no skill', ['settings', 'interpreterSkill'], null],
    ['an unknown skill of interpreters', ['settings', 'interpreterSkill'], 'singing'],
    ['a contact that is 102', ['contacts', 0, 'callNumber'], '102'],
    ['a contact that is 111', ['contacts', nationalPolice, 'textNumber'], '111'],
    ['a contact that is +150', ['contacts', 0, 'callNumber'], '+150'],
    ['a contact that is a line', ['contacts', 0, 'callNumber'], lineNumber],
    ['a contact without any number', ['contacts', 0, 'callNumber'], null],
    ['an unknown region of a contact', ['contacts', 0, 'regions', 1], 'KZ-99'],
    ['a zone of a contact that is none', ['contacts', legalAid, 'zone'], 'Almaty'],
    ['hours on no day', ['contacts', legalAid, 'hours', 0, 'weekdays'], []],
    ['hours after the last minute', ['contacts', legalAid, 'hours', 0, 'until'], 1440],
    ['an offer gap out of range', ['settings', 'secondsBetweenOffers'], 11],
    ['a grace time out of range', ['settings', 'graceSeconds'], 3601],
    ['an idle time out of range', ['settings', 'idleSeconds'], 599],
    ['a greeting out of range', ['settings', 'greetingSeconds'], 299],
    ['a quiet time out of range', ['settings', 'quietSeconds'], 299],
    ['no conversation at all', ['settings', 'conversationsAtOnce'], 0],
    ['more conversations than there are places', ['settings', 'conversationsAtOnce'], 5],
    ['a skill for minors that there is not', ['settings', 'minorSkill'], 'housing'],
    ['a row of no talk', ['settings', 'care', 'talksInARow'], 0],
    ['a row without end', ['settings', 'care', 'talksInARow'], 101],
    ['a rest that is none', ['settings', 'care', 'restSeconds'], 59],
    ['a rest that is too long', ['settings', 'care', 'restSeconds'], 14_401],
    ['a day without a talk', ['settings', 'care', 'talksADay'], 0],
    ['a day of too many talks', ['settings', 'care', 'talksADay'], 101],
    ['a day of too few minutes', ['settings', 'care', 'minutesADay'], 9],
    ['a day longer than a day', ['settings', 'care', 'minutesADay'], 1_441],
    ['a rest after a hard talk that is too short', ['settings', 'care', 'hardRestSeconds'], 299],
    ['a rest after a hard talk that is too long', ['settings', 'care', 'hardRestSeconds'], 86_401],
    ['a cool-down that is none', ['settings', 'care', 'abuseSeconds'], 599],
    ['a cool-down of more than a month', ['settings', 'care', 'abuseSeconds'], 2_592_001],
    ['a setting that is not a number', ['settings', 'graceSeconds'], Number.NaN],
    ['a region twice', ['regions', 1, 'id'], 'KZ-10'],
    ['a skill twice', ['skills', 1, 'id'], 'crisis'],
    ['a line twice', ['lines', 1, 'id'], 'line_national'],
    ['a ladder twice', ['ladders', 1, 'id'], 'lad_national'],
    ['a contact twice', ['contacts', 1, 'id'], 'con_police-almaty'],
  ];

  const named = cases.map(([what, path, value, name = pathOf(path)]) => ({ what, path, value, name }));
  test.each(named)('$what', ({ path, value, name }) => {
    expect(pathsOf(changed(kazakhstan, [path, value]))).toContain(name);
  });

  test('the ends of each range, and no skill for minors, are allowed', () => {
    const ends = [
      {
        talksInARow: 1,
        restSeconds: 60,
        talksADay: 1,
        minutesADay: 10,
        hardRestSeconds: 300,
        abuseSeconds: 600,
      },
      {
        talksInARow: 100,
        restSeconds: 14_400,
        talksADay: 100,
        minutesADay: 1_440,
        hardRestSeconds: 86_400,
        abuseSeconds: 2_592_000,
      },
    ];
    for (const care of ends)
      for (const conversationsAtOnce of [1, 4]) {
        const settings = { ...kazakhstan.settings, minorSkill: null, care, conversationsAtOnce };
        expect(pathsOf({ ...kazakhstan, settings })).toEqual([]);
      }
  });

  test('a network without a line', () => {
    expect(pathsOf({ ...kazakhstan, lines: [] })).toContain('lines');
  });
});

describe('what is said', () => {
  const without = (language: string): Wordings => ({ ...everything, prompts: each => each !== language });

  test('a language without prompts is refused where a line offers it', () => {
    expect(pathsOf(kazakhstan, without('kk'))).toEqual(['lines[0].languages[0]', 'lines[1].languages[1]']);
  });

  test('a contact whose language has no prompts is refused: nobody there would understand the call', () => {
    expect(pathsOf(kazakhstan, without('ru'))).toContain('contacts[6].language');
  });

  test('missing audio is refused, and named', () => {
    const has: Wordings = { ...everything, audioFor: language => (language === 'kk' ? ['welcome'] : []) };
    const problems = problemsOfNetwork(kazakhstan, has);
    expect(problems.map(({ path }) => path)).toEqual(['lines[0].languages[0]', 'lines[1].languages[1]']);
    expect(problems[0]?.problem).toContain('welcome');
  });
});

describe('who stands behind a rung', () => {
  test.each(['police', 'legal', 'partner'])('a %s rung without such a contact is refused', kind => {
    const network = { ...kazakhstan, contacts: kazakhstan.contacts.filter(contact => contact.kind !== kind) };
    const paths = pathsOf(network);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.every(path => /^ladders\[\d]\.rungs\[\d+]\.contactKind$/.test(path))).toBe(true);
  });

  test('without a manager both the rung and the contacts are refused', () => {
    const contacts = kazakhstan.contacts.filter(contact => contact.kind !== 'manager');
    expect(pathsOf({ ...kazakhstan, contacts })).toEqual([
      'ladders[0].rungs[11].kind',
      'ladders[1].rungs[9].kind',
      'contacts',
      'contacts',
    ]);
  });

  test('police with assumed consent is the choice of a line', () => {
    const path = ['ladders', 0, 'rungs', policeRung, 'consent'];
    expect(pathsOf(changed(kazakhstan, [path, 'assumed']))).toEqual([]);
  });
});

describe('behind the last rung a manager can always be reached', () => {
  const both = (field: string, value: unknown) =>
    changed(kazakhstan, [['contacts', managers[0], field], value], [['contacts', managers[1], field], value]);
  const shared = (first: unknown, second: unknown) =>
    changed(kazakhstan, [['contacts', 6, 'hours'], first], [['contacts', 7, 'hours'], second]);
  const allWeek = [1, 2, 3, 4, 5, 6, 7];
  const day = { weekdays: allWeek, from: 480, until: 1200 };
  const night = { weekdays: allWeek, from: 1200, until: 480 };

  test('one of two is enough', () => {
    expect(pathsOf(changed(kazakhstan, [['contacts', 6, 'hours'], [day]]))).toEqual([]);
  });

  test('none to call', () => {
    const problems = problemsOfNetwork(both('callNumber', null), everything);
    expect(problems).toEqual([{ path: 'contacts', problem: expect.stringContaining('called') }]);
  });

  test('none to text', () => {
    const problems = problemsOfNetwork(both('textNumber', null), everything);
    expect(problems).toEqual([{ path: 'contacts', problem: expect.stringContaining('texted') }]);
  });

  test('none outside Almaty', () => {
    expect(pathsOf(both('regions', [almaty]))).toEqual(['contacts', 'contacts']);
  });

  test('day and night shared between two', () => {
    expect(pathsOf(shared([day], [night]))).toEqual([]);
  });

  test('a gap of a minute between the two', () => {
    expect(pathsOf(shared([day], [{ ...night, from: 1201 }]))).toContain('contacts');
  });

  test('a night missing at the turn of the week', () => {
    const sixNights = { ...night, weekdays: [1, 2, 3, 4, 5, 6] };
    expect(pathsOf(shared([day], [sixNights]))).toContain('contacts');
  });

  test('the same hours on two different clocks do not add up', () => {
    const apart = changed(shared([day], [night]), [['contacts', 7, 'zone'], 'Europe/Berlin']);
    expect(pathsOf(apart)).toContain('contacts');
  });
});

test('no problem repeats a phone number', () => {
  const number = '+7999123456789012345';
  const bad = changed(
    kazakhstan,
    [['lines', 0, 'number'], number],
    [['lines', 0, 'fallbackNumber'], lineNumber],
    [['contacts', 0, 'callNumber'], number],
  );
  const said = JSON.stringify(problemsOfNetwork(bad, everything));
  expect(said).not.toMatch(/\d{7}/);
});
