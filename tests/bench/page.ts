// docs/performance.md as text. Every figure on it was measured in the run that wrote it; why a target is missed stands in
// docs/decisions/performance.md, which people write.
import type { Budgets } from './check.ts';
import { missedBy } from './check.ts';
import type { Figure, Section, Unit } from './figures.ts';

export type Head = {
  readonly commit: string;
  readonly machine: string;
  readonly node: string;
  readonly date: string;
  readonly minutes: number;
};

/** Sections and budgets by the names of the measurements. */
export function page(
  head: Head,
  sections: ReadonlyMap<string, Section>,
  budgetsOf: Readonly<Record<string, Budgets>>,
): string {
  const all = [...sections].map(([name, section]) => ({ section, budgets: budgetsOf[name] ?? {} }));
  return `${[
    '# Performance',
    `Written by \`npm run bench\` in ${head.minutes} minutes: commit ${head.commit}, ${head.machine}, Node ${head.node}, ` +
      `${head.date}. Nothing here is typed by hand.`,
    'Times are of a machine that others use too and drift by half from one run to the next; what was measured side by side ' +
      'and is told as a ratio does not. A spread is where the middle half of the measurements lies. `npm run bench -- --check` ' +
      'holds ratios, units and bytes against `tests/bench/budgets.json`; CI does it at every push.',
    ...missed(all),
    ...all.map(sectionText),
  ].join('\n\n')}\n`;
}

type Budgeted = { readonly section: Section; readonly budgets: Budgets };

function missed(all: readonly Budgeted[]): readonly string[] {
  const aimed = all.flatMap(({ section, budgets }) =>
    section.figures.filter(({ name }) => budgets[name]?.target).map(each => ({ each, budgets })),
  );
  const lines = aimed.flatMap(({ each, budgets }) => {
    const by = missedBy(each, budgets[each.name]);
    if (by === null) return [];
    return [
      `- ${each.name}: ${shown(each.value, each.unit)}, ${targetOf(each, budgets)}; missed${Number.isFinite(by) ? ` by ${percent(by)}` : ''}`,
    ];
  });
  const met = `${aimed.length - lines.length} of ${aimed.length} targets are met.`;
  return lines.length === 0
    ? [met]
    : [
        `${met} Why the others are not: [decisions/performance.md](decisions/performance.md).`,
        lines.join('\n'),
      ];
}

function sectionText({ section: { title, told, figures }, budgets }: Budgeted): string {
  const rows = figures.map(each => {
    const { name, unit, value, spread } = each;
    const between = spread === undefined ? '' : spread.map(edge => shown(edge, unit)).join(' to ');
    const budget = budgets[name]?.atMost;
    const cells = [
      name,
      shown(value, unit),
      between,
      targetOf(each, budgets),
      budget === undefined ? '' : shown(budget, unit),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    told,
    '',
    '| what | median | middle half | target | budget |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function targetOf({ name, unit }: Figure, budgets: Budgets): string {
  const { atMost, atLeast } = budgets[name]?.target ?? {};
  if (atMost !== undefined) return `at most ${shown(atMost, unit)}`;
  return atLeast === undefined ? '' : `at least ${shown(atLeast, unit)}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** Three digits that mean something. */
function shown(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'never';
  const digits =
    value !== 0 && Math.abs(value) < 100 && !Number.isInteger(value)
      ? Number(value.toPrecision(3))
      : Math.round(value);
  const number = digits.toLocaleString('en', { maximumFractionDigits: 3 });
  return unit === '×' ? `${number} ×` : `${number} ${unit}`;
}
