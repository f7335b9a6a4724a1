// The settings of a country as people write them: both examples may answer people, each problem stands with its line, and
// what is explained is what there is.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { readSettings, sentenceOf } from '../../infra/operate/settings/settings-file.ts';
import { instant } from '../../shared/domain/instant.ts';
import { isOpen } from '../../shared/domain/opening-hours.ts';

const fileOf = (country: string) => readFileSync(`docs/examples/${country}.yaml`, 'utf8');
const [kazakh, polish] = [fileOf('kazakhstan'), fileOf('poland')];

function networkIn(text: string) {
  const settings = readSettings(text);
  if ('problems' in settings) throw new Error(settings.problems.map(sentenceOf).join('\n'));
  return settings;
}

/** The file with one thing in it changed; what is changed has to be there. */
function problemsAfter(text: string, before: string | RegExp, now: string): readonly string[] {
  const changed = text.replace(before, now);
  expect(changed).not.toBe(text);
  const settings = readSettings(changed);
  return 'problems' in settings ? settings.problems.map(sentenceOf) : [];
}

const lineWith = (text: string, part: string) => text.split('\n').findIndex(line => line.includes(part)) + 1;

describe('the examples', () => {
  test('the one of Kazakhstan is the network that npm start runs', () => {
    expect(networkIn(kazakh)).toEqual(kazakhstan);
  });

  test('the one of Poland may answer people, and its desks keep their hours when the clocks change', () => {
    const poland = networkIn(polish);
    expect(new Set(poland.regions.map(({ zone }) => zone))).toEqual(new Set(['Europe/Warsaw']));
    const desk = poland.contacts.find(({ kind }) => kind === 'legal');
    const isOpenAt = (utc: string) => isOpen(desk?.hours ?? [], desk?.zone ?? '', instant(Date.parse(utc)));
    // The Friday before the clocks change, and the Monday after: nine o'clock is an hour earlier.
    expect(['2026-03-27T07:59Z', '2026-03-27T08:00Z'].map(isOpenAt)).toEqual([false, true]);
    expect(['2026-03-30T06:59Z', '2026-03-30T07:00Z'].map(isOpenAt)).toEqual([false, true]);
  });

  test('no number in them can ring: one code is assigned to nobody, the other area is not there', () => {
    const numbers = [kazakh, polish].flatMap(text => text.match(/'\+\d{8,}'/g) ?? []);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter(number => !/^'\+(77991|4810)/.test(number))).toEqual([]);
  });
});

describe('a problem stands with its line', () => {
  test('of a value, of a name that is not known, and of what is missing', () => {
    const place = lineWith(polish, 'number: ');
    expect(problemsAfter(polish, "number: '+48100000001'", "number: '112'")).toEqual([
      `line ${place}: lines[0].number is not an E.164 number (a short code can not be dialled)`,
    ]);
    expect(problemsAfter(polish, 'asksGender: true', 'asksGender: true\n    recording: true')).toEqual([
      `line ${lineWith(polish, 'asksGender') + 1}: lines[0].recording is not known here`,
    ]);
    expect(problemsAfter(polish, /\n {4}fallbackNumber: .*/, '')).toEqual([
      `line ${lineWith(polish, '- id: line_poland')}: lines[0].fallbackNumber is not an E.164 number (a short code can not be dialled)`,
    ]);
  });

  test('of a rule that the whole breaks, where it was written, once however often it is used', () => {
    expect(problemsAfter(kazakh, 'near: [KZ-63, KZ-55', 'near: [KZ-64, KZ-55')).toEqual([
      `line ${lineWith(kazakh, 'near: [KZ-63, KZ-55')}: regions[0].near[0] there is no region KZ-64`,
    ]);
    expect(
      problemsAfter(kazakh, 'ringSeconds: 20, replySeconds: 120 }', 'ringSeconds: 200, replySeconds: 120 }'),
    ).toEqual([
      `line ${lineWith(kazakh, '&wave')}: ladders[0].rungs[0].ringSeconds is not a whole number from 5 to 60`,
    ]);
  });

  test('of a number without quotes, with what to do; and it is not repeated', () => {
    const [said = ''] = problemsAfter(polish, "callNumber: '+48100000130'", 'callNumber: +48100000130');
    expect(said).toMatch(/^line \d+: contacts\[2\]\.callNumber .*put it in quotes$/);
    expect(said).not.toContain('48100');
  });

  test('of hours that are none on a door', () => {
    expect(problemsAfter(polish, "until: '17:00'", "until: '25:00'")[0]).toMatch(
      /contacts\[1\]\.hours\[0\]\.until/,
    );
  });

  test.each([
    ['a mark that is not closed', "name: 'Duty"],
    ['a name that is there twice', 'kind: manager\n    kind: manager\n    name: Duty'],
  ])('of what is no YAML: %s', (_, now) => {
    const said = problemsAfter(polish, 'name: Duty', now);
    expect(said.length).toBeGreaterThan(0);
    for (const words of said) expect(words).toMatch(/^line \d+: is not YAML \([a-z ]+\)$/);
  });

  test.each(['', '- a list', 'a word'])('of a file that holds no settings: %j', text => {
    expect(readSettings(text)).toMatchObject({ problems: [{ line: 1 }] });
  });
});

test('every setting of the examples is explained in docs/settings.md', () => {
  const names = new Set<string>();
  const free = new Set(['names', 'alsoUnderstood', 'whatsappTemplates']); // by language
  const gather = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) gather(each);
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value)) {
      names.add(name);
      if (!free.has(name)) gather(each);
    }
  };
  gather(networkIn(kazakh));
  const page = readFileSync('docs/settings.md', 'utf8');
  expect([...names].filter(name => !page.includes(`\`${name}\``))).toEqual([]);
});
