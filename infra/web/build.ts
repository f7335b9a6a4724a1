// Builds the pages: sources into dist/, by Vite. Says what it does, and does nothing when nothing has changed.
// Must never be needed at run time: what is served was built before.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const pages = {
  console: { source: 'functions/console/app', alsoFrom: ['shared/domain'], to: 'dist/console' },
  phones: {
    source: 'infra/local/phones-page/app',
    alsoFrom: ['functions/console/app/kit'],
    to: 'dist/phones',
  },
} as const;
export type PageName = keyof typeof pages;

const STAMP = '.built';

/** The folder that holds what was built. */
export function builtFolder(name: PageName): string {
  return join(root, pages[name].to);
}

/** Builds when a source is newer than what was built; `say` hears of it before and after. */
export async function builtPage(name: PageName, say: (words: string) => void): Promise<string> {
  const { source, alsoFrom, to } = pages[name];
  const print = fingerprint([source, ...alsoFrom, 'package-lock.json']);
  const stamp = join(root, to, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return join(root, to);
  say(`Building the page ${name}, once …`);
  const begunAt = Date.now();
  const { build } = await import('vite');
  await build({
    root: join(root, source),
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    base: '/',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: join(root, to),
      emptyOutDir: true,
      // A picture within a script or a style sheet is one more thing that a strict policy would have to allow.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
    },
  });
  writeFileSync(stamp, print);
  say(`Built in ${((Date.now() - begunAt) / 1000).toFixed(1)} s.`);
  return join(root, to);
}

/** Newest change and number of files: enough to notice an edit, an addition, a removal, another branch. */
function fingerprint(paths: readonly string[]): string {
  const files = paths.flatMap(path => {
    const full = join(root, path);
    if (!statSync(full).isDirectory()) return [full];
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter(each => each.isFile())
      .map(each => join(each.parentPath, each.name));
  });
  const newest = Math.max(...files.map(file => statSync(file).mtimeMs));
  return `${files.length} ${newest}`;
}
