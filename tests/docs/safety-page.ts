// The page of rules as a table: each rule with the tests that show it, by file and by name.
// Must refuse what it cannot read: a row that is misread would be a rule that nobody checks.

export type Shown = { readonly file: string; readonly test: string };
export type Rule = {
  readonly rule: string;
  readonly shownBy: readonly Shown[];
  readonly pages: readonly string[];
};

const NOT_RULES = /^\|\s*(rule|-+)\s*\|/;
const SHOWN = /^`([\w/-]+)` "(.+)"$/;
const PAGE = /^\[[^\]]+\]\(([^)]+)\)$/;

/** Every row of every table. Text around the tables, comments included, is for people. */
export function rulesOf(page: string): readonly Rule[] {
  return page
    .replace(/<!--.*?-->/gs, '')
    .split('\n')
    .filter(line => line.startsWith('|') && !NOT_RULES.test(line))
    .map(ruleIn);
}

function ruleIn(row: string): Rule {
  const cells = row.split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('\\|', '|'));
  const [, rule = '', shown = '', ...rest] = cells;
  if (cells.length !== 4 || rest.join('') !== '' || rule === '')
    throw new Error(`no row of two cells: ${row}`);
  const parts = shown.split('<br>').map(part => part.trim());
  return {
    rule,
    shownBy: parts.flatMap(part => shownIn(part) ?? []),
    pages: parts.flatMap(part => (shownIn(part) === null ? pageIn(part, row) : [])),
  };
}

function shownIn(part: string): Shown | null {
  const [, file, test] = SHOWN.exec(part) ?? [];
  return file === undefined || test === undefined ? null : { file, test };
}

function pageIn(part: string, row: string): readonly string[] {
  const page = PAGE.exec(part)?.[1];
  if (page === undefined) throw new Error(`neither a test nor a page: ${part}\nin ${row}`);
  return [page];
}
