// Holes in words, the next first; each opens what can be done about it.
import { useState } from 'preact/hooks';
import { words } from '../words.ts';
import { coverageWords } from './coverage-words.ts';
import type { Hole } from './reading.ts';

const SHOWN = 12;

type HoleListProps = {
  readonly holes: readonly Hole[];
  readonly more: number;
  readonly isUnderWay: boolean;
  readonly open: (hole: Hole) => void;
};

export function HoleList({ holes, more, isUnderWay, open }: HoleListProps) {
  const said = coverageWords.value;
  const [shown, show] = useState(SHOWN);
  return (
    <section aria-labelledby="holes-title">
      <h3 id="holes-title">{said.holes}</h3>
      {isUnderWay && <p role="status">{words.value.common.loading}</p>}
      {!isUnderWay && holes.length === 0 && <p>{said.noHoles}</p>}
      <ul class="plain holes">
        {holes.slice(0, shown).map(hole => (
          <li key={hole.id}>
            <button type="button" class="outline hole-line" onClick={() => open(hole)}>
              {hole.words}
            </button>
          </li>
        ))}
      </ul>
      {holes.length > shown && (
        <button type="button" class="small outline secondary" onClick={() => show(shown + 50)}>
          {said.moreHoles(holes.length - shown + more)}
        </button>
      )}
    </section>
  );
}
