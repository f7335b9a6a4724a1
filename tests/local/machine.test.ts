// The machine in this process: one call in real time from end to end, and nothing left when it is closed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoCallers, demoLines, demoNetwork, demoVolunteers } from '../../infra/local/demo/demo-network.ts';
import { Stage } from '../../infra/local/demo/stage.ts';
import type { ExchangeEvent } from '../../infra/local/exchange/exchange.ts';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { PhoneControl } from '../../infra/local/phone/control.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';

const folder = mkdtempSync(join(tmpdir(), 'pana-machine-'));
let machine: Machine;
let stage: Stage;

beforeAll(async () => {
  const seed = { network: demoNetwork, volunteers: Object.values(demoVolunteers) };
  machine = await startMachine({ folder, keepsTable: false, ports: anyPorts, seed });
  stage = new Stage(machine);
});

afterAll(async () => {
  await machine.close();
  const closed = [machine.webhooksUrl, machine.queueUrl, machine.exchange.url, machine.dynamoDb.endpoint];
  for (const url of closed) await expect(fetch(url)).rejects.toThrow('fetch failed');
  rmSync(folder, { recursive: true });
});

it('a caller and a volunteer in other processes are brought together', async () => {
  const { madina } = demoVolunteers;
  const caller = new PhoneControl(machine.exchange.url, demoCallers.caller);
  const helper = new PhoneControl(machine.exchange.url, madina.number);
  const heard: ExchangeEvent[] = [];
  const stop = new AbortController();
  const listening = helper.listen(event => void heard.push(event), stop.signal);
  const [hers, theirs] = [stage.phone(demoCallers.caller), stage.phoneOf(madina)];

  expect(await helper.deed('answer')).toContain('is not ringing');
  expect(await caller.deed('dial', { to: demoLines.ulytau.number })).toBeNull();
  await stage.until('the volunteer’s phone rings', 10, () => theirs.ringing !== undefined);
  expect(await helper.deed('answer')).toBeNull();
  await stage.until('the question is asked', 10, () => stage.hears(theirs, 'press one'));
  expect(await helper.deed('press', { digits: '1' })).toBeNull();
  await stage.untilTheyTalk(hers, theirs);
  const sid = hers.call?.sid ?? '';
  expect(await caller.deed('hang-up')).toBeNull();
  await stage.until('the volunteer is free', 10, () => theirs.call === undefined);

  await stage.until('the stream has told all', 5, () => heard.at(-1)?.type === 'hung-up');
  expect(heard.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['rang', 'answered', 'heard', 'pressed', 'conference-joined']),
  );
  await stage.checkEnd(sid, 'talked', madina.id);
  stage.checkNumbersStayHidden(hers, theirs);
  const past = await caller.past(madina.number);
  expect(past.map(({ seq }) => seq)).toEqual(heard.map(({ seq }) => seq));
  expect(machine.exchange.errors).toEqual([]);
  stop.abort();
  await listening;
});

it('the recordings are served by the function, and nothing else is', async () => {
  const get = (path: string) => fetch(machine.webhooksUrl + path);
  const recording = await get('/audio/kk/press-3.mp3');
  expect([recording.status, recording.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
  expect((await recording.arrayBuffer()).byteLength).toBeGreaterThan(500);
  expect((await get('/audio/kk/secrets.mp3')).status).toBe(404);
  expect((await get('/voice/incoming')).status).toBe(404);
  const unsigned = await fetch(`${machine.webhooksUrl}/voice/incoming`, { method: 'POST', body: 'a=b' });
  expect(unsigned.status).toBe(403);
});

it('what the functions print is in their log, without a number', async () => {
  const log = () => readFileSync(machine.logFile, 'utf8');
  await stage.until('the refusal is written down', 5, () => log().includes('"event":"bad-signature"'));
  expect(log()).toContain('"event":"swept"');
  expect(log()).not.toContain(demoCallers.caller.slice(1));
});

it('a second machine in one process is refused, and leaves nothing behind', async () => {
  const seed = { network: demoNetwork, volunteers: [] };
  const second = startMachine({ folder: join(folder, 'second'), keepsTable: false, ports: anyPorts, seed });
  await expect(second).rejects.toThrow('one machine a process');
});
