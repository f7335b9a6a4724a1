// How a function's code becomes one file: the same options for every function, measured for a short cold start.
// Must never need Docker or the network: esbuild from this repository does it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundlingOptions, type ICommandHooks, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

export const bundling: BundlingOptions = {
  target: 'node24',
  // CommonJS, with `import()` written as a require: one file, nothing loaded lazily from disk.
  format: OutputFormat.CJS,
  esbuildArgs: { '--supported:dynamic-import': 'false' },
  mainFields: ['module', 'main'], // the ES build of a package tree-shakes: -20 % of start-up
  minify: true,
  sourceMap: false,
  externalModules: [], // our own SDK in the bundle: the runtime's copy costs +30 % of start-up
};

/** Node does the copying, so that it is the same on every system; a missing folder stops the synthesis. */
export function withFolder(from: string, to: string): ICommandHooks {
  const copy = "require('node:fs').cpSync(process.argv[1],process.argv[2],{recursive:true})";
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (input, output) => [`node -e "${copy}" "${join(input, from)}" "${join(output, to)}"`],
  };
}
