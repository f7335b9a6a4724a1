// Reads what is kept of one request and makes lines of it. Every way it can fail ends in a sentence, never a stack.
// Must never read what is sealed without being given the secrets, and never write.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deps } from '../../../shared/adapters/dynamodb/deps.ts';
import { KEEP_SECONDS } from '../../../shared/adapters/dynamodb/retention.ts';
import { createStores, type Stores } from '../../../shared/adapters/dynamodb/stores.ts';
import { systemClock } from '../../../shared/adapters/system/clock.ts';
import { systemRandom } from '../../../shared/adapters/system/random.ts';
import { DamagedRecord } from '../../../shared/app/damaged-record.ts';
import type { Sealer } from '../../../shared/app/sealer.ts';
import type { RequestId } from '../../../shared/domain/ids.ts';
import type { Network } from '../../../shared/domain/network.ts';
import type { Request } from '../../../shared/domain/request.ts';
import { replayLines } from './replay-lines.ts';

export type ReplaySource = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Null: without the secrets the timeline is readable, and the ladder and the line's zone are not. */
  readonly sealer: Sealer | null;
};

export type ReplayWishes = {
  /** Null: that of the line's region, UTC when it is not known. */
  readonly zone: string | null;
  readonly namesAll: boolean;
};

/** `complaints` say what is missing, and are empty when all of it was there. */
export type Replay = { readonly lines: readonly string[]; readonly complaints: readonly string[] };

const noSecrets: Sealer = {
  seal: () => refuse(),
  open: () => refuse(),
  freshKey: () => refuse(),
  under: () => refuse(),
  lookup: () => refuse(),
};

function refuse(): never {
  throw new Error('there are no secrets here');
}

/** Throws only when the table cannot be reached. */
export async function replayRequest(
  source: ReplaySource,
  id: RequestId,
  wishes: ReplayWishes,
): Promise<Replay> {
  let damaged = 0;
  const log: Deps['log'] = {
    info: () => undefined,
    warn: () => undefined,
    error: event => {
      if (event === 'record-damaged') damaged += 1;
    },
  };
  const sealer = source.sealer ?? noSecrets;
  const deps = { ...source, sealer, clock: systemClock, random: systemRandom, log };
  const stores = createStores(deps);
  const entries = await stores.requests.timeline(id);
  const missing = damaged; // what is read after this is no entry of the timeline
  const request = source.sealer === null ? null : await loadedOrDamaged(stores, id);
  const network = source.sealer === null ? null : await networkIfSound(stores);
  const known = request === 'damaged' ? null : request;
  const zone = wishes.zone ?? zoneOf(known, network) ?? 'UTC';
  const options = {
    zone,
    rungs: known?.ladder.rungs ?? null,
    language: known?.language ?? null,
    need: known?.need ?? null,
    namesAll: wishes.namesAll,
  };
  const complaints = [
    ...(missing > 0 ? [damagedEntries(missing)] : []),
    ...(request === 'damaged' ? [damagedRequest(id)] : []),
    ...(entries.length === 0 && missing === 0 ? [nothingKept(id, known !== null)] : []),
  ];
  if (entries.length === 0) return { lines: [], complaints };
  return { lines: [headOf(id, known, zone), '', ...replayLines(entries, options)], complaints };
}

/** A damaged request still has a timeline that is worth reading. */
async function loadedOrDamaged({ requests }: Stores, id: RequestId): Promise<Request | null | 'damaged'> {
  try {
    return (await requests.load(id, null)).request;
  } catch (error) {
    if (error instanceof DamagedRecord) return 'damaged';
    throw error;
  }
}

/** Only for the zone: whatever is wrong with it, UTC will do. */
async function networkIfSound({ networks }: Stores): Promise<Network | null> {
  try {
    return await networks.network();
  } catch {
    return null;
  }
}

function headOf(id: RequestId, request: Request | null, zone: string): string {
  const line = request === null ? '' : ` on ${request.lineId}`;
  return `Request ${id}${line}. Wall times in ${zone}.`;
}

/** The zone of her region, of the line's, or of the first that the line's menu offers. */
function zoneOf(request: Request | null, network: Network | null): string | null {
  const line = network?.lines.find(({ id }) => id === request?.lineId);
  const region = request?.region ?? line?.region ?? line?.regionMenu[0];
  return network?.regions.find(({ id }) => id === region)?.zone ?? null;
}

function damagedRequest(id: RequestId): string {
  return `The request ${id} itself is damaged, or sealed with other secrets: only its timeline can be shown.`;
}

function damagedEntries(count: number): string {
  return (
    `${count === 1 ? 'One entry' : `${count} entries`} of the timeline could not be read and ` +
    `${count === 1 ? 'is' : 'are'} missing above. The table still holds what is there.`
  );
}

const KEPT_DAYS = KEEP_SECONDS.timelineEntry / (24 * 3600);

function nothingKept(id: RequestId, isThere: boolean): string {
  return isThere
    ? `The request ${id} is there, but its timeline is empty: entries are kept for ${KEPT_DAYS} days.`
    : `Nothing is kept of ${id}: the id is wrong, it belongs to another table, or it is older than ${KEPT_DAYS} days.`;
}
