// A shift or an absence as a plain form: made, changed, taken out, or given to others.
// Must never close on what was not saved without saying so.
import { useEffect, useRef, useState } from 'preact/hooks';
import { instant } from '../../../../shared/domain/instant.ts';
import type { Holidays } from '../../../../shared/domain/rota.ts';
import type { RotaEdit } from '../../../../shared/domain/rota-edit.ts';
import { api, outcomeOf, type Problem } from '../api.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { spanInWords } from './bar-words.ts';
import { doubtsOf } from './doubts.ts';
import type { Draft } from './draft.ts';
import { removal, type Scope } from './edits.ts';
import { editOfForm, type FormValues, lackingIn, valuesOf } from './form-values.ts';
import { rotaWords } from './rota-words.ts';
import { ShiftFields } from './shift-fields.tsx';
import type { Bar, Person } from './week.ts';

type ShiftFormProps = {
  readonly draft: Draft;
  readonly person: Person;
  readonly holidays: Holidays;
  readonly mayWrite: boolean;
  readonly isSaving: boolean;
  readonly problem: Problem | null;
  readonly save: (edit: RotaEdit) => Promise<boolean>;
  readonly given: () => Promise<void>;
  readonly close: () => void;
};

export function ShiftForm(props: ShiftFormProps) {
  const { draft, person, holidays, mayWrite, isSaving, problem, save, close } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<FormValues>(() => valuesOf(draft));
  const said = rotaWords.value;
  useEffect(() => dialog.current?.showModal(), []);
  const isNew = draft.bar === null;
  const lacking = lackingIn(values);
  const doubts =
    lacking === null ? doubtsOf(person.rota, editOfForm(draft, values), holidays, instant(Date.now())) : [];
  const store = async (edit: RotaEdit) => {
    if (await save(edit)) dialog.current?.close();
  };
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="shift-title">
      <article class="shift-form">
        <header>
          <h3 id="shift-title">
            {person.name}: {isNew ? said.newShift : spanInWords(draft.span)}
          </h3>
          <p class="muted">{said.zoneIs(person.rota.zone)}</p>
        </header>
        <ProblemNote problem={problem} />
        <form
          onSubmit={event => {
            event.preventDefault();
            if (lacking === null) void store(editOfForm(draft, values));
          }}
        >
          <ShiftFields values={values} change={setValues} person={person} isNew={isNew} mayWrite={mayWrite} />
          <div role="status">
            {lacking !== null && <p class="warn">{said.lacking[lacking]}</p>}
            {doubts.map(each => (
              <p key={each} class="warn">
                ⚠ {each}
              </p>
            ))}
          </div>
          <div class="pair">
            {mayWrite && (
              <button type="submit" disabled={lacking !== null || isSaving} aria-busy={isSaving}>
                {said.save}
              </button>
            )}
            <button type="button" class="secondary outline" onClick={() => dialog.current?.close()}>
              {words.value.common.cancel}
            </button>
          </div>
        </form>
        {mayWrite && draft.bar !== null && (
          <MoreActs {...props} bar={draft.bar} scope={values.scope} store={store} dialog={dialog.current} />
        )}
      </article>
    </dialog>
  );
}

type MoreActsProps = ShiftFormProps & {
  readonly bar: Bar;
  readonly scope: Scope;
  readonly store: (edit: RotaEdit) => Promise<void>;
  readonly dialog: HTMLDialogElement | null;
};

/** What is done to it beside changing it. */
function MoreActs({ bar, person, scope, isSaving, given, store, dialog }: MoreActsProps) {
  const said = rotaWords.value;
  const [problem, setProblem] = useState<Problem | null>(null);
  const isAhead = bar.item.kind !== 'absence' && bar.window.until > Date.now();
  const give = async (ill: boolean) => {
    const body = { volunteerId: person.id, shiftId: bar.id, date: bar.span.date, ill };
    const outcome = await outcomeOf(api.POST('/v1/swaps', { body }));
    if (outcome.is === 'refused') return setProblem(outcome.problem);
    dialog?.close();
    return given();
  };
  return (
    <footer>
      <ProblemNote problem={problem} />
      <div class="pair">
        <button
          type="button"
          class="outline"
          disabled={isSaving}
          onClick={() => void store(removal(bar, scope))}
        >
          {said.takeOut[bar.item.kind === 'weekly' ? scope : 'once']}
        </button>
        {isAhead && (
          <>
            <button type="button" class="outline secondary" onClick={() => void give(false)}>
              {said.offer}
            </button>
            <button type="button" class="outline secondary" onClick={() => void give(true)}>
              {said.ill}
            </button>
          </>
        )}
      </div>
      {isAhead && <p class="muted">{said.offerAbout}</p>}
    </footer>
  );
}
