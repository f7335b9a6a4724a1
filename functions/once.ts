// Makes a Lambda handler of something that is built once its context has started.
import type { Context } from '../shared/app/context.ts';

/** The handler is built on the first invocation and kept; a start that failed fails every invocation. */
export function once<Args extends unknown[], Result>(
  starting: Promise<Context>,
  build: (context: Context) => (...args: Args) => Result | Promise<Result>,
): (...args: Args) => Promise<Result> {
  const built = starting.then(build);
  built.catch(() => {});
  return async (...args) => (await built)(...args);
}
