// One phone in the browser: its display, what is heard, keys, texts, and how it behaves when nobody holds it.
// Must never show what a real one would not: the display holds the line's number, never the other side's.
import { useId, useState } from 'preact/hooks';
import { Behaviours } from './behaviours.tsx';
import { CallLines } from './call-lines.tsx';
import { DialLine } from './dial-line.tsx';
import { deed, phones, putAway } from './machine.ts';
import { nameOf, personOf } from './people.ts';
import { type CallState, phoneAtRest } from './phone-state.ts';
import { listeningTo, listenTo } from './sound.ts';
import { Texts } from './texts.tsx';
import { words } from './words.ts';

/** Null when it was done, else why not. */
export type Does = (name: string, json?: unknown) => Promise<void>;

export function Handset({ number }: { readonly number: string }) {
  const [refused, refuse] = useState<string | null>(null);
  const titled = useId();
  const state = phones.value.get(number) ?? phoneAtRest;
  const { handset, role } = words.value;
  const person = personOf(number);
  const does: Does = async (name, json) => refuse(await deed(number, name, json));
  return (
    <article class={`handset ${state.call?.state ?? 'idle'}`} aria-labelledby={titled} data-phone={number}>
      <header>
        <h3 id={titled}>
          {nameOf(number)} {person && <small class="muted">{role[person.role]}</small>}
        </h3>
        <button type="button" class="outline secondary small" onClick={() => putAway(number)}>
          {handset.putAway}
        </button>
      </header>
      <p class="muted own-number">{number}</p>
      <Display call={state.call} ended={state.ended} />
      {state.call === null && person === null && <DialLine does={does} number={number} />}
      {state.call?.state === 'ringing' && (
        <div class="pair">
          <button type="button" onClick={() => does('answer')}>
            {handset.answer}
          </button>
          <button type="button" class="secondary" onClick={() => does('reject')}>
            {handset.reject}
          </button>
        </div>
      )}
      {state.call !== null && state.call.state !== 'ringing' && (
        <button type="button" class="bad-button" onClick={() => does('hang-up')}>
          {handset.hangUp}
        </button>
      )}
      {state.call?.state === 'in-call' && <Keys does={does} />}
      <CallLines lines={state.call?.lines ?? state.lastLines} />
      <label>
        <input
          type="checkbox"
          checked={listeningTo.value === number}
          onChange={({ currentTarget }) => listenTo(currentTarget.checked ? number : null)}
        />
        {handset.listen}
      </label>
      <Texts texts={state.texts} does={does} number={number} />
      {person !== null && <Behaviours number={number} does={does} />}
      {state.call === null && person !== null && (
        <details>
          <summary>{handset.call}</summary>
          <DialLine does={does} number={number} />
        </details>
      )}
      {refused !== null && (
        <p role="alert" class="bad">
          {handset.refused} <span lang="en">{refused}</span>
        </p>
      )}
    </article>
  );
}

type DisplayProps = {
  readonly call: CallState | null;
  readonly ended: 'phone' | 'network' | 'missed' | null;
};

function Display({ call, ended }: DisplayProps) {
  const { handset } = words.value;
  return (
    <p class="display" role="status">
      {call === null ? (ended === null ? handset.idle : handset.endedBy[ended]) : displayed(call)}
    </p>
  );
}

function displayed({ state, showing, room }: CallState): string {
  const { handset } = words.value;
  if (state === 'ringing') return handset.ringing(showing);
  if (state === 'calling') return handset.calling(showing);
  if (room === 'none') return handset.inCall(showing);
  return room === 'together' ? handset.together : handset.alone;
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

function Keys({ does }: { readonly does: Does }) {
  const { handset } = words.value;
  return (
    <fieldset class="keys">
      <legend class="hidden">{handset.keys}</legend>
      {KEYS.map(key => (
        <button
          key={key}
          type="button"
          class="outline"
          aria-label={handset.key(key)}
          onClick={() => does('press', { digits: key })}
        >
          {key}
        </button>
      ))}
    </fieldset>
  );
}
