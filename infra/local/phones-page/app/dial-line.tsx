// Calling a line from a phone at rest.
import { useState } from 'preact/hooks';
import type { Does } from './handset.tsx';
import { cast } from './machine.ts';
import { lineName } from './people.ts';
import { listeningTo, listenTo } from './sound.ts';
import { words } from './words.ts';

export function DialLine({ does, number }: { readonly does: Does; readonly number: string }) {
  const lines = cast.value?.lines ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const [isWithheld, withhold] = useState(false);
  const { handset } = words.value;
  const to = chosen ?? lines[0]?.number ?? '';
  const call = () => {
    // Whoever calls wants to hear; and only now does the browser allow it.
    if (listeningTo.value === null) listenTo(number);
    void does('dial', { to, ...(isWithheld ? { withheld: 'anonymous' } : {}) });
  };
  return (
    <div class="dial">
      <select aria-label={handset.line} value={to} onChange={event => choose(event.currentTarget.value)}>
        {lines.map(line => (
          <option key={line.number} value={line.number}>
            {lineName(line)}
          </option>
        ))}
      </select>
      <label>
        <input
          type="checkbox"
          checked={isWithheld}
          onChange={event => withhold(event.currentTarget.checked)}
        />
        {handset.withheld}
      </label>
      <button type="button" disabled={to === ''} onClick={call}>
        {handset.call}
      </button>
    </div>
  );
}
