// A whole table read into memory, each row parsed by what reads it in a function, and unsealed. What could not be read
// is named by its kind and id. Must never let a number or a word out of here: ids, kinds and instants only.
import { paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Item } from '../../../shared/adapters/dynamodb/attributes.ts';
import { type Deps, live, readItem } from '../../../shared/adapters/dynamodb/deps.ts';
import { claimField, readDutyEntry } from '../../../shared/adapters/dynamodb/duty-entry.ts';
import { idInKey, keyTableOf } from '../../../shared/adapters/dynamodb/keys.ts';
import { problemsWhenRead } from '../../../shared/adapters/dynamodb/network-problems.ts';
import { readNetwork } from '../../../shared/adapters/dynamodb/network-store.ts';
import {
  readRequest,
  readStoredReply,
  readTimelineEntry,
} from '../../../shared/adapters/dynamodb/request-item.ts';
import { helperId, requestId, SCHEMA_VERSION } from '../../../shared/adapters/dynamodb/schema-parts.ts';
import { readSummary } from '../../../shared/adapters/dynamodb/summary-item.ts';
import { kindOf } from '../../../shared/adapters/dynamodb/versions.ts';
import { readVolunteer } from '../../../shared/adapters/dynamodb/volunteer-item.ts';
import { DamagedRecord } from '../../../shared/app/damaged-record.ts';
import {
  type HelperId,
  parseRequestId,
  type RequestId,
  type VolunteerId,
} from '../../../shared/domain/ids.ts';
import type { Network } from '../../../shared/domain/network.ts';
import { itemKinds } from '../item-kinds.ts';

export type Place = { readonly pk: string; readonly sk: string };

export type Rows = {
  /** By kind. */
  readonly counts: ReadonlyMap<string, number>;
  readonly network: Network | null;
  readonly volunteers: ReadonlyMap<VolunteerId, { readonly numberHash: string }>;
  readonly dutyEntries: ReadonlySet<VolunteerId>;
  /** Whose each hash of a helper's number is. */
  readonly helperNumbers: ReadonlyMap<string, HelperId>;
  readonly requests: ReadonlyMap<RequestId, { readonly isOpen: boolean; readonly isDue: boolean }>;
  /** Rows that lead to a request, as claims, codes, conversations and numbers do. */
  readonly leading: readonly { readonly kind: string; readonly to: RequestId }[];
  /** Whatever should stand in the due index. */
  readonly due: readonly Place[];
  readonly damaged: readonly { readonly kind: string; readonly id: string }[];
};

type Gathered = {
  counts: Map<string, number>;
  network: Network | null;
  volunteers: Map<VolunteerId, { numberHash: string }>;
  dutyEntries: Set<VolunteerId>;
  helperNumbers: Map<string, HelperId>;
  requests: Map<RequestId, { isOpen: boolean; isDue: boolean }>;
  leading: { kind: string; to: RequestId }[];
  due: Place[];
  damaged: { kind: string; id: string }[];
};

/**
 * `deps.table` is the name under which the rows were sealed; `table` the one that is read, which has another when it was
 * restored. Throws when the table is not there. `keys` null: the table of keys is not there.
 */
export async function readRows(
  deps: Deps,
  table: string,
  keys: ReadonlyMap<RequestId, Uint8Array> | null,
): Promise<Rows> {
  const rows: Gathered = {
    counts: new Map(),
    network: null,
    volunteers: new Map(),
    dutyEntries: new Set(),
    helperNumbers: new Map(),
    requests: new Map(),
    leading: [],
    due: [],
    damaged: [],
  };
  for await (const { Items = [] } of paginateScan({ client: deps.client }, { TableName: table })) {
    for (const item of Items) take(deps, rows, item, keys);
  }
  return rows;
}

