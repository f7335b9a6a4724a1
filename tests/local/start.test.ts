// npm start as its user meets it, in a process of its own: what it says, what it keeps, how it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requestOf } from '../../infra/local/demo/stage.ts';
import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import { secretsIn } from '../../infra/local/machine-secrets.ts';
import { openTable } from '../../infra/local/machine-table.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';

const CALLER = encodeURIComponent('+77991500001');
const LINE = '+77991000003';

let folder: string;
let firstPort: number;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pana-start-'));
  firstPort = await sevenFreePorts();
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Running = {
  readonly child: ChildProcess;
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
};

function run(file: string, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', `infra/local/${file}`, ...args], {
    env: { ...process.env, PANA_PORT: String(firstPort), PANA_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += String(chunk)));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, printed: () => printed, ended };
}

async function prints(running: Running, words: string): Promise<void> {
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  while (!running.printed().includes(words)) {
    if (over) throw new Error(`it ended and had printed: ${running.printed()}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

it('starts, takes a call, stops without a trace, and keeps all of it for the next start', async () => {
  const first = run('main.ts');
  await prints(first, 'Ctrl-C stops everything');
  expect(first.printed()).toContain(`http://127.0.0.1:${firstPort + 1}/phones`);
  expect(first.printed()).toContain('new, filled with invented people');
  const sid = await deed('dial', { to: LINE });
  await prints(first, 'the line answers');
  await deed('hang-up', {});
  await prints(first, 'hangs up');
  expect(await stopped(first)).toBe(0);
  for (const port of [0, 1, 2, 3, 4, 5, 6].map(offset => firstPort + offset))
    expect(await isFree(port)).toBe(true);
  const secrets = readFileSync(join(folder, 'secrets.json'), 'utf8');

  const second = run('main.ts');
  await prints(second, 'Ctrl-C stops everything');
  expect(second.printed()).toContain('kept from before');
  expect(await stopped(second)).toBe(0);
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(secrets);
  expect(await timelineLength(sid)).toBeGreaterThan(0);
}, 60_000);

it('a busy port is said in one sentence, with what to do', async () => {
  const other = createServer().listen(firstPort + 1, '127.0.0.1');
  await once(other, 'listening');
  const start = run('main.ts');
  expect(await start.ended).toBe(1);
  expect(start.printed()).toMatch(
    new RegExp(`^Port ${firstPort + 1} is in use.*PANA_PORT=7300 npm start.*\\n$`),
  );
  other.close();
});

it('a phone without a hotline says so in one sentence', async () => {
  const phone = run('phone.ts', '+77991500001');
  expect(await phone.ended).toBe(1);
  expect(phone.printed()).toMatch(/^No exchange answers here: start it with npm start.*\n$/);
});

async function deed(name: string, json: unknown): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${firstPort + 1}/phones/${CALLER}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  return ((await response.json()) as { call: { sid: string } | null }).call?.sid ?? '';
}

async function stopped({ child, ended }: Running): Promise<number | null> {
  child.kill('SIGTERM');
  return ended;
}

/** Read from the file, as any later start would. */
async function timelineLength(sid: string): Promise<number> {
  const engine = await startDynamoDb({ file: join(folder, 'table.db') });
  const secrets = secretsIn(join(folder, 'secrets.json'));
  const seed = { network: kazakhstan, volunteers: [] };
  const table = await openTable({ endpoint: engine.endpoint, secrets, seed, writeLog: () => undefined });
  const requestId = requestOf(sid);
  const entries = requestId === null ? [] : await table.stores.requests.timeline(requestId);
  await table.close();
  await engine.close();
  return table.isNew ? 0 : entries.length;
}

async function sevenFreePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await Promise.all([0, 1, 2, 3, 4, 5, 6].map(offset => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
