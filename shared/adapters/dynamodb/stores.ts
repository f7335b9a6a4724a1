// All ports that the table fills, made together so that they share one cache of the network.
import type {
  Counters,
  Directory,
  Erasure,
  NetworkStore,
  Registry,
  RequestStore,
  RosterStore,
} from '../../app/ports.ts';
import type { ShiftStore } from '../../app/shift-ports.ts';
import { createCounters } from './counters.ts';
import type { Deps } from './deps.ts';
import { createDirectory } from './directory.ts';
import { later } from './later.ts';
import { markOf } from './marks.ts';
import { createNetworkStore } from './network-store.ts';
import { createRequestStore } from './request-store.ts';
import { createRosterStore } from './roster-store.ts';

export type Stores = {
  readonly requests: RequestStore;
  readonly roster: RosterStore;
  readonly directory: Directory;
  readonly networks: NetworkStore;
  readonly registry: Registry;
  readonly counters: Counters;
  readonly erasure: Erasure;
  readonly shifts: ShiftStore;
};

export function createStores(deps: Deps): Stores {
  const networks = createNetworkStore(deps);
  const registry = registryLater(deps, networks);
  return {
    requests: createRequestStore(deps),
    roster: createRosterStore(deps, networks),
    directory: createDirectory(deps, networks),
    networks,
    registry,
    counters: createCounters(deps),
    erasure: erasureLater(deps),
    shifts: shiftsLater(deps, networks, registry),
  };
}

function registryLater(deps: Deps, networks: NetworkStore): Registry {
  const names = {
    putNetwork: true,
    putVolunteer: true,
    putRota: true,
    removeVolunteer: true,
    volunteer: true,
    formerRotas: true,
    refreshDuty: true,
    volunteers: true,
    volunteersAfter: true,
    volunteersServing: true,
  } as const;
  return later<Registry>(names, async () => (await import('./registry.ts')).createRegistry(deps, networks));
}

function erasureLater(deps: Deps): Erasure {
  const names = { requestsOf: true, destroyKeys: true, forgetNumber: true } as const;
  return later<Erasure>(names, async () => (await import('./erasure.ts')).createErasure(deps));
}

function shiftsLater(deps: Deps, networks: NetworkStore, registry: Registry): ShiftStore {
  const names = {
    swap: true,
    swapsOf: true,
    dueSwaps: true,
    commitSwap: true,
    opening: true,
    openingsOf: true,
    commitOpening: true,
    numbers: true,
    keepNumbers: true,
    openPage: true,
    whosePage: true,
    closePage: true,
    entry: true,
    dueEntries: true,
    keepEntry: true,
    reachOf: true,
    beginDay: true,
    endDay: true,
    person: true,
    volunteersOf: true,
    putOnRecord: true,
  } as const;
  const shifts = later<Omit<ShiftStore, 'markOf'>>(names, async () =>
    (await import('./shift-store.ts')).createShiftStore(deps, networks, registry),
  );
  return { ...shifts, markOf: text => markOf(deps, 'upkeep', text) };
}
