// The built files of a page: read once, served from memory, packed for browsers that take it.
// Must never reach outside its folder: what may be asked for is what was found at the start, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

export type ServedFile = {
  readonly bytes: Buffer;
  readonly packed: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Its name holds a fingerprint of its content. */
const FOREVER = 'public, max-age=31536000, immutable';

/** By their paths, as `/assets/index-5Fz3.js`; the page itself is `/index.html`. Throws when there is no folder. */
export function servedFiles(folder: string): ReadonlyMap<string, ServedFile> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(each => each.isFile());
  return new Map(
    found.map(each => {
      const file = join(each.parentPath, each.name);
      const path = `/${relative(folder, file).split(sep).join('/')}`;
      return [path, servedFile(path, readFileSync(file))];
    }),
  );
}

function servedFile(path: string, bytes: Buffer): ServedFile {
  const headers = {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'cache-control': path.startsWith('/assets/') ? FOREVER : 'no-cache',
    vary: 'accept-encoding',
  };
  return { bytes, packed: gzipSync(bytes), headers };
}
