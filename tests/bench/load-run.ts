// A whole hotline in one process with many people on its phones: so many calls at once, so many texts a second, in real
// time. Tells its parent what came of them. Arguments: calls at once, texts a second, seconds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Phone } from '../../infra/local/exchange/exchange.ts';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';
import { seedNumber } from '../../infra/local/seed/seed-values.ts';
import { DUE_SHARDS } from '../../shared/app/ports.ts';
import { type CallSid, type MessageSid, requestIdOf } from '../../shared/domain/ids.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { plainLine, smallNetwork, volunteer } from '../support/small-network.ts';

export type Loaded = {
  readonly calls: number;
  readonly reached: number;
  readonly toFirstWordMs: readonly number[];
  readonly toPersonMs: readonly number[];
  readonly texts: number;
  readonly toReplyMs: readonly number[];
  readonly lostAtFirst: number;
  readonly lostInTheEnd: number;
  /** After the last call and text: until nothing was lost, or until it was given up. */
  readonly foundAfterSeconds: number;
  /** Of this process, while it was under pressure. */
  readonly processorSeconds: number;
  readonly overdueMs: readonly number[];
  readonly megabytes: number;
};

const TALK_SECONDS = 20;
const LOOK_EVERY_MS = 5_000;
/** The last webhooks come in. */
const DRAIN_SECONDS = 15;
/** The reconciler, who finds what a webhook never told, comes every two minutes and looks back for twenty. */
const RECONCILED_SECONDS = 300;

const [atOnce = 0, textsASecond = 0, seconds = 0] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'pana-load-'));
/** More than call at once: nobody waits because there are too few. */
const helpers = Array.from({ length: Math.ceil(atOnce * 1.5) }, (_, serial) =>
  volunteer(`nr${serial}`, 100_000 + serial),
);

