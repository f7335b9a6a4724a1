// A day of coverage as a table: a row for each region, a column for each hour that clocks show.
// Must never make a hole look smaller than it is: of an hour that is shown twice the worse counts.
import { type Instant, instant } from '../../../../shared/domain/instant.ts';
import { addDays, type LocalDate, localTimeAt, startInstant } from '../../../../shared/domain/local-time.ts';
import type { Schemas } from '../api.ts';

export type CoverageRow = Schemas['Coverage']['rows'][number];
/** Null: the clocks skip that hour, or it is past. */
export type Cell = { readonly from: string; readonly onDuty: number; readonly atLeast: number } | null;

export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function cellsOf({ hours }: CoverageRow, date: LocalDate, zone: string): readonly Cell[] {
  const cells: Cell[] = HOURS.map(() => null);
  for (const hour of hours) {
    const wall = localTimeAt(instant(Date.parse(hour.from)), zone);
    if (wall.date !== date) continue;
    const place = Math.floor(wall.minuteOfDay / 60);
    const before = cells[place];
    cells[place] = before && before.onDuty - before.atLeast < hour.onDuty - hour.atLeast ? before : hour;
  }
  return cells;
}

export const isHole = (cell: Cell): boolean => cell !== null && cell.onDuty < cell.atLeast;

/** From none to enough; a hole is one of its own whatever the number. */
export function levelOf(cell: Cell): 'skipped' | 'hole' | 'none' | 'one' | 'two' | 'more' {
  if (cell === null) return 'skipped';
  if (isHole(cell)) return 'hole';
  return (['none', 'one', 'two'] as const)[cell.onDuty] ?? 'more';
}

/** `0/1` where a floor asks for more, else how many there are. */
export const figureOf = (cell: Cell): string =>
  cell === null ? '–' : isHole(cell) ? `${cell.onDuty}/${cell.atLeast}` : String(cell.onDuty);

export const DAYS_SHOWN = 7;

export const daysFrom = (first: LocalDate): readonly LocalDate[] =>
  Array.from({ length: DAYS_SHOWN }, (_, day) => addDays(first, day));

/** The instants from the beginning of the first of these days to the end of the last. */
export function windowFrom(
  first: LocalDate,
  zone: string,
): { readonly from: Instant; readonly until: Instant } {
  const midnight = (date: LocalDate) => startInstant({ date, minuteOfDay: 0 }, zone);
  return { from: midnight(first), until: midnight(addDays(first, DAYS_SHOWN)) };
}

export const momentOf = (at: Instant): string => new Date(at).toISOString();

/** Hours of holes in that day. */
export function holeHours(
  rows: readonly CoverageRow[],
  date: LocalDate,
  zoneOf: (row: CoverageRow) => string,
) {
  return rows.reduce((sum, row) => sum + cellsOf(row, date, zoneOf(row)).filter(isHole).length, 0);
}
