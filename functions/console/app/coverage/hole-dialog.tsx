// A hole: which part of it, who could take it and who not and why, whom to ask by text, and what they have said.
// Must never write to anybody before she has seen to whom, how and in which words.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Instant, instant } from '../../../../shared/domain/instant.ts';
import {
  endInstant,
  type LocalDateTime,
  localTimeAt,
  parseLocalDateTime,
  startInstant,
  wallTimeOf,
} from '../../../../shared/domain/local-time.ts';
import { useLoaded } from '../loaded.ts';
import { ProblemNote } from '../problem-note.tsx';
import { session } from '../session.ts';
import { words } from '../words.ts';
import { AskByText } from './ask-by-text.tsx';
import { CandidateList } from './candidate-list.tsx';
import { coverageWords } from './coverage-words.ts';
import { AskedStates } from './opening-list.tsx';
import { candidatesFor, type Hole, idOf, type Opening, openingFor, type Stretch } from './reading.ts';

type HoleDialogProps = {
  readonly hole: Hole;
  /** The hour that she pointed at; null: the hole as a whole. */
  readonly at: string | null;
  readonly zone: string;
  readonly openings: readonly Opening[];
  readonly changed: () => Promise<unknown>;
  readonly close: () => void;
};

export function HoleDialog({ hole, at, zone, openings, changed, close }: HoleDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const said = coverageWords.value;
  const [part, setPart] = useState<Stretch>(() => usualPart(hole, at));
  const [chosen, choose] = useState<readonly string[]>([]);
  useEffect(() => dialog.current?.showModal(), []);
  const isAskable = part.from < part.until && part.until - part.from < DAY_MS;
  const id = idOf(hole, part);
  const list = useLoaded(isAskable ? id : '', async () =>
    isAskable ? candidatesFor(id) : { is: 'done', value: { candidates: [] }, etag: null },
  );
  const opening = openingFor(openings, hole, part);
  const asked = new Set(opening?.asked.map(({ volunteerId }) => volunteerId));
  const { value } = session;
  const mayAsk = value.kind === 'signed-in' && (value.role === 'admin' || value.role === 'manager');
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="hole-title">
      <article class="hole-dialog">
        <header>
          <h3 id="hole-title">{hole.words}</h3>
        </header>
        <Part hole={hole} part={part} zone={zone} change={setPart} />
        {opening && <AskedStates opening={opening} />}
        {opening?.taken !== true && (
          <>
            <h4>{said.whoCould}</h4>
            <ProblemNote problem={list.problem} />
            {!isAskable && <p class="warn">{said.lessThanADay}</p>}
            {isAskable && list.value === null && list.problem === null && (
              <p role="status">{words.value.common.loading}</p>
            )}
            {list.value !== null && isAskable && (
              <CandidateList
                candidates={list.value.candidates}
                asked={asked}
                chosen={chosen}
                choose={mayAsk ? choose : null}
              />
            )}
            {mayAsk && isAskable && (
              <AskByText
                key={id}
                holeId={id}
                chosen={chosen.filter(each => !asked.has(each))}
                sent={async () => {
                  choose([]);
                  await changed();
                }}
              />
            )}
          </>
        )}
        <footer>
          <button type="button" class="secondary outline" onClick={() => dialog.current?.close()}>
            {words.value.common.cancel}
          </button>
        </footer>
      </article>
    </dialog>
  );
}

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const DAY_MS = 24 * HOUR_MS;
/** As long as most shifts are. */
const USUAL_HOURS = 8;

/** What is left of a short hole; of a long one eight hours, from where she pointed. */
function usualPart(hole: Hole, at: string | null): Stretch {
  const until = Date.parse(hole.until);
  // Nobody takes what has begun: she needs a moment to read and to answer.
  const soon = (Math.floor(Date.now() / QUARTER_MS) + 2) * QUARTER_MS;
  const from = Math.min(until - 60_000, Math.max(soon, Date.parse(hole.from)));
  if (until - from <= 12 * HOUR_MS) return { from: instant(from), until: instant(until) };
  const begins = Math.max(from, at === null ? from : Date.parse(at));
  return { from: instant(begins), until: instant(Math.min(until, begins + USUAL_HOURS * HOUR_MS)) };
}

type PartProps = {
  readonly hole: Hole;
  readonly part: Stretch;
  readonly zone: string;
  readonly change: (part: Stretch) => void;
};

function Part({ hole, part, zone, change }: PartProps) {
  const said = coverageWords.value;
  const [first, last] = [instant(Date.parse(hole.from)), instant(Date.parse(hole.until))];
  const set = (edge: 'from' | 'until', text: string) => {
    const wall = parseLocalDateTime(text.slice(0, 16));
    if (wall === null) return;
    const read = edge === 'from' ? startInstant : endInstant;
    const at = read(wallTimeOf(wall), zone);
    change({ ...part, [edge]: at < first ? first : at > last ? last : at });
  };
  return (
    <fieldset class="filters part">
      <legend>{said.part(zone)}</legend>
      {(['from', 'until'] as const).map(edge => (
        <label key={edge}>
          {said[edge]}
          <input
            type="datetime-local"
            value={wallIn(part[edge], zone)}
            min={wallIn(first, zone)}
            max={wallIn(last, zone)}
            onChange={({ currentTarget }) => set(edge, currentTarget.value)}
          />
        </label>
      ))}
    </fieldset>
  );
}

function wallIn(at: Instant, zone: string): LocalDateTime {
  const { date, minuteOfDay } = localTimeAt(at, zone);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date}T${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}` as LocalDateTime;
}
