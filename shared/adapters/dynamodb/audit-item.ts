// An entry of the trail as an item, and back; and one from before there was a chain, which had its end written into it.
import * as z from 'zod/mini';
import { type AuditEntry, auditKinds, type Link } from '../../app/audit-trail.ts';
import { DamagedRecord } from '../../app/damaged-record.ts';
import { roles } from '../../domain/access.ts';
import type { Item } from './attributes.ts';
import { readItem, readJson } from './deps.ts';
import { auditNumberIn } from './keys.ts';
import { instantSchema, list, SCHEMA_VERSION, whole } from './schema-parts.ts';

const NAME = 'audit';
const linkFields = z.object({
  schema: z.literal(SCHEMA_VERSION),
  former: z.string(),
  text: z.string(),
  hash: z.string(),
});
const said = {
  at: instantSchema,
  actor: z.string(),
  role: z.enum([...roles, 'volunteer']),
  action: z.string(),
  target: z.string(),
  fields: list(z.string()),
};
const textFields = z.object({
  ...said,
  is: z.enum(auditKinds),
  reason: z.nullable(z.string()),
  from: z.nullable(z.string()),
  begun: z.nullable(whole),
  status: z.nullable(whole),
  created: list(z.string()),
  values: z.nullable(z.string()),
});
const unchainedFields = z.object({
  schema: z.literal(SCHEMA_VERSION),
  ...said,
  reason: z.optional(z.string()),
  status: z.optional(whole),
});

/** Throws a `DamagedRecord` when it has not even the form of one. */
export function linkIn(item: Item): Link {
  const number = auditNumberIn(item['sk']?.S ?? '');
  if (number === null) throw new DamagedRecord(NAME);
  const { former, text, hash } = readItem(item, linkFields, NAME);
  return { number, former, text, hash };
}

export function entryIn(item: Item): AuditEntry {
  if (auditNumberIn(item['sk']?.S ?? '') === null) return unchained(item);
  const { text, ...link } = linkIn(item);
  return { ...readJson(text, textFields, NAME), link };
}

function unchained(item: Item): AuditEntry {
  const { schema: _schema, reason = null, status = null, ...fields } = readItem(item, unchainedFields, NAME);
  const none = { from: null, begun: null, created: [], values: null, link: null };
  return { ...fields, ...none, is: status === null ? 'begun' : 'ended', reason, status };
}