async function main(): Promise<void> {
  const seed = { network: { ...smallNetwork, lines: [plainLine] }, volunteers: helpers };
  const machine = await startMachine({ folder, keepsTable: false, ports: anyPorts, seed });
  const { exchange } = machine;
  exchange.callsPerSecond = Number.POSITIVE_INFINITY;
  exchange.textsPerSecond = Number.POSITIVE_INFINITY;
  for (const { number } of helpers)
    exchange.phone(number).behaviour = {
      kind: 'scripted',
      answerAfterSeconds: 2,
      steps: [{ afterSeconds: 3, press: '1' }],
    };
  const until = Date.now() + seconds * 1000;
  const used = process.cpuUsage();
  const callers = Array.from({ length: atOnce }, (_, serial) => caller(machine, serial, until));
  const [calls, texts, overdue] = await Promise.all([
    Promise.all(callers),
    writers(machine, until),
    watched(machine, until),
  ]);
  const { user, system } = process.cpuUsage(used);
  const endedAt = Date.now();
  await pause(DRAIN_SECONDS * 1000);
  const lostAtFirst = await lostNow(machine);
  const all = calls.flat();
  const loaded: Loaded = {
    calls: all.length,
    reached: all.filter(({ personMs }) => personMs !== null).length,
    toFirstWordMs: all.flatMap(({ firstWordMs }) => firstWordMs ?? []),
    toPersonMs: all.flatMap(({ personMs }) => personMs ?? []),
    texts: texts.length,
    toReplyMs: texts.flatMap(phone => repliedMs(machine, phone) ?? []),
    lostAtFirst,
    lostInTheEnd: await lostInTheEnd(machine),
    foundAfterSeconds: (Date.now() - endedAt) / 1000,
    processorSeconds: (user + system) / 1_000_000,
    overdueMs: overdue,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  process.send?.(loaded, () => process.exit());
}

type Called = { readonly firstWordMs: number | null; readonly personMs: number | null };

/** Calls, talks, hangs up, and after a while calls again. Whoever reaches nobody within two minutes gives up. */
async function caller({ exchange }: Machine, serial: number, until: number): Promise<readonly Called[]> {
  const called: Called[] = [];
  await pause((serial * 10_000) / atOnce);
  for (let time = 0; Date.now() < until; time += 1) {
    const phone = exchange.phone(seedNumber(200_000 + serial * 100 + time));
    const beganAt = Date.now();
    const since = async (isSo: () => boolean, withinMs: number) => {
      while (!isSo() && Date.now() - beganAt < withinMs) await pause(50);
      return isSo() ? Date.now() - beganAt : null;
    };
    const call = await phone.dial(plainLine.number);
    const firstWordMs = await since(() => call.said.length > 0 || call.heard.length > 0, 60_000);
    const personMs = await since(() => phone.talkingTo.length > 0, 120_000);
    called.push({ firstWordMs, personMs });
    if (personMs !== null) await pause(TALK_SECONDS * 1000);
    if (call.state !== 'ended') await call.hangUp();
    await pause(2_000);
  }
  return called;
}

/** Each of them for the first time. */
async function writers({ exchange }: Machine, until: number): Promise<readonly Phone[]> {
  const phones: Phone[] = [];
  const beganAt = Date.now();
  while (Date.now() < until) {
    const phone = exchange.phone(seedNumber(500_000 + phones.length));
    phones.push(phone);
    void phone.text(plainLine.number, 'Здравствуйте').catch(() => undefined);
    const next = beganAt + (phones.length * 1000) / textsASecond;
    if (next > Date.now()) await pause(next - Date.now());
  }
  return phones;
}

function repliedMs({ exchange }: Machine, { number, texts }: Phone): number | null {
  const written = wroteAt(exchange).get(number);
  const [first] = texts;
  return first && written ? first.at - written : null;
}

let written: ReadonlyMap<string, number> | null = null;
function wroteAt({ messages }: Machine['exchange']): ReadonlyMap<string, number> {
  written ??= new Map(
    messages
      .filter(({ direction }) => direction === 'inbound')
      .map(({ from, createdAt }) => [from, createdAt]),
  );
  return written;
}

/** How long what is overdue has been so, looked at every few seconds: what no other trigger has dealt with. */
async function watched({ stores }: Machine, until: number): Promise<readonly number[]> {
  const overdue: number[] = [];
  while (Date.now() < until) {
    await pause(LOOK_EVERY_MS);
    const now = instant(Date.now());
    const shards = Array.from({ length: DUE_SHARDS }, (_, shard) =>
      stores.requests.due(shard, addSeconds(now, -1)),
    );
    const due = await orNull(Promise.all(shards));
    if (due !== null) overdue.push(Math.max(0, ...due.flat().map(({ dueAt }) => now - dueAt)));
    process.send?.({ says: `${Math.round((until - Date.now()) / 1000)} s left` });
  }
  return overdue;
}

async function lostInTheEnd(machine: Machine): Promise<number> {
  const until = Date.now() + RECONCILED_SECONDS * 1000;
  for (;;) {
    const missing = await lostNow(machine);
    if (missing === 0 || Date.now() > until) return missing;
    process.send?.({ says: `${missing} are not found yet` });
    await pause(10_000);
  }
}

/** Looks again until it can see: whoever counts shares the engine with those who are counted. */
async function lostNow(machine: Machine): Promise<number> {
  for (;;) {
    const missing = await orNull(lost(machine));
    if (missing !== null) return missing;
    await pause(LOOK_EVERY_MS);
  }
}

const orNull = <Value>(looked: Promise<Value>): Promise<Value | null> => looked.catch(() => null);

/** Of every call and every text in the network's own books, those that ours do not know. */
async function lost({ exchange, stores }: Machine): Promise<number> {
  const calls = exchange.calls
    .filter(({ direction }) => direction === 'inbound')
    .map(({ sid }) => sid as CallSid);
  const texts = exchange.messages
    .filter(({ direction }) => direction === 'inbound')
    .map(({ sid }) => sid as MessageSid);
  const traces = [...calls, ...texts].map(sid => ({ requestId: requestIdOf(sid), webhookId: null }));
  let missing = 0;
  for (let from = 0; from < traces.length; from += 50) {
    const known = await stores.requests.areKnown(traces.slice(from, from + 50));
    missing += known.filter(isKnown => !isKnown).length;
  }
  return missing;
}

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
void main();
