// What every part of one simulated world shares.
import type { Alert, Commit, Log, NetworkStore } from '../../shared/app/ports.ts';
import type { RequestId, VolunteerId } from '../../shared/domain/ids.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import type { Carrier } from './carrier.ts';
import type { Chance } from './chance.ts';
import type { Cloud } from './cloud.ts';
import type { Fault, Faults } from './faults.ts';
import type { Figures } from './figures.ts';
import type { Tables } from './tables.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Watch } from './watch.ts';

/** What may be switched off, one at a time, to see what the others can do alone. */
export type Triggers = {
  readonly callersLoop: boolean;
  readonly queue: boolean;
  readonly sweep: boolean;
  readonly reconciler: boolean;
};
export type Trigger = keyof Triggers;

export type Scene = {
  readonly time: VirtualTime;
  /** For latencies and whatever production draws by itself. */
  readonly chance: Chance;
  readonly faults: Faults;
  readonly triggers: Triggers;
  readonly network: Network;
  readonly networkNow: () => Network;
  /** As production reads it: cached, so it takes no time. */
  readonly networks: NetworkStore;
  readonly random: () => number;
  readonly volunteers: ReadonlyMap<VolunteerId, Volunteer>;
  readonly log: Log;
  readonly tables: Tables;
  carrier: Carrier;
  cloud: Cloud;
  queue: { readonly send: (requestId: RequestId, dueMs: number, fault: Fault | null) => void };
  readonly watch: Watch;
  readonly figures: Figures;
};

export type { Alert, Commit };
