// A choice with its label: a plain select, which every phone, keyboard and screen reader knows.

export type Option = readonly [id: string, name: string];

type PickProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly pick: (id: string) => void;
  /** What stands for none of them; left out: one must be chosen. */
  readonly none?: string;
};

export function Pick({ label, value, options, pick, none }: PickProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => pick(currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
