// Months of a report: which are over. Pure.
// Must never ask for one that is not over.

const KEPT_MONTHS = 12;

/** The first of the month that lies so many months from it, as `2026-10-01`. */
export function monthFrom(first: string, count: number): string {
  const [year = 0, month = 1] = first.split('-').map(Number);
  const at = new Date(Date.UTC(year, month - 1 + count, 1));
  return at.toISOString().slice(0, 10);
}

/** Those that are over, the newest first. */
export function monthsOver(today: string): readonly string[] {
  const first = `${today.slice(0, 7)}-01`;
  return Array.from({ length: KEPT_MONTHS }, (_, back) => monthFrom(first, -back - 1));
}
