// The port of those who look after their own shifts, put together.
import type { NetworkStore, Registry } from '../../app/ports.ts';
import type { ShiftStore } from '../../app/shift-ports.ts';
import { createAudit } from './audit.ts';
import type { Deps } from './deps.ts';
import { createOpeningStore } from './opening-store.ts';
import { createPersonalStore, createUpkeepStore } from './personal-store.ts';
import { createReachStore } from './reach-store.ts';
import { createSwapStore } from './swap-store.ts';

export function createShiftStore(deps: Deps, networks: NetworkStore, registry: Registry): ShiftStore {
  const audit = createAudit(deps);
  return {
    ...createSwapStore(deps, networks),
    ...createOpeningStore(deps, networks),
    ...createPersonalStore(deps),
    ...createUpkeepStore(deps),
    ...createReachStore(deps),
    person: registry.volunteer,
    volunteersOf: registry.volunteers,
    putOnRecord: async fact => void (await audit.append(fact, null)),
  };
}
