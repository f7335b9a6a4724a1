// The simulator and all of production that it runs, as one file; with changes to the source for the mutants.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** Each `from` must stand in the file exactly once: a mutant of code that has moved on is no mutant. */
export type Change = { readonly file: string; readonly from: string; readonly to: string };

const root = join(import.meta.dirname, '../..');

/** Writes the bundle into `folder` and returns its path. Throws when a change does not fit the source. */
export async function bundled(
  entry: string,
  folder: string,
  changes: readonly Change[] = [],
): Promise<string> {
  const outfile = join(folder, 'bundle.mjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    absWorkingDir: root,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [changing(changes)],
  });
  return outfile;
}

/**
 * A module of this folder with all that it runs, as a bundle: tests that live through many requests take a third of the
 * time that they would take over modules which are translated one by one.
 */
export async function imported<Module>(name: string, changes: readonly Change[] = []): Promise<Module> {
  const folder = mkdtempSync(join(tmpdir(), 'pana-simulation-'));
  try {
    const file = await bundled(join(import.meta.dirname, name), folder, changes);
    return (await import(pathToFileURL(file).href)) as Module;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function changing(changes: readonly Change[]): Plugin {
  return {
    name: 'mutants',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const here = changes.filter(({ file }) => file === relative(root, path));
        if (here.length === 0) return null;
        return { contents: here.reduce(changed, readFileSync(path, 'utf8')), loader: 'ts' };
      });
    },
  };
}

function changed(source: string, { file, from, to }: Change): string {
  if (source.split(from).length !== 2) throw new Error(`not exactly once in ${file}: ${from}`);
  return source.replace(from, () => to);
}
