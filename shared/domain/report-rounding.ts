// What of a report is shown. A small number points at somebody, where few call; and two reports that differ by a day or a
// region tell of whoever lies between. So each count of a month goes up or down to a multiple of five by chance, which is
// fair (what is left over is its chance of going up) and falls the same way for the same requests however they are asked for.
// Must never be left out on the way to a file or a screen: what was shown once cannot be hidden again.
import { type Cell, type Group, type Outcome, outcomes, type Report } from './report.ts';

export const ROUNDED_TO = 5;
/** Of fewer nine of ten is the wait of one. */
const TIMES_FROM = 10;
/** A single wait that is known to the second could be found again by somebody who was there. */
const TIMES_TO_SECONDS = 5;

/** In [0, 1): the same for the same words, and known to nobody without the key. */
export type LuckOf = (words: string) => number;

export type ShownGroup = {
  readonly key: string;
  readonly requests: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly escalated: number;
  readonly notEscalated: number;
  /** In seconds; null: too few to say. */
  readonly toPerson: { readonly p50: number; readonly p90: number } | null;
};

export type ShownReport = { readonly total: ShownGroup; readonly groups: readonly ShownGroup[] };

/** A group of which nothing is left is not named: its name would say that somebody was there. */
export function rounded({ total, groups }: Report, luckOf: LuckOf): ShownReport {
  const shown = groups.map(group => roundedGroup(group, luckOf));
  return { total: roundedGroup(total, luckOf), groups: shown.filter(isSomething) };
}

function roundedGroup({ key, toPerson, ...cells }: Group, luckOf: LuckOf): ShownGroup {
  // Month by month: the sum of what is shown of each says no more than they do.
  const sum = (months: readonly Cell[]) => months.reduce((all, cell) => all + roundedCell(cell, luckOf), 0);
  return {
    key,
    requests: sum(cells.requests),
    outcomes: Object.fromEntries(outcomes.map(outcome => [outcome, sum(cells.outcomes[outcome])])) as Record<
      Outcome,
      number
    >,
    escalated: sum(cells.escalated),
    notEscalated: sum(cells.notEscalated),
    toPerson:
      toPerson === null || toPerson.count < TIMES_FROM
        ? null
        : { p50: roundedTime(toPerson.p50), p90: roundedTime(toPerson.p90) },
  };
}

export function roundedCell({ count, high, low }: Cell, luckOf: LuckOf): number {
  const over = count % ROUNDED_TO;
  if (over === 0) return count;
  const goesUp = luckOf(`${count} ${high} ${low}`) < over / ROUNDED_TO;
  return count - over + (goesUp ? ROUNDED_TO : 0);
}

const roundedTime = (seconds: number): number => Math.round(seconds / TIMES_TO_SECONDS) * TIMES_TO_SECONDS;

const isSomething = ({ requests, outcomes: how, escalated, notEscalated }: ShownGroup): boolean =>
  [requests, escalated, notEscalated, ...Object.values(how)].some(count => count > 0);
