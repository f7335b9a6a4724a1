// Makes something once, when it is first needed: the REST client is slow to load, and most functions never use it.
// Must never keep a failure: what could not be loaded once may be the next time.
import { NotReached } from './errors.ts';

export function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make().catch(() => {
      made = null;
      throw new NotReached();
    });
    return made;
  };
}
