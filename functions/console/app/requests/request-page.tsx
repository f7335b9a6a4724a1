// One request: where it stands, what can be done, its way as a picture, why each was asked or was not, and, only when asked
// for with a reason, what is sealed. Must never fetch what is sealed by itself.

import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { api, outcomeOf, type Problem, type Schemas } from '../api.ts';
import { timeOfDay } from '../kit/days.ts';
import { useLoaded } from '../loaded.ts';
import { helperName, loadPeople } from '../people.ts';
import { ProblemNote } from '../problem-note.tsx';
import { session } from '../session.ts';
import { Acts, WithReason } from './acts.tsx';
import { lanesOf } from './lanes.ts';
import { Standing } from './now-page.tsx';
import { requestWords } from './request-words.ts';
import { WayPicture } from './way-picture.tsx';

const RENEWED_MS = 1_500;

export function RequestPage() {
  const { requestId = '' } = useRoute().params;
  const params = { path: { requestId } };
  const one = useLoaded(
    requestId,
    () => outcomeOf(api.GET('/v1/requests/{requestId}', { params })),
    RENEWED_MS,
  );
  const timeline = useLoaded(
    requestId,
    () => outcomeOf(api.GET('/v1/requests/{requestId}/timeline', { params })),
    RENEWED_MS,
  );
  useEffect(() => void loadPeople(), []);
  const said = requestWords.value;
  const mayAct =
    session.value.kind === 'signed-in' &&
    (session.value.role === 'admin' || session.value.role === 'manager');
  return (
    <section aria-labelledby="request-title">
      <p>
        <a href="/">← {said.back}</a>
      </p>
      <h2 id="request-title">
        {said.request}
        {one.value && ` · ${said.channel[one.value.channel]} · ${said.phase[one.value.phase]}`}
      </h2>
      <ProblemNote problem={one.problem ?? timeline.problem} />
      {one.value && <Standing request={one.value} />}
      {one.value && mayAct && one.value.closed === null && (
        <Acts request={one.value} etag={one.etag ?? ''} changed={one.again} />
      )}
      {timeline.value && <Way entries={timeline.value.entries} />}
      {one.value && <Judged judged={one.value.judged} />}
      {one.value?.isKept && mayAct && <Sealed key={requestId} requestId={requestId} />}
    </section>
  );
}

function Way({ entries }: { readonly entries: Schemas['Timeline']['entries'] }) {
  const said = requestWords.value;
  return (
    <>
      <h3>{said.picture}</h3>
      <WayPicture {...lanesOf(entries, Date.now())} />
      <details>
        <summary>{said.timeline}</summary>
        <ol class="plain" lang="en">
          {entries.map(({ at, version, note, words }, index) => (
            <li key={`${version} ${note} ${index}`}>
              <time class="muted">{timeOfDay(Date.parse(at))}</time> {words.join(' ')}
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

function Judged({ judged }: { readonly judged: Schemas['Request']['judged'] }) {
  const said = requestWords.value;
  return (
    <details>
      <summary>{said.judged}</summary>
      {judged.length === 0 && <p>{said.notJudged}</p>}
      <ul>
        {judged.map(({ helper, words }) => (
          <li key={helper}>
            {helperName(helper)}: <span lang="en">{words}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Sealed({ requestId }: { readonly requestId: string }) {
  const said = requestWords.value;
  const [shown, show] = useState<Schemas['RequestSealed'] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const look = async (reason: string) => {
    const params = { path: { requestId } };
    const outcome = await outcomeOf(
      api.POST('/v1/requests/{requestId}/reveal', { params, body: { reason } }),
    );
    if (outcome.is === 'done') show(outcome.value);
    setProblem(outcome.is === 'refused' ? outcome.problem : null);
  };
  return (
    <div class="sealed">
      <ProblemNote problem={problem} />
      {shown === null ? (
        <WithReason label={said.reveal} warning={said.revealAbout} act={look} />
      ) : (
        <div class="notice">
          <p>
            {said.number}: <strong>{shown.address ?? said.withheld}</strong>
          </p>
          {shown.words.length > 0 && (
            <p>
              {said.herWords}: {shown.words.join(' / ')}
            </p>
          )}
          {shown.notes.length > 0 && (
            <p>
              {said.notes}: {shown.notes.map(({ text }) => text).join(' / ')}
            </p>
          )}
          <button type="button" class="small" onClick={() => show(null)}>
            {said.hide}
          </button>
        </div>
      )}
    </div>
  );
}