/** Null when there is no such table. */
export async function readKeys(deps: Deps): Promise<ReadonlyMap<RequestId, Uint8Array> | null> {
  const keys = new Map<RequestId, Uint8Array>();
  const TableName = keyTableOf(deps.table);
  try {
    for await (const { Items = [] } of paginateScan({ client: deps.client }, { TableName })) {
      for (const item of Items) {
        const id = parseRequestId(idInKey(item['pk']?.S ?? ''));
        if (id && item['key']?.B) keys.set(id, item['key'].B);
      }
    }
  } catch (error) {
    if (Object(error).name === 'ResourceNotFoundException') return null;
    throw error;
  }
  return keys;
}

function take(deps: Deps, rows: Gathered, item: Item, keys: ReadonlyMap<RequestId, Uint8Array> | null): void {
  const place = { pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' };
  const kind = kindOf(place.pk, place.sk);
  rows.counts.set(kind, (rows.counts.get(kind) ?? 0) + 1);
  if (item['dueShard']) rows.due.push(place);
  try {
    const parse = parsers[kind];
    if (parse) parse(deps, rows, item, keys);
    else if (itemKinds[kind]) versionIsOurs(item);
  } catch (error) {
    if (!(error instanceof DamagedRecord)) throw error;
    rows.damaged.push({ kind, id: error.id });
  }
}

type Parser = (
  deps: Deps,
  rows: Gathered,
  item: Item,
  keys: ReadonlyMap<RequestId, Uint8Array> | null,
) => void;

const versioned = z.object({ schema: z.literal(SCHEMA_VERSION) });
const leadsTo = z.object({ ...versioned.shape, requestId });
const helperFields = z.object({ ...versioned.shape, helperId });

/** What has expired leads nowhere any more, and its request may be gone before it. */
const leading =
  (kind: string): Parser =>
  ({ clock }, rows, item) => {
    const to = readItem(item, leadsTo, kind).requestId;
    if (live(item, clock.now())) rows.leading.push({ kind, to });
  };

const parsers: Readonly<Record<string, Parser>> = {
  'SYS/NETWORK': (deps, rows, item) => {
    const network = readNetwork(deps, item);
    if (problemsWhenRead(network).length > 0) throw new DamagedRecord('network');
    rows.network = network;
  },
  'VOL/VOL': (deps, rows, item) => {
    const { volunteer } = readVolunteer(deps, item);
    rows.volunteers.set(volunteer.id, { numberHash: deps.sealer.lookup(volunteer.number) });
  },
  'VOL/DUTY': ({ clock }, rows, item) => {
    const entry = readDutyEntry(item, idInKey(item['pk']?.S ?? ''));
    rows.dutyEntries.add(entry.volunteerId);
    for (const { place } of entry.held.filter(({ until }) => until > clock.now())) {
      const to = parseRequestId(item[claimField('claimRequest', place)]?.S ?? '');
      if (to) rows.leading.push({ kind: 'VOL/DUTY', to });
    }
  },
  'REQ/REQ': (deps, rows, item, keys) => {
    const id = parseRequestId(idInKey(item['pk']?.S ?? ''));
    if (!id) throw new DamagedRecord('request');
    const request = readRequest(deps, item, id, keys?.get(id) ?? null);
    const isOpen = request.phase.kind !== 'closed';
    rows.requests.set(id, { isOpen, isDue: item['dueShard'] !== undefined });
  },
  'REQ/T': (_, __, item) => {
    const id = parseRequestId(idInKey(item['pk']?.S ?? ''));
    if (!id) throw new DamagedRecord('timeline');
    readTimelineEntry(item, id);
  },
  'DAY/END': (_, __, item) => void readSummary(item),
  'HOOK/HOOK': (_, __, item) => void readStoredReply(item, 'webhook'),
  'NUM/HELPER': (_, rows, item) => {
    const { helperId: of } = readItem(item, helperFields, 'number-row');
    rows.helperNumbers.set(idInKey(item['pk']?.S ?? ''), of);
  },
  'NUM/LINE': leading('NUM/LINE'),
  'HLP/CODE': leading('HLP/CODE'),
  'HLP/TALK': leading('HLP/TALK'),
};

/** Counters have none. */
function versionIsOurs(item: Item): void {
  if (item['schema']) readItem(item, versioned, 'row');
}
