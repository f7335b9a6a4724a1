// How the tests run: every project under tests/ in one command, in parallel files, each file with engines of its own.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/simulation/long/**', 'node_modules/**'],
    setupFiles: ['tests/support/every-test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Files share what they import, not what they do: loading it anew for each of them was a third of the whole time.
    isolate: false,
    // Both of two cores: the default leaves one to a runner that has nothing to do.
    maxWorkers: 2,
  },
});
