// Fields of a form: a label, what it is for, and what the API has against it right below, tied to it for whoever hears
// the page. Must never show a reason away from its field when there is one.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Problem } from '../api.ts';
import type { Option } from '../kit/pick.tsx';
import { clauseInWords } from './clause-words.tsx';

type FieldProblem = NonNullable<Problem['errors']>[number];

export const Refusals = createContext<readonly FieldProblem[]>([]);

export const idOf = (path: string): string => `field-${path.replaceAll(/[^\w-]/g, '_')}`;

/** Of the field itself and of whatever is within it. */
function useRefusals(path: string): readonly FieldProblem[] {
  return useContext(Refusals).filter(
    each => each.path === path || each.path.startsWith(`${path}.`) || each.path.startsWith(`${path}[`),
  );
}

/** `isItself`: what is within has its own places for its reasons. */
export function Why({ path, isItself = false }: { readonly path: string; readonly isItself?: boolean }) {
  const found = useRefusals(path).filter(each => !isItself || each.path === path);
  return (
    <small id={`${idOf(path)}-why`} class="why" aria-live="polite">
      {found.map(({ path: at, problem }) => (
        <span key={`${at} ${problem}`}>{clauseInWords(problem)}</span>
      ))}
    </small>
  );
}

type Common = { readonly path: string; readonly label: string; readonly hint?: string | undefined };

/** What ties a field to its hint and its reasons. */
function useTied({ path, hint }: Common) {
  const isRefused = useRefusals(path).length > 0;
  const described = [hint === undefined ? null : `${idOf(path)}-hint`, `${idOf(path)}-why`].filter(Boolean);
  return {
    id: idOf(path),
    'aria-invalid': isRefused ? ('true' as const) : undefined,
    'aria-describedby': described.join(' '),
  };
}

/** What stands below every field. */
function Foot({ path, hint }: Pick<Common, 'path' | 'hint'>) {
  return (
    <>
      {hint !== undefined && (
        <small id={`${idOf(path)}-hint`} class="hint">
          {hint}
        </small>
      )}
      <Why path={path} />
    </>
  );
}

function Around({ path, label, hint, children }: Common & { readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={idOf(path)}>{label}</label>
      {children}
      <Foot path={path} hint={hint} />
    </div>
  );
}

type TextProps = Common & {
  readonly value: string;
  readonly change: (value: string) => void;
  readonly kind?: 'text' | 'tel' | 'time';
  readonly input?: 'decimal';
  readonly suggest?: string;
  readonly isFixed?: boolean;
};

export function Text({
  value,
  change,
  kind = 'text',
  input,
  suggest,
  isFixed = false,
  ...common
}: TextProps) {
  const tied = useTied(common);
  return (
    <Around {...common}>
      <input
        {...tied}
        type={kind}
        inputMode={input}
        value={value}
        list={suggest}
        autocomplete="off"
        readOnly={isFixed}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
    </Around>
  );
}

type WholeProps = Common & { readonly value: number; readonly change: (value: number) => void };

export function Whole({ value, change, ...common }: WholeProps) {
  const tied = useTied(common);
  return (
    <Around {...common}>
      <input
        {...tied}
        type="number"
        inputMode="numeric"
        step={1}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.valueAsNumber || 0)}
      />
    </Around>
  );
}

type DecimalProps = Common & { readonly value: number; readonly change: (value: number) => void };

/** A number with a comma or a point; an empty one, or what is no number, is NaN. Her own half-typed point stays. */
export function Decimal({ value, change, ...common }: DecimalProps) {
  const [typed, setTyped] = useState(Number.isNaN(value) ? '' : String(value));
  const isHers = Object.is(decimal(typed), value);
  return (
    <Text
      {...common}
      input="decimal"
      value={isHers ? typed : String(value)}
      change={text => {
        setTyped(text);
        change(decimal(text));
      }}
    />
  );
}

const decimal = (text: string): number =>
  text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));

type ChoiceProps = Common & {
  readonly value: string;
  readonly options: readonly Option[];
  readonly change: (value: string) => void;
  readonly none?: string;
};

export function Choice({ value, options, change, none, ...common }: ChoiceProps) {
  const tied = useTied(common);
  return (
    <Around {...common}>
      <select {...tied} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Around>
  );
}

type YesProps = Common & { readonly value: boolean; readonly change: (value: boolean) => void };

export function Yes({ value, change, ...common }: YesProps) {
  const tied = useTied(common);
  return (
    <div class="field">
      <label>
        <input
          {...tied}
          type="checkbox"
          checked={value}
          onChange={({ currentTarget }) => change(currentTarget.checked)}
        />
        {common.label}
      </label>
      <Foot path={common.path} hint={common.hint} />
    </div>
  );
}

type ManyProps = Common & {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly change: (chosen: string[]) => void;
};

/** In the order in which they were chosen, where the order means something. */
export function Many({ options, chosen, change, ...common }: ManyProps) {
  const tied = useTied(common);
  return (
    <fieldset class="choose" id={tied.id} aria-describedby={tied['aria-describedby']} tabIndex={-1}>
      <legend>{common.label}</legend>
      {options.map(([id, name]) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            aria-invalid={tied['aria-invalid']}
            onChange={({ currentTarget }) =>
              change(currentTarget.checked ? [...chosen, id] : chosen.filter(each => each !== id))
            }
          />
          {name}
        </label>
      ))}
      <Foot path={common.path} hint={common.hint} />
    </fieldset>
  );
}

type SeveralProps = Common & {
  readonly values: readonly string[];
  readonly change: (values: string[]) => void;
};

/** Several short texts in one field, with commas between them. */
export function Several({ values, change, ...common }: SeveralProps) {
  const [typed, setTyped] = useState(values.join(', '));
  // What somebody else has put there is shown; her own half-typed comma stays.
  const shown = parts(typed).join() === values.join() ? typed : values.join(', ');
  return (
    <Text
      {...common}
      value={shown}
      change={text => {
        setTyped(text);
        change(parts(text));
      }}
    />
  );
}

function parts(text: string): string[] {
  return text
    .split(/[,;\n]+/)
    .map(each => each.trim())
    .filter(each => each !== '');
}
