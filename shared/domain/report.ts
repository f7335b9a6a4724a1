// Many requests counted: how many came, how soon a person was there, who gave up, how far they climbed, in groups. The
// counts as they are; what of them may be shown is report-rounding.ts.
// Must never hold a request: whoever counts forgets each at once.
import type { RequestId } from './ids.ts';
import type { RungKind, Summary } from './report-summary.ts';

export const dimensions = ['line', 'region', 'skill', 'language', 'hour', 'channel', 'rung'] as const;
export type Dimension = (typeof dimensions)[number];

/** How a request went; each is in one of them. */
export const outcomes = ['reached', 'abandonedAtOnce', 'abandonedLater', 'other'] as const;
export type Outcome = (typeof outcomes)[number];

/** So many requests of one month, and which: a mark that the same requests have whatever they were asked for by. */
export type Cell = { readonly count: number; readonly high: number; readonly low: number };

export type Group = {
  /** As the summary has it; `none`: not said. */
  readonly key: string;
  /** Month by month, as the rest. */
  readonly requests: readonly Cell[];
  readonly outcomes: Readonly<Record<Outcome, readonly Cell[]>>;
  /** Climbed beyond the first rung. */
  readonly escalated: readonly Cell[];
  readonly notEscalated: readonly Cell[];
  /** In seconds; null: nobody was reached whose time says something about us. */
  readonly toPerson: { readonly p50: number; readonly p90: number; readonly count: number } | null;
};

export type Report = { readonly total: Group; readonly groups: readonly Group[] };

const columns = ['requests', 'escalated', 'notEscalated', ...outcomes] as const;
type Column = (typeof columns)[number];

type Tally = {
  /** By the months in which there was something. */
  readonly months: Map<string, Record<Column, Cell>>;
  readonly seconds: number[];
};

export class Counting {
  readonly #groups = new Map<string, Tally>();
  readonly #total: Tally = emptyTally();
  readonly #by: Dimension;

  constructor(by: Dimension) {
    this.#by = by;
  }

  /** `month` as `2026-11`. */
  add(summary: Summary, month: string): void {
    const key = keyOf(summary, this.#by);
    const group = this.#groups.get(key) ?? emptyTally();
    this.#groups.set(key, group);
    for (const tally of [group, this.#total]) count(tally, summary, month);
  }

  /** In order of their keys. */
  report(): Report {
    const groups = [...this.#groups].map(([key, tally]) => groupOf(key, tally));
    return {
      total: groupOf('all', this.#total),
      groups: groups.sort((a, b) => (a.key < b.key ? -1 : 1)),
    };
  }
}

/** Whoever was reached was reached, whatever came of it later. */
export function outcomeOf({ person, abandoned }: Pick<Summary, 'person' | 'abandoned'>): Outcome {
  if (person !== null) return 'reached';
  if (abandoned === null) return 'other';
  return abandoned === 'at-once' ? 'abandonedAtOnce' : 'abandonedLater';
}

function keyOf(summary: Summary, by: Dimension): string {
  switch (by) {
    case 'line':
      return summary.lineId;
    case 'region':
      return summary.region ?? 'none';
    case 'skill':
      return summary.skill ?? 'none';
    case 'language':
      return summary.language;
    case 'hour':
      return String(summary.openedHour).padStart(2, '0');
    case 'channel':
      return summary.channel;
    case 'rung':
      return summary.rung;
  }
}

function emptyTally(): Tally {
  return { months: new Map(), seconds: [] };
}

const noCells = (): Record<Column, Cell> =>
  Object.fromEntries(columns.map(column => [column, { count: 0, high: 0, low: 0 }])) as Record<Column, Cell>;

function count(tally: Tally, summary: Summary, month: string): void {
  const cells = tally.months.get(month) ?? noCells();
  tally.months.set(month, cells);
  const climbed = summary.rungs > 0 ? 'escalated' : 'notEscalated';
  for (const column of ['requests', climbed, outcomeOf(summary)] as const)
    cells[column] = withOne(cells[column], summary.requestId);
  if (summary.secondsToPerson !== null) tally.seconds.push(summary.secondsToPerson);
}

/** Sixty-four bits of the network's own random name of it, added without carrying: in whatever order they come. */
function withOne({ count: before, high, low }: Cell, id: RequestId): Cell {
  const bits = (from: number) => Number.parseInt(id.slice(from, from + 8), 16);
  const start = 'req_'.length;
  return { count: before + 1, high: (high ^ bits(start)) >>> 0, low: (low ^ bits(start + 8)) >>> 0 };
}

function groupOf(key: string, { months, seconds }: Tally): Group {
  const inOrder = Float64Array.from(seconds).sort();
  const toPerson =
    inOrder.length === 0
      ? null
      : { p50: percentile(inOrder, 0.5), p90: percentile(inOrder, 0.9), count: inOrder.length };
  const cellsOf = (column: Column) => [...months.values()].map(cells => cells[column]);
  return {
    key,
    requests: cellsOf('requests'),
    outcomes: {
      reached: cellsOf('reached'),
      abandonedAtOnce: cellsOf('abandonedAtOnce'),
      abandonedLater: cellsOf('abandonedLater'),
      other: cellsOf('other'),
    },
    escalated: cellsOf('escalated'),
    notEscalated: cellsOf('notEscalated'),
    toPerson,
  };
}

/** The least that this share is not above (the nearest rank): a time that somebody really waited. */
export function percentile(inOrder: ArrayLike<number>, share: number): number {
  return inOrder[Math.max(0, Math.ceil(inOrder.length * share) - 1)] ?? 0;
}

/** Kinds of rungs in the order in which ladders climb them. */
export const rungKinds: readonly RungKind[] = [
  'region',
  'near',
  'national',
  'partner',
  'legal',
  'police',
  'manager',
  'last',
];
