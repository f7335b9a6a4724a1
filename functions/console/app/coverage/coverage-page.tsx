// Coverage: how many are on duty where and when in the next days, holes in words, and a way to close each.
import { useEffect, useRef, useState } from 'preact/hooks';
import { instant } from '../../../../shared/domain/instant.ts';
import { addDays, type LocalDate, localTimeAt } from '../../../../shared/domain/local-time.ts';
import { dayInWords, daysInWords } from '../kit/days.ts';
import { language as pageLanguage } from '../kit/language.ts';
import { Pick } from '../kit/pick.tsx';
import { useLoaded } from '../loaded.ts';
import { languageName, lines, regionName, regions, skillName, skills } from '../network.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { type Cell, type CoverageRow, DAYS_SHOWN, daysFrom, holeHours, windowFrom } from './cells.ts';
import './coverage.css';
import { coverageWords } from './coverage-words.ts';
import { HeatMap } from './heat-map.tsx';
import { HoleDialog } from './hole-dialog.tsx';
import { HoleList } from './hole-list.tsx';
import { OnDutyDialog } from './on-duty-dialog.tsx';
import { OpeningList } from './opening-list.tsx';
import { coverageOf, type Hole, holesOf, openingsNow, type Wish } from './reading.ts';

/** Each time every rota is read: a yes, and whatever is done here, renews it at once. */
const RENEWED_MS = 300_000;
const WAITING_MS = 5_000;
const QUIET_MS = 60_000;

export function CoveragePage() {
  const said = coverageWords.value;
  const spoken = [...new Set(lines.value.flatMap(line => line.languages))];
  const zone = regions.value[0]?.zone;
  return (
    <section aria-labelledby="coverage-title">
      <h2 id="coverage-title">{said.title}</h2>
      <p class="muted">{said.about}</p>
      {zone === undefined || spoken.length === 0 ? (
        <p role="status">{words.value.common.loading}</p>
      ) : (
        <Coverage zone={zone} spoken={spoken} />
      )}
    </section>
  );
}

type CoverageProps = { readonly zone: string; readonly spoken: readonly string[] };

function Coverage({ zone, spoken }: CoverageProps) {
  const said = coverageWords.value;
  const today = localTimeAt(instant(Date.now()), zone).date;
  const [wish, setWish] = useState<Wish>({ language: spoken[0] ?? '', skill: '' });
  const [day, setDay] = useState<LocalDate>(today);
  const [looked, look] = useState<Looked | null>(null);
  const first = weekOf(day, today);
  const window = windowFrom(first, zone);
  const map = useLoaded(
    `${first} ${wish.language} ${wish.skill}`,
    () => coverageOf(wish, window),
    RENEWED_MS,
  );
  const holes = useLoaded(`${first} ${pageLanguage.value}`, () => holesOf(window), RENEWED_MS);
  const [isWaiting, setWaiting] = useState(false);
  const openings = useLoaded('openings', openingsNow, isWaiting ? WAITING_MS : QUIET_MS);
  const open = openings.value?.openings.some(each => !each.taken) ?? false;
  useEffect(() => setWaiting(open), [open]);
  const keepsFocus = useRef(false);
  const rows = map.value ?? [];
  const zoneOf = ({ region }: CoverageRow) => regions.value.find(({ id }) => id === region)?.zone ?? zone;
  const found = holes.value?.holes ?? [];
  const taken = openings.value?.openings.filter(each => each.taken).length;
  const before = useRef(taken);
  useEffect(() => {
    // Somebody has said yes: what was a hole is none any more.
    if (before.current !== undefined && taken !== before.current) void again();
    before.current = taken;
  }, [taken]);
  const again = () => Promise.all([map.again(), holes.again(), openings.again()]);
  return (
    <>
      <search class="filters">
        <Pick
          label={said.language}
          value={wish.language}
          options={spoken.map(id => [id, languageName(id)])}
          pick={language => setWish({ ...wish, language })}
        />
        <Pick
          label={said.skill}
          none={said.anySkill}
          value={wish.skill}
          options={skills.value.map(({ id }) => [id, skillName(id)])}
          pick={skill => setWish({ ...wish, skill })}
        />
      </search>
      <Days first={first} day={day} today={today} rows={rows} zoneOf={zoneOf} choose={setDay} />
      <ProblemNote problem={map.problem ?? holes.problem} />
      {map.value === null && map.problem === null && (
        <p role="status" aria-busy="true">
          {said.counting}
        </p>
      )}
      {rows.length > 0 && (
        <HeatMap
          rows={rows}
          date={day}
          label={said.mapOf(dayInWords(day))}
          nameOf={nameOf}
          zoneOf={zoneOf}
          open={(row, cell) => look({ row, cell, hole: holeAt(found, row, cell) })}
          turn={days => {
            keepsFocus.current = true;
            setDay(addDays(day, days) < today ? today : addDays(day, days));
          }}
          keepsFocus={keepsFocus}
        />
      )}
      <Legend />
      <OpeningList openings={openings.value?.openings ?? []} />
      <HoleList
        holes={found}
        more={holes.value?.more ?? 0}
        isUnderWay={holes.value === null}
        open={hole => look({ row: null, cell: null, hole })}
      />
      {looked?.hole && (
        <HoleDialog
          key={looked.hole.id}
          hole={looked.hole}
          at={looked.cell?.from ?? null}
          zone={zoneOf({ ...looked.hole, hours: [] })}
          openings={openings.value?.openings ?? []}
          changed={again}
          close={() => {
            look(null);
            void again();
          }}
        />
      )}
      {looked !== null && looked.hole === null && looked.cell !== null && (
        <OnDutyDialog
          place={nameOf(looked.row)}
          region={looked.row.region}
          at={looked.cell.from}
          zone={zoneOf(looked.row)}
          wish={wish}
          close={() => look(null)}
        />
      )}
    </>
  );
}

