// One volunteer, opened or new: who she is, what she offers, how she is reached, a pause, and that she is gone. What was
// saved meanwhile by somebody else is not overwritten: the version that was read goes along.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, outcomeOf, type Problem, type Schemas } from '../api.ts';
import { differing, useForm } from '../forms/form.ts';
import { FormFrame } from '../forms/form-frame.tsx';
import { useLoaded } from '../loaded.ts';
import { regionName } from '../network.ts';
import { Confirmed, Remove } from '../parts/part-pages.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { pauseOf } from './pause-words.ts';
import { nobodyYet, type VolunteerDraft, VolunteerFields } from './volunteer-fields.tsx';
import { volunteerWords } from './volunteer-words.ts';

type Volunteer = Schemas['Volunteer'];
type Patch = Schemas['VolunteerPatch'];

const PAUSES_HOURS = [1, 8, 24] as const;

const read = (volunteerId: string) =>
  outcomeOf(api.GET('/v1/volunteers/{volunteerId}', { params: { path: { volunteerId } } }));

/** `id` null: somebody new. */
export function EditVolunteer({ id, close }: { readonly id: string | null; readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const one = useLoaded<Volunteer | null>(id ?? 'new', async () =>
    id === null ? { is: 'done' as const, value: null, etag: null } : read(id),
  );
  const { volunteers: said, common } = words.value;
  useEffect(() => dialog.current?.showModal(), []);
  const done = () => dialog.current?.close();
  const title =
    id === null ? volunteerWords.value.add : one.value ? said.edit(one.value.name) : common.loading;
  return (
    // A dialog within this one closes by itself: what it says is not about this one.
    <dialog
      ref={dialog}
      class="wide"
      onClose={event => event.target === dialog.current && close()}
      aria-labelledby="edit-title"
    >
      <article>
        <header>
          <h3 id="edit-title">{title}</h3>
        </header>
        <ProblemNote problem={one.problem} />
        {id === null && <NewVolunteer done={done} />}
        {one.value !== null && <Known volunteer={one.value} etag={one.etag ?? ''} done={done} />}
        <footer>
          <button type="button" class="secondary" onClick={done}>
            {common.cancel}
          </button>
        </footer>
      </article>
    </dialog>
  );
}

function NewVolunteer({ done }: { readonly done: () => void }) {
  const form = useForm<VolunteerDraft>({
    start: { value: nobodyYet(), etag: null },
    send: (draft, _, dryRun) => {
      const query = dryRun ? { dryRun: 'true' as const } : {};
      return outcomeOf(api.POST('/v1/volunteers', { params: { query }, body: draft }));
    },
    read: async () => ({ is: 'done', value: nobodyYet(), etag: null }),
    saved: done,
  });
  return (
    <FormFrame form={form} label={volunteerWords.value.add}>
      <VolunteerFields form={form} />
    </FormFrame>
  );
}

type KnownProps = { readonly volunteer: Volunteer; readonly etag: string; readonly done: () => void };

function Known({ volunteer, etag, done }: KnownProps) {
  const path = { volunteerId: volunteer.id };
  const patch = (body: Patch, version: string, dryRun: boolean) => {
    const query = dryRun ? { dryRun: 'true' as const } : {};
    const headers = { 'if-match': version };
    return outcomeOf(api.PATCH('/v1/volunteers/{volunteerId}', { params: { path, query }, body, headers }));
  };
  const start = draftOf(volunteer);
  const form = useForm<VolunteerDraft>({
    start: { value: start, etag },
    send: (draft, version, dryRun) => {
      const changed = differing(start, draft).map(name => [name, draft[name]]);
      return patch(Object.fromEntries(changed) as Patch, version ?? '', dryRun);
    },
    read: async () => {
      const now = await read(volunteer.id);
      return now.is === 'done' ? { ...now, value: draftOf(now.value) } : now;
    },
    saved: done,
  });
  const remove = () =>
    outcomeOf(
      api.DELETE('/v1/volunteers/{volunteerId}', { params: { path }, headers: { 'if-match': etag } }),
    );
  return (
    <>
      <p>
        {regionName(volunteer.region)}
        <br />
        {pauseOf(volunteer)}
      </p>
      <Reached volunteer={volunteer} />
      <Pauses volunteer={volunteer} pause={until => patch({ pausedUntil: until }, etag, false)} done={done} />
      <FormFrame
        form={form}
        label={words.value.volunteers.edit(volunteer.name)}
        more={
          <>
            <ShutPage id={volunteer.id} />
            <Remove act={remove} gone={async () => done()} />
          </>
        }
      >
        <VolunteerFields form={form} />
      </FormFrame>
    </>
  );
}

function draftOf({ id: _, pausedUntil: __, ...volunteer }: Volunteer): VolunteerDraft {
  return { ...volunteer, number: volunteer.number ?? '' };
}

/** Whether a code proved that she reads what is sent to her number, and whether anything reaches her. */
function Reached({ volunteer: { id, region } }: { readonly volunteer: Volunteer }) {
  const said = volunteerWords.value;
  const list = useLoaded(`reach ${region}`, () =>
    outcomeOf(api.GET('/v1/volunteers-reach', { params: { query: { region } } })),
  );
  const hers = list.value?.volunteers.find(each => each.volunteerId === id);
  if (hers === undefined) return null;
  return (
    <p class={hers.unreached === null ? 'muted' : 'warn'}>
      {said.number[hers.number]}
      {hers.unreached !== null && ` · ${said.unreached[hers.unreached]}`}
    </p>
  );
}

/** For a phone that is lost or in wrong hands: whoever has the address of her page acts as she. */
function ShutPage({ id }: { readonly id: string }) {
  const said = volunteerWords.value;
  const [isShut, setShut] = useState(false);
  const params = { path: { volunteerId: id } };
  return (
    <>
      <Confirmed
        label={said.shutPage}
        title={said.shutPage}
        about={said.shutPageAbout}
        act={() => outcomeOf(api.DELETE('/v1/volunteers/{volunteerId}/page', { params }))}
        gone={async () => setShut(true)}
      />
      <span role="status">{isShut && said.pageShut}</span>
    </>
  );
}

type PausesProps = {
  readonly volunteer: Volunteer;
  readonly pause: (until: string | null) => ReturnType<typeof read>;
  readonly done: () => void;
};

function Pauses({ volunteer, pause, done }: PausesProps) {
  const { volunteers: said } = words.value;
  const [problem, setProblem] = useState<Problem | null>(null);
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const set = async (until: string | null) => {
    const outcome = await pause(until);
    if (outcome.is === 'done') done();
    else setProblem(outcome.problem);
  };
  return (
    <>
      <ProblemNote problem={problem} />
      <div class="pair">
        {PAUSES_HOURS.map(hours => (
          <button key={hours} type="button" class="outline small" onClick={() => set(later(hours))}>
            {said.pauseFor(hours)}
          </button>
        ))}
        {volunteer.pausedUntil !== null && (
          <button type="button" class="small" onClick={() => set(null)}>
            {said.resume}
          </button>
        )}
      </div>
    </>
  );
}
