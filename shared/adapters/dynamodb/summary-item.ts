// What is kept of a request that is over, as an item by day, and back. It is written in the transaction that ends the
// request, because it follows from it. Must never hold more than a summary: no number, no word, nobody's name.
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import type { Commit } from '../../app/ports.ts';
import { parseRequestId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { type LocalDate, parseLocalDate } from '../../domain/local-time.ts';
import type { Network } from '../../domain/network.ts';
import { type Summary, summaryOf } from '../../domain/report-summary.ts';
import { type Item, type PlainItem, putInput } from './attributes.ts';
import type { CommitPart } from './commit-part.ts';
import { readItem, readJson } from './deps.ts';
import { summaryKey } from './keys.ts';
import { closedBecause } from './request-schema.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import {
  exactly,
  instantSchema,
  languageId,
  lineId,
  list,
  parsed,
  record,
  regionId,
  requestId,
  SCHEMA_VERSION,
  skillId,
  whole,
} from './schema-parts.ts';

const contactKind = z.enum(['manager', 'police', 'legal', 'partner', 'canary']);

const summarySchema = exactly<Summary>()(
  record({
    requestId,
    lineId,
    channel: z.enum(['voice', 'text']),
    region: z.nullable(regionId),
    skill: z.nullable(skillId),
    language: languageId,
    openedOn: parsed<LocalDate>(parseLocalDate),
    openedHour: whole,
    closedAt: instantSchema,
    because: closedBecause,
    secondsToPerson: z.nullable(whole),
    talkSeconds: whole,
    person: z.nullable(z.union([z.literal('volunteer'), contactKind])),
    rungs: whole,
    rung: z.enum(['region', 'near', 'national', 'manager', 'last', 'police', 'legal', 'partner']),
    askedContacts: list(contactKind),
    abandoned: z.nullable(z.enum(['at-once', 'later'])),
    calledBack: z.boolean(),
  }),
);
const fields = z.object({ schema: z.literal(SCHEMA_VERSION), doc: z.string() });

/** Once: what comes after the end of a request changes nothing that a report tells. */
export function summaryParts(
  table: string,
  { before, after }: Commit,
  network: Network,
): readonly CommitPart[] {
  if (before?.phase.kind === 'closed') return [];
  const summary = summaryOf(after, network);
  if (summary === null) return [];
  // Nobody else ever writes it: the request itself is written under a condition beside it.
  return [{ write: { Put: putInput(table, summaryItem(summary)) }, otherwise: 'version-conflict' }];
}

export function summaryItem(summary: Summary): PlainItem {
  return {
    ...summaryKey(minuteOf(summary.closedAt), summary.requestId),
    schema: SCHEMA_VERSION,
    doc: JSON.stringify(summary),
    expiresAt: expiryAfter(summary.closedAt, KEEP_SECONDS.summary),
  };
}

/** As it stands in keys. */
export const minuteOf = (at: Instant): string => new Date(at).toISOString().slice(0, 16);

export function readSummary(item: Item): Summary {
  const id = parseRequestId(item['sk']?.S?.split('#')[2] ?? '');
  if (id === null) throw new DamagedRecord('summary');
  return readJson(readItem(item, fields, id).doc, summarySchema, id);
}
