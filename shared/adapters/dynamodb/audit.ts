// What managers did: who, what, to which id, when, with which answer. One item an act, by day.
// Must never hold a value that somebody sent, nor be changed once its end is known.
import { randomUUID } from 'node:crypto';
import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Audit, AuditEntry } from '../../app/office.ts';
import { roles } from '../../domain/access.ts';
import type { Instant } from '../../domain/instant.ts';
import { bindings, type Item, putInput, toItem, updateInput } from './attributes.ts';
import { type Deps, live, readItem, unlessDamaged } from './deps.ts';
import { auditKey, auditPartition } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { instantSchema, list, SCHEMA_VERSION, whole } from './schema-parts.ts';

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  at: instantSchema,
  actor: z.string(),
  role: z.enum(roles),
  action: z.string(),
  target: z.string(),
  fields: list(z.string()),
  reason: z.optional(z.string()),
  status: z.optional(whole),
});

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

export function createAudit(deps: Deps): Audit {
  const { client, table } = deps;
  return {
    begin: async ({ reason, fields, ...entry }) => {
      const id = `${new Date(entry.at).toISOString()}#${randomUUID()}`;
      const item = {
        ...auditKey(dayOf(entry.at), id),
        schema: SCHEMA_VERSION,
        ...entry,
        fields,
        reason: reason ?? undefined,
        expiresAt: expiryAfter(entry.at, KEEP_SECONDS.audit),
      };
      await client.send(new PutItemCommand(putInput(table, item)));
      return id;
    },
    end: async (id, at, status) => {
      const key = auditKey(dayOf(at), id);
      const update = updateInput(table, key, 'SET #status = :status', 'attribute_not_exists(#status)', {
        status,
      });
      await client.send(new UpdateItemCommand(update));
    },
    of: async (day, limit, after) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: '#pk = :pk',
          ...bindings(['#pk'], { pk: auditPartition(day) }),
          ScanIndexForward: false,
          Limit: limit,
          ...(after === null ? {} : { ExclusiveStartKey: toItem(auditKey(day, after)) }),
        }),
      );
      const now = deps.clock.now();
      const entries = Items.filter(item => live(item, now)).flatMap(item =>
        unlessDamaged(deps, () => entryIn(item)),
      );
      return { entries, next: LastEvaluatedKey?.['sk']?.S ?? null };
    },
  };
}

function entryIn(item: Item): AuditEntry {
  const { schema: _schema, reason, status, ...fields } = readItem(item, fieldsSchema, 'audit');
  return { ...fields, id: item['sk']?.S ?? '', reason: reason ?? null, status: status ?? null };
}
