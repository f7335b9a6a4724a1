// Many requests counted: how many came, how soon a person was there, who gave up, how far they climbed, in groups. The
// counts as they are; what of them may be shown is report-suppression.ts.
// Must never hold a request: whoever counts forgets each at once.
import type { RungKind, Summary } from './report-summary.ts';

export const dimensions = ['line', 'region', 'skill', 'language', 'hour', 'channel', 'rung'] as const;
export type Dimension = (typeof dimensions)[number];

/** How a request went; each is in one of them. */
export const outcomes = ['reached', 'abandonedAtOnce', 'abandonedLater', 'other'] as const;
export type Outcome = (typeof outcomes)[number];

export type Group = {
  /** As the summary has it; `none`: not said. */
  readonly key: string;
  readonly requests: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Climbed beyond the first rung. */
  readonly escalated: number;
  /** In seconds; null: nobody was reached whose time says something about us. */
  readonly toPerson: { readonly p50: number; readonly p90: number; readonly count: number } | null;
};

export type Report = { readonly total: Group; readonly groups: readonly Group[] };

type Tally = {
  requests: number;
  outcomes: Record<Outcome, number>;
  escalated: number;
  readonly seconds: number[];
};

export class Counting {
  readonly #groups = new Map<string, Tally>();
  readonly #total: Tally = emptyTally();
  readonly #by: Dimension;

  constructor(by: Dimension) {
    this.#by = by;
  }

  add(summary: Summary): void {
    const key = keyOf(summary, this.#by);
    const group = this.#groups.get(key) ?? emptyTally();
    this.#groups.set(key, group);
    for (const tally of [group, this.#total]) count(tally, summary);
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
  return {
    requests: 0,
    outcomes: { reached: 0, abandonedAtOnce: 0, abandonedLater: 0, other: 0 },
    escalated: 0,
    seconds: [],
  };
}

function count(tally: Tally, summary: Summary): void {
  tally.requests += 1;
  tally.outcomes[outcomeOf(summary)] += 1;
  tally.escalated += summary.rungs > 0 ? 1 : 0;
  if (summary.secondsToPerson !== null) tally.seconds.push(summary.secondsToPerson);
}

function groupOf(key: string, { requests, outcomes: how, escalated, seconds }: Tally): Group {
  const inOrder = Float64Array.from(seconds).sort();
  const toPerson =
    inOrder.length === 0
      ? null
      : { p50: percentile(inOrder, 0.5), p90: percentile(inOrder, 0.9), count: inOrder.length };
  return { key, requests, outcomes: how, escalated, toPerson };
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
