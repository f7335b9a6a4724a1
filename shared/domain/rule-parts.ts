// What the rules of a network are made of. A problem names its field by path, and never repeats what stands there.

export type NetworkProblem = { readonly path: string; readonly problem: string };

export type Problems = readonly NetworkProblem[];
export type Range = readonly [least: number, most: number];

export const fine: Problems = [];

export function rangeProblems<Key extends string>(
  values: Readonly<Record<NoInfer<Key>, number>>,
  ranges: Readonly<Record<Key, Range>>,
  path: string,
): Problems {
  return (Object.keys(ranges) as Key[]).flatMap(key => {
    const [least, most] = ranges[key];
    const value = values[key];
    const inside = Number.isInteger(value) && value >= least && value <= most;
    return refuse(!inside, `${path}.${key}`, `is not a whole number from ${least} to ${most}`);
  });
}

export function repeats(values: readonly string[], path: (index: number) => string): Problems {
  return values.flatMap((value, index) =>
    refuse(values.indexOf(value) < index, path(index), `${value} is there twice`),
  );
}

export function needed(values: readonly unknown[], path: string, problem: string): Problems {
  return refuse(values.length === 0, path, problem);
}

export function each<Value>(
  path: string,
  values: readonly Value[],
  problems: (value: Value, path: string, index: number) => Problems,
): Problems {
  return values.flatMap((value, index) => problems(value, `${path}[${index}]`, index));
}

export function refuse(isBad: boolean, path: string, problem: string): Problems {
  return isBad ? [{ path, problem }] : fine;
}
