// What is counted while worlds run: how many were reached, by whom, how soon; how late the next rung came; what was
// violated. Figures of many worlds add up; nothing here grows with their number.

/** Steps of a tenth of a second up to ten minutes, then of ten seconds. */
const FINE_UNTIL_SECONDS = 600;

export type WrittenDistribution = {
  readonly most: number;
  readonly steps: readonly (readonly [step: number, count: number])[];
};

export class Distribution {
  readonly #fine = new Uint32Array(FINE_UNTIL_SECONDS * 10);
  readonly #coarse = new Map<number, number>();
  count = 0;
  most = 0;

  add(seconds: number): void {
    this.count += 1;
    this.most = Math.max(this.most, seconds);
    if (seconds < FINE_UNTIL_SECONDS) {
      const step = Math.max(0, Math.floor(seconds * 10));
      this.#fine[step] = (this.#fine[step] ?? 0) + 1;
    } else {
      const step = Math.floor(seconds / 10) * 10;
      this.#coarse.set(step, (this.#coarse.get(step) ?? 0) + 1);
    }
  }

  /** In seconds, to the step above; null when there is nothing. */
  percentile(share: number): number | null {
    const wanted = Math.ceil(this.count * share);
    if (this.count === 0) return null;
    let seen = 0;
    for (const [step, count] of this.#fine.entries()) {
      seen += count;
      if (seen >= wanted) return Math.min(this.most, (step + 1) / 10);
    }
    for (const [step, count] of [...this.#coarse].sort(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= wanted) return Math.min(this.most, step + 10);
    }
    return this.most;
  }

  /** What another of the same kind has counted is counted here too. */
  take({ most, steps }: WrittenDistribution): void {
    this.most = Math.max(this.most, most);
    for (const [step, count] of steps) {
      this.count += count;
      const fine = step < FINE_UNTIL_SECONDS * 10;
      if (fine) this.#fine[step] = (this.#fine[step] ?? 0) + count;
      else this.#coarse.set(step / 10, (this.#coarse.get(step / 10) ?? 0) + count);
    }
  }

  /** In tenths of a second, without the steps at which nothing was. */
  toJSON(): WrittenDistribution {
    const fine = [...this.#fine.entries()].filter(([, count]) => count > 0);
    return {
      most: this.most,
      steps: [...fine, ...[...this.#coarse].map(([step, n]) => [step * 10, n] as const)],
    };
  }

  /** `12.3 / 30.0 / 45.0 / 120.0 s`: half, 90 and 99 of 100, and the longest. */
  toString(): string {
    const written = [0.5, 0.9, 0.99].map(share => this.percentile(share));
    const all = [...written, this.count === 0 ? null : this.most];
    return `${all.map(seconds => (seconds === null ? '-' : seconds.toFixed(1))).join(' / ')} s`;
  }
}

export type Violation = {
  readonly invariant: string;
  /** Since the world began. */
  readonly afterMs: number;
  readonly what: string;
};

const SPREAD = ['timeToPerson', 'timeToFirstRing', 'timeToNextRung', 'rungsClimbed'] as const;

/** As they are handed from one process to another, or kept. */
export type WrittenFigures = {
  readonly counts: Readonly<Record<string, number>>;
  readonly violated: Readonly<Record<string, number>>;
  readonly hash: number;
} & Readonly<Record<(typeof SPREAD)[number], WrittenDistribution>>;

export class Figures {
  readonly counts = new Map<string, number>();
  readonly timeToPerson = new Distribution();
  /** From the end of the menus, or her yes in writing, until the network has taken the first ring or text for her. */
  readonly timeToFirstRing = new Distribution();
  readonly timeToNextRung = new Distribution();
  readonly rungsClimbed = new Distribution();
  readonly violated = new Map<string, number>();
  hash = 0x811c9dc5;

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  violation(invariant: string): void {
    this.violated.set(invariant, (this.violated.get(invariant) ?? 0) + 1);
  }

  /** FNV over whatever happened, in its order. */
  mix(value: number): void {
    this.hash = Math.imul(this.hash ^ value, 0x01000193) >>> 0;
  }

  /** What was counted elsewhere is counted here too; the hash goes on with the other's. */
  take({ counts, violated, hash, ...distributions }: WrittenFigures): void {
    for (const [what, count] of Object.entries(counts)) this.counts.set(what, this.of(what) + count);
    for (const [kind, count] of Object.entries(violated))
      this.violated.set(kind, (this.violated.get(kind) ?? 0) + count);
    for (const name of SPREAD) this[name].take(distributions[name]);
    this.mix(hash);
  }

  toJSON(): WrittenFigures {
    const { timeToPerson, timeToFirstRing, timeToNextRung, rungsClimbed, hash } = this;
    return {
      counts: Object.fromEntries(this.counts),
      violated: Object.fromEntries(this.violated),
      timeToPerson: timeToPerson.toJSON(),
      timeToFirstRing: timeToFirstRing.toJSON(),
      timeToNextRung: timeToNextRung.toJSON(),
      rungsClimbed: rungsClimbed.toJSON(),
      hash,
    };
  }
}

/** Nobody came, or we let her go while she still waited. */
export const STRANDED: ReadonlySet<string> = new Set([
  'stranded',
  'dismissed',
  'unknown-call',
  'unknown-text',
]);
/** Two helpers with one survivor, or one helper held by two. */
export const DOUBLE_HANDLED: ReadonlySet<string> = new Set(['S1', 'S2']);

export function countOf(figures: Figures, kinds: ReadonlySet<string>): number {
  return [...figures.violated].reduce((sum, [kind, count]) => sum + (kinds.has(kind) ? count : 0), 0);
}
