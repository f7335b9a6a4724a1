// How the tests run: every project under tests/ in one command, in parallel files, each file with engines of its own.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The few files that take minutes begin first: begun last, each would keep one core busy and the other idle. And once
 * anything in a process has used AsyncLocalStorage, every promise of it takes Node 20 several times as long: the
 * simulator lives of promises.
 */
const long = /\/simulation\/|decide-properties|browser\/phones/;

const WHOLE_MACHINES = 'tests/local/**/*.test.ts';
const BROWSER = 'tests/browser/**/*.test.ts';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    const usual = await super.sort(files);
    return [...usual.filter(isLong), ...usual.filter(file => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    setupFiles: ['tests/support/every-test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Both of two cores: the default leaves one to a runner that has nothing to do.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'hotline',
          include: ['tests/**/*.test.ts'],
          exclude: [WHOLE_MACHINES, BROWSER, 'node_modules/**'],
          // Files share what they import, not what they do: loading it anew for each of them was a third of the time.
          isolate: false,
        },
      },
      // A machine loads the functions, which a process does once.
      { extends: true, test: { name: 'machine', include: [WHOLE_MACHINES] } },
      // The same, with a browser in front of it.
      // Last, with nothing beside it: its people act in real time, and would be late on a machine that computes.
      { extends: true, test: { name: 'browser', include: [BROWSER], sequence: { groupOrder: 1 } } },
    ],
  },
});
