// npm run canary over a hotline of its own on this machine: each step, one last line, and an exit code.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';

const folder = mkdtempSync(join(tmpdir(), 'pana-canary-'));
let machine: Machine;

/** Four in a row that nobody is likely to use. */
const firstPort = 20_000 + (process.pid % 6_000) * 7;

beforeAll(async () => {
  machine = await startMachine({
    folder,
    keepsTable: false,
    ports: {
      webhooks: firstPort,
      exchange: firstPort + 1,
      queue: firstPort + 2,
      dynamoDb: firstPort + 3,
      managers: firstPort + 4,
      issuer: firstPort + 5,
      phones: firstPort + 6,
    },
    seed: { network: kazakhstan, volunteers: [] },
  });
});

afterAll(async () => {
  await machine.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (environment: Record<string, string>) =>
  new Promise<{ readonly code: number; readonly out: string; readonly err: string }>(resolve => {
    const env = { PATH: process.env['PATH'], ...environment } as NodeJS.ProcessEnv;
    execFile(process.execPath, ['--import', 'tsx', 'infra/local/canary.ts'], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

test('it comes through, and says so step by step; no person’s phone rings', { timeout: 60_000 }, async () => {
  const { code, out, err } = await run({ PANA_PORT: String(firstPort), PANA_DATA: folder });
  expect(err).toBe('');
  expect(out.trim().split('\n')).toHaveLength(8);
  expect(out).toContain('the contact has pressed 1');
  expect(out).toMatch(
    /The canary came through in \d+\.\d s\. Step by step: npm run replay -- req_[0-9a-f]{32}\n$/,
  );
  expect(out).not.toMatch(/\+\d{6}/);
  expect(code).toBe(0);
  const ours = [...kazakhstan.lines.map(({ number }) => number as string), '+77991000095'];
  expect(machine.exchange.calls.filter(({ to }) => !ours.includes(to))).toEqual([]);
});

test('where no hotline answers it says what to do, and ends with 1', async () => {
  const { code, out, err } = await run({ PANA_PORT: '1024', PANA_DATA: join(folder, 'nothing') });
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toContain('start it with npm start');
  expect(err).not.toContain('    at ');
});
