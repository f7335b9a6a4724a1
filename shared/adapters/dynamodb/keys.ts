// Every key of the one table, and of the small one beside it that holds keys only. Nothing else in the code may put a key together, and no key may hold a phone number.
//
// Units are read or write units, measured by tests/contracts/store/costs.test.ts. T: in a transaction each item costs
// twice its write units; measured 9 to open a request, 12 for an offer by text, 15 when it is taken.
//
// | pattern                                   | operation     | key                                  | index | units
// |-------------------------------------------|---------------|--------------------------------------|-------|-----------
// | load a request and a webhook's reply      | 3 GetItem     | REQ#<id>/REQ, HOOK#<hook>/HOOK,      |       | 1 per 4 KB + 2
// |                                           |               | keys: REQ#<id>/KEY                   |       |
// | which of these calls and texts are known  | BatchGet      | REQ#<id>/REQ, HOOK#<hook>/HOOK       |       | 1 each per 4 KB
// | note that a text was answered             | PutItem       | HOOK#<hook>/HOOK                     |       | 1
// | commit a request                          | TransactWrite | the two above, REQ#<id>/T#<version>, |       | T: 9 to 15
// |                                           |               | VOL#…/DUTY, HLP#…, NUM#…/LINE#…;     |       |
// |                                           |               | when it opens and when it closes     |       |
// |                                           |               | keys: REQ#<id>/KEY, NUM#…/REQ#<id>   |       |
// | whose key is whose, to destroy it         | Query         | keys: NUM#<hash>                     |       | ½ per 4 KB
// | timeline of a request                     | Query         | REQ#<id>, sk begins with T#          |       | ½ per 4 KB
// | requests due in a shard                   | Query         | REQ#<shard>, dueAt <= now            | due   | ½ per 4 KB
// | what a number means                       | Query         | NUM#<hash>                           |       | 1
// | which request a helper's text belongs to  | Query, 0-1    | HLP#<helper>/TALK…, CODE#<code>      |       | 1 each
// |                                           | GetItem       |                                      |       |
// | may this helper be sent a hint            | 1-3 Update    | HLP#<helper>/HINT                    |       | 1 each
// | rows of an earlier version, written anew  | Scan, Update  | the whole table, by hand; SYS/BACKFILL#… |       | ½ per 4 KB, 1
// | who is on duty in a region                | Query         | <region>, by lastOfferedAt           | duty  | ½ per 4 KB
// | and who besides stands in another         | BatchGet      | VOL#<id>/DUTY of those alone         |       | 1 each
// | duty entries to roll forward              | Query         | DUTY#<shard>, dueAt <= now           | due   | ½ per 4 KB
// | roll one duty entry                       | 2 GetItem, 1  | VOL#<id>/VOL, VOL#<id>/DUTY          |       | 2 + 1 to 5
// |                                           | Update        |                                      |       |
// | on duty when the entries are stale        | Query, then   | VOLS#<region>, VOLS-AWAY,            | list  | ½ per 4 KB, 1
// |                                           | BatchGet      | VOL#<id>/DUTY                        |       | a volunteer
// | how far the duty entries are kept up      | GetItem       | SYS/DUTY-FILL                        |       | ½
// | note a text by WhatsApp; when was the last | PutItem, GetItem | NUM#<hash>/WROTE#<line>       |       | 1
// | a volunteer                               | GetItem       | VOL#<id>/VOL                         |       | 1
// | rotas that she had                        | Query         | VOL#<id>, sk begins with ROTA#       |       | ½ per 4 KB
// | a swap; those of a region; those due      | GetItem, Query | SWAP#<id>/SWAP; SWAPS#<region>;     | list, | 1; ½ per 4 KB
// |                                           |               | SWAP#<shard>, dueAt <= now           | due   |
// | an opening; those of a region              | GetItem, Query | OPENING#<id>/OPENING; OPENINGS#<region> | list | 1; ½ per 4 KB
// | the numbers of shifts in her texts        | GetItem       | HLP#<helper>/NUMBERS                 |       | 1
// | whose page an address is                  | 2 GetItem     | PAGE#<mark>/PAGE, HLP#<helper>/PAGE  |       | 2
// | upkeep of a volunteer; those due          | GetItem, Query | VOL#<id>/UPKEEP; UPKEEP#<shard>     | due   | 1; ½ per 4 KB
// | volunteers of a region                    | Query         | VOLS#<region>                        | list  | ½ per 4 KB
// | the network                               | GetItem       | SYS/NETWORK                          |       | 1 per 4 KB
// | jobs that have not ended                  | Query         | JOBS, by when they began             | list  | ½ per 4 KB
// | a calendar feed by its address; all of one | GetItem, Query | FEED#<hash>/FEED; FEEDS#<of>        | list  | 1; ½ per 4 KB
// | eight rows of a job                       | Query, TransactWrite | JOB#<id>/ROW#…, JOB#<id>/JOB  |       | 1 + T: 2
// | count a call, a text, a ring              | Update        | COUNT#<kind>#<whose>#<window>/COUNT  |       | 1
// | what was done on a day; whether it is all | Query        | AUDIT#<day>, newest or oldest first  |       | ½, 1 per 4 KB
// | put an act on record                      | GetItem, TransactWrite | SYS/AUDIT-HEAD, AUDIT#<day>/N#…, |  | 1 + T: 4
// |                                           |               | AUDIT-VALUES#…; keys: VOL#<id>/KEY   |       | 2 per KB of values
// | an API key; all of them                   | GetItem, Query| KEY#<id>/KEY; KEYS                   | list  | 1; ½ per 4 KB
// | an answer given already                   | Put, Get      | ANSWER#<actor>#<hash>/ANSWER         |       | 1 each per KB
// | requests that are over, of a day          | Query         | DAY#<day>, latest first              |       | ½ per 4 KB
// | how many rings today                      | GetItem       | the same                             |       | ½
import { DUE_SHARDS } from '../../app/ports.ts';
import type {
  HelperId,
  JobId,
  LineId,
  OpeningId,
  RegionId,
  RequestId,
  SwapId,
  VolunteerId,
} from '../../domain/ids.ts';

