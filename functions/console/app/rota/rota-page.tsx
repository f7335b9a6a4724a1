// The rota of a week: by region a row for each person, for one person a row for each day. Changed by hand, by keys, by form.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { addDays } from '../../../../shared/domain/local-time.ts';
import type { Holidays } from '../../../../shared/domain/rota.ts';
import type { RotaEdit } from '../../../../shared/domain/rota-edit.ts';
import { daysInWords } from '../kit/days.ts';
import { Pick } from '../kit/pick.tsx';
import { useLoaded } from '../loaded.ts';
import { regionName, regions } from '../network.ts';
import { loadPeople } from '../people.ts';
import { ProblemNote } from '../problem-note.tsx';
import { session } from '../session.ts';
import { words } from '../words.ts';
import { ConflictView } from './conflict-view.tsx';
import { type Desk, useDesk } from './desk.ts';
import { type Draft, draftOf, editOf, newDraft } from './draft.ts';
import { DraftPanel } from './draft-panel.tsx';
import { Grid, type Lane } from './grid.tsx';
import { dayLanes, personLanes } from './lanes.tsx';
import { type Place, todayIn, usePlace, weekShown } from './place.ts';
import { firstRegion, holidaysRead, readSoFar, rotasOf, type Swap, swapsOf } from './reading.ts';
import './rota.css';
import { rotaWords } from './rota-words.ts';
import { ShiftForm } from './shift-form.tsx';
import { SwapList } from './swap-list.tsx';
import { type Axis, axisOf, type Person } from './week.ts';

const RENEWED_MS = 60_000;
const NO_HOLIDAYS: Holidays = new Set();

export function RotaPage() {
  const { place, go } = usePlace();
  const first = useLoaded('first region', firstRegion);
  const said = rotaWords.value;
  const region = place.region || first.value || '';
  useEffect(() => void loadPeople(), []);
  return (
    <section aria-labelledby="rota-title">
      <h2 id="rota-title">{said.title}</h2>
      <ProblemNote problem={first.problem} />
      {region === '' && first.isUnderWay && <p role="status">{words.value.common.loading}</p>}
      {region === '' && first.value === '' && <p>{said.nobodyAnywhere}</p>}
      {region !== '' && <RegionRota key={region} region={region} place={place} go={go} />}
    </section>
  );
}

type RegionRotaProps = {
  readonly region: string;
  readonly place: Place;
  readonly go: (to: Partial<Place>) => void;
};

function RegionRota({ region, place, go }: RegionRotaProps) {
  const said = rotaWords.value;
  const list = useLoaded(`rotas ${region}`, () => rotasOf(region), RENEWED_MS);
  const swaps = useLoaded(`swaps ${region}`, () => swapsOf(region), RENEWED_MS);
  const holidays = useLoaded('holidays', holidaysRead).value ?? NO_HOLIDAYS;
  const desk = useDesk(list.value ?? []);
  const zone = regions.value.find(({ id }) => id === region)?.zone ?? list.value?.[0]?.rota.zone;
  const { value } = session;
  const mayWrite = value.kind === 'signed-in' && (value.role === 'admin' || value.role === 'manager');
  const week = zone === undefined ? null : weekShown(place, zone);
  return (
    <>
      <search class="rota-filters">
        <Pick
          label={said.region}
          value={region}
          options={regions.value.map(({ id }) => [id, regionName(id)])}
          pick={id => go({ region: id, person: '' })}
        />
        <Pick
          label={said.person}
          none={said.everybody}
          value={place.person}
          options={(list.value ?? []).map(({ id, name }) => [id, name])}
          pick={person => go({ region, person })}
        />
        {week !== null && <Weeks week={week} place={place} zone={zone ?? 'UTC'} go={go} />}
      </search>
      <ProblemNote problem={list.problem ?? swaps.problem} />
      {list.value === null && list.problem === null && (
        <p role="status" aria-busy="true">
          {said.reading(readSoFar.value)}
        </p>
      )}
      {list.value?.length === 0 && <p>{said.nobodyHere}</p>}
      {list.value !== null && list.value.length > 0 && week !== null && (
        <Week
          key={`${week} ${place.person}`}
          desk={desk}
          swaps={swaps.value?.swaps ?? []}
          renewSwaps={async () => {
            await Promise.all([swaps.again(), list.again()]);
          }}
          holidays={holidays}
          axis={axisOf(week, 7, zone ?? 'UTC')}
          person={place.person}
          choose={person => go({ region, person })}
          mayWrite={mayWrite}
        />
      )}
    </>
  );
}

