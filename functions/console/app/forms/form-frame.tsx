// The frame of every form: its fields, what speaks against it, and saving. What concerns no field of it (a ladder that
// would ring nobody any more) stands above the button. Must never hide a reason.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { clauseInWords } from './clause-words.tsx';
import { Refusals } from './field.tsx';
import { differing, type Form } from './form.ts';
import { fieldName, formWords } from './form-words.ts';
import './forms.css';

type FormFrameProps<Draft extends object> = {
  readonly form: Form<Draft>;
  readonly label: string;
  readonly children: ComponentChildren;
  readonly more?: ComponentChildren;
};

export function FormFrame<Draft extends object>({ form, label, children, more }: FormFrameProps<Draft>) {
  const said = formWords.value;
  const place = useRef<HTMLFormElement>(null);
  const errors = form.problem?.errors ?? [];
  const within = Object.keys(form.draft);
  const elsewhere = errors.filter(({ path }) => !within.includes(headOf(path)));
  const isWhole = form.problem !== null && errors.length === 0;
  const save = async (event: Event) => {
    event.preventDefault();
    await form.save();
    // The first field that is refused, when there is one.
    setTimeout(() => place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <Refusals.Provider value={errors}>
      <form ref={place} aria-label={label} noValidate onSubmit={save}>
        {children}
        {isWhole && form.conflict === null && <ProblemNote problem={form.problem} />}
        {elsewhere.length > 0 && (
          <div role="alert" class="notice bad">
            <p>{said.elsewhere}</p>
            <ul>
              {elsewhere.map(({ path, problem }) => (
                <li key={`${path} ${problem}`}>
                  <code>{path}</code> {clauseInWords(problem)}
                </li>
              ))}
            </ul>
          </div>
        )}
        <p role="status" class={`judged ${form.judged}`}>
          {form.judged === 'fine' && said.fine}
          {form.judged === 'trying' && said.trying}
          {form.judged === 'refused' && errors.length > 0 && said.refused(errors.length)}
        </p>
        <div class="pair">
          <button type="submit" aria-busy={form.isSaving} disabled={form.isSaving}>
            {words.value.common.save}
          </button>
          {more}
        </div>
      </form>
      {form.conflict !== null && <Conflict form={form} conflict={form.conflict} />}
    </Refusals.Provider>
  );
}

type ConflictProps<Draft extends object> = {
  readonly form: Form<Draft>;
  readonly conflict: NonNullable<Form<Draft>['conflict']>;
};

/** Theirs and mine, field by field, and she chooses. */
function Conflict<Draft extends object>({ form, conflict }: ConflictProps<Draft>) {
  const said = formWords.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { before, theirs } = conflict;
  const names = [...new Set([...differing(before, theirs.value), ...differing(before, form.draft)])];
  return (
    <dialog ref={dialog} aria-labelledby="conflict-title" onCancel={() => form.settle('mine')}>
      <article>
        <h3 id="conflict-title">{said.conflict}</h3>
        <p>{said.conflictAbout}</p>
        <div class="scrolls" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{said.field}</th>
                <th scope="col">{said.theirs}</th>
                <th scope="col">{said.mine}</th>
              </tr>
            </thead>
            <tbody>
              {names.map(name => (
                <tr key={String(name)}>
                  <th scope="row">{fieldName(String(name))}</th>
                  <td>{shownValue(theirs.value[name])}</td>
                  <td>{shownValue(form.draft[name])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div class="pair">
          <button type="button" class="secondary" onClick={() => form.settle('theirs')}>
            {said.takeTheirs}
          </button>
          <button type="button" onClick={() => form.settle('mine')}>
            {said.mineOnTop}
          </button>
        </div>
      </article>
    </dialog>
  );
}

const headOf = (path: string): string => path.match(/^[^.[]*/)?.[0] ?? '';

function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.map(shownValue).join(', ') || '–';
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, each]) => `${fieldName(name)}: ${shownValue(each)}`)
      .join('; ');
  return String(value);
}
