// Every ladder as the time line of a caller whom nobody answers, with its times to change where the role allows it.
import { api, outcomeOf } from '../api.ts';
import { useLoaded } from '../loaded.ts';
import { lines } from '../network.ts';
import { ProblemNote } from '../problem-note.tsx';
import { session } from '../session.ts';
import { words } from '../words.ts';
import { EditLadder } from './edit-ladder.tsx';
import type { Ladder } from './steps.ts';
import { TimeLine } from './time-line.tsx';

export function LaddersPage() {
  const { ladders: said, common } = words.value;
  const list = useLoaded('ladders', () => outcomeOf(api.GET('/v1/ladders')));
  const ladders = (list.value?.ladders ?? []).filter(({ purpose }) => purpose !== 'canary');
  return (
    <section aria-labelledby="ladders-title" aria-busy={list.isUnderWay}>
      <h2 id="ladders-title">{said.title}</h2>
      <p class="muted">{said.about}</p>
      <ProblemNote problem={list.problem} />
      {list.value === null && list.problem === null && <p role="status">{common.loading}</p>}
      {list.value !== null && ladders.length === 0 && <p>{said.none}</p>}
      {ladders.map(ladder => (
        <OneLadder key={ladder.id} ladder={ladder} changed={list.again} />
      ))}
    </section>
  );
}

type OneLadderProps = { readonly ladder: Ladder; readonly changed: () => Promise<void> };

function OneLadder({ ladder, changed }: OneLadderProps) {
  const { ladders: said } = words.value;
  const numbers = lines.value.filter(line => line.ladder === ladder.id).map(line => line.number);
  const isAdmin = session.value.kind === 'signed-in' && session.value.role === 'admin';
  return (
    <article aria-labelledby={ladder.id}>
      <h3 id={ladder.id}>{ladder.id.replace('lad_', '')}</h3>
      <p class="muted">{numbers.length === 0 ? said.noLines : said.lines(numbers.join(', '))}</p>
      <TimeLine ladder={ladder} />
      {isAdmin && (
        <details>
          <summary>{said.edit}</summary>
          <EditLadder id={ladder.id} changed={changed} />
        </details>
      )}
    </article>
  );
}
