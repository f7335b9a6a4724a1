// The fields of a shift or an absence. Which there are depends on what it is and on which times of it are meant.
import { dayInWords, weekdayInWords } from '../kit/days.ts';
import { regionName, regions, skillName } from '../network.ts';
import { ScopeChoice } from './draft-panel.tsx';
import { dayAfter, type FormValues, isOvernight } from './form-values.ts';
import { rotaWords } from './rota-words.ts';
import type { Item, Person } from './week.ts';

type ShiftFieldsProps = {
  readonly values: FormValues;
  readonly change: (values: FormValues) => void;
  readonly person: Person;
  readonly isNew: boolean;
  readonly mayWrite: boolean;
};

export function ShiftFields({ values, change, person, isNew, mayWrite }: ShiftFieldsProps) {
  const said = rotaWords.value;
  const { kind, scope, note } = values;
  const set = (part: Partial<FormValues>) => change({ ...values, ...part });
  const isEveryWeek = kind === 'weekly' && (isNew || scope === 'from-then-on');
  return (
    <fieldset disabled={!mayWrite} class="plain-set">
      {isNew && <KindChoice kind={kind} change={each => set({ kind: each })} />}
      {!isNew && kind === 'weekly' && (
        <ScopeChoice scope={scope} date={values.date} change={each => set({ scope: each })} />
      )}
      <Times values={values} set={set} date={!isEveryWeek ? said.day : isNew ? said.firstDay : null} />
      {isEveryWeek && <EveryWeek values={values} set={set} />}
      {kind !== 'absence' && <WhatFor values={values} set={set} person={person} />}
      <label>
        {said.note}
        <input
          value={note}
          maxLength={200}
          onInput={({ currentTarget }) => set({ note: currentTarget.value })}
        />
      </label>
    </fieldset>
  );
}

type Set = (part: Partial<FormValues>) => void;
type Part = { readonly values: FormValues; readonly set: Set };

function KindChoice({ kind, change }: { kind: Item['kind']; change: (kind: Item['kind']) => void }) {
  const said = rotaWords.value;
  return (
    <fieldset class="choose">
      <legend>{said.kind}</legend>
      {(['dated', 'weekly', 'absence'] as const).map(each => (
        <label key={each}>
          <input type="radio" name="kind" checked={kind === each} onChange={() => change(each)} />
          {said.kinds[each]}
        </label>
      ))}
    </fieldset>
  );
}

/** `date`: what the day is called; null: none is asked for. */
function Times({ values, set, date: dayIs }: Part & { readonly date: string | null }) {
  const said = rotaWords.value;
  const { kind, date, from, lastDate, until } = values;
  return (
    <>
      <div class="filters">
        {dayIs !== null && (
          <label>
            {dayIs}
            <input
              type="date"
              required
              value={date}
              onInput={({ currentTarget }) => set({ date: currentTarget.value })}
            />
          </label>
        )}
        <label>
          {said.from}
          <input
            type="time"
            required
            value={from}
            onInput={({ currentTarget }) => set({ from: currentTarget.value })}
          />
        </label>
        {kind === 'absence' && (
          <label>
            {said.lastDay}
            <input
              type="date"
              required
              value={lastDate}
              onInput={({ currentTarget }) => set({ lastDate: currentTarget.value })}
            />
          </label>
        )}
        <label>
          {said.until}
          <input
            type="time"
            required
            value={until}
            onInput={({ currentTarget }) => set({ until: currentTarget.value })}
          />
        </label>
      </div>
      {isOvernight(values) && (
        <p class="muted">
          {dayIs !== null && date !== '' ? said.endsOn(dayInWords(dayAfter(date))) : said.endsNextDay}
        </p>
      )}
    </>
  );
}

function EveryWeek({ values, set }: Part) {
  const said = rotaWords.value;
  const { weekdays, endsOn, everyWeeks, onHolidays } = values;
  const toggled = (day: number) =>
    weekdays.includes(day) ? weekdays.filter(each => each !== day) : [...weekdays, day];
  return (
    <>
      <fieldset class="choose">
        <legend>{said.weekdays}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map(day => (
          <label key={day}>
            <input
              type="checkbox"
              checked={weekdays.includes(day)}
              onChange={() => set({ weekdays: toggled(day) })}
            />
            {weekdayInWords(day)}
          </label>
        ))}
      </fieldset>
      <div class="filters">
        <label>
          {said.everyWeeks}
          <input
            type="number"
            min={1}
            max={8}
            required
            value={everyWeeks}
            onInput={({ currentTarget }) => set({ everyWeeks: Number(currentTarget.value) })}
          />
        </label>
        <label>
          {said.lastTime}
          <input
            type="date"
            value={endsOn}
            onInput={({ currentTarget }) => set({ endsOn: currentTarget.value })}
          />
        </label>
      </div>
      <label>
        <input
          type="checkbox"
          checked={onHolidays}
          onChange={({ currentTarget }) => set({ onHolidays: currentTarget.checked })}
        />
        {said.onHolidays}
      </label>
    </>
  );
}

function WhatFor({ values, set, person }: Part & { readonly person: Person }) {
  const said = rotaWords.value;
  const name = (ids: readonly string[], nameOf: (id: string) => string, none: string) =>
    ids.length === 0 ? none : ids.map(nameOf).join(', ');
  return (
    <details>
      <summary>
        {name(values.regions, regionName, said.ownRegion(regionName(person.region)))} ·{' '}
        {name(values.skills, skillName, said.allSkills)}
      </summary>
      <Several
        label={said.skillsOf}
        ids={person.skills}
        chosen={values.skills}
        name={skillName}
        change={skills => set({ skills })}
      />
      <Several
        label={said.regionsOf}
        ids={regions.value.map(({ id }) => id)}
        chosen={values.regions}
        name={regionName}
        change={each => set({ regions: each })}
      />
    </details>
  );
}

type SeveralProps = {
  readonly label: string;
  readonly ids: readonly string[];
  readonly chosen: readonly string[];
  readonly name: (id: string) => string;
  readonly change: (chosen: readonly string[]) => void;
};

function Several({ label, ids, chosen, name, change }: SeveralProps) {
  return (
    <fieldset class="choose">
      <legend>{label}</legend>
      {ids.map(id => (
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
