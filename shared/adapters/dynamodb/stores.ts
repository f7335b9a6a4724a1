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
import { createErasure } from './erasure.ts';
import { createNetworkStore } from './network-store.ts';
import { createRegistry } from './registry.ts';
import { createRequestStore } from './request-store.ts';
import { createRosterStore } from './roster-store.ts';
import { createShiftStore } from './shift-store.ts';

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
  const registry = createRegistry(deps, networks);
  return {
    requests: createRequestStore(deps),
    roster: createRosterStore(deps, networks),
    directory: createDirectory(deps, networks),
    networks,
    registry,
    counters: createCounters(deps),
    erasure: createErasure(deps),
    shifts: createShiftStore(deps, networks, registry),
  };
}
