// A code cache beside a bundle is used under Lambda's flags; one that does not fit is refused, and the function starts all
// the same.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFunction } from '../../infra/constructs/bundle.ts';
import { cacheCode } from '../../infra/constructs/code-cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'pana-code-cache-test-'));
const cached = join(folder, 'cached');
beforeAll(() => {
  bundleFunction('functions/voice.ts', cached);
  cacheCode(cached);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the start says, and which files' caches it refused. The function itself has no environment: its start fails. */
function started(where: string, ...flags: readonly string[]) {
  const index = pathToFileURL(join(where, 'index.mjs')).href;
  const program = `const { handler } = await import('${index}'); console.log(typeof handler)`;
  const run = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: {},
  });
  const lines = run.stdout.trim().split('\n');
  const refused = lines.filter(line => line.includes('code-cache-rejected'));
  return { status: run.status, says: lines.at(-1), refused: refused.map(line => JSON.parse(line).name) };
}

function changed(change: (cache: Buffer) => Buffer): string {
  const where = mkdtempSync(join(folder, 'changed-'));
  cpSync(cached, where, { recursive: true });
  const file = join(where, 'entry.js.cache');
  writeFileSync(file, change(readFileSync(file)));
  return where;
}

test('it is there for what a first call needs', () => {
  const names = readdirSync(cached).filter(name => name.endsWith('.cache'));
  expect(names).toContain('entry.js.cache');
  expect(names.some(name => name.startsWith('rest-'))).toBe(true);
});

test.each([[[]], [['--max-old-space-size=922', '--max-semi-space-size=51']], [['--max_old_space_size=230']]])(
  'it is used whatever memory the function has: %j',
  flags => {
    expect(started(cached, ...flags)).toEqual({ status: 0, says: 'function', refused: [] });
  },
);

test('made under other flags it is refused', () => {
  expect(started(cached, '--no-opt')).toEqual({ status: 0, says: 'function', refused: ['./entry.js'] });
});

test.each([
  [
    'of another version',
    (cache: Buffer) => Buffer.concat([cache.subarray(0, 4), Buffer.alloc(4, 7), cache.subarray(8)]),
  ],
  ['cut off', (cache: Buffer) => cache.subarray(0, 1000)],
  ['empty', () => Buffer.alloc(0)],
  ['of noise', (cache: Buffer) => Buffer.alloc(cache.length, 'noise')],
])('one %s is refused', (_, change) => {
  expect(started(changed(change))).toMatchObject({ status: 0, says: 'function', refused: ['./entry.js'] });
});
