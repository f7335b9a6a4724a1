// Makes a Lambda handler of something that is built once its context has started.
import type { Context } from '../shared/app/context.ts';

/**
 * Starts at once, so that what is slow happens while Lambda initialises and not while somebody waits. A start that
 * failed fails one invocation and is tried again by the next: a passing fault must not outlive itself.
 */
export function once<Args extends unknown[], Result, Started = Context>(
  start: () => Promise<Started>,
  build: (context: Started) => (...args: Args) => Result | Promise<Result>,
): (...args: Args) => Promise<Result> {
  const begin = () => {
    const beginning = start().then(build);
    beginning.catch(() => {
      built = null; // thrown to the invocations that await it, not to the process
    });
    return beginning;
  };
  let built: ReturnType<typeof begin> | null = begin();
  return async (...args) => {
    built ??= begin();
    return (await built)(...args);
  };
}
