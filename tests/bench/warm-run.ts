// Puts thousands of events through the handlers of one warm function, in a process of its own, and tells its parent how
// long each kind of them took. First argument: the engine's address, or nothing for a store in memory; second: how many.

import type { LambdaEvent } from 'hono/aws-lambda';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { createStores } from '../../shared/adapters/dynamodb/stores.ts';
import { createTable } from '../../shared/adapters/dynamodb/table.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import { paths } from '../../shared/app/paths.ts';
import type { CallSid } from '../../shared/domain/ids.ts';
import { requestIdOf } from '../../shared/domain/ids.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { webhookHandler } from '../../shared/http/lambda.ts';
import { statusApp } from '../../shared/http/status.ts';
import { textApp } from '../../shared/http/text.ts';
import { voiceApp } from '../../shared/http/voice.ts';
import { fullLine, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { newSid, rings, signedForm, writes } from './events.ts';
import { contextWith, outsideThatTakesAll, storeInMemory, Trips } from './warm-ports.ts';

export type Taken = {
  readonly name: string;
  readonly ms: readonly number[];
  /** Of the processor's time, its garbage collector's included. */
  readonly processorMs: readonly number[];
  readonly trips: readonly number[];
  readonly inSequence: readonly number[];
};

/** Virtual: as many people as this would otherwise meet limits of a minute, and a lease that has not lapsed. */
const BETWEEN_EVENTS_MS = 100;

const [endpoint = '', rounds = '100'] = process.argv.slice(2);
/** Until V8 has compiled what is asked for often; with an engine that is waited for it hardly shows. */
const WARM_UP = endpoint === '' ? 500 : 50;
const beganAt = Date.now();
let events = 0;
const now = (): Instant => instant(beganAt + events * BETWEEN_EVENTS_MS);
const volunteers = Array.from({ length: 20 }, (_, serial) => volunteer(`nr${serial}`, 100 + serial));
const signing = {
  publicBase: 'https://pana.example',
  accountSid: `AC${'1'.repeat(32)}`,
  authToken: 'the-token-of-a-measurement',
};

async function storesOf(address: string) {
  if (address === '') return storeInMemory(smallNetwork, volunteers, now);
  const client = connectLocally(address);
  const sealer = createSealer({ dataKey: Buffer.alloc(32, 1), lookupKey: Buffer.alloc(32, 2) });
  const silent = () => undefined;
  const log = { info: silent, warn: silent, error: silent };
  await createTable(client, 'pana-warm');
  const stores = createStores({ client, table: 'pana-warm', sealer, clock: { now }, random: () => 0.5, log });
  await stores.registry.putNetwork(smallNetwork);
  for (const each of volunteers) await stores.registry.putVolunteer(each, now());
  await stores.roster.rollDuty(now());
  return stores;
}

async function main(): Promise<void> {
  const trips = new Trips();
  const stores = await storesOf(endpoint);
  // To listen costs time of its own: in memory there is nothing to be listened to.
  const ports = { ...stores, ...outsideThatTakesAll() };
  const { requests, roster, directory, counters, telephone } = ports;
  const heard =
    endpoint === ''
      ? {}
      : {
          requests: trips.heard(requests),
          roster: trips.heard(roster),
          directory: trips.heard(directory),
          counters: trips.heard(counters),
          telephone: trips.heard(telephone),
        };
  const context = contextWith({ ...ports, ...heard }, now, { ...signing, authTokens: [signing.authToken] });
  const voice = webhookHandler(voiceApp(context));
  const text = webhookHandler(textApp(context));
  const status = webhookHandler(statusApp(context));
  const taken = new Map<
    string,
    { ms: number[]; processorMs: number[]; trips: number[]; inSequence: number[] }
  >();

  const timed = async (name: string, handler: typeof voice, event: object, isWarm: boolean) => {
    events += 1;
    trips.taken();
    const [from, used] = [performance.now(), process.cpuUsage()];
    const { statusCode, body } = await handler(event as LambdaEvent);
    const ms = performance.now() - from;
    const { user, system } = process.cpuUsage(used);
    if (statusCode >= 300) throw new Error(`${name}: answered ${statusCode} ${body}`);
    if (!isWarm) return;
    const all = taken.get(name) ?? { ms: [], processorMs: [], trips: [], inSequence: [] };
    const asked = trips.taken();
    all.ms.push(ms);
    all.processorMs.push((user + system) / 1000);
    all.trips.push(asked.all);
    all.inSequence.push(asked.inSequence);
    taken.set(name, all);
  };
  for (let round = -WARM_UP; round < Number(rounds); round += 1) {
    const isWarm = round >= 0;
    const from = `+7799${String(5_000_000 + round + WARM_UP)}`;
    const over = (callSid: string) =>
      signedForm(signing, paths.callStatus, {
        CallSid: callSid,
        CallStatus: 'completed',
        CallDuration: '5',
        Direction: 'inbound',
        From: from,
        To: plainLine.number,
      });
    const [rung, menu] = [newSid('CA'), newSid('CA')];
    await timed(
      'voice: a call comes, somebody is rung',
      voice,
      rings(signing, from, plainLine.number, rung),
      isWarm,
    );
    const wait = paths.wait(requestIdOf(rung as CallSid), 1);
    const waits = {
      CallSid: rung,
      CallStatus: 'in-progress',
      Direction: 'inbound',
      From: from,
      To: plainLine.number,
    };
    await timed('voice: she waits', voice, signedForm(signing, wait, waits), isWarm);
    await timed('status: she has hung up', status, over(rung), isWarm);
    await timed('voice: a call comes, a menu', voice, rings(signing, from, fullLine.number, menu), isWarm);
    await timed('status: she has hung up in the menu', status, over(menu), isWarm);
    await timed('text: first words', text, writes(signing, from, plainLine.number, 'Здравствуйте'), isWarm);
    if (round % 500 === 0) process.send?.({ done: round });
  }
  process.send?.({ taken: [...taken].map(([name, all]): Taken => ({ name, ...all })) }, () => process.exit());
}

void main();
