// Starts the function in a folder and writes down what V8 has compiled of it (infra/constructs/code-cache.ts).
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2] ?? '');
const { scripts } = await import(pathToFileURL(join(folder, 'index.mjs')).href);
for (const [file, script] of scripts) writeFileSync(`${file}.cache`, script.createCachedData());
process.exit(0);
