// What is held and not yet saved: in words, with what is odd about it, and three ways on. Stays in sight while one scrolls.
import { instant } from '../../../../shared/domain/instant.ts';
import type { Holidays } from '../../../../shared/domain/rota.ts';
import { dayInWords } from '../kit/days.ts';
import { spanInWords } from './bar-words.ts';
import { doubtsOf } from './doubts.ts';
import { type Draft, editOf } from './draft.ts';
import type { Scope } from './edits.ts';
import { rotaWords } from './rota-words.ts';
import type { Person } from './week.ts';

type DraftPanelProps = {
  readonly draft: Draft;
  readonly person: Person;
  readonly holidays: Holidays;
  readonly isSaving: boolean;
  readonly change: (draft: Draft | null) => void;
  readonly save: () => void;
  readonly open: () => void;
};

export function DraftPanel({ draft, person, holidays, isSaving, change, save, open }: DraftPanelProps) {
  const said = rotaWords.value;
  const { bar, span } = draft;
  const doubts = doubtsOf(person.rota, editOf(draft), holidays, instant(Date.now()));
  const was = bar === null ? said.newShift : spanInWords(bar.span);
  return (
    <section class="draft-panel" aria-label={said.notSaved}>
      <p role="status">
        <strong>{person.name}</strong>: {was} → <strong>{spanInWords(span)}</strong>
      </p>
      {doubts.map(each => (
        <p key={each} class="warn">
          ⚠ {each}
        </p>
      ))}
      {bar?.item.kind === 'weekly' && (
        <ScopeChoice scope={draft.scope} date={bar.span.date} change={scope => change({ ...draft, scope })} />
      )}
      <div class="pair">
        <button type="button" disabled={isSaving} aria-busy={isSaving} onClick={save}>
          {said.save}
        </button>
        <button type="button" class="outline" onClick={open}>
          {said.details}
        </button>
        <button type="button" class="secondary outline" onClick={() => change(null)}>
          {said.giveUp}
        </button>
      </div>
    </section>
  );
}

type ScopeChoiceProps = {
  readonly scope: Scope;
  readonly date: string;
  readonly change: (scope: Scope) => void;
};

/** A time of a weekly shift: that one alone, or from then on. */
export function ScopeChoice({ scope, date, change }: ScopeChoiceProps) {
  const said = rotaWords.value;
  const choices = [
    ['once', said.once(dayInWords(date))],
    ['from-then-on', said.fromThenOn(dayInWords(date))],
  ] as const;
  return (
    <fieldset class="choose">
      <legend class="hidden">{said.whichTimes}</legend>
      {choices.map(([id, name]) => (
        <label key={id}>
          <input type="radio" name="scope" checked={scope === id} onChange={() => change(id)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
