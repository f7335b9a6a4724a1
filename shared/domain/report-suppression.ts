// What of a report may be shown: a small number points at somebody, where few call. Counts of one to four read "<5", and
// where the others and a total would give it away, more is hidden until they do not.
// Must never be left out on the way to a file or a screen: what was shown once cannot be hidden again.
import { type Outcome, outcomes, type Report } from './report.ts';

/** A count below this, other than none, is not shown. */
export const SHOWN_FROM = 5;

/** A number, `<5`, or null: hidden, so that another one stays hidden. */
export type Shown = number | '<5' | null;

export type ShownGroup = {
  readonly key: string;
  readonly requests: Shown;
  readonly outcomes: Readonly<Record<Outcome, Shown>>;
  readonly escalated: Shown;
  readonly notEscalated: Shown;
  /** Null: too few to say. */
  readonly toPerson: { readonly p50: number; readonly p90: number } | null;
};

export type ShownReport = { readonly total: ShownGroup; readonly groups: readonly ShownGroup[] };

/** The columns of the table: how requests went, and how far they climbed; both add up to all of them. */
const REQUESTS = outcomes.length + 2;
const [ESCALATED, NOT_ESCALATED] = [outcomes.length, outcomes.length + 1];
const sumsAcross: readonly (readonly number[])[] = [
  [...outcomes.keys(), REQUESTS],
  [ESCALATED, NOT_ESCALATED, REQUESTS],
];

/** Each row adds up in both ways and each column to the row of totals: whoever reads it can solve for what is hidden. */
export function suppressed(report: Report): ShownReport {
  const rows = [...report.groups, report.total];
  const counts = rows.map(({ outcomes: how, escalated, requests }) => [
    ...outcomes.map(outcome => how[outcome]),
    escalated,
    requests - escalated,
    requests,
  ]);
  const isHidden = hidden(counts, sumsAcross);
  const shown = rows.map(({ key, toPerson }, place) => {
    const cell = (column: number) =>
      shownCount(counts[place]?.[column] ?? 0, isHidden[place]?.[column] === true);
    return {
      key,
      requests: cell(REQUESTS),
      outcomes: Object.fromEntries(outcomes.map((outcome, column) => [outcome, cell(column)])) as Record<
        Outcome,
        Shown
      >,
      escalated: cell(ESCALATED),
      notEscalated: cell(NOT_ESCALATED),
      toPerson: toPerson && toPerson.count >= SHOWN_FROM ? { p50: toPerson.p50, p90: toPerson.p90 } : null,
    };
  });
  return { total: shown.at(-1) as ShownGroup, groups: shown.slice(0, -1) };
}

function shownCount(count: number, isHidden: boolean): Shown {
  if (count > 0 && count < SHOWN_FROM) return '<5';
  return isHidden ? null : count;
}

/**
 * Which cells of a table are not shown. Its last row is the total of the others; `sumsAcross` are columns of which the
 * last is the total of the others. Begins with the small ones, and hides the smallest of a sum from which a small one
 * could be told, until none can: each then has two values at the least that fit everything that is shown.
 */
export function hidden(
  counts: readonly (readonly number[])[],
  sumsAcross: readonly (readonly number[])[],
): readonly (readonly boolean[])[] {
  const isHidden = counts.map(row => row.map(isSmall));
  const sums = sumsOf(counts, sumsAcross);
  const countAt = ({ row, column }: Cell): number => counts[row]?.[column] ?? 0;
  const mayBeHidden = (cell: Cell) => isHidden[cell.row]?.[cell.column] !== true && countAt(cell) > 0;
  for (;;) {
    const bounds = bounded(counts, isHidden, sums);
    const isTold = (cell: Cell) => {
      const range = bounds[cell.row]?.[cell.column];
      return isHidden[cell.row]?.[cell.column] === true && range?.least === range?.most;
    };
    const told = sums.flat().filter(isTold);
    if (!told.some(cell => isSmall(countAt(cell)))) return isHidden;
    // A small one is told by what stands beside it, or by a hidden one that is told itself by what stands beside that.
    const next = [told.filter(cell => isSmall(countAt(cell))), told]
      .flatMap(those => smallest(sums.filter(cells => cells.some(cell => those.some(isAt(cell)))).flat()))
      .at(0);
    if (next === undefined) return isHidden; // nothing is left that could tell
    (isHidden[next.row] as boolean[])[next.column] = true;
  }

  function smallest(cells: readonly Cell[]): readonly Cell[] {
    return cells
      .filter(mayBeHidden)
      .sort((a, b) => countAt(a) - countAt(b))
      .slice(0, 1);
  }
}

const isAt =
  (a: Cell) =>
  (b: Cell): boolean =>
    a.row === b.row && a.column === b.column;
const isSmall = (count: number): boolean => count > 0 && count < SHOWN_FROM;

type Cell = { readonly row: number; readonly column: number };

function sumsOf(
  counts: readonly (readonly number[])[],
  sumsAcross: readonly (readonly number[])[],
): readonly (readonly Cell[])[] {
  const across = counts.flatMap((_, row) => sumsAcross.map(sum => sum.map(column => ({ row, column }))));
  const down = (counts[0] ?? []).map((_, column) => counts.map((_cells, row) => ({ row, column })));
  return [...across, ...down];
}

type Bounds = { least: number; most: number };

/** What a reader can conclude about each cell: a small one is 1 to 4, a hidden one at least 5, and the sums are right. */
function bounded(
  counts: readonly (readonly number[])[],
  isHidden: readonly (readonly boolean[])[],
  sums: readonly (readonly Cell[])[],
): readonly (readonly Bounds[])[] {
  const bounds = counts.map((row, place) =>
    row.map((count, column): Bounds => {
      if (isSmall(count)) return { least: 1, most: SHOWN_FROM - 1 };
      return isHidden[place]?.[column]
        ? { least: SHOWN_FROM, most: Number.POSITIVE_INFINITY }
        : { least: count, most: count };
    }),
  );
  while (
    sums
      .map(cells => narrowed(cells.map(({ row, column }) => bounds[row]?.[column] as Bounds)))
      .includes(true)
  );
  return bounds;
}

/** Draws the bounds of one sum together; true when something has changed. The last is the sum of the others. */
function narrowed(cells: readonly Bounds[]): boolean {
  const total = cells.at(-1) as Bounds;
  const parts = cells.slice(0, -1);
  const leastOf = (some: readonly Bounds[]) => some.reduce((sum, { least }) => sum + least, 0);
  const mostOf = (some: readonly Bounds[]) => some.reduce((sum, { most }) => sum + most, 0);
  let isNew = draw(total, leastOf(parts), mostOf(parts));
  for (const part of parts) {
    const others = parts.filter(each => each !== part);
    isNew = draw(part, total.least - mostOf(others), total.most - leastOf(others)) || isNew;
  }
  return isNew;
}

function draw(bounds: Bounds, least: number, most: number): boolean {
  const before = { ...bounds };
  bounds.least = Math.max(bounds.least, least);
  bounds.most = Math.min(bounds.most, most);
  return bounds.least !== before.least || bounds.most !== before.most;
}
