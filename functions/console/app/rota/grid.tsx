// The week as rows of bars on one axis of time: a shift over midnight is one bar, whatever the clocks do.
// Must never be for a mouse alone: what a drag does, keys and the form do too.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { weekdayOf } from '../../../../shared/domain/local-time.ts';
import type { Holidays } from '../../../../shared/domain/rota.ts';
import { dayInWords } from '../kit/days.ts';
import { stepTo } from '../kit/stops.ts';
import { BarButton } from './bar-button.tsx';
import { asBar, type Draft, keyOf, newDraft } from './draft.ts';
import { dragged } from './drag.ts';
import { rotaWords } from './rota-words.ts';
import { type Axis, type Bar, barsOf, clockOf, nearestStep, type Person, rowsOf } from './week.ts';

export type Lane = {
  readonly key: string;
  readonly person: Person;
  readonly axis: Axis;
  readonly head: ComponentChildren;
  /** Which bars of hers are shown in this row. */
  readonly shows: (bar: Bar) => boolean;
};

export type GridActs = {
  readonly draft: Draft | null;
  readonly setDraft: (draft: Draft | null) => void;
  readonly save: () => void;
  readonly open: (person: Person, lane: string, bar: Bar | null) => void;
  readonly swapOf: (person: Person, bar: Bar) => string | null;
  readonly mayWrite: boolean;
  /** The bar that gets the focus, once, when it is there. */
  readonly focusOn: { current: string | null };
};

type GridProps = GridActs & {
  readonly label: string;
  readonly lanes: readonly Lane[];
  readonly holidays: Holidays;
  readonly hours: boolean;
};

const ROW_REM = 2.1;

