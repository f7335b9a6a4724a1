// What Lambda loads: reads the function's own code out of the files beside it, and waits until it has started, while the
// instance initialises with more CPU than it will ever have again and nobody waits for an answer yet.
// A file may have V8's code cache beside it. V8 refuses one of another version by itself and compiles anew.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

type Module = { exports: unknown };
type Define = (exports: unknown, require: (name: string) => unknown, module: Module) => void;

const folder = dirname(fileURLToPath(import.meta.url));
const fromNode = createRequire(import.meta.url);
const defined = new Map<string, Define>();
const loaded = new Map<string, Module>();

function load(name: string): unknown {
  if (!name.startsWith('./')) return fromNode(name);
  const known = loaded.get(name);
  if (known) return known.exports;
  if (!defined.has(name)) read(name);
  const define = defined.get(name);
  if (!define) throw new Error(`${name} is not in this bundle`);
  const module: Module = { exports: {} };
  loaded.set(name, module);
  try {
    define(module.exports, load, module);
  } catch (error) {
    loaded.delete(name); // half of it is there: whoever asks again must not be given that
    throw error;
  }
  return module.exports;
}

// V8 refuses a cache that was made under other flags too. Lambda gives two, by the memory of the function; what they mean
// was settled when the process began.
for (const flag of process.execArgv) {
  const [size] = /^--max[-_](old|semi)[-_]space[-_]size(?==)/.exec(flag) ?? [];
  if (size) setFlagsFromString(`${size}=0`);
}

/** A file holds one module that is loaded when it is needed; the first one also whatever the function always needs. */
function read(name: string): void {
  const file = join(folder, name);
  const cache = `${file}.cache`;
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  const script = new Script(readFileSync(file, 'utf8'), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  if (script.cachedDataRejected)
    process.stdout.write(`${JSON.stringify({ level: 'info', event: 'code-cache-rejected', name })}\n`);
  const modules: Record<string, Define> = script.runInThisContext();
  for (const [each, define] of Object.entries(modules)) defined.set(each, define);
  scripts.set(file, script);
}

/** For whoever writes the caches: a script can tell what of it was compiled. */
export const scripts = new Map<string, Script>();

type Handler = { (...args: unknown[]): unknown; readonly started?: Promise<void> };

const entry = load('./entry.js') as { readonly handler: Handler };
export const { handler } = entry;
// It never rejects: a start that fails is tried again by the first event.
await handler.started;
