// How many must be on duty where, for what and when: the floors of a network, one below the other.
// Must never show none of its own (the usual ones hold) as if nobody were asked for, nor turn the one into the other.
import { useEffect, useRef } from 'preact/hooks';
import type { Schemas } from '../api.ts';
import { Choice, idOf, Whole, Why } from '../forms/field.tsx';
import { fieldName, formWords } from '../forms/form-words.ts';
import type { Option } from '../kit/pick.tsx';
import { languageName } from '../network.ts';
import { languageOptions, regionOptions, skillOptions } from './choices.ts';
import { clockOf, minuteOf } from './minutes.ts';
import { Hours } from './part-fields.tsx';
import { partWords } from './part-words.ts';

type Floors = NonNullable<Schemas['Settings']['coverage']>['floors'];
type Floor = NonNullable<Floors>[number];

const PATH = 'coverage.floors';
const ADD = 'add-floor';

type FloorsProps = { readonly floors: Floors; readonly change: (floors: Floor[] | null) => void };

export function FloorList({ floors = null, change }: FloorsProps) {
  const said = partWords.value.settings.floors;
  const place = useRef<HTMLFieldSetElement>(null);
  const count = floors?.length ?? 0;
  const before = useRef(count);
  // Whoever works by keyboard goes on in the row that she added, or finds the button again when a row is gone.
  useEffect(() => {
    const focus = (id: string) => place.current?.querySelector<HTMLElement>(`#${id}`)?.focus();
    if (count > before.current) focus(idOf(`${PATH}[${count - 1}].region`));
    if (count < before.current) focus(ADD);
    before.current = count;
  }, [count]);
  const add = () => change([...(floors ?? []), blank()]);
  return (
    <fieldset class="group" ref={place}>
      <legend>{fieldName('floors')}</legend>
      <p>{floors === null ? said.usual : floors.length === 0 ? said.nobody : said.about}</p>
      {floors?.map((floor, at) => (
        <OneFloor
          key={at}
          number={at + 1}
          path={`${PATH}[${at}]`}
          floor={floor}
          change={next => change(floors.with(at, next))}
          remove={() => change(without(floors, at))}
        />
      ))}
      <Why path={PATH} isItself={true} />
      <button type="button" class="outline small" id={ADD} onClick={add}>
        {said.add}
      </button>
    </fieldset>
  );
}

/** Without the last of them the usual ones hold again: an empty list would tell of no hole, and nobody chose that. */
function without(floors: readonly Floor[], place: number): Floor[] | null {
  const left = floors.filter((_, at) => at !== place);
  return left.length === 0 ? null : left;
}

const blank = (): Floor => ({
  region: null,
  skill: null,
  language: languageOptions()[0]?.[0] ?? '',
  atLeast: 1,
  hours: [],
});

type OneFloorProps = {
  readonly number: number;
  readonly path: string;
  readonly floor: Floor;
  readonly change: (floor: Floor) => void;
  readonly remove: () => void;
};

function OneFloor({ number, path, floor, change, remove }: OneFloorProps) {
  const said = partWords.value.settings.floors;
  return (
    <fieldset class="group">
      <legend>{said.one(number)}</legend>
      <div class="fields">
        <Choice
          path={`${path}.region`}
          label={fieldName('region')}
          value={floor.region ?? ''}
          none={said.country}
          options={regionOptions()}
          change={region => change({ ...floor, region: region || null })}
        />
        <Choice
          path={`${path}.skill`}
          label={fieldName('skill')}
          value={floor.skill ?? ''}
          none={said.anySkill}
          options={skillOptions()}
          change={skill => change({ ...floor, skill: skill || null })}
        />
        <Choice
          path={`${path}.language`}
          label={fieldName('language')}
          value={floor.language}
          options={withItself(languageOptions(), floor.language)}
          change={language => change({ ...floor, language })}
        />
        <Whole
          path={`${path}.atLeast`}
          label={fieldName('atLeast')}
          value={floor.atLeast}
          change={atLeast => change({ ...floor, atLeast })}
        />
      </div>
      <Hours
        path={`${path}.hours`}
        hours={(floor.hours ?? []).map(each => ({
          ...each,
          from: clockOf(each.from),
          until: clockOf(each.until),
        }))}
        change={hours =>
          change({
            ...floor,
            hours: hours.map(each => ({
              ...each,
              from: minuteOf(each.from),
              until: minuteOf(each.until),
            })),
          })
        }
      />
      <button type="button" class="outline secondary small" aria-label={said.remove(number)} onClick={remove}>
        {formWords.value.remove}
      </button>
    </fieldset>
  );
}

/** A language that no line speaks any more is shown, not turned into another. */
const withItself = (options: readonly Option[], id: string): readonly Option[] =>
  options.some(([each]) => each === id) ? options : [...options, [id, languageName(id)]];
