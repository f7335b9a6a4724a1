// Every ladder as the time line of a caller whom nobody answers; one is opened to have its steps changed beside the same
// picture. Must never draw another time line than the one that is sent.
import { Whole } from '../forms/field.tsx';
import type { Form } from '../forms/form.ts';
import { fieldName, formWords } from '../forms/form-words.ts';
import { lines } from '../network.ts';
import { Id } from '../parts/part-fields.tsx';
import { PartPage } from '../parts/part-pages.tsx';
import { partWords } from '../parts/part-words.ts';
import { words } from '../words.ts';
import { RungFields } from './rung-fields.tsx';
import type { Ladder, Rung } from './steps.ts';
import { TimeLine } from './time-line.tsx';

const wave = { waveSize: 3, ringSeconds: 20, replySeconds: 120 };

/** Begun with what nearly every ladder has: people of her region, then the whole country, then a manager. */
const blank = (): Ladder => ({
  id: 'lad_',
  purpose: 'people',
  rungs: [
    { kind: 'volunteers', scope: 'region', skill: 'required', language: 'exact', rungSeconds: 30, ...wave },
    {
      kind: 'volunteers',
      scope: 'national',
      skill: 'preferred',
      language: 'exact',
      rungSeconds: 30,
      ...wave,
    },
    { kind: 'manager', rungSeconds: 60, ...wave },
  ],
  last: { ...wave, waveSize: 5, repeatSeconds: 120 },
});

export function LaddersPage() {
  const { ladders: said } = words.value;
  return (
    <PartPage
      kind="ladders"
      title={said.title}
      about={said.about}
      none={said.none}
      blank={blank}
      nameOf={({ id }) => id.replace('lad_', '')}
      isHidden={({ purpose }) => purpose === 'canary'}
      facts={ladder => <Facts ladder={ladder} />}
      fields={(form, isNew) => <Steps form={form} isNew={isNew} />}
    />
  );
}

function Facts({ ladder }: { readonly ladder: Ladder }) {
  const { ladders: said } = words.value;
  const numbers = lines.value.filter(line => line.ladder === ladder.id).map(line => line.number);
  return (
    <>
      <p class="muted">{numbers.length === 0 ? said.noLines : said.lines(numbers.join(', '))}</p>
      <TimeLine ladder={ladder} />
    </>
  );
}

type StepsProps = { readonly form: Form<Ladder>; readonly isNew: boolean };

function Steps({ form, isNew }: StepsProps) {
  const { draft, change } = form;
  const said = partWords.value.ladders;
  const setRungs = (rungs: Rung[]) => change({ rungs });
  return (
    <div class="beside">
      <div>
        <Id form={form} isNew={isNew} />
        {draft.rungs.map((rung, place) => (
          <fieldset class="group" key={place}>
            <legend>{said.step(place + 1)}</legend>
            <Moves rungs={draft.rungs} place={place} change={setRungs} />
            <RungFields
              path={`rungs[${place}]`}
              rung={rung}
              change={next => setRungs(draft.rungs.with(place, next))}
            />
          </fieldset>
        ))}
        <p>
          <button
            type="button"
            class="outline small"
            onClick={() => setRungs([...draft.rungs, { kind: 'manager', rungSeconds: 60, ...wave }])}
          >
            {said.addRung}
          </button>
        </p>
        <fieldset class="group">
          <legend>{said.last}</legend>
          <div class="fields">
            {(['repeatSeconds', 'waveSize', 'ringSeconds', 'replySeconds'] as const).map(field => (
              <Whole
                key={field}
                path={`last.${field}`}
                label={fieldName(field)}
                value={draft.last[field]}
                change={value => change({ last: { ...draft.last, [field]: value } })}
              />
            ))}
          </div>
        </fieldset>
      </div>
      <aside aria-label={said.lives}>
        <h3>{said.lives}</h3>
        <p class="muted">{said.picture}</p>
        <TimeLine ladder={draft} />
      </aside>
    </div>
  );
}

type MovesProps = {
  readonly rungs: readonly Rung[];
  readonly place: number;
  readonly change: (rungs: Rung[]) => void;
};

function Moves({ rungs, place, change }: MovesProps) {
  const said = partWords.value.ladders;
  const swapped = (other: number): Rung[] =>
    rungs.map((rung, at) => rungs[at === place ? other : at === other ? place : at] ?? rung);
  const step = said.step(place + 1);
  return (
    <div class="rung-head">
      <button
        type="button"
        class="outline secondary small"
        disabled={place === 0}
        aria-label={`${step}: ${said.up}`}
        onClick={() => change(swapped(place - 1))}
      >
        ↑ {said.up}
      </button>
      <button
        type="button"
        class="outline secondary small"
        disabled={place === rungs.length - 1}
        aria-label={`${step}: ${said.down}`}
        onClick={() => change(swapped(place + 1))}
      >
        ↓ {said.down}
      </button>
      <button
        type="button"
        class="outline secondary small"
        aria-label={`${step}: ${formWords.value.remove}`}
        onClick={() => change(rungs.filter((_, at) => at !== place))}
      >
        {formWords.value.remove}
      </button>
    </div>
  );
}
