// The times of a ladder, changed: the picture follows while she types, "check" asks the API what speaks against it, and
// what could strand somebody is not saved. Must never guess what is allowed: the rules are the API's.
import { useState } from 'preact/hooks';
import { api, outcomeOf, type Problem } from '../api.ts';
import { useLoaded } from '../loaded.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import type { Ladder, Rung } from './steps.ts';
import { TimeLine } from './time-line.tsx';

type EditLadderProps = { readonly id: string; readonly changed: () => Promise<void> };

export function EditLadder({ id, changed }: EditLadderProps) {
  const one = useLoaded(id, () => outcomeOf(api.GET('/v1/ladders/{id}', { params: { path: { id } } })));
  if (one.value === null) return <ProblemNote problem={one.problem} />;
  const saved = async () => {
    await Promise.all([one.again(), changed()]);
  };
  return <Form key={one.etag} ladder={one.value} etag={one.etag ?? ''} saved={saved} />;
}

type FormProps = { readonly ladder: Ladder; readonly etag: string; readonly saved: () => Promise<void> };

function Form({ ladder, etag, saved }: FormProps) {
  const [draft, setDraft] = useState(ladder);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isFine, setFine] = useState(false);
  const { ladders: said, common } = words.value;
  const send = async (dryRun: boolean) => {
    const path = { id: ladder.id };
    const query = dryRun ? { dryRun: 'true' as const } : {};
    const headers = { 'if-match': etag };
    const outcome = await outcomeOf(
      api.PUT('/v1/ladders/{id}', { params: { path, query }, body: draft, headers }),
    );
    setProblem(outcome.is === 'refused' ? outcome.problem : null);
    setFine(outcome.is === 'done');
    if (outcome.is === 'done' && !dryRun) await saved();
  };
  const change = (next: Ladder) => {
    setDraft(next);
    setFine(false);
  };
  const changeRung = (place: number, rung: Rung) =>
    change({ ...draft, rungs: draft.rungs.with(place, rung) });
  return (
    <>
      <TimeLine ladder={draft} />
      {draft.rungs.map((rung, place) => (
        <fieldset key={place}>
          <legend>{place + 1}</legend>
          <div class="numbers">
            <Seconds
              label={said.rungSeconds}
              value={rung.rungSeconds}
              change={rungSeconds => changeRung(place, { ...rung, rungSeconds })}
            />
            <Seconds
              label={said.waveSize}
              value={rung.waveSize}
              change={waveSize => changeRung(place, { ...rung, waveSize })}
            />
            <Seconds
              label={said.ringSeconds}
              value={rung.ringSeconds}
              change={ringSeconds => changeRung(place, { ...rung, ringSeconds })}
            />
            <Seconds
              label={said.replySeconds}
              value={rung.replySeconds}
              change={replySeconds => changeRung(place, { ...rung, replySeconds })}
            />
          </div>
        </fieldset>
      ))}
      <Seconds
        label={said.repeatSeconds}
        value={draft.last.repeatSeconds}
        change={repeatSeconds => change({ ...draft, last: { ...draft.last, repeatSeconds } })}
      />
      <ProblemNote problem={problem} />
      <p role="status">{isFine ? common.checked : ''}</p>
      <div class="pair">
        <button type="button" class="outline" onClick={() => send(true)}>
          {common.check}
        </button>
        <button type="button" onClick={() => send(false)}>
          {common.save}
        </button>
      </div>
    </>
  );
}

type SecondsProps = {
  readonly label: string;
  readonly value: number;
  readonly change: (value: number) => void;
};

function Seconds({ label, value, change }: SecondsProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        inputMode="numeric"
        value={value}
        onInput={({ currentTarget }) => change(Number(currentTarget.value))}
      />
    </label>
  );
}
