// Fields that several parts have: its id, its names in every language, a zone, hours of the week.
// Must never let an id be changed: everything else points at it.
import { Choice, Text, Why } from '../forms/field.tsx';
import type { Form } from '../forms/form.ts';
import { fieldName, formWords } from '../forms/form-words.ts';
import { weekdayInWords } from '../kit/days.ts';
import { languageName } from '../network.ts';
import { languagesKnown, zonesKnown } from './choices.ts';

type Of<Draft extends object> = { readonly form: Form<Draft> };

export function Id<Draft extends { id: string }>({ form, isNew }: Of<Draft> & { readonly isNew: boolean }) {
  return (
    <Text
      path="id"
      label={fieldName('id')}
      hint={isNew ? formWords.value.idHint : undefined}
      value={form.draft.id}
      isFixed={!isNew}
      change={id => form.change({ id } as Partial<Draft>)}
    />
  );
}

type Named = { readonly names: Readonly<Record<string, string>> };

export function Names<Draft extends Named>({ form }: Of<Draft>) {
  const { names } = form.draft;
  const languages = [...new Set([...languagesKnown(), ...Object.keys(names)])];
  return (
    <fieldset class="group">
      <legend>{fieldName('names')}</legend>
      <div class="fields">
        {languages.map(id => (
          <Text
            key={id}
            path={`names.${id}`}
            label={languageName(id)}
            value={names[id] ?? ''}
            change={name => form.change({ names: withName(names, id, name) } as unknown as Partial<Draft>)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** An empty one is none: the API says when that is missing. */
function withName(names: Named['names'], id: string, name: string): Named['names'] {
  const { [id]: _, ...others } = names;
  return name === '' ? others : { ...others, [id]: name };
}

export function Zone<Draft extends { zone: string }>({ form }: Of<Draft>) {
  return (
    <>
      <Text
        path="zone"
        label={fieldName('zone')}
        value={form.draft.zone}
        suggest="zones"
        change={zone => form.change({ zone } as Partial<Draft>)}
      />
      <datalist id="zones">
        {zonesKnown().map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

export function TextBy({
  value,
  change,
  options,
}: {
  readonly value: string;
  readonly change: (value: 'sms' | 'whatsapp' | 'none') => void;
  readonly options: Readonly<Record<'sms' | 'whatsapp' | 'none', string>>;
}) {
  return (
    <Choice
      path="textBy"
      label={fieldName('textBy')}
      value={value}
      options={Object.entries(options)}
      change={each => change(each as 'sms')}
    />
  );
}

type Pattern = { readonly weekdays: Weekday[]; readonly from: string; readonly until: string };
type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

type HoursProps = {
  readonly path?: string;
  readonly hours: readonly Pattern[];
  readonly change: (hours: Pattern[]) => void;
};

export function Hours({ path = 'hours', hours, change }: HoursProps) {
  const said = formWords.value;
  return (
    <fieldset class="group">
      <legend>{fieldName('hours')}</legend>
      {hours.length === 0 && <p>{said.always}</p>}
      {hours.map((pattern, place) => (
        <OneStretch
          key={place}
          path={`${path}[${place}]`}
          pattern={pattern}
          change={next => change(hours.with(place, next))}
          remove={() => change(hours.filter((_, at) => at !== place))}
        />
      ))}
      <small class="hint">{said.hoursHint}</small>
      <div>
        <button
          type="button"
          class="outline small"
          onClick={() => change([...hours, { weekdays: [...weekdays], from: '09:00', until: '18:00' }])}
        >
          {said.addHours}
        </button>
      </div>
    </fieldset>
  );
}

type OneStretchProps = {
  readonly path: string;
  readonly pattern: Pattern;
  readonly change: (pattern: Pattern) => void;
  readonly remove: () => void;
};

function OneStretch({ path, pattern, change, remove }: OneStretchProps) {
  const said = formWords.value;
  const toggled = (day: Weekday) =>
    weekdays.filter(each => (each === day) !== pattern.weekdays.includes(each));
  return (
    <div class="stretch">
      <fieldset class="choose">
        <legend>{said.weekdays}</legend>
        {weekdays.map(day => (
          <label key={day}>
            <input
              type="checkbox"
              checked={pattern.weekdays.includes(day)}
              onChange={() => change({ ...pattern, weekdays: toggled(day) })}
            />
            {weekdayInWords(day)}
          </label>
        ))}
        <Why path={`${path}.weekdays`} />
      </fieldset>
      <div class="fields">
        <Text
          path={`${path}.from`}
          label={said.from}
          kind="time"
          value={pattern.from}
          change={from => change({ ...pattern, from })}
        />
        <Text
          path={`${path}.until`}
          label={said.until}
          kind="time"
          value={pattern.until}
          change={until => change({ ...pattern, until })}
        />
      </div>
      <button type="button" class="outline secondary small" onClick={remove}>
        {said.remove}
      </button>
    </div>
  );
}
