// Requests that are over, day by day: a page of them for a list, or each of them for a report.
// Must never hold a whole range in memory: a year of a large hotline is half a million.
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Summaries } from '../../app/office.ts';
import { type Instant, instant } from '../../domain/instant.ts';
import type { PhoneNumber } from '../../domain/phone.ts';
import type { Summary } from '../../domain/report-summary.ts';
import { bindings, fromItem, type Item, toItem } from './attributes.ts';
import { type Deps, live, unlessDamaged } from './deps.ts';
import { inTurns } from './in-turns.ts';
import { summaryPartition, summarySort } from './keys.ts';
import { minuteOf, readSummary } from './summary-item.ts';

const DAY_MS = 24 * 3_600_000;
/** A page of a list is filled from as many as this at a time, a report from 1 MB, as DynamoDB gives them. */
const READ_AT_ONCE = 200;
/** A list of rare ones must answer in time: it then says where to go on, with fewer than were asked for. */
const READS_AT_MOST = 50;
const DAYS_AT_ONCE = 8;

type Range = { readonly from: Instant; readonly until: Instant };
type Read = { readonly items: readonly Item[]; readonly next: string | null };

export function createSummaries(deps: Deps): Summaries {
  return {
    luckOf: words => {
      const mark = Buffer.from(deps.sealer.lookup(`report ${words}` as string as PhoneNumber), 'base64url');
      return mark.readUInt32BE() / 2 ** 32;
    },
    page: (range, { limit, after, wanted }) => page(deps, range, limit, after, wanted),
    each: async (range, visit) => {
      await inTurns(DAYS_AT_ONCE, daysOf(range), async day => {
        for (let after: string | null = null; ; ) {
          const read: Read = await readDay(deps, range, day, after, null);
          for (const summary of summariesIn(deps, read.items)) visit(summary);
          if (read.next === null) return;
          after = read.next;
        }
      });
    },
  };
}

async function page(
  deps: Deps,
  range: Range,
  limit: number,
  after: string | null,
  wanted: (summary: Summary) => boolean,
): Promise<Awaited<ReturnType<Summaries['page']>>> {
  const found: Summary[] = [];
  let place = after;
  let reads = 0;
  for (const day of daysOf(range)) {
    if (after !== null && (day > partitionIn(after) || after === doneWith(day))) continue;
    let within = place !== null && partitionIn(place) === day ? place : null;
    do {
      if (reads >= READS_AT_MOST) return { summaries: found, next: place };
      reads += 1;
      const read: Read = await readDay(deps, range, day, within, READ_AT_ONCE);
      for (const summary of summariesIn(deps, read.items)) {
        place = placeOf(summary);
        if (!wanted(summary)) continue;
        found.push(summary);
        if (found.length === limit) return { summaries: found, next: place };
      }
      within = read.next;
      place = read.next ?? doneWith(day);
    } while (within !== null);
  }
  return { summaries: found, next: null };
}

const placeOf = ({ closedAt, requestId }: Summary): string =>
  `${summaryPartition(minuteOf(closedAt))}|${summarySort(minuteOf(closedAt), requestId)}`;
/** The place behind all of a day. */
const doneWith = (day: string): string => `${day}|-`;
const partitionIn = (place: string): string => place.slice(0, place.indexOf('|'));
const sortIn = (place: string): string => place.slice(place.indexOf('|') + 1);

/** The latest first. */
function daysOf({ from, until }: Range): readonly string[] {
  const days: string[] = [];
  for (let at = until - 1; at >= from - (from % DAY_MS); at -= DAY_MS)
    days.push(summaryPartition(minuteOf(instant(at))));
  return days;
}

/** The latest first. */
async function readDay(
  { client, table }: Deps,
  { from, until }: Range,
  pk: string,
  after: string | null,
  limit: number | null,
): Promise<Read> {
  const where = '#pk = :pk AND #sk BETWEEN :first AND :last';
  // What a minute begins with comes before all of that minute, and `until` is excluded.
  const values = { pk, first: summarySort(minuteOf(from), ''), last: summarySort(minuteOf(until), '') };
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: where,
      ...bindings([where], values),
      ScanIndexForward: false,
      ...(limit === null ? {} : { Limit: limit }),
      ...(after === null ? {} : { ExclusiveStartKey: toItem({ pk, sk: sortIn(after) }) }),
    }),
  );
  const last = LastEvaluatedKey && (fromItem(LastEvaluatedKey)['sk'] as string);
  return { items: Items, next: last === undefined ? null : `${pk}|${last}` };
}

function summariesIn(deps: Deps, items: readonly Item[]): readonly Summary[] {
  const now = deps.clock.now();
  return items.filter(item => live(item, now)).flatMap(item => unlessDamaged(deps, () => readSummary(item)));
}
