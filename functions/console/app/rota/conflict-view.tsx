// Somebody else saved first: how it stands now and how she wants it, one above the other, and she chooses.
// Must never choose by itself, nor lose either before she has.
import { useEffect, useRef } from 'preact/hooks';
import type { Holidays } from '../../../../shared/domain/rota.ts';
import { withEdit } from '../../../../shared/domain/rota-edit.ts';
import { BarText } from './bar-text.tsx';
import { differences } from './bar-words.ts';
import type { Desk } from './desk.ts';
import { rotaWords } from './rota-words.ts';
import { type Axis, barsOf, type Person, rowsOf } from './week.ts';

type ConflictViewProps = {
  readonly desk: Desk;
  readonly axis: Axis;
  readonly holidays: Holidays;
  readonly chosen: (isSaved: boolean) => void;
};

export function ConflictView({ desk, axis, holidays, chosen }: ConflictViewProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const said = rotaWords.value;
  const { conflict } = desk;
  useEffect(() => dialog.current?.showModal(), []);
  if (conflict === null) return null;
  const { person, theirs, edit } = conflict;
  const onTop = { ...theirs, rota: withEdit(theirs.rota, edit) };
  const changes = (before: Person, after: Person) => differences(before.rota, after.rota, axis, holidays);
  const keepTheirs = () => {
    desk.keepTheirs();
    chosen(false);
  };
  const sides = [
    { who: said.theirs, what: theirs, about: changes(person, theirs) },
    { who: said.mine, what: onTop, about: changes(theirs, onTop) },
  ];
  return (
    <dialog ref={dialog} aria-labelledby="conflict-title" onCancel={keepTheirs}>
      <article class="conflict">
        <h3 id="conflict-title">{said.conflictOf(person.name)}</h3>
        <p>{said.conflictAbout}</p>
        {sides.map(({ who, what, about }) => (
          <section key={who} aria-label={who} class="side">
            <h4>{who}</h4>
            <Strip person={what} axis={axis} holidays={holidays} />
            <ul>
              {about.length === 0 && <li>{said.nothingOfRota}</li>}
              {about.map(each => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </section>
        ))}
        <p class="muted">{said.onTopAbout}</p>
        <div class="pair">
          <button type="button" class="secondary" onClick={keepTheirs}>
            {said.keepTheirs}
          </button>
          <button
            type="button"
            disabled={desk.isSaving}
            aria-busy={desk.isSaving}
            onClick={async () => chosen(await desk.mineOnTop())}
          >
            {said.mineOnTop}
          </button>
        </div>
      </article>
    </dialog>
  );
}

type StripProps = { readonly person: Person; readonly axis: Axis; readonly holidays: Holidays };

/** The week at a glance; what it shows stands below it in words. */
function Strip({ person, axis, holidays }: StripProps) {
  const bars = barsOf(person.rota, holidays, axis);
  const rows = rowsOf(bars.map(({ window }) => window));
  const length = axis.until - axis.from;
  const share = (ms: number) => `${(ms / length) * 100}%`;
  return (
    <div
      class="lane strip"
      aria-hidden="true"
      style={{ height: `${Math.max(1, ...rows.map(row => row + 1)) * 1.6}rem` }}
    >
      {axis.days.map(({ date, from }) => (
        <span key={date} class="midnight" style={{ insetInlineStart: share(from - axis.from) }} />
      ))}
      {bars.map((bar, index) => {
        const from = Math.max(bar.window.from, axis.from);
        return (
          <span
            key={bar.key}
            class={`bar-button ${bar.item.kind}`}
            style={{
              top: `${(rows[index] ?? 0) * 1.6}rem`,
              insetInlineStart: share(from - axis.from),
              width: share(Math.min(bar.window.until, axis.until) - from),
            }}
          >
            <BarText bar={bar} />
          </span>
        );
      })}
    </div>
  );
}
