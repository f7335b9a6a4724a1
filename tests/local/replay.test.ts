// The command over a table that the production store has written: what it shows, and what it says when it cannot.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { replayRequest } from '../../infra/local/replay/replay-request.ts';
import { putInput, toItem } from '../../shared/adapters/dynamodb/attributes.ts';
import { requestKey, timelineKey } from '../../shared/adapters/dynamodb/keys.ts';
import { createStores } from '../../shared/adapters/dynamodb/stores.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import type { Note } from '../../shared/domain/timeline.ts';
import { useEngine } from '../support/engine.ts';
import { buildRequest, firstLine, network, next, requestIdFrom } from '../support/request-builder.ts';

const engine = useEngine();
const id = requestIdFrom(1);
const keys = { dataKey: randomBytes(32), lookupKey: randomBytes(32) };
const wishes = { zone: null, namesAll: false };
const now = instant(Date.now());

/** A request with two entries in its timeline, written by the production store. */
async function kept() {
  const [client, table] = [engine.client(), await engine.freshTable()];
  const sealer = createSealer(keys);
  const clock = { now: () => now };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const stores = createStores({ client, table, sealer, clock, random: () => 0, log });
  await stores.registry.putNetwork(network);
  const first = buildRequest();
  const opened: Note = { note: 'opened', channel: 'voice', withheld: false, again: false };
  await stores.requests.commit(
    { before: null, after: first, at: now, notes: [opened], webhook: null },
    network,
  );
  const second = next(first, {});
  const reached: Note = { note: 'rung-reached', rung: 0 };
  const commit = { before: first, after: second, at: addSeconds(now, 3), notes: [reached], webhook: null };
  await stores.requests.commit(commit, network);
  return { client, table, sealer };
}

describe('what is shown', () => {
  test('with the secrets: the line, the zone of its region and the rungs by name', async () => {
    const { lines, complaints } = await replayRequest(await kept(), id, wishes);
    expect(complaints).toEqual([]);
    expect(lines[0]).toBe(`Request ${id} on ${firstLine}. Wall times in Asia/Almaty.`);
    expect(lines).toContainEqual(
      expect.stringMatching(/\+3\.0 s {2}reached rung 1 of \d+ \(the volunteers of her region\)$/),
    );
  });

  test('without the secrets: the same timeline, rungs by number, in UTC or the zone that was asked for', async () => {
    const source = { ...(await kept()), sealer: null };
    const { lines, complaints } = await replayRequest(source, id, wishes);
    expect(complaints).toEqual([]);
    expect(lines[0]).toBe(`Request ${id}. Wall times in UTC.`);
    expect(lines).toContainEqual(expect.stringMatching(/\+3\.0 s {2}reached rung 1$/));
    const elsewhere = await replayRequest(source, id, { ...wishes, zone: 'Asia/Oral' });
    expect(elsewhere.lines[0]).toContain('Asia/Oral');
  });
});

describe('what cannot be shown is said', () => {
  test('an unknown request', async () => {
    const { lines, complaints } = await replayRequest(await kept(), requestIdFrom(2), wishes);
    expect(lines).toEqual([]);
    expect(complaints).toEqual([expect.stringContaining(`Nothing is kept of ${requestIdFrom(2)}`)]);
  });

  test('a request whose timeline is empty', async () => {
    const source = await kept();
    for (const version of [1, 2]) {
      const Key = toItem(timelineKey(id, version));
      await source.client.send(new DeleteItemCommand({ TableName: source.table, Key }));
    }
    const { lines, complaints } = await replayRequest(source, id, wishes);
    expect(lines).toEqual([]);
    expect(complaints).toEqual([expect.stringContaining('its timeline is empty')]);
  });

  test('an entry that does not parse: the others are shown, and it is still in the table', async () => {
    const source = await kept();
    const broken = { ...timelineKey(id, 2), schema: 1, at: now, version: 2, notes: Buffer.from('nonsense') };
    await source.client.send(new PutItemCommand(putInput(source.table, broken)));
    const { lines, complaints } = await replayRequest(source, id, wishes);
    expect(lines).toContainEqual(expect.stringContaining('opened by a call'));
    expect(complaints).toEqual([expect.stringContaining('One entry of the timeline could not be read')]);
    const { Count } = await source.client.send(
      new QueryCommand({
        TableName: source.table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :t)',
        ExpressionAttributeValues: { ':pk': { S: requestKey(id).pk }, ':t': { S: 'T#' } },
      }),
    );
    expect(Count).toBe(2);
  });

  test('a request that is damaged itself: its timeline is shown all the same', async () => {
    const source = await kept();
    const broken = { ...requestKey(id), schema: 1, version: 2, doc: 'nonsense' };
    await source.client.send(new PutItemCommand(putInput(source.table, broken)));
    const { lines, complaints } = await replayRequest(source, id, wishes);
    expect(lines).toContainEqual(expect.stringContaining('opened by a call'));
    expect(complaints).toEqual([expect.stringContaining('itself is damaged')]);
  });
});

describe('npm run replay', () => {
  const run = (args: readonly string[], environment: Record<string, string> = {}) =>
    new Promise<{ readonly code: number; readonly out: string; readonly err: string }>(resolve => {
      const program = ['--import', 'tsx', 'infra/local/replay.ts', ...args];
      const env = { PATH: process.env['PATH'], ...environment } as NodeJS.ProcessEnv;
      execFile(process.execPath, program, { env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  test('reads an engine by its address, with the secrets that were kept there, and ends with 0', async () => {
    const { table } = await kept();
    const folder = mkdtempSync(join(tmpdir(), 'pana-replay-'));
    const file = join(folder, 'secrets.json');
    const base64 = (key: Uint8Array) => Buffer.from(key).toString('base64');
    writeFileSync(
      file,
      JSON.stringify({
        twilioAccountSid: `AC${'0'.repeat(32)}`,
        twilioAuthTokens: ['0'.repeat(32)],
        twilioApiKey: `SK${'0'.repeat(32)}`,
        twilioApiSecret: '0'.repeat(32),
        dataKey: base64(keys.dataKey),
        lookupKey: base64(keys.lookupKey),
      }),
    );
    const shown = await run([id, '--at', engine.endpoint(), '--table', table], { PANA_SECRETS_FILE: file });
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain('opened by a call');
    const unknown = await run([requestIdFrom(7), '--at', engine.endpoint(), '--table', table]);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('Nothing is kept of');
  });

  test('says in a sentence what is wrong, and ends with 1', async () => {
    const wrong = await Promise.all([
      run([]),
      run([id, '--at', 'http://127.0.0.1:9']),
      run([id, '--at', engine.endpoint(), '--table', 'no-such-table']),
      run([id, '--zone', 'Almaty']),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(wrong.map(({ err }) => err.split(/[:?.]/)[0])).toEqual([
      'Which request',
      'No table answers there',
      'There is no such table there',
      'There is no time zone Almaty',
    ]);
    for (const { err } of wrong) expect(err).not.toContain('    at ');
  });
});