export function Grid({ label, lanes, holidays, hours, ...acts }: GridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const { focusOn } = acts;
  useLayoutEffect(() => {
    const wanted = [...(grid.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
    const meant = wanted.find(each => each.dataset['stop'] === focusOn.current);
    if (meant !== undefined) {
      focusOn.current = null;
      meant.focus();
    }
    // One stop for the Tab key; the arrows go on from there.
    if (!wanted.some(each => each.tabIndex === 0)) wanted[0]?.setAttribute('tabindex', '0');
  });
  const axis = lanes[0]?.axis;
  return (
    <div class="scrolls rota-scrolls">
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of the ARIA practices, made of a table
        role="grid"
        aria-label={label}
        aria-describedby="rota-keys"
        class={hours ? 'rota by-day' : 'rota'}
        onKeyDown={event => stepTo(grid.current, event)}
        onFocusIn={({ target }) => {
          if (!(target instanceof HTMLElement) || target.dataset['stop'] === undefined) return;
          for (const each of grid.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])
            each.tabIndex = each === target ? 0 : -1;
        }}
      >
        {axis && <Head axis={axis} hours={hours} />}
        <tbody>
          {lanes.map(lane => (
            <Row key={lane.key} lane={lane} holidays={holidays} {...acts} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ axis, hours }: { readonly axis: Axis; readonly hours: boolean }) {
  const length = axis.until - axis.from;
  const isToday = (at: number) => !hours && at <= Date.now() && Date.now() < at + 24 * 3_600_000;
  const place = (at: number) => `${((at - axis.from) / length) * 100}%`;
  const ticks = hours
    ? Array.from({ length: Math.floor(length / 3_600_000 / 3) }, (_, each) => ({
        at: axis.from + each * 3 * 3_600_000,
        name: each === 8 ? rotaWords.value.nextDay : clockOf(((each * 3) % 24) * 60),
      }))
    : axis.days.map(({ from, date }) => ({ at: from as number, name: dayInWords(date) }));
  return (
    // Each bar says its own day: this row is for the eye.
    <thead aria-hidden="true">
      <tr class="rota-head">
        <td class="rota-name" />
        <td class="lane">
          {ticks.map(({ at, name }) => (
            <span
              key={at}
              class={isToday(at) ? 'tick today' : 'tick'}
              style={{ insetInlineStart: place(at) }}
            >
              {name}
            </span>
          ))}
        </td>
      </tr>
    </thead>
  );
}

type RowProps = GridActs & { readonly lane: Lane; readonly holidays: Holidays };

function Row({ lane, holidays, ...acts }: RowProps) {
  const { person, axis, key } = lane;
  const said = rotaWords.value;
  const { draft, setDraft, mayWrite, open } = acts;
  const own = draft?.personId === person.id && draft.lane === key ? draft : null;
  const known = barsOf(person.rota, holidays, axis).filter(lane.shows);
  const bars = own === null ? known : withDraft(known, own, person);
  const rows = rowsOf(bars.map(({ window }) => window));
  const height = Math.max(1, ...rows.map(row => row + 1));
  const create = (event: PointerEvent) => {
    const place = event.currentTarget as HTMLElement;
    if (!mayWrite || event.target !== place || event.pointerType === 'touch' || event.button !== 0) return;
    const { left, width } = place.getBoundingClientRect();
    const at = (x: number) => axis.from + ((x - left) / width) * (axis.until - axis.from);
    dragged(event, to => {
      const ends = [nearestStep(at(event.clientX), person.rota.zone), nearestStep(at(to), person.rota.zone)];
      const span = spanBetween(...(ends as [Wall, Wall]));
      if (span !== null) setDraft(newDraft(person, key, span));
    });
  };
  return (
    <tr>
      <th scope="row" class="rota-name">
        <div class="name-line">
          {lane.head}
          {mayWrite && (
            <button
              type="button"
              class="outline small add"
              data-stop={`${key} add`}
              tabIndex={-1}
              aria-label={said.newShiftOf(person.name)}
              title={said.newShift}
              onClick={() => open(person, key, null)}
            >
              +
            </button>
          )}
        </div>
      </th>
      <td
        class="lane"
        data-lane={key}
        style={{ height: `${height * ROW_REM + 0.3}rem` }}
        onPointerDown={create}
      >
        <Backdrop axis={axis} isDay={axis.days.length === 2} />
        {bars.map((bar, index) => (
          <BarButton
            key={bar.key}
            bar={bar}
            lane={lane}
            top={`${(rows[index] ?? 0) * ROW_REM + 0.15}rem`}
            isOff={bar.item.kind !== 'absence' && isWithin(bar, bars)}
            isDraft={own !== null && bar.key === keyOf(own)}
            {...acts}
          />
        ))}
      </td>
    </tr>
  );
}

/** Midnights, weekends and this minute: what the eye needs to find a day. */
function Backdrop({ axis, isDay }: { readonly axis: Axis; readonly isDay: boolean }) {
  const share = (ms: number) => `${(ms / (axis.until - axis.from)) * 100}%`;
  const now = Date.now();
  const end = isDay ? (axis.days[0]?.until ?? 0) : axis.until;
  return (
    <>
      {axis.days.map(({ date, from, until }, day) => (
        <span
          key={date}
          aria-hidden="true"
          class={(isDay ? day === 1 : weekdayOf(date) > 5) ? 'midnight weekend' : 'midnight'}
          style={{ insetInlineStart: share(from - axis.from), width: share(until - from) }}
        />
      ))}
      {now > axis.from && now < end && (
        <span aria-hidden="true" class="now-line" style={{ insetInlineStart: share(now - axis.from) }} />
      )}
    </>
  );
}

function withDraft(bars: readonly Bar[], draft: Draft, person: Person): readonly Bar[] {
  const seen = asBar(draft, person.rota.zone);
  const others = bars.filter(({ key }) => key !== seen.key);
  return [...others, seen].sort((a, b) => a.window.from - b.window.from);
}

/** An absence covers it: she is not on duty then. */
function isWithin({ window }: Bar, bars: readonly Bar[]): boolean {
  return bars.some(
    other =>
      other.item.kind === 'absence' && other.window.from <= window.from && other.window.until >= window.until,
  );
}

type Wall = ReturnType<typeof nearestStep>;

function spanBetween(one: Wall, other: Wall) {
  const minutes = (wall: Wall) => Date.parse(wall.date) / 60_000 + wall.minuteOfDay;
  const [first, last] = minutes(one) <= minutes(other) ? [one, other] : [other, one];
  const length = Math.min(minutes(last) - minutes(first), 1410);
  return length === 0 ? null : { date: first.date, from: first.minuteOfDay, minutes: length };
}
