// Holds figures against budgets. A budget is what must not get worse; a target is where it should be. Both by the name of
// the figure. Must never hold time against a budget, nor a rate: they say what else the machine does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure, Unit } from './figures.ts';

export type Budget = {
  readonly atMost?: number;
  readonly target?: { readonly atMost?: number; readonly atLeast?: number };
};
/** By the name of the figure. */
export type Budgets = Readonly<Record<string, Budget>>;

const OF_THE_MACHINE: ReadonlySet<Unit> = new Set(['ms', 'a second']);

/** By the name of the measurement. */
export const readBudgets = (): Readonly<Record<string, Budgets>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'budgets.json'), 'utf8'));

export type Broken = { readonly name: string; readonly said: string };

/** A budget of a figure that is not there any more is broken too: nobody would notice otherwise. */
export function broken(figures: readonly Figure[], budgets: Budgets): readonly Broken[] {
  const missing = Object.entries(budgets).filter(
    ([name, { atMost }]) => atMost !== undefined && !figures.some(each => each.name === name),
  );
  return [
    ...figures.flatMap(each => brokenBy(each, budgets[each.name])),
    ...missing.map(([name]) => ({ name, said: 'there is a budget, and no such figure was measured' })),
  ];
}

function brokenBy({ name, unit, value }: Figure, budget: Budget | undefined): readonly Broken[] {
  if (budget?.atMost === undefined) return [];
  if (OF_THE_MACHINE.has(unit)) return [{ name, said: `${unit} must have no budget` }];
  return value <= budget.atMost
    ? []
    : [{ name, said: `${value} ${unit}, and at most ${budget.atMost} is allowed` }];
}

/** Null when there is none, or it is met; else by how much it is missed, as a share of the target (of none: infinite). */
export function missedBy({ value }: Figure, budget: Budget | undefined): number | null {
  const { atMost, atLeast } = budget?.target ?? {};
  if (atMost !== undefined && value > atMost) return value / atMost - 1;
  if (atLeast !== undefined && value < atLeast) return 1 - value / atLeast;
  return null;
}
