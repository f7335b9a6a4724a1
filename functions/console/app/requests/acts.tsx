// What a manager does to a request. One click where it can be taken back; a reason and a second click where it cannot.
// Must never seem done when it was not: the API says why, and that stands here.
import { useRef, useState } from 'preact/hooks';
import { api, type Outcome, outcomeOf, type Problem, type Schemas } from '../api.ts';
import { helperName, managersToJoin, volunteers } from '../people.ts';
import { words } from '../words.ts';
import { requestWords } from './request-words.ts';

type Whole = Schemas['Request'];
type ActsProps = { readonly request: Whole; readonly etag: string; readonly changed: () => Promise<void> };
type Doing = (act: Promise<Outcome<Whole>>) => Promise<void>;

export function Acts({ request, etag, changed }: ActsProps) {
  const said = requestWords.value;
  const [came, setCame] = useState<Problem | 'done' | null>(null);
  const params = { path: { requestId: request.id } };
  const headers = { 'if-match': etag };
  const doing: Doing = async act => {
    const outcome = await act;
    setCame(outcome.is === 'done' ? 'done' : outcome.problem);
    await changed();
  };
  const isSought = request.phase === 'searching';
  // Named, so that a second click, or a second manager, does not climb two.
  const next =
    request.rung !== null && request.rung.number < request.rung.of ? request.rung.number + 1 : null;
  // What a volunteer says of herself stands: only a manager's own can be taken back.
  const keptAway = request.excluded
    .filter(({ byHand }) => byHand)
    .map(({ volunteer }) => ({ id: volunteer, name: helperName(volunteer) }));
  const people = volunteers.value.map(({ id, name }) => ({ id, name }));
  return (
    <section aria-labelledby="acts-title">
      <h3 id="acts-title">{said.acts}</h3>
      <div class="acts">
        {next !== null && (
          <button
            type="button"
            onClick={() =>
              doing(
                outcomeOf(api.POST('/v1/requests/{requestId}/escalate', { params, body: { rung: next } })),
              )
            }
          >
            {said.escalate}
          </button>
        )}
        {isSought && (
          <Pick
            label={said.assign}
            from={people}
            pick={volunteerId =>
              doing(outcomeOf(api.POST('/v1/requests/{requestId}/assign', { params, body: { volunteerId } })))
            }
          />
        )}
        <Pick
          label={said.exclude}
          from={people}
          pick={volunteerId =>
            doing(outcomeOf(api.POST('/v1/requests/{requestId}/exclude', { params, body: { volunteerId } })))
          }
        />
        {keptAway.length > 0 && (
          <Pick
            label={said.readmit}
            from={keptAway}
            pick={volunteerId =>
              doing(
                outcomeOf(api.POST('/v1/requests/{requestId}/readmit', { params, body: { volunteerId } })),
              )
            }
          />
        )}
        {request.withHer.length > 0 && request.channel === 'voice' && (
          <Pick
            label={said.join}
            from={managersToJoin.value}
            pick={contactId =>
              doing(outcomeOf(api.POST('/v1/requests/{requestId}/join', { params, body: { contactId } })))
            }
          />
        )}
        {request.withHer.length > 0 && (
          <WithReason
            label={said.release}
            warning={said.confirm.release}
            act={reason =>
              doing(
                outcomeOf(
                  api.POST('/v1/requests/{requestId}/release', {
                    params,
                    headers,
                    body: { helper: null, reason },
                  }),
                ),
              )
            }
          />
        )}
        <FurtherActs request={request} etag={etag} doing={doing} />
      </div>
      <Came came={came} />
    </section>
  );
}

type FurtherActsProps = { readonly request: Whole; readonly etag: string; readonly doing: Doing };

