// How a phone that nobody holds treats a call: rings on, lets a voicemail pick up, has no signal.
import type { Does } from './handset.tsx';
import { behaviours } from './machine.ts';
import { words } from './words.ts';

/** A phone without a signal gets no texts either: the network then reports it as not reachable. */
const UNREACHABLE = 30_003;

const known = {
  manual: { call: { kind: 'manual' }, text: {} },
  'no-answer': { call: { kind: 'no-answer' }, text: {} },
  voicemail: { call: { kind: 'voicemail', afterSeconds: 4, hangsUpAfterSeconds: 10 }, text: {} },
  unreachable: { call: { kind: 'unreachable' }, text: { failure: UNREACHABLE } },
} as const;
type Known = keyof typeof known;

export function Behaviours({ number, does }: { readonly number: string; readonly does: Does }) {
  const { handset } = words.value;
  const current = behaviours.value[number] ?? 'manual';
  return (
    <fieldset class="behaviours">
      <legend>{handset.behaviour}</legend>
      {(Object.keys(known) as Known[]).map(each => (
        <button
          key={each}
          type="button"
          class={current === each ? 'small' : 'small outline secondary'}
          aria-pressed={current === each}
          onClick={() => does('behaviour', known[each])}
        >
          {handset.behaviours[each]}
        </button>
      ))}
      {!(current in known) && <small class="muted">{handset.scripted}</small>}
    </fieldset>
  );
}
