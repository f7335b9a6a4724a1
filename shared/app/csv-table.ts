// A table as people send and read it: CSV with a header, by comma or semicolon, in UTF-8. What is written cannot be taken
// for a formula by whoever opens it. Must never guess what a column means.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** `row` as a spreadsheet counts: the header is row 1. */
export type TableRow = { readonly row: number; readonly values: ReadonlyMap<string, string> };
export type TableProblem = { readonly row: number; readonly column: string; readonly problem: string };
export type Table = { readonly rows: readonly TableRow[] } | { readonly problems: readonly TableProblem[] };

export const ROWS_AT_MOST = 10_000;
const FIELD_AT_MOST = 1_000;

/** Every column must be one of these, each once; those of `needed` must be there. */
export function readTable(bytes: Uint8Array, columns: readonly string[], needed: readonly string[]): Table {
  const text = textOf(bytes);
  if (text === null) return refused(1, '', 'is not UTF-8: save the file as CSV UTF-8');
  const records = recordsOf(text);
  if ('problems' in records) return records;
  const [header, ...rows] = records.records;
  if (header === undefined) return refused(1, '', 'is empty: the first row names the columns');
  const wrong = headerProblems(header, columns, needed);
  if (wrong.length > 0) return { problems: wrong };
  if (rows.length > ROWS_AT_MOST) return refused(ROWS_AT_MOST + 2, '', `are more than ${ROWS_AT_MOST} rows`);
  const read = rows.map((fields, index) => ({
    row: index + 2,
    values: new Map(header.map((name, place) => [name.trim(), plain(fields[place] ?? '')])),
  }));
  const long = read.flatMap(({ row, values }) =>
    [...values].flatMap(([column, value]) =>
      value.length > FIELD_AT_MOST
        ? [{ row, column, problem: `is longer than ${FIELD_AT_MOST} characters` }]
        : [],
    ),
  );
  return long.length > 0 ? { problems: long } : { rows: read };
}

const refused = (row: number, column: string, problem: string): Table => ({
  problems: [{ row, column, problem }],
});

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

type Records =
  | { readonly records: readonly (readonly string[])[] }
  | { readonly problems: readonly TableProblem[] };

function recordsOf(text: string): Records {
  const [first = ''] = text.split(/\r?\n/, 1);
  // Where the comma stands between decimals, spreadsheets write semicolons.
  const delimiter = first.includes(';') && !first.includes(',') ? ';' : ',';
  try {
    const records: unknown = parse(text, {
      delimiter,
      bom: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
      to: ROWS_AT_MOST + 2,
    });
    return { records: records as string[][] };
  } catch (error) {
    return { problems: [{ row: lineOf(error), column: '', problem: wordsFor(error) }] };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
const lineOf = (error: unknown): number =>
  error instanceof Error && 'lines' in error ? Number(error.lines) || 1 : 1;

/** The library's own words would quote the row. */
function wordsFor(error: unknown): string {
  switch (codeOf(error)) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
      return 'has more fields than the header has columns';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'begins a quotation that never ends';
    default:
      return 'is not CSV: a quotation mark stands where none may, perhaps';
  }
}

function headerProblems(
  header: readonly string[],
  columns: readonly string[],
  needed: readonly string[],
): readonly TableProblem[] {
  const names = header.map(name => name.trim());
  const at = (column: string, problem: string) => ({ row: 1, column: shown(column), problem });
  return [
    ...names.filter(name => !columns.includes(name)).map(name => at(name, 'is no column that is known here')),
    ...names.filter((name, place) => names.indexOf(name) < place).map(name => at(name, 'is there twice')),
    ...needed.filter(name => !names.includes(name)).map(name => at(name, 'is missing')),
  ].slice(0, 100);
}

const shown = (name: string): string => (/^[\w ]{1,40}$/.test(name) ? name : '…');

const FORMULA = /^'(?=[=+\-@\t\r])/;
/** Without what `writeTable` has put before it. */
const plain = (value: string): string => value.trim().replace(FORMULA, '');

export function writeTable(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): string {
  return stringify([...rows], {
    columns: [...columns],
    header: true,
    escape_formulas: true,
    // Without it a spreadsheet takes Cyrillic for something else.
    bom: true,
    record_delimiter: 'windows',
  });
}
