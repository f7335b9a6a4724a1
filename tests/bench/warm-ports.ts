// The ports of a warm function without anything behind them: the simulator's table in memory, which is held against the
// real engine, and a telephone network, a queue and a topic that take whatever they are given. They answer at once, so
// what is left is the product's own time. Also what counts how many of them are asked one after the other.
import type { Context } from '../../shared/app/context.ts';
import type { Ports } from '../../shared/app/ports.ts';
import { addSeconds, type Instant } from '../../shared/domain/instant.ts';
import type { Network } from '../../shared/domain/network.ts';
import { smsAddress } from '../../shared/domain/phone.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import type { Instance } from '../simulation/instance.ts';
import type { Scene } from '../simulation/scene.ts';
import { SimulatedStore } from '../simulation/simulated-store.ts';
import { Tables } from '../simulation/tables.ts';
import { newSid } from './events.ts';

type StorePorts = Pick<Ports, 'requests' | 'roster' | 'directory' | 'counters' | 'networks'>;

const DAY_SECONDS = 86_400;

export function storeInMemory(
  network: Network,
  volunteers: readonly Volunteer[],
  now: () => Instant,
): StorePorts {
  const tables = new Tables(now);
  for (const { id, region, languages, skills, gender, textBy, number } of volunteers) {
    const duty = { from: addSeconds(now(), -DAY_SECONDS), until: addSeconds(now(), DAY_SECONDS) };
    const facts = { volunteerId: id, region, regions: [region], languages, skills, gender, textBy };
    tables.putVolunteer({ ...facts, duty, pausedUntil: null }, smsAddress(number));
  }
  const scene = {
    tables,
    networkNow: () => network,
    watch: { committed: () => undefined },
    volunteers: new Map(volunteers.map(each => [each.id, each])),
  } as unknown as Scene;
  const run = { now, effect: async (_: string, __: string, apply: (fault: null) => unknown) => apply(null) };
  const store = new SimulatedStore(run as unknown as Instance, scene);
  const known = Promise.resolve(network);
  return {
    requests: store,
    roster: store,
    directory: store,
    counters: store,
    networks: { network: () => known },
  };
}

const done = async () => ({ outcome: 'done', sid: newSid('CA') });

/** Everything beside the store. */
export function outsideThatTakesAll(): Pick<Ports, 'telephone' | 'wakeUps' | 'alerts'> {
  return {
    telephone: new Proxy({}, { get: () => done }) as Ports['telephone'],
    wakeUps: { at: async () => undefined },
    alerts: { publish: async () => 'done' },
  };
}

export function contextWith(
  ports: StorePorts & Pick<Ports, 'telephone' | 'wakeUps' | 'alerts'>,
  now: () => Instant,
  signing: Pick<Context, 'publicBase' | 'accountSid' | 'authTokens'>,
): Context {
  const silent = () => undefined;
  const log = { info: silent, warn: silent, error: silent };
  return {
    ...signing,
    ports: { clock: { now }, random: () => 0.5, log, ...ports } as unknown as Context['ports'],
    readyToRing: async () => undefined,
    fallbackNumber: null,
    canaryNumber: null,
    pageName: ({ id }) => id,
    recording: async () => null,
  };
}

type Asked = { readonly from: number; readonly until: number };

/** Notes every call of every method of these ports, and how many had to wait for one another. */
export class Trips {
  #asked: Asked[] = [];

  heard<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          const from = performance.now();
          try {
            return await method.apply(target, args);
          } finally {
            this.#asked.push({ from, until: performance.now() });
          }
        };
      },
    });
  }

  /** How many there were, and the longest row of them of which each began when the one before was over. */
  taken(): { readonly all: number; readonly inSequence: number } {
    const asked = this.#asked.splice(0).sort((one, other) => one.until - other.until);
    const depths: number[] = [];
    asked.forEach(({ from }, place) => {
      const before = depths.filter((_, earlier) => earlier < place && (asked[earlier]?.until ?? 0) <= from);
      depths.push(1 + Math.max(0, ...before));
    });
    return { all: asked.length, inSequence: Math.max(0, ...depths) };
  }
}
