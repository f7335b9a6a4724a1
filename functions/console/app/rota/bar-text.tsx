// What is read on a bar: as much of its times as it has room for, never a piece of one.
// Must never be the only place of it: what is heard is the whole.
import { timesOnBar } from './bar-words.ts';
import type { Bar } from './week.ts';

type BarTextProps = { readonly bar: Bar; readonly isOffered?: boolean };

export function BarText({ bar, isOffered = false }: BarTextProps) {
  return (
    <span class="bar-text">
      {isOffered && <span>⇄ </span>}
      {timesOnBar(bar).map((piece, place) => (
        <span key={place}>{piece}</span>
      ))}
    </span>
  );
}