export type Key = { readonly pk: string; readonly sk: string };

export const requestKey = (id: RequestId): Key => ({ pk: `REQ#${id}`, sk: 'REQ' });

const TIMELINE_PREFIX = 'T#';
/** Padded, so that text order is the order of versions. */
export const timelineKey = (id: RequestId, version: number): Key => ({
  pk: `REQ#${id}`,
  sk: `${TIMELINE_PREFIX}${String(version).padStart(8, '0')}`,
});
export const timelineRange = (id: RequestId) => ({ pk: `REQ#${id}`, skPrefix: TIMELINE_PREFIX });

/**
 * The keys that requests are sealed under stand in a table of their own, of which no backup is made: a key that is
 * deleted there is gone, and with it what it sealed, in every copy of the first table.
 */
export const keyTableOf = (table: string): string => `${table}-keys`;
export const sealingKeyKey = (id: RequestId): Key => ({ pk: `REQ#${id}`, sk: 'KEY' });
const OF_REQUEST = 'REQ#';
/** Which keys are hers: `numberHash` is the keyed hash of her number. */
export const keyOfNumberKey = (numberHash: string, id: RequestId): Key => ({
  pk: numberPartition(numberHash),
  sk: `${OF_REQUEST}${id}`,
});

export const webhookKey = (id: string): Key => ({ pk: `HOOK#${id}`, sk: 'HOOK' });

/** All that a number means stands under one key: `numberHash` is its keyed hash. */
export const numberPartition = (numberHash: string): string => `NUM#${numberHash}`;
export const numberHelperKey = (numberHash: string): Key => ({
  pk: numberPartition(numberHash),
  sk: 'HELPER',
});
/** A text by SMS and one by WhatsApp are two conversations: an answer must never come by the other way. */
export type Way = 'voice' | 'sms' | 'whatsapp';
export const numberCoolDownKey = (numberHash: string): Key => ({
  pk: numberPartition(numberHash),
  sk: 'COOL-DOWN',
});
/** When this address last wrote to the line by WhatsApp. */
export const numberWroteKey = (numberHash: string, lineId: LineId): Key => ({
  pk: numberPartition(numberHash),
  sk: `WROTE#${lineId}`,
});
const LINE_PREFIX = 'LINE#';
export const isLineKey = (sk: string): boolean => sk.startsWith(LINE_PREFIX);
/** Of a request in which she is to be called: a later one of hers does not hide it. */
export const numberCallKey = (numberHash: string, lineId: LineId, id: RequestId): Key => ({
  pk: numberPartition(numberHash),
  sk: `${LINE_PREFIX}${lineId}#${id}#voice`,
});
export const numberLineKey = (numberHash: string, lineId: LineId, way: Way): Key => ({
  pk: numberPartition(numberHash),
  sk: `${LINE_PREFIX}${lineId}#${way}`,
});

