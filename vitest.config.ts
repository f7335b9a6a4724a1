// How the tests run: in parallel files, each file with engines of its own. `npm test` runs all that needs nothing but Node,
// `npm run test:pages` the pages in a real browser.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The few files that take longest begin early: begun last, each would keep one core busy and the other idle. */
const long =
  /\/simulation\/|decide-properties|rota-zones|api\/fuzz|recorder-apart|call-back.test|browser\/(phones|forms)/;

const WHOLE_MACHINES = 'tests/local/**/*.test.ts';
const BROWSER = 'tests/browser/**/*.test.ts';

/**
 * Files with a process of their own first, all of them: a process that many files share ends when the next in the row
 * wants its own, and loading everything anew takes longer than most files.
 */
const isApart = ({ project }: TestSpecification): boolean => project.config.isolate;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const place = (file: TestSpecification) => (isApart(file) ? 0 : 2) + (long.test(file.moduleId) ? 0 : 1);
    return [0, 1, 2, 3].flatMap(at => usual.filter(file => place(file) === at));
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
      // A command of its own, `npm run test:pages`: it needs a browser, and its people act in real time, so that they would
      // be late beside files that compute.
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER],
          // As long as a click may take: what a page does next stands there when it stands there.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
