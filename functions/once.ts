// Makes a Lambda handler of something that is built once its context has started.
import type { Context } from '../shared/app/context.ts';

type Handler<Args extends unknown[], Result> = (...args: Args) => Result | Promise<Result>;

/** `started` resolves when the first start is over, and never rejects. */
export type StartedHandler<Args extends unknown[], Result> = ((...args: Args) => Promise<Result>) & {
  readonly started: Promise<void>;
};

/**
 * Starts at once, so that what is slow happens while Lambda initialises and not while somebody waits. A start that
 * failed fails one invocation and is tried again by the next: a passing fault must not outlive itself.
 */
export function once<Args extends unknown[], Result, Started = Context>(
  start: () => Promise<Started>,
  build: (context: Started) => Handler<Args, Result> | Promise<Handler<Args, Result>>,
): StartedHandler<Args, Result> {
  const begin = () => {
    const beginning = start().then(build);
    beginning.catch(() => {
      built = null; // thrown to the invocations that await it, not to the process
    });
    return beginning;
  };
  const first = begin();
  let built: ReturnType<typeof begin> | null = first;
  const handler = async (...args: Args) => {
    built ??= begin();
    return (await built)(...args);
  };
  const over = () => undefined;
  return Object.assign(handler, { started: first.then(over, over) });
}