export const helperCodeKey = (helper: HelperId, code: string): Key => ({
  pk: `HLP#${helper}`,
  sk: `CODE#${code}`,
});
const TALK_PREFIX = 'TALK';
/** A conversation at one of her places; the first has the name that there was when there was one only. */
export const helperTalkKey = (helper: HelperId, place: number): Key => ({
  pk: `HLP#${helper}`,
  sk: place === 0 ? TALK_PREFIX : `${TALK_PREFIX}#${place + 1}`,
});
export const helperTalkRange = (helper: HelperId) => ({ pk: `HLP#${helper}`, skPrefix: TALK_PREFIX });
export const helperHintKey = (helper: HelperId): Key => ({ pk: `HLP#${helper}`, sk: 'HINT' });

export const volunteerKey = (id: VolunteerId): Key => ({ pk: `VOL#${id}`, sk: 'VOL' });
export const dutyKey = (id: VolunteerId): Key => ({ pk: `VOL#${id}`, sk: 'DUTY' });
/** That she is on duty in this region too: leads to the entry above, which says whether she is. */
export const alsoOnDutyKey = (id: VolunteerId, region: RegionId): Key => ({
  pk: `VOL#${id}`,
  sk: `${ALSO_PREFIX}${region}`,
});
const ALSO_PREFIX = 'DUTY#';
export const isAlsoOnDuty = (sk: string): boolean => sk.startsWith(ALSO_PREFIX);
/** That her rota names regions other than her own. All who have one stand in one list. */
export const awayKey = (id: VolunteerId): Key => ({ pk: `VOL#${id}`, sk: 'AWAY' });
export const AWAY_LIST_KEY = 'VOLS-AWAY';
/** A former rota of hers: `place` begins again at 0, so that no more of them stand than there are places. */
export const formerRotaKey = (id: VolunteerId, place: number): Key => ({
  pk: `VOL#${id}`,
  sk: `${FORMER_ROTA_PREFIX}${place}`,
});
const FORMER_ROTA_PREFIX = 'ROTA#';
export const formerRotaRange = (id: VolunteerId) => ({ pk: `VOL#${id}`, skPrefix: FORMER_ROTA_PREFIX });
export const volunteerListKey = (region: RegionId): string => `VOLS#${region}`;

export const swapKey = (id: SwapId): Key => ({ pk: `SWAP#${id}`, sk: 'SWAP' });
export const swapListKey = (region: RegionId): string => `SWAPS#${region}`;
export const swapDueShard = (shard: number): string => `SWAP#${shard}`;
export const openingKey = (id: OpeningId): Key => ({ pk: `OPENING#${id}`, sk: 'OPENING' });
/** Null: of the whole country. */
export const openingListKey = (region: RegionId | null): string => `OPENINGS#${region ?? 'ALL'}`;
export const shiftNumbersKey = (id: VolunteerId): Key => ({ pk: `HLP#${id}`, sk: 'NUMBERS' });
/** `mark`: the keyed hash of the secret end of its address. */
export const pageKey = (mark: string): Key => ({ pk: `PAGE#${mark}`, sk: 'PAGE' });
export const pageOfKey = (id: VolunteerId): Key => ({ pk: `HLP#${id}`, sk: 'PAGE' });
export const upkeepKey = (id: VolunteerId): Key => ({ pk: `VOL#${id}`, sk: 'UPKEEP' });
/** The day whose look at who can be reached is done or under way. */
export const reachDayKey: Key = { pk: 'SYS', sk: 'REACH-DAY' };
export const upkeepDueShard = (shard: number): string => `UPKEEP#${shard}`;

export const networkKey: Key = { pk: 'SYS', sk: 'NETWORK' };
/** What managers have been told of holes in the rota. */
export const holesToldKey: Key = { pk: 'SYS', sk: 'HOLES-TOLD' };
export const dutyFillKey: Key = { pk: 'SYS', sk: 'DUTY-FILL' };

