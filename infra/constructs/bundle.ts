// The code of one function as a folder that Lambda runs: `index.mjs` (functions/start), `entry.js` with all that the
// function always needs, and a file for each thing that is loaded when it is needed.
// Everything at once and in turn: the synthesis cannot wait for a promise.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { bundleOptions, repositoryRoot, scriptOptions } from './bundle-options.ts';

type Outputs = ReadonlyMap<string, Metafile['outputs'][string]>;

export type Bundled = {
  /** Source files that are loaded before the function can answer anything, each with the bytes that it takes there. */
  readonly always: ReadonlyMap<string, number>;
  /** Of `entry.js`. */
  readonly bytes: number;
  /** Files that are loaded when they are needed, and what each was made from. */
  readonly whenNeeded: ReadonlyMap<string, readonly string[]>;
};

const ENTRY = 'entry.js';

/** `entry` as `functions/voice.ts`; `folder` is made when it is not there. */
export function bundleFunction(entry: string, folder: string): Bundled {
  const { outputs, scripts } = scriptsOf(entry);
  const always = neededBy(ENTRY, outputs);
  const whenNeeded = [...scripts.keys()].filter(name => !always.has(name));
  mkdirSync(folder, { recursive: true });
  const whole = packed([...always], scripts);
  writeFileSync(join(folder, ENTRY), whole);
  for (const name of whenNeeded) writeFileSync(join(folder, name), packed([name], scripts));
  bundleStart(folder);
  const inputsOf = (name: string) => Object.entries(outputs.get(name)?.inputs ?? {});
  return {
    always: new Map([...always].flatMap(inputsOf).map(([file, { bytesInOutput }]) => [file, bytesInOutput])),
    bytes: Buffer.byteLength(whole),
    whenNeeded: new Map(whenNeeded.map(name => [name, inputsOf(name).map(([file]) => file)])),
  };
}

/** First as ES modules, because only those are split and shaken; then each of them as a script. */
function scriptsOf(entry: string) {
  const between = mkdtempSync(join(tmpdir(), 'pana-bundle-'));
  try {
    const { metafile } = buildSync({ ...bundleOptions, entryPoints: [entry], outdir: between });
    const outputs: Outputs = new Map(
      Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]),
    );
    const names = [...outputs.keys()];
    buildSync({ ...scriptOptions, entryPoints: names.map(name => join(between, name)), outdir: between });
    const scripts = new Map(
      names.map(name => [name, readFileSync(join(between, name), 'utf8').trimEnd()] as const),
    );
    return { outputs, scripts };
  } finally {
    rmSync(between, { recursive: true, force: true });
  }
}

/** What stands in a file asks for the others by `require`, which the start gives it. */
function packed(names: readonly string[], scripts: ReadonlyMap<string, string>): string {
  const modules = names.map(name => `"./${name}":(function(exports,require,module){${scripts.get(name)}\n})`);
  return `({${modules.join(',')}})`;
}

function neededBy(name: string, outputs: Outputs, found: Set<string> = new Set()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const { path, kind } of outputs.get(name)?.imports ?? [])
    if (kind === 'import-statement' && outputs.has(basename(path))) neededBy(basename(path), outputs, found);
  return found;
}

function bundleStart(folder: string): void {
  const { target, minify, platform, logLevel } = bundleOptions;
  buildSync({
    absWorkingDir: repositoryRoot,
    entryPoints: ['functions/start/index.ts'],
    outfile: join(folder, 'index.mjs'),
    format: 'esm',
    target,
    minify,
    platform,
    logLevel,
  });
}