type WeeksProps = {
  readonly week: Axis['days'][number]['date'];
  readonly zone: string;
  readonly place: Place;
  readonly go: (to: Partial<Place>) => void;
};

function Weeks({ week, zone, place, go }: WeeksProps) {
  const said = rotaWords.value;
  const isThis = weekShown({ ...place, week: null }, zone) === week;
  return (
    <fieldset class="weeks">
      <legend class="hidden">{said.week}</legend>
      <button
        type="button"
        class="outline"
        aria-label={said.weekBefore}
        onClick={() => go({ week: addDays(week, -7) })}
      >
        ←
      </button>
      <strong role="status">{daysInWords(week, addDays(week, 6))}</strong>
      <button
        type="button"
        class="outline"
        aria-label={said.weekAfter}
        onClick={() => go({ week: addDays(week, 7) })}
      >
        →
      </button>
      <button type="button" class="outline secondary" disabled={isThis} onClick={() => go({ week: null })}>
        {said.thisWeek}
      </button>
    </fieldset>
  );
}

type WeekProps = {
  readonly desk: Desk;
  readonly swaps: readonly Swap[];
  readonly renewSwaps: () => Promise<void>;
  readonly holidays: Holidays;
  readonly axis: Axis;
  /** Empty: everybody. */
  readonly person: string;
  readonly choose: (person: string) => void;
  readonly mayWrite: boolean;
};