type Looked =
  | { readonly row: CoverageRow; readonly cell: NonNullable<Cell>; readonly hole: Hole | null }
  | { readonly row: null; readonly cell: null; readonly hole: Hole };

const nameOf = ({ region }: CoverageRow): string =>
  region === null ? coverageWords.value.wholeCountry : regionName(region);

/** Weeks are counted from today: what is past nobody can close. */
function weekOf(day: LocalDate, today: LocalDate): LocalDate {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  return addDays(today, Math.floor(days / DAYS_SHOWN) * DAYS_SHOWN);
}

function holeAt(holes: readonly Hole[], row: CoverageRow, { from }: NonNullable<Cell>): Hole | null {
  const [begins, ends] = [Date.parse(from), Date.parse(from) + 3_600_000];
  const isOf = (hole: Hole) =>
    hole.region === row.region && hole.skill === row.skill && hole.language === row.language;
  return (
    holes.find(hole => isOf(hole) && Date.parse(hole.from) < ends && Date.parse(hole.until) > begins) ?? null
  );
}

type DaysProps = {
  readonly first: LocalDate;
  readonly day: LocalDate;
  readonly today: LocalDate;
  readonly rows: readonly CoverageRow[];
  readonly zoneOf: (row: CoverageRow) => string;
  readonly choose: (day: LocalDate) => void;
};

function Days({ first, day, today, rows, zoneOf, choose }: DaysProps) {
  const said = coverageWords.value;
  const last = addDays(first, DAYS_SHOWN - 1);
  return (
    <fieldset class="days">
      <legend>{daysInWords(first, last)}</legend>
      <button
        type="button"
        class="outline"
        aria-label={said.weekBefore}
        disabled={first <= today}
        onClick={() => choose(addDays(first, -DAYS_SHOWN))}
      >
        ←
      </button>
      {daysFrom(first).map(date => {
        const hours = holeHours(rows, date, zoneOf);
        return (
          <button
            key={date}
            type="button"
            class={date === day ? 'day' : 'day outline'}
            aria-pressed={date === day}
            onClick={() => choose(date)}
          >
            <strong>{dayInWords(date)}</strong>
            <span>{rows.length === 0 ? '…' : said.holeHours(hours)}</span>
          </button>
        );
      })}
      <button
        type="button"
        class="outline"
        aria-label={said.weekAfter}
        onClick={() => choose(addDays(first, DAYS_SHOWN))}
      >
        →
      </button>
    </fieldset>
  );
}

function Legend() {
  const said = coverageWords.value;
  return (
    <div class="heat-legend">
      {(['hole', 'none', 'one', 'two', 'more'] as const).map(level => (
        <span key={level}>
          <span class={`swatch-cell ${level}`} aria-hidden="true">
            {{ hole: '0/1', none: '0', one: '1', two: '2', more: '3' }[level]}
          </span>{' '}
          {said.levels[level]}
        </span>
      ))}
      <span class="muted">{said.keys}</span>
    </div>
  );
}
