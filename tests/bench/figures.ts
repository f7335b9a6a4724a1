// What a measurement comes to: figures with names. Pages print them and budgets are held against them, both by name.
// Must never hold words of a page beyond the name and how it was measured.

/** The first two drift with the machine and whoever else uses it: shown, never held against a budget. */
export type Unit =
  | 'ms'
  | 'a second'
  | '×'
  | 'read units'
  | 'write units'
  | 'round trips'
  | 'requests'
  | 'items'
  | 'people'
  | 'times'
  | 'bytes'
  | 'MB';

export type Figure = {
  readonly name: string;
  readonly unit: Unit;
  /** A median where there were several. */
  readonly value: number;
  /** Between which the middle half lies. */
  readonly spread?: readonly [number, number];
};

export type Section = {
  readonly title: string;
  /** How it was measured, in a sentence or two. */
  readonly told: string;
  readonly figures: readonly Figure[];
};

export type How = {
  /** `quick`: what every push can pay for; `whole`: what the page is written from. */
  readonly length: 'quick' | 'whole';
  readonly say: (words: string) => void;
};

export type Measurement = (how: How) => Promise<Section>;

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function figure(name: string, unit: Unit, values: number | readonly number[]): Figure {
  if (typeof values === 'number') return { name, unit, value: values };
  return { name, unit, value: median(values), spread: [quantile(values, 0.25), quantile(values, 0.75)] };
}