function Week({ desk, swaps, renewSwaps, holidays, axis, person: only, choose, mayWrite }: WeekProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [opened, setOpened] = useState<Draft | null>(null);
  const focusOn = useRef<string | null>(null);
  const said = rotaWords.value;
  const one = desk.people.find(({ id }) => id === only);
  const lanes = one === undefined ? personLanes(desk.people, axis, choose) : dayLanes(one, axis);
  const personOf = (id: string) => desk.people.find(each => each.id === id);
  const held = draft && personOf(draft.personId);
  const inForm = opened && personOf(opened.personId);
  const hold = (next: Draft | null) => {
    desk.forget();
    if (next?.bar === null && draft?.bar !== null) focusOn.current = `${next.personId} new`;
    if (next === null && draft !== null) focusOn.current = `${draft.personId} ${draft.bar?.key ?? ''}`;
    setDraft(next);
  };
  const save = async (person: Person, edit: RotaEdit, from: Draft): Promise<boolean> => {
    const isSaved = await desk.save(person, edit);
    if (isSaved) focusOn.current = stopAfter(person, edit, from);
    if (isSaved) setDraft(null);
    return isSaved;
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => isUndo(event) && void desk.undo();
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  const offered = useMemo(() => offeredAmong(swaps), [swaps]);
  return (
    <>
      <Said desk={desk} />
      <Grid
        label={said.title}
        lanes={lanes}
        holidays={holidays}
        hours={one !== undefined}
        draft={draft}
        setDraft={hold}
        save={() => held && draft && void save(held, editOf(draft), draft)}
        open={(person, lane, bar) => {
          desk.forget();
          if (draft !== null && bar !== null && draft.bar?.key === bar.key) setOpened(draft);
          else setOpened(bar === null ? freshOn(person, lane, lanes, axis) : draftOf(person, lane, bar));
        }}
        swapOf={(person, bar) => (offered.has(`${person.id} ${bar.key}`) ? said.offered : null)}
        mayWrite={mayWrite}
        focusOn={focusOn}
      />
      <Legend mayWrite={mayWrite} />
      {draft !== null && held && (
        <DraftPanel
          draft={draft}
          person={held}
          holidays={holidays}
          isSaving={desk.isSaving}
          change={hold}
          save={() => void save(held, editOf(draft), draft)}
          open={() => setOpened(draft)}
        />
      )}
      <SwapList swaps={swaps} mayWrite={mayWrite} changed={renewSwaps} />
      {opened !== null && inForm && (
        <ShiftForm
          key={`${opened.personId} ${opened.bar?.key}`}
          draft={opened}
          person={inForm}
          holidays={holidays}
          mayWrite={mayWrite}
          isSaving={desk.isSaving}
          problem={desk.problem}
          save={edit => save(inForm, edit, opened)}
          given={renewSwaps}
          close={() => setOpened(null)}
        />
      )}
      {desk.conflict !== null && (
        <ConflictView
          desk={desk}
          axis={axis}
          holidays={holidays}
          chosen={() => {
            setDraft(null);
            setOpened(null);
          }}
        />
      )}
    </>
  );
}

/** What became of the last act, and the way back from it. */
function Said({ desk }: { readonly desk: Desk }) {
  const said = rotaWords.value;
  const { last, problem } = desk;
  return (
    <>
      <div role="status" class="said">
        {last?.is === 'saved' && said.savedOf(last.person.name)}
        {last?.is === 'undone' && said.undoneOf(last.person.name)}
        {last?.is === 'saved' && (
          <button
            type="button"
            class="outline small"
            disabled={desk.isSaving}
            onClick={() => void desk.undo()}
          >
            {said.undo}
          </button>
        )}
      </div>
      <ProblemNote problem={problem} />
    </>
  );
}

function Legend({ mayWrite }: { readonly mayWrite: boolean }) {
  const said = rotaWords.value;
  return (
    <details class="legend">
      <summary>{said.howTo}</summary>
      <ul class="plain kinds">
        {(['weekly', 'dated', 'absence'] as const).map(kind => (
          <li key={kind}>
            <span class={`swatch ${kind}`} /> {said.kinds[kind]}
          </li>
        ))}
        <li>⇄ {said.offered}</li>
      </ul>
      <p id="rota-keys">{mayWrite ? said.keys : said.keysToLook}</p>
    </details>
  );
}

const isUndo = ({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean =>
  key === 'z' && (ctrlKey || metaKey) && !(target instanceof HTMLInputElement);

const offeredAmong = (swaps: readonly Swap[]): ReadonlySet<string> =>
  new Set(
    swaps
      .filter(({ state }) => ['open', 'asked', 'needs-approval'].includes(state))
      .map(({ giver, shift }) => `${giver} ${shift.shiftId} ${shift.date}`),
  );

/** Today when it is in that week, else its first day; in the row of a day that day. */
function freshOn(person: Person, lane: string, lanes: readonly Lane[], axis: Axis): Draft {
  const own =
    lanes.length > 1 && lane.includes(' ') ? lanes.find(({ key }) => key === lane)?.axis : undefined;
  const today = todayIn(axis.zone);
  const date = own?.days[0]?.date ?? axis.days.find(day => day.date === today)?.date ?? axis.days[0]?.date;
  return newDraft(person, lane, date ?? today);
}

/** Where the focus goes: to what was saved. */
function stopAfter({ id }: Person, { put }: RotaEdit, { bar, span }: Draft): string | null {
  const [dated, absence] = [put.dated[0], put.absences[0]];
  if (dated) return `${id} ${dated.id} ${dated.date}`;
  if (absence) return `${id} ${absence.id}`;
  const weekly = put.weekly.at(-1);
  return weekly === undefined ? `${id} add` : `${id} ${weekly.id} ${(bar?.span ?? span).date}`;
}
