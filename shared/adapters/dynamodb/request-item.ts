// A request, an entry of its timeline and a webhook's reply as items, and back.
// Nothing of a request's `private` part may stand in an item other than sealed.
import * as z from 'zod/mini';
import { DamagedRecord } from '../../app/damaged-record.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Settings } from '../../domain/network.ts';
import type { Reply } from '../../domain/reply.ts';
import { nothingPersonal, type Private, type Request } from '../../domain/request.ts';
import { dueAt } from '../../domain/standing.ts';
import type { Note } from '../../domain/timeline.ts';
import type { Item, PlainItem } from './attributes.ts';
import { type Deps, readItem, readJson, seal, unseal } from './deps.ts';
import { requestDueShard, requestKey, shardOf, timelineKey, webhookKey } from './keys.ts';
import { replySchema } from './outbox-schema.ts';
import { pack, unpack } from './packed.ts';
import { type OpenPart, openPartSchema, privateSchema } from './request-schema.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { instantSchema, SCHEMA_VERSION, whole } from './schema-parts.ts';
import { type SealingKey, under } from './sealing-keys.ts';

const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array);
const schema = z.literal(SCHEMA_VERSION);
const requestFields = z.object({
  schema,
  version: whole,
  doc: bytes,
  personal: z.optional(bytes),
  /** As it was called while it was sealed under the data key. */
  private: z.optional(bytes),
});
const webhookFields = z.object({ schema, reply: z.string() });
const timelineFields = z.object({ schema, at: instantSchema, version: whole, notes: bytes });
// Read by people only; each note's own fields are for whoever shows it.
const notesSchema = z.readonly(z.array(z.custom<Note>(isNote)));

/** In the due index exactly while something is pending; to be deleted only when nothing is. */
export function requestItem(
  deps: Deps,
  request: Request,
  settings: Settings,
  at: Instant,
  key: SealingKey | null,
): PlainItem {
  const { private: kept, ...open } = request;
  const place = requestKey(request.id);
  const due = dueAt(request, settings);
  return {
    ...place,
    schema: SCHEMA_VERSION,
    version: request.version,
    doc: pack(open),
    ...(key && { personal: seal(under(deps, request.id, key.wrapped), kept, place, 'personal') }),
    ...(due === null
      ? { expiresAt: expiryAfter(at, KEEP_SECONDS.closedRequest) }
      : { dueShard: requestDueShard(shardOf(request.id)), dueAt: due }),
  };
}

/** `key` null: it has been destroyed, or the request is from before there were such keys. */
export function readRequest(deps: Deps, item: Item, id: RequestId, key: Uint8Array | null): Request {
  const fields = readItem(item, requestFields, id);
  const open = unpack(fields.doc, openPartSchema, id);
  if (open.id !== id || open.version !== fields.version) throw new DamagedRecord(id);
  return { ...open, private: readPrivate(deps, fields, open, key) };
}

function readPrivate(
  deps: Deps,
  sealed: Pick<z.output<typeof requestFields>, 'personal' | 'private'>,
  { id, phase }: OpenPart,
  key: Uint8Array | null,
): Private {
  const place = requestKey(id);
  if (sealed.private !== undefined)
    return parsePrivate(unseal(deps, sealed.private, place, 'private', id), id);
  if (sealed.personal !== undefined && key !== null)
    return parsePrivate(unseal(under(deps, id, key), sealed.personal, place, 'personal', id), id);
  // Only what is over is ever erased: an open request without its key can not be gone on with.
  if (phase.kind !== 'closed') throw new DamagedRecord(id);
  return nothingPersonal;
}

function parsePrivate(value: unknown, id: RequestId): Private {
  const kept = z.safeParse(privateSchema, value);
  if (!kept.success) throw new DamagedRecord(id);
  return kept.data;
}

export function webhookItem(id: string, reply: Reply, at: Instant): PlainItem {
  return {
    ...webhookKey(id),
    schema: SCHEMA_VERSION,
    reply: JSON.stringify(reply),
    expiresAt: expiryAfter(at, KEEP_SECONDS.webhook),
  };
}

export function readStoredReply(item: Item, id: string): Reply {
  return readJson(readItem(item, webhookFields, id).reply, replySchema, id);
}

/**
 * Every candidate's verdict is noted, and a wide rung may have thousands. An item has 400 KB at most: this many
 * verdicts of one judgement are about 10 KB when packed.
 */
const VERDICTS_AT_MOST = 2000;

export function timelineItem(request: Request, at: Instant, notes: readonly Note[]): PlainItem {
  return {
    ...timelineKey(request.id, request.version),
    schema: SCHEMA_VERSION,
    at,
    version: request.version,
    notes: pack(notes.map(withinBounds)),
    expiresAt: expiryAfter(at, KEEP_SECONDS.timelineEntry),
  };
}

export function readTimelineEntry(item: Item, id: RequestId) {
  const { at, version, notes } = readItem(item, timelineFields, id);
  return { at, version, notes: unpack(notes, notesSchema, id) };
}

function withinBounds(note: Note): Note {
  return note.note === 'judged' ? { ...note, verdicts: note.verdicts.slice(0, VERDICTS_AT_MOST) } : note;
}

function isNote(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'note' in value && typeof value.note === 'string';
}
