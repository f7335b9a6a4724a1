// Many small jobs, some at a time: each takes a few round trips, and a store that is asked everything at once refuses.

const AT_ONCE = 16;

/** The results in the order of the items. A job that throws fails all of it: let each keep its own faults. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  job: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE)
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(job))));
  return results;
}