/** Those with a reason on record, and those that only say what is known of her. */
function FurtherActs({ request, etag, doing }: FurtherActsProps) {
  const said = requestWords.value;
  const params = { path: { requestId: request.id } };
  const headers = { 'if-match': etag };
  const isWithSomebody = request.withHer.length > 0;
  const danger = !request.danger;
  return (
    <>
      <WithReason
        label={danger ? said.declareDanger : said.noDanger}
        warning={danger ? said.confirm.danger : ''}
        act={reason =>
          doing(
            outcomeOf(
              api.POST('/v1/requests/{requestId}/danger', { params, headers, body: { danger, reason } }),
            ),
          )
        }
      />
      {!request.minor && (
        <WithReason
          label={said.flagMinor}
          warning={said.confirm.minor}
          asks={null}
          act={() => doing(outcomeOf(api.POST('/v1/requests/{requestId}/minor', { params, body: {} })))}
        />
      )}
      <WithReason
        label={said.note}
        warning={said.noteAbout}
        asks={said.noteText}
        act={text => doing(outcomeOf(api.POST('/v1/requests/{requestId}/note', { params, body: { text } })))}
      />
      <WithReason
        label={said.close}
        warning={said.confirm.close}
        force={isWithSomebody ? said.force : null}
        act={(reason, force) =>
          doing(
            outcomeOf(
              api.POST('/v1/requests/{requestId}/close', { params, headers, body: { reason, force } }),
            ),
          )
        }
      />
    </>
  );
}

function Came({ came }: { readonly came: Problem | 'done' | null }) {
  const said = requestWords.value;
  if (came === null) return <p role="status" />;
  if (came === 'done') return <p role="status">{said.done}</p>;
  const kind = came.type.replace('urn:pana:problem:', '');
  const { problems } = words.value;
  return (
    <div role="alert" class="notice bad">
      <p>
        {said.notDone}{' '}
        {kind in problems && kind !== 'conflict' ? problems[kind as keyof typeof problems] : null}{' '}
        <span lang="en">{came.detail}</span>
      </p>
    </div>
  );
}

type PickProps = {
  readonly label: string;
  readonly from: readonly { readonly id: string; readonly name: string }[];
  readonly pick: (id: string) => Promise<void>;
};

function Pick({ label, from, pick }: PickProps) {
  const [chosen, choose] = useState('');
  return (
    <div class="pick">
      <label>
        {label}
        <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          <option value="">{requestWords.value.choose}</option>
          {from.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="outline"
        disabled={chosen === ''}
        onClick={async () => {
          await pick(chosen);
          choose('');
        }}
      >
        {label}
      </button>
    </div>
  );
}

type WithReasonProps = {
  readonly label: string;
  readonly warning: string;
  /** What is written, when it is no reason; null: nothing is, a second press is enough. */
  readonly asks?: string | null;
  /** What it takes to do it all the same; null: nothing. */
  readonly force?: string | null;
  readonly act: (reason: string, force: boolean) => Promise<void>;
};

export function WithReason({ label, warning, asks, force = null, act }: WithReasonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [isForced, setForced] = useState(false);
  const said = requestWords.value;
  return (
    <>
      <button type="button" class="outline secondary" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-label={label}>
        <article>
          <h3>{label}</h3>
          <p>{warning}</p>
          {asks !== null && (
            <label>
              {asks ?? said.reason}
              <input
                value={reason}
                maxLength={500}
                onInput={({ currentTarget }) => setReason(currentTarget.value)}
              />
            </label>
          )}
          {force !== null && (
            <label>
              <input
                type="checkbox"
                checked={isForced}
                onChange={({ currentTarget }) => setForced(currentTarget.checked)}
              />
              {force}
            </label>
          )}
          <div class="pair">
            <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
              {said.cancel}
            </button>
            <button
              type="button"
              disabled={asks !== null && reason.trim().length < 3}
              onClick={async () => {
                dialog.current?.close();
                await act(reason.trim(), isForced);
                setReason('');
                setForced(false);
              }}
            >
              {said.reallyDo}
            </button>
          </div>
        </article>
      </dialog>
    </>
  );
}
