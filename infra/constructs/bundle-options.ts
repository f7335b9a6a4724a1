// How the code of a function is bundled: the same options for every function, each measured (docs/decisions/cold-start.md).
// Must never need Docker or the network: esbuild from this repository does it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Lambda runs Node 24; the same bundles run here, on whatever Node the machine has. */
const target = 'node20';

export const bundleOptions = {
  absWorkingDir: repositoryRoot,
  bundle: true,
  platform: 'node',
  target,
  format: 'esm',
  splitting: true, // what is imported when it is needed stands in a file of its own
  entryNames: 'entry',
  chunkNames: '[name]-[hash]',
  mainFields: ['module', 'main'], // the ES build of a package tree-shakes: -20 % of start-up
  minify: true,
  sourcemap: false,
  metafile: true,
  logLevel: 'warning',
  // Our own SDK in the bundle: the runtime's copy costs +30 % of start-up. A function in Lambda has its rights in its
  // environment, and a machine on a desk too: the chain that looks for them elsewhere is a tenth of the SDK.
  alias: {
    '@aws-sdk/credential-provider-node': join(repositoryRoot, 'functions/start/environment-rights.ts'),
  },
} as const satisfies BuildOptions;

/** CommonJS at last: only a script can bring V8's code cache with it. */
export const scriptOptions = {
  bundle: false,
  format: 'cjs',
  platform: 'node',
  target,
  minify: true,
  supported: { 'dynamic-import': false },
  entryNames: '[name]',
  allowOverwrite: true,
  logLevel: 'error',
} as const satisfies BuildOptions;
