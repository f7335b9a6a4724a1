// Answers to creations, kept for a day, so that a client that did not hear the first can ask again without doing it twice.
// Must never hold an answer in the open: it may name a person.
import { createHash } from 'node:crypto';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Answer, Idempotency } from '../../app/office.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PhoneNumber } from '../../domain/phone.ts';
import { putInput, toItem } from './attributes.ts';
import { unlessRefused } from './conflicts.ts';
import { type Deps, getItem, live, readItem, seal, unseal } from './deps.ts';
import { answerKey, type Key } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { instantSchema, SCHEMA_VERSION } from './schema-parts.ts';

/** A function lives for half a minute at most: after that whoever began it is dead, and it may be begun again. */
const LEASE_SECONDS = 60;

const fieldsSchema = z.object({
  schema: z.literal(SCHEMA_VERSION),
  fingerprint: z.string(),
  until: instantSchema,
  /** Of the first attempt. */
  begunAt: z.optional(instantSchema),
  answer: z.optional(z.custom<Uint8Array>(value => value instanceof Uint8Array)),
});
const answerSchema = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

export function createAnswers(deps: Deps): Idempotency {
  const { client, table, random, sealer } = deps;
  return {
    begin: async (actor, chosen, asked, at) => {
      const key = keyOf(actor, chosen);
      // Keyed: what was asked may hold a number, and all numbers could be tried against a plain hash.
      const fingerprint = sealer.lookup(asked as PhoneNumber);
      const begunAt = (await begunBefore(deps, key, fingerprint, at)) ?? at;
      const row = {
        ...key,
        schema: SCHEMA_VERSION,
        fingerprint,
        begunAt,
        until: at + LEASE_SECONDS * 1000,
        expiresAt: expiryAfter(at, KEEP_SECONDS.answer),
      };
      // What has expired but was not deleted yet is as good as absent; so is an attempt that has died.
      const free =
        'attribute_not_exists(#pk) OR #expiresAt <= :seconds OR (attribute_not_exists(#answer) AND #until <= :at)';
      const put = putInput(table, row, free, { at, seconds: Math.floor(at / 1000) });
      if (await unlessRefused(random, () => client.send(new PutItemCommand(put))))
        return { is: 'fresh', fingerprint: `${fingerprint} ${begunAt}` };
      return known(deps, key, fingerprint);
    },
    keep: async (actor, chosen, answer, at) => {
      const key = keyOf(actor, chosen);
      const before = await getItem(deps, key);
      if (!before) return;
      const { fingerprint, until } = readItem(before, fieldsSchema, 'answer');
      const row = {
        ...key,
        schema: SCHEMA_VERSION,
        fingerprint,
        until,
        answer: seal(deps, answer, key, 'answer'),
        expiresAt: expiryAfter(at, KEEP_SECONDS.answer),
      };
      await client.send(new PutItemCommand(putInput(table, row)));
    },
    forget: async (actor, chosen) => {
      await client.send(new DeleteItemCommand({ TableName: table, Key: toItem(keyOf(actor, chosen)) }));
    },
  };
}

/** When an attempt that may have died at it began; null: none that is remembered, and what is asked is meant anew. */
async function begunBefore(deps: Deps, key: Key, fingerprint: string, at: Instant): Promise<Instant | null> {
  const item = live(await getItem(deps, key), at);
  if (!item) return null;
  const fields = readItem(item, fieldsSchema, 'answer');
  return fields.fingerprint === fingerprint ? (fields.begunAt ?? null) : null;
}

async function known(deps: Deps, key: Key, fingerprint: string) {
  const item = live(await getItem(deps, key), deps.clock.now());
  if (!item) return { is: 'going-on' } as const;
  const fields = readItem(item, fieldsSchema, 'answer');
  if (fields.fingerprint !== fingerprint) return { is: 'other' } as const;
  if (fields.answer === undefined) return { is: 'going-on' } as const;
  const answer = answerSchema.parse(unseal(deps, fields.answer, key, 'answer', 'answer')) satisfies Answer;
  return { is: 'done', answer } as const;
}

const keyOf = (actor: string, chosen: string): Key =>
  answerKey(actor, createHash('sha256').update(chosen, 'utf8').digest('base64url'));
