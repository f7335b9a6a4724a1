// What goes on now: requests that wait, the longest first, and who is on duty. Renewed every two seconds.
// Must never fall silent: when the list cannot be renewed, that is said above what was last there.
import { api, outcomeOf, type Schemas } from '../api.ts';
import { clockOf } from '../kit/durations.ts';
import { useLoaded } from '../loaded.ts';
import { languageName, regionName, skillName } from '../network.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { requestWords } from './request-words.ts';

type Brief = Schemas['RequestBrief'];

const RENEWED_MS = 1_500;
const ROSTER_MS = 15_000;

export function NowPage() {
  const said = requestWords.value;
  const open = useLoaded('open', () => outcomeOf(api.GET('/v1/requests')), RENEWED_MS);
  return (
    <div class="now">
      <section aria-labelledby="now-title">
        <h2 id="now-title">{said.now}</h2>
        <ProblemNote problem={open.problem} />
        {open.value === null && open.problem === null && <p role="status">{words.value.common.loading}</p>}
        {open.value?.isWhole === false && <p role="status">{said.notWhole}</p>}
        {open.value?.requests.length === 0 && <p>{said.nobody}</p>}
        <ol class="plain cards">
          {open.value?.requests.map(request => (
            <li key={request.id}>
              <Card request={request} />
            </li>
          ))}
        </ol>
      </section>
      <Roster />
    </div>
  );
}

function Card({ request }: { readonly request: Brief }) {
  const said = requestWords.value;
  const isLate = request.waitingSeconds !== null && request.waitingSeconds > request.promisedSeconds;
  const about = [
    request.region === null ? null : regionName(request.region),
    languageName(request.language),
    request.need === null ? null : skillName(request.need),
  ];
  return (
    <article class={`card ${isLate ? 'late' : request.phase}`} data-request={request.id}>
      <h3>
        <a href={`/requests/${request.id}`}>
          {said.channel[request.channel]} · {said.phase[request.phase]}
        </a>
      </h3>
      <p>{about.filter(Boolean).join(' · ')}</p>
      <Standing request={request} />
    </article>
  );
}

/** Where a request stands; the same on the list and on its own page. */
export function Standing({ request }: { readonly request: Brief }) {
  const said = requestWords.value;
  const { waitingSeconds, promisedSeconds, rung, asked, withHer } = request;
  const flags = [
    request.danger && said.danger,
    request.minor && said.minor,
    request.coolingDown && said.coolingDown,
  ].filter(Boolean);
  return (
    <>
      {waitingSeconds !== null && (
        <p>
          <strong>{said.waits(clockOf(waitingSeconds), clockOf(promisedSeconds))}</strong>
          {waitingSeconds > promisedSeconds && <span class="warn"> · {said.late}</span>}
        </p>
      )}
      {flags.length > 0 && <p class="warn">{flags.join(' · ')}</p>}
      {rung !== null && <p>{said.rung(rung.number, rung.of, whomOf(rung.asks))}</p>}
      {request.phase === 'searching' && (
        <p>
          {said.asked}: {asked.length === 0 ? said.nobodyAsked : asked.map(nameIn).join(', ')}
        </p>
      )}
      {withHer.length > 0 && (
        <p>
          {said.withHer}: {withHer.map(nameIn).join(', ')}
        </p>
      )}
    </>
  );
}

export function whomOf(asks: string): string {
  const { asks: known } = requestWords.value;
  return asks in known ? known[asks as keyof typeof known] : asks;
}

const nameIn = ({ name, id }: { readonly name: string | null; readonly id: string }): string =>
  name ?? id.replace(/^(vol|con)_/, '');

function Roster() {
  const said = requestWords.value;
  const roster = useLoaded('roster', () => outcomeOf(api.GET('/v1/roster')), ROSTER_MS);
  const regions = (roster.value?.regions ?? []).filter(({ onDuty }) => onDuty.length > 0);
  return (
    <section aria-labelledby="duty-title">
      <h2 id="duty-title">{said.onDuty}</h2>
      <ProblemNote problem={roster.problem} />
      {roster.value !== null && regions.length === 0 && <p class="warn">{said.nobodyOnDuty}</p>}
      <ul class="plain duty">
        {regions.map(({ region, onDuty }) => (
          <li key={region}>
            <strong>{regionName(region)}</strong>: {countsOf(onDuty.map(each => each.is))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function countsOf(states: readonly Schemas['OnDuty']['is'][]): string {
  const said = requestWords.value;
  const count = (...kinds: readonly string[]) => states.filter(state => kinds.includes(state)).length;
  const [free, busy] = [count('free'), count('busy', 'writing')];
  const other = states.length - free - busy;
  return [said.free(free), busy > 0 && said.busy(busy), other > 0 && said.other(other)]
    .filter(Boolean)
    .join(', ');
}
