// One day of coverage: regions by hours, a figure in each cell, and a shape of its own for a hole. Arrows go through it.
// Must never say by colour alone what matters.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LocalDate } from '../../../../shared/domain/local-time.ts';
import { dayInWords } from '../kit/days.ts';
import { stepTo } from '../kit/stops.ts';
import { type Cell, type CoverageRow, cellsOf, figureOf, HOURS, isHole, levelOf } from './cells.ts';
import { coverageWords } from './coverage-words.ts';

type HeatMapProps = {
  readonly rows: readonly CoverageRow[];
  readonly date: LocalDate;
  readonly label: string;
  readonly nameOf: (row: CoverageRow) => string;
  readonly zoneOf: (row: CoverageRow) => string;
  readonly open: (row: CoverageRow, cell: NonNullable<Cell>) => void;
  /** To the day before or after it. */
  readonly turn: (days: number) => void;
  /** The day was turned by a key: of a week that had to be read first, its map has the focus too. */
  readonly keepsFocus: { current: boolean };
};

export function HeatMap({ rows, date, label, nameOf, zoneOf, open, turn, keepsFocus }: HeatMapProps) {
  const grid = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    const stops = [...(grid.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
    const stop = stops.find(each => each.tabIndex === 0) ?? stops[0];
    if (stop === undefined) return;
    stop.tabIndex = 0;
    if (keepsFocus.current) stop.focus();
    keepsFocus.current = false;
  });
  const press = (event: KeyboardEvent) => {
    if (stepTo(grid.current, event)) return;
    if (event.key !== 'PageDown' && event.key !== 'PageUp') return;
    event.preventDefault();
    turn(event.key === 'PageDown' ? 1 : -1);
  };
  return (
    <div class="scrolls heat-scrolls">
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of the ARIA practices, made of a table
        role="grid"
        aria-label={label}
        class="heat"
        onKeyDown={press}
        onFocusIn={({ target }) => {
          if (!(target instanceof HTMLElement) || target.dataset['stop'] === undefined) return;
          for (const each of grid.current?.querySelectorAll<HTMLElement>('[tabindex="0"]') ?? [])
            each.tabIndex = -1;
          target.tabIndex = 0;
        }}
      >
        <thead>
          <tr>
            <th scope="col">{coverageWords.value.region}</th>
            {HOURS.map(hour => (
              <th key={hour} scope="col">
                {String(hour).padStart(2, '0')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.region}>
              <th scope="row">{nameOf(row)}</th>
              {cellsOf(row, date, zoneOf(row)).map((cell, hour) => (
                <td key={HOURS[hour]} class={levelOf(cell)}>
                  {cell !== null && (
                    <button
                      type="button"
                      data-stop={`${row.region} ${hour}`}
                      tabIndex={-1}
                      aria-label={cellInWords(cell, nameOf(row), date, hour)}
                      onClick={() => open(row, cell)}
                    >
                      {figureOf(cell)}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellInWords(cell: NonNullable<Cell>, place: string, date: string, hour: number): string {
  const said = coverageWords.value;
  const when = `${dayInWords(date)} ${String(hour).padStart(2, '0')}:00`;
  const what = isHole(cell) ? said.tooFew(cell.onDuty, cell.atLeast) : said.onDuty(cell.onDuty);
  return `${figureOf(cell)}, ${place}, ${when}: ${what}`;
}