/** How far rows of an earlier version have been written anew. */
export const backfillKey = (rows: 'rows' | 'keys'): Key => ({ pk: 'SYS', sk: `BACKFILL#${rows}` });

/** `whose`: the keyed hash of a number, a line, or all. Each window has an item of its own. */
export const counterKey = (kind: string, whose: string, window: number): Key => ({
  pk: `COUNT#${kind}#${whose}#${window}`,
  sk: 'COUNT',
});

/** `day` as `2026-11-26`, UTC: one day's acts of managers fit into one partition. */
export const auditPartition = (day: string): string => `AUDIT#${day}`;
const AUDIT_PREFIX = 'N#';
/** Padded, so that text order is the order of the trail. Those of before there was one begin with their time. */
export const auditKey = (day: string, number: number): Key => ({
  pk: auditPartition(day),
  sk: `${AUDIT_PREFIX}${String(number).padStart(12, '0')}`,
});
export const FIRST_AUDIT_SORT = AUDIT_PREFIX;
/** Null: of before there was a trail. */
export const auditNumberIn = (sk: string): number | null =>
  /^N#\d{12}$/.test(sk) ? Number(sk.slice(AUDIT_PREFIX.length)) : null;
export const auditHeadKey: Key = { pk: 'SYS', sk: 'AUDIT-HEAD' };
export const auditValuesKey = (number: number): Key => ({ pk: `AUDIT-VALUES#${number}`, sk: 'VALUES' });
/** In the table of keys: what acts changed of her is sealed under it. */
export const volunteerSealingKeyKey = (id: VolunteerId): Key => ({ pk: `VOL#${id}`, sk: 'KEY' });
export const apiKeyKey = (id: string): Key => ({ pk: `KEY#${id}`, sk: 'KEY' });
export const API_KEY_LIST = 'KEYS';
/** `keyHash`: what a client chose as its key may be anything. */
export const answerKey = (actor: string, keyHash: string): Key => ({
  pk: `ANSWER#${actor}#${keyHash}`,
  sk: 'ANSWER',
});

/** A job and its rows, by their numbers; and of those that failed, why. */
export const jobKey = (id: JobId): Key => ({ pk: `JOB#${id}`, sk: 'JOB' });
const rowNumber = (row: number): string => String(row).padStart(6, '0');
export const jobRowKey = (id: JobId, row: number): Key => ({ pk: `JOB#${id}`, sk: `ROW#${rowNumber(row)}` });
const FAILURE_PREFIX = 'FAILED#';
export const jobFailureKey = (id: JobId, row: number): Key => ({
  pk: `JOB#${id}`,
  sk: `${FAILURE_PREFIX}${rowNumber(row)}`,
});
export const jobFailureRange = (id: JobId) => ({ pk: `JOB#${id}`, skPrefix: FAILURE_PREFIX });
/** Those that have not ended. */
export const JOB_LIST = 'JOBS';

/** `minute` as `2026-11-26T10:05`, UTC: when a request ended. One day's requests fit into one partition. */
export const summaryPartition = (minute: string): string => `DAY#${minute.slice(0, 10)}`;
export const summarySort = (minute: string, id: string): string => `END#${minute}#${id}`;
export const summaryKey = (minute: string, id: RequestId): Key => ({
  pk: summaryPartition(minute),
  sk: summarySort(minute, id),
});

/** A calendar feed, by the hash of the secret in its address; and all of a volunteer or region. */
export const feedKey = (hash: string): Key => ({ pk: `FEED#${hash}`, sk: 'FEED' });
export const feedListKey = (of: VolunteerId | RegionId): string => `FEEDS#${of}`;

/** What stands between `REQ#` or `VOL#` and the end. */
export const idInKey = (pk: string): string => pk.slice(pk.indexOf('#') + 1);

export const requestDueShard = (shard: number): string => `REQ#${shard}`;
export const dutyDueShard = (shard: number): string => `DUTY#${shard}`;

/** FNV-1a: even, the same on every machine, and no security rests on it. */
export function shardOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash % DUE_SHARDS;
}

/** Where a sealed value stands. Part of what it is sealed with, so that it opens nowhere else. */
export const placeOf = (table: string, key: Key, field: string): string =>
  [table, key.pk, key.sk, field].join('|');
