// docs/safety.md says of every rule which tests show it. A test that was renamed, removed or switched off is a rule
// that nobody watches: this fails then.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type NamedTest, testsIn, testsOf } from './named-tests.ts';
import { rulesOf } from './safety-page.ts';

const rules = rulesOf(readFileSync('docs/safety.md', 'utf8'));

const pathOf = (file: string): string => `tests/${file}.test.ts`;

/** Each file is read once, however many rules name it. */
const testsByFile = new Map<string, readonly NamedTest[]>();
function testsOfFile(file: string): readonly NamedTest[] {
  const known = testsByFile.get(file) ?? (existsSync(pathOf(file)) ? testsIn(pathOf(file)) : []);
  testsByFile.set(file, known);
  return known;
}

const everyShown = rules.flatMap(({ rule, shownBy }) => shownBy.map(shown => ({ rule, ...shown })));

test('every rule has a test that shows it, and stands in the page once', () => {
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter(({ shownBy }) => shownBy.length === 0).map(({ rule }) => rule)).toEqual([]);
  expect(rules.map(({ rule }) => rule)).toEqual([...new Set(rules.map(({ rule }) => rule))]);
});

test('every test that is named is there, by file and by full name', () => {
  const missing = everyShown.filter(
    ({ file, test: name }) => !testsOfFile(file).some(each => each.name === name),
  );
  expect(missing).toEqual([]);
});

test('none that is named is skipped or only planned', () => {
  const passedOver = everyShown.filter(({ file, test: name }) =>
    testsOfFile(file).some(each => each.name === name && each.isPassedOver),
  );
  expect(passedOver).toEqual([]);
});

test('every page that is named is there', () => {
  const pages = rules.flatMap(each => each.pages);
  expect(pages.filter(page => !existsSync(`docs/${page}`))).toEqual([]);
});

test('a skip is seen wherever it stands, and so is a test behind a table', () => {
  const source = `
    describe.skip('a part', () => { test('inside', () => {}); });
    describe('another', () => {
      test.each([1, 2])('each of %s', n => {});
      it.skip('later', () => {});
      test.todo('planned');
      for (const x of y) test('plain', () => {});
    });`;
  expect(testsOf(source).map(({ name, isPassedOver }) => [name, isPassedOver])).toEqual([
    ['a part › inside', true],
    ['another › each of %s', false],
    ['another › later', true],
    ['another › planned', true],
    ['another › plain', false],
  ]);
});

test('a row that cannot be read is refused rather than passed over', () => {
  expect(() => rulesOf('| a rule | shown somewhere |')).toThrow('neither a test nor a page');
  expect(() => rulesOf('| a rule | `a/b` "c" | more |')).toThrow('no row of two cells');
});
