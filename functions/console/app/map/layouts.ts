// Where the regions of a country lie on a grid of tiles, roughly as they lie in the country: column and row from one, west
// to east and north to south. A country that is not here is shown as a plain grid. Must never claim to be to scale.

export type Place = readonly [column: number, row: number];
type Layout = Readonly<Record<string, Place>>;

/** By the country's code, with which the ids of its regions begin. */
const layouts: Readonly<Record<string, Layout>> = {
  KZ: {
    'KZ-39': [3, 1],
    'KZ-59': [4, 1],
    'KZ-55': [6, 1],
    'KZ-27': [1, 2],
    'KZ-15': [2, 2],
    'KZ-11': [4, 2],
    'KZ-71': [5, 2],
    'KZ-10': [7, 2],
    'KZ-63': [8, 2],
    'KZ-23': [1, 3],
    'KZ-62': [4, 3],
    'KZ-35': [5, 3],
    'KZ-33': [7, 3],
    'KZ-47': [1, 4],
    'KZ-43': [3, 4],
    'KZ-61': [4, 4],
    'KZ-31': [5, 4],
    'KZ-19': [6, 4],
    'KZ-75': [7, 4],
    'KZ-79': [4, 5],
  },
};

/** Null: nobody has said where; then all of them stand in their order. */
export function placesOf(ids: readonly string[]): ReadonlyMap<string, Place> | null {
  const country = ids[0]?.slice(0, 2) ?? '';
  const layout = layouts[country];
  if (layout === undefined || ids.some(id => layout[id] === undefined)) return null;
  return new Map(ids.flatMap(id => (layout[id] === undefined ? [] : [[id, layout[id]]])));
}
