// The trail of acts in the table: each entry bound to the one before by its hash, in one transaction with the head, so that
// two can never follow on the same. Must never change or remove an entry.
import { setTimeout as pause } from 'node:timers/promises';
import { QueryCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import {
  type AuditEntry,
  type AuditFact,
  type Change,
  type Head,
  type Link,
  linkAfter,
} from '../../app/audit-trail.ts';
import type { Audit, AuditPage } from '../../app/office.ts';
import { type Instant, instant } from '../../domain/instant.ts';
import { bindings, putInput, toItem, updateInput } from './attributes.ts';
import { entryIn, linkIn } from './audit-item.ts';
import { readValues, sealedValues } from './audit-values.ts';
import { isBusy, refusedPlaces, unlessRefused } from './conflicts.ts';
import { type Deps, getItem, live, readItem, unlessDamaged } from './deps.ts';
import { auditHeadKey, auditKey, auditPartition, FIRST_AUDIT_SORT } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { instantSchema, SCHEMA_VERSION, whole } from './schema-parts.ts';

/** Managers' acts are a few a second at most, and a transaction lasts 10 ms: whoever loses this often meets a flood. */
const TRIES = 16;
const PAUSE_AT_MOST_MS = 40;

const headFields = z.object({
  schema: z.literal(SCHEMA_VERSION),
  number: whole,
  hash: z.string(),
  at: instantSchema,
  toldOn: z.optional(z.string()),
});

export const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

export function createAudit(deps: Deps): Audit {
  let last: Promise<unknown> = Promise.resolve();
  return {
    // One after another: those of one process never fight for the head among themselves.
    append: (fact, change) => {
      const appended = last.then(() => append(deps, fact, change));
      last = appended.catch(() => undefined);
      return appended;
    },
    of: (day, limit, after) => pageOf(deps, day, limit, after),
    links: (day, limit, after) => linksOf(deps, day, limit, after),
    link: async (number, at) => {
      const item = await getItem(deps, auditKey(dayOf(at), number));
      return item && (unlessDamaged(deps, () => linkIn(item))[0] ?? null);
    },
    values: number => readValues(deps, number),
    head: () => headOf(deps),
    keptSeconds: KEEP_SECONDS.audit,
    tellHead: async (day, tell) => {
      const head = await headOf(deps);
      if (head === null || head.toldOn === day) return;
      tell(head);
      const update = updateInput(deps.table, auditHeadKey, 'SET #toldOn = :day', 'attribute_exists(#pk)', {
        day,
      });
      await unlessRefused(deps.random, () => deps.client.send(new UpdateItemCommand(update)));
    },
  };
}

async function headOf(deps: Deps): Promise<(Head & { readonly toldOn: string | null }) | null> {
  const item = await getItem(deps, auditHeadKey);
  if (!item) return null;
  const { number, hash, at, toldOn = null } = readItem(item, headFields, 'audit-head');
  return { number, hash, at, toldOn };
}

async function append(deps: Deps, fact: AuditFact, change: Change | null): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const head = await headOf(deps);
    try {
      return await appendTo(deps, head, fact, change);
    } catch (error) {
      const wasOvertaken = refusedPlaces(error).length > 0 || isBusy(error);
      if (!wasOvertaken || tries >= TRIES) throw error;
      await pause(deps.random() * PAUSE_AT_MOST_MS);
    }
  }
}

async function appendTo(
  deps: Deps,
  head: Head | null,
  fact: AuditFact,
  change: Change | null,
): Promise<number> {
  const number = (head?.number ?? 0) + 1;
  // Clocks differ: an entry never stands on an earlier day than the one before it, nor ends before it.
  const at = instant(Math.max(fact.at, head?.at ?? 0));
  const values = change && (await sealedValues(deps, number, change, at));
  const link = linkAfter(head, fact, values?.digest ?? null);
  const items = [{ Update: headAfter(deps, head, link, at) }, { Put: entryItem(deps, link, at) }];
  const all = [...items, ...(values?.writes ?? [])];
  await deps.client.send(new TransactWriteItemsCommand({ TransactItems: all }));
  return number;
}

function headAfter({ table }: Deps, head: Head | null, { number, hash }: Link, at: Instant) {
  const same = head ? '#number = :before AND #hash = :former' : 'attribute_not_exists(#pk)';
  const update = 'SET #schema = :schema, #number = :number, #hash = :hash, #at = :at';
  const values = { schema: SCHEMA_VERSION, number, hash, at };
  const before = head ? { before: head.number, former: head.hash } : {};
  return updateInput(table, auditHeadKey, update, same, { ...values, ...before });
}

function entryItem({ table }: Deps, { number, former, text, hash }: Link, at: Instant) {
  const item = {
    ...auditKey(dayOf(at), number),
    schema: SCHEMA_VERSION,
    former,
    text,
    hash,
    expiresAt: expiryAfter(at, KEEP_SECONDS.audit),
  };
  return putInput(table, item, 'attribute_not_exists(#pk)');
}

async function pageOf(deps: Deps, day: string, limit: number, after: string | null): Promise<AuditPage> {
  const { items, next } = await itemsOf(deps, day, { limit, after, newestFirst: true });
  const entries = items.flatMap((item): readonly AuditEntry[] => unlessDamaged(deps, () => entryIn(item)));
  return { entries, next };
}

async function linksOf(deps: Deps, day: string, limit: number, after: string | null) {
  const from = after ?? FIRST_AUDIT_SORT;
  const { items, next } = await itemsOf(deps, day, { limit, after: from, newestFirst: false });
  return { links: items.flatMap((item): readonly Link[] => unlessDamaged(deps, () => linkIn(item))), next };
}

async function itemsOf(
  { client, table, clock }: Deps,
  day: string,
  {
    limit,
    after,
    newestFirst,
  }: { readonly limit: number; readonly after: string | null; readonly newestFirst: boolean },
) {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: '#pk = :pk',
      ...bindings(['#pk'], { pk: auditPartition(day) }),
      ConsistentRead: true,
      ScanIndexForward: !newestFirst,
      Limit: limit,
      ...(after === null ? {} : { ExclusiveStartKey: toItem({ pk: auditPartition(day), sk: after }) }),
    }),
  );
  const now = clock.now();
  return { items: Items.filter(item => live(item, now)), next: LastEvaluatedKey?.['sk']?.S ?? null };
}
