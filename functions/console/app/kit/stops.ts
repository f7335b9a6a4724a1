// The arrows in a grid: along a row, and to what lies above or below. Where the focus is, is one stop of the Tab key.

const STOP = '[data-stop]';

/** Moves the focus when the key is one of these, and says whether it was. */
export function stepTo(grid: HTMLElement | null, event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (grid === null || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (!(target instanceof HTMLElement) || target.dataset['stop'] === undefined) return false;
  const rows = [...grid.querySelectorAll<HTMLElement>('tr')]
    .map(row => [...row.querySelectorAll<HTMLElement>(STOP)])
    .filter(stops => stops.length > 0);
  const place = rows.findIndex(stops => stops.includes(target));
  const found = nextOf(rows, place, target, key);
  if (found === undefined) return false;
  event.preventDefault();
  found.focus();
  found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return true;
}

type Rows = readonly (readonly HTMLElement[])[];

function nextOf(rows: Rows, place: number, from: HTMLElement, key: string): HTMLElement | undefined {
  const row = rows[place] ?? [];
  const index = row.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return row[index + 1];
    case 'ArrowLeft':
      return row[index - 1];
    case 'Home':
      return row[0];
    case 'End':
      return row.at(-1);
    case 'ArrowDown':
      return nearest(rows[place + 1] ?? [], from);
    case 'ArrowUp':
      return nearest(rows[place - 1] ?? [], from);
    default:
      return undefined;
  }
}

/** What lies straight above or below, as an eye would go. */
function nearest(stops: readonly HTMLElement[], from: HTMLElement): HTMLElement | undefined {
  const left = from.getBoundingClientRect().left;
  const far = (stop: HTMLElement) => Math.abs(stop.getBoundingClientRect().left - left);
  return [...stops].sort((a, b) => far(a) - far(b))[0];
}
