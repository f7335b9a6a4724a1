// One volunteer, opened: a pause, her languages and skills, how texts reach her. What was saved meanwhile by somebody else
// is not overwritten: the version that was read goes along.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, outcomeOf, type Problem, type Schemas } from '../api.ts';
import { useLoaded } from '../loaded.ts';
import { languageName, lines, regionName, skillName, skills } from '../network.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { pauseOf } from './pause-words.ts';

type Volunteer = Schemas['Volunteer'];
type Patch = Schemas['VolunteerPatch'];

const PAUSES_HOURS = [1, 8, 24] as const;

export function EditVolunteer({ id, close }: { readonly id: string; readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const path = { volunteerId: id };
  const one = useLoaded(id, () => outcomeOf(api.GET('/v1/volunteers/{volunteerId}', { params: { path } })));
  const [problem, setProblem] = useState<Problem | null>(null);
  const { volunteers: said, common } = words.value;
  useEffect(() => dialog.current?.showModal(), []);
  const save = async (body: Patch) => {
    const headers = { 'if-match': one.etag ?? '' };
    const outcome = await outcomeOf(
      api.PATCH('/v1/volunteers/{volunteerId}', { params: { path }, body, headers }),
    );
    if (outcome.is === 'done') dialog.current?.close();
    else setProblem(outcome.problem);
  };
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="edit-title">
      <article>
        <header>
          <h3 id="edit-title">{one.value === null ? common.loading : said.edit(one.value.name)}</h3>
        </header>
        <ProblemNote problem={problem ?? one.problem} />
        {one.value !== null && <Fields volunteer={one.value} save={save} />}
        <footer>
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            {common.cancel}
          </button>
        </footer>
      </article>
    </dialog>
  );
}

type FieldsProps = { readonly volunteer: Volunteer; readonly save: (patch: Patch) => Promise<void> };

function Fields({ volunteer, save }: FieldsProps) {
  const [languages, setLanguages] = useState(volunteer.languages);
  const [skillsOfHers, setSkills] = useState(volunteer.skills);
  const { volunteers: said, common } = words.value;
  const known = [...new Set([...lines.value.flatMap(line => line.languages), ...volunteer.languages])];
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  return (
    <>
      <p>
        {[regionName(volunteer.region), volunteer.number].filter(Boolean).join(' · ')}
        <br />
        {pauseOf(volunteer.pausedUntil)}
      </p>
      <div class="pair">
        {PAUSES_HOURS.map(hours => (
          <button
            key={hours}
            type="button"
            class="outline"
            onClick={() => save({ pausedUntil: later(hours) })}
          >
            {said.pauseFor(hours)}
          </button>
        ))}
        {volunteer.pausedUntil !== null && (
          <button type="button" onClick={() => save({ pausedUntil: null })}>
            {said.resume}
          </button>
        )}
      </div>
      <Choose
        label={said.languages}
        all={known}
        chosen={languages}
        name={languageName}
        change={setLanguages}
      />
      <Choose
        label={said.skills}
        all={skills.value.map(({ id }) => id)}
        chosen={skillsOfHers}
        name={skillName}
        change={setSkills}
      />
      <button type="button" onClick={() => save({ languages, skills: skillsOfHers })}>
        {common.save}
      </button>
    </>
  );
}

type ChooseProps = {
  readonly label: string;
  readonly all: readonly string[];
  readonly chosen: string[];
  readonly name: (id: string) => string;
  readonly change: (chosen: string[]) => void;
};

function Choose({ label, all, chosen, name, change }: ChooseProps) {
  return (
    <fieldset class="choose">
      <legend>{label}</legend>
      {all.map(id => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ currentTarget }) =>
              change(currentTarget.checked ? [...chosen, id] : chosen.filter(each => each !== id))
            }
          />
          {name(id)}
        </label>
      ))}
    </fieldset>
  );
}
