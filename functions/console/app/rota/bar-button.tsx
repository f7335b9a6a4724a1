// One bar: a shift or an absence at its place on the axis. A click opens it, a drag or shifted arrows hold it.

import { BarText } from './bar-text.tsx';
import { barAsHeard, barInWords } from './bar-words.ts';
import { draftOf, newDraft } from './draft.ts';
import { dragged } from './drag.ts';
import type { GridActs, Lane } from './grid.tsx';
import { rotaWords } from './rota-words.ts';
import { type Bar, moved, nearestStep, type Span, STEP_MINUTES, stretched } from './week.ts';

type BarButtonProps = GridActs & {
  readonly bar: Bar;
  readonly lane: Lane;
  readonly top: string;
  readonly isOff: boolean;
  readonly isDraft: boolean;
};

export function BarButton({ bar, lane, top, isOff, isDraft, ...acts }: BarButtonProps) {
  const { person, axis, key } = lane;
  const { draft, setDraft, mayWrite, open, save } = acts;
  const length = axis.until - axis.from;
  const [from, until] = [Math.max(bar.window.from, axis.from), Math.min(bar.window.until, axis.until)];
  const swap = acts.swapOf(person, bar);
  const said = rotaWords.value;
  const marks = [isOff && said.off, swap, isDraft && said.notSaved].filter(each => typeof each === 'string');
  const heard = [barAsHeard(bar, person.name, person.rota.zone, axis.zone), ...marks].join(', ');
  const isCut = bar.window.from < axis.from || bar.window.until > axis.until;
  const hold = (span: Span) => {
    setDraft({ ...(isDraft && draft !== null ? draft : draftOf(person, key, bar)), span });
  };
  const grab = (event: PointerEvent) => {
    if (!mayWrite || event.button !== 0) return;
    const edge = (event.target as HTMLElement).dataset['edge'];
    const lanePx = (event.currentTarget as HTMLElement).parentElement?.clientWidth ?? 1;
    dragged(event, x =>
      hold(spanDragged(bar, edge, ((x - event.clientX) / lanePx) * length, person.rota.zone)),
    );
  };
  const press = (event: KeyboardEvent) => {
    if (!mayWrite) return;
    if (event.key === 'Escape' && isDraft) return done(event, () => setDraft(null));
    if (event.key === 'Enter' && isDraft) return done(event, save);
    if (event.key.toLowerCase() === 'n' && !event.ctrlKey && !event.metaKey && !event.altKey)
      return done(event, () => setDraft(newDraft(person, key, bar.span.date)));
    const span = event.shiftKey ? spanPressed(bar, event.key) : null;
    return span === null ? undefined : done(event, () => hold(span));
  };
  return (
    <button
      type="button"
      class={[
        'bar-button',
        bar.item.kind,
        isOff && 'off',
        swap && 'offered',
        isDraft && 'draft',
        isCut && 'cut',
      ]
        .filter(Boolean)
        .join(' ')}
      data-stop={`${person.id} ${bar.key}`}
      tabIndex={-1}
      aria-label={`${swap === null ? '' : '⇄ '}${heard}`}
      title={[barInWords(bar, person.rota.zone, axis.zone), ...marks].join(', ')}
      style={{
        top,
        insetInlineStart: `${((from - axis.from) / length) * 100}%`,
        width: `${(Math.max(0, until - from) / length) * 100}%`,
      }}
      onClick={() => open(person, key, bar)}
      onPointerDown={grab}
      onKeyDown={press}
    >
      {mayWrite && <span class="edge start" data-edge="start" />}
      <BarText bar={bar} isOffered={swap !== null} />
      {mayWrite && <span class="edge end" data-edge="end" />}
    </button>
  );
}

function done(event: Event, act: () => void): void {
  event.preventDefault();
  event.stopPropagation();
  act();
}

/** By the clock on the wall there, on the nearest half hour. */
function spanDragged(bar: Bar, edge: string | undefined, byMs: number, zone: string): Span {
  const { item, span, window } = bar;
  const wallMinutes = ({ date, minuteOfDay }: ReturnType<typeof nearestStep>) =>
    Date.parse(date) / 60_000 + minuteOfDay;
  const held = edge === 'end' ? window.until : window.from;
  // Where it is let go, less where it was: what did not lie on a half hour comes to lie on one.
  const before = Date.parse(span.date) / 60_000 + span.from + (edge === 'end' ? span.minutes : 0);
  const by = wallMinutes(nearestStep(held + byMs, zone)) - before;
  if (edge === 'end') return stretched(item.kind, 'end', span, by);
  return edge === 'start' ? stretched(item.kind, 'start', span, -by) : moved(span, by);
}

function spanPressed({ item, span }: Bar, key: string): Span | null {
  switch (key) {
    case 'ArrowLeft':
      return moved(span, -STEP_MINUTES);
    case 'ArrowRight':
      return moved(span, STEP_MINUTES);
    case 'ArrowDown':
      return stretched(item.kind, 'end', span, STEP_MINUTES);
    case 'ArrowUp':
      return stretched(item.kind, 'end', span, -STEP_MINUTES);
    default:
      return null;
  }
}
