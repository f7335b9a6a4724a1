// A timeline as lanes on one axis of time: the steps of the ladder, and each asking with its ring, answer and yes. Pure.
// Must never take what did not happen for what did: an asking without an end goes on.
import type { Schemas } from '../api.ts';

type Entry = Schemas['Timeline']['entries'][number];

export type Lane = {
  readonly key: string;
  /** Null: a step of the ladder, named by its number. */
  readonly helper: string | null;
  readonly rung: number;
  readonly fromMs: number;
  /** Null: it goes on. */
  readonly untilMs: number | null;
  readonly answeredMs: number | null;
  readonly confirmedMs: number | null;
  /** How the asking ended; null: it did not, or she has said yes. */
  readonly outcome: string | null;
};

export type Lanes = { readonly fromMs: number; readonly untilMs: number; readonly lanes: readonly Lane[] };

export function lanesOf(entries: readonly Entry[], nowMs: number): Lanes {
  const fromMs = msOf(entries[0]) ?? nowMs;
  const closed = entries.find(({ note }) => note === 'closed');
  const untilMs = Math.max(msOf(closed) ?? nowMs, fromMs + 1_000);
  const lanes = [...stepLanes(entries, msOf(closed)), ...offerLanes(entries, msOf(closed))];
  return { fromMs, untilMs, lanes: lanes.sort((a, b) => a.fromMs - b.fromMs || a.key.localeCompare(b.key)) };
}

function stepLanes(entries: readonly Entry[], closedMs: number | null): readonly Lane[] {
  const steps = entries.filter(({ note }) => note === 'rung-reached');
  return steps.map((entry, index) => ({
    ...empty,
    key: `a-step-${index}`,
    helper: null,
    rung: numberIn(entry, 'rung') + 1,
    fromMs: msOf(entry) ?? 0,
    untilMs: msOf(steps[index + 1]) ?? closedMs,
  }));
}

function offerLanes(entries: readonly Entry[], closedMs: number | null): readonly Lane[] {
  return entries
    .filter(({ note }) => note === 'offered')
    .map(offered => {
      const seq = numberIn(offered, 'seq');
      const later = (note: string) =>
        entries.find(each => each.note === note && numberIn(each, 'seq') === seq && msOf(each) !== null);
      const [ended, confirmed] = [later('offer-ended'), later('confirmed')];
      const to = String(offered.facts['to']);
      const left = entries.find(each => each.note === 'helper-left' && each.facts['to'] === to);
      return {
        ...empty,
        key: `offer-${seq}`,
        helper: to,
        rung: numberIn(offered, 'rung') + 1,
        fromMs: msOf(offered) ?? 0,
        untilMs: msOf(ended) ?? (confirmed ? (msOf(left) ?? closedMs) : closedMs),
        answeredMs: msOf(later('answered')),
        confirmedMs: msOf(confirmed),
        outcome: ended ? String(ended.facts['outcome']) : null,
      };
    });
}

const empty = { answeredMs: null, confirmedMs: null, outcome: null } as const;

function msOf(entry: Entry | undefined): number | null {
  return entry === undefined ? null : Date.parse(entry.at);
}

function numberIn({ facts }: Entry, name: string): number {
  return Number(facts[name] ?? -1);
}
