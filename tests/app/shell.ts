// The shell over a real engine, with a telephone, alerts and a queue that only write down what they were asked, and
// answer as a test tells them to. Time stands still until a test moves it.
import { randomBytes } from 'node:crypto';
import { createStores, type Stores } from '../../shared/adapters/dynamodb/stores.ts';
import { createSealer } from '../../shared/adapters/system/sealer.ts';
import { type Handled, handleEvent } from '../../shared/app/handle-event.ts';
import type { Alert, LogFields, Ports, RequestStore, Sent, Telephone } from '../../shared/app/ports.ts';
import type { Sealer } from '../../shared/app/sealer.ts';
import type { Event, LegOutcome } from '../../shared/domain/event.ts';
import { type CallSid, type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant } from '../../shared/domain/instant.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import type { Engine } from '../support/engine.ts';
import { callSid, legSid, looked, rang, start, sure } from '../support/given.ts';
import { overhear, overhearFaults } from '../support/overheard.ts';
import { smallNetwork } from '../support/small-network.ts';

export const requestId: RequestId = requestIdOf(callSid);

export type Shell = {
  readonly ports: Ports;
  readonly stores: Stores;
  /** Where its rows stand, for tests that damage them. */
  readonly table: string;
  readonly sealer: Sealer;
  readonly pass: (seconds: number) => Instant;
  /** Everything that the telephone was asked for, in its order. */
  readonly asked: string[];
  readonly alerts: Alert[];
  readonly wakeUps: { readonly requestId: RequestId; readonly inSeconds: readonly number[] }[];
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
  /** The next answers of the telephone to `ring`; afterwards each ring is done. */
  readonly rings: Sent<CallSid>[];
  /** What looking for a ring finds. */
  readonly found: { leg: CallSid | 'unknown' | null };
  /** What the network says of an earlier call; null: it cannot say. */
  readonly earlier: { outcome: LegOutcome | 'live' | null };
  readonly happen: (event: Event, webhookId?: string | null) => Promise<Handled>;
  readonly opens: (webhookId?: string) => Promise<Handled>;
  readonly look: () => Promise<Handled>;
};

/** A table with these volunteers, on duty; `change` breaks or watches ports. */
export async function openShell(
  engine: Engine,
  volunteers: readonly Volunteer[],
  change: (ports: Ports) => Partial<Ports> = () => ({}),
): Promise<Shell> {
  let now = start;
  const clock = { now: () => now };
  const books = {
    asked: [] as string[],
    alerts: [] as Alert[],
    wakeUps: [] as Shell['wakeUps'],
    logged: [] as Shell['logged'],
    rings: [] as Sent<CallSid>[],
    found: { leg: null as CallSid | 'unknown' | null },
    earlier: { outcome: null as LegOutcome | 'live' | null },
  };
  const writeDown = (event: string, fields: LogFields = {}) => {
    books.logged.push({ event, fields });
    overhear('a line of the log', JSON.stringify({ event, fields }));
  };
  const log = { info: writeDown, warn: writeDown, error: writeDown };
  const sealer = createSealer({ dataKey: randomBytes(32), lookupKey: randomBytes(32) });
  const table = await engine.freshTable();
  const stores = createStores({ client: engine.client(), table, sealer, clock, random: () => 0.5, log });
  await stores.registry.putNetwork(smallNetwork);
  for (const volunteer of volunteers) await stores.registry.putVolunteer(volunteer, now);
  await stores.roster.rollDuty(now);
  const whole: Ports = {
    ...stores,
    clock,
    log,
    random: () => 0.5,
    pageUrl: token => `https://pana.example/me/${token}`,
    telephone: telephoneOf(books),
    alerts: {
      publish: async alert => {
        books.alerts.push(alert);
        overhear('an alert', JSON.stringify(alert));
        return 'done';
      },
    },
    wakeUps: {
      at: async (id, at, from) =>
        void books.wakeUps.push({ requestId: id, inSeconds: at.map(each => (each - from) / 1000) }),
    },
  };
  const ports = { ...whole, ...change(whole) };
  const happen: Shell['happen'] = (event, webhookId = null) =>
    overhearFaults('handleEvent', () => handleEvent(ports, { requestId, event, webhookId }));
  return {
    ...books,
    ports,
    stores,
    table,
    sealer,
    pass: seconds => {
      now = addSeconds(now, seconds);
      return now;
    },
    happen,
    opens: (webhookId = 'first') => happen(rang(), webhookId),
    look: () => happen(looked),
  };
}

type Books = Pick<Shell, 'asked' | 'rings' | 'found' | 'earlier'>;

function telephoneOf({ asked, rings, found, earlier }: Books): Telephone {
  const did = async (what: string, seq = 0): Promise<Sent<CallSid>> => {
    asked.push(what);
    return { outcome: 'done', sid: legSid(seq) };
  };
  return {
    ring: async ({ seq }) => {
      const sent = await did(`ring ${seq}`, seq);
      return rings.shift() ?? sent;
    },
    ringSurvivor: async ({ seq }) => {
      const sent = await did(`ring her ${seq}`, 0x1000 + seq);
      return rings.shift() ?? sent;
    },
    findRing: async ({ seq }) => {
      asked.push(`find ${seq}`);
      return found.leg;
    },
    redirect: async (_leg, { seq }) => did(seq === null ? 'redirect survivor' : `redirect ${seq}`),
    tellInRoom: async sid => ({ outcome: 'done', sid }),
    hangUp: async () => did('hang up'),
    callOurselves: async () => did('call ourselves'),
    calls: async () => [],
    texts: async () => [],
    outcomeOf: async () => earlier.outcome,
    text: async () => {
      asked.push('text');
      return { outcome: 'done', sid: sure(`SM${'0'.repeat(32)}` as never) };
    },
  };
}

/** Does something just before the first commits: what another instance may do meanwhile. */
export function meanwhile(
  requests: RequestStore,
  ...deeds: readonly (() => Promise<unknown>)[]
): RequestStore {
  const left = [...deeds];
  return {
    ...requests,
    commit: async (commit, network) => {
      await left.shift()?.();
      return requests.commit(commit, network);
    },
  };
}

export const offered = ({ request }: Handled): readonly string[] =>
  request?.phase.kind === 'searching' ? request.phase.offers.map(({ to }) => to) : [];
