// Where the output of the functions goes: into a file, as Lambda's goes to its log, and never between the lines that
// a person reads. Must never swallow what anybody else prints.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createWriteStream } from 'node:fs';

export type FunctionsLog = {
  /** Whatever `work` prints, also later and by way of others, goes to the file. */
  readonly during: <Result>(work: () => Result) => Result;
  readonly write: (line: string) => void;
  readonly close: () => Promise<void>;
};

type Write = typeof process.stdout.write;

export function openFunctionsLog(path: string): FunctionsLog {
  const file = createWriteStream(path, { flags: 'a' });
  const inFunction = new AsyncLocalStorage<true>();
  const restore = [process.stdout, process.stderr].map(stream => {
    const original = stream.write;
    const toScreen = original.bind(stream) as Write;
    const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean =>
      inFunction.getStore()
        ? file.write(chunk)
        : (toScreen as (...args: unknown[]) => boolean)(chunk, ...rest);
    stream.write = write as Write;
    return () => {
      stream.write = original;
    };
  });
  return {
    during: work => inFunction.run(true, work),
    write: line => void file.write(line),
    close: () => {
      for (const each of restore) each();
      return new Promise(resolve => file.end(() => resolve()));
    },
  };
}
