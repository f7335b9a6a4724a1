// Many things to do, a few at a time.

/** The results in order. The first error ends it. */
export async function inTurns<Thing, Result>(
  atOnce: number,
  things: readonly Thing[],
  work: (thing: Thing) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let done = 0; done < things.length; done += atOnce) {
    results.push(...(await Promise.all(things.slice(done, done + atOnce).map(work))));
  }
  return results;
}
