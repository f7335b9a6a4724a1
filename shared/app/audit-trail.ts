// The trail of acts: what an entry says, how each is bound to the one before it, and what it takes to show that none was
// changed or taken out. Must never hold a value that somebody sent: those are sealed apart, and may go before the entry.
import { createHash } from 'node:crypto';
import type { Role } from '../domain/access.ts';
import type { RequestId, VolunteerId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';

/** `begun`: before it is done. `ended`: its answer. `refused`: it was not begun. `done`: by a volunteer herself, with both at once. */
export const auditKinds = ['begun', 'ended', 'refused', 'done'] as const;

export type AuditFact = {
  readonly is: (typeof auditKinds)[number];
  readonly at: Instant;
  /** The subject of a token, the id of an API key, or of a volunteer. */
  readonly actor: string;
  readonly role: Role | 'volunteer';
  /** The operation as the API document names it; of a volunteer the wish. */
  readonly action: string;
  /** Ids from the address, as `vol_aigul`; never a number. */
  readonly target: string;
  /** The fields that were sent, by name. Values stay out: they may be personal. */
  readonly fields: readonly string[];
  /** What the manager gave as the reason, if it was asked. */
  readonly reason: string | null;
  /** The address that it was asked from; of a volunteer `text` or `own-page`. Null: not known. */
  readonly from: string | null;
  /** Of an end: the number of its beginning. */
  readonly begun: number | null;
  /** Of the answer. Null: it has only begun. */
  readonly status: number | null;
  /** What it has made. */
  readonly created: readonly string[];
};

/** What was changed, as it stood and as it stands. */
export type Change = {
  /** Whose it is: values about somebody go when she does. Null: nobody's. */
  readonly about: VolunteerId | RequestId | null;
  /** Null: it was not there. */
  readonly before: unknown;
  /** Null: it is gone. */
  readonly after: unknown;
};

/** As it stands in the table. */
export type Link = {
  /** From 1 on, without a gap. */
  readonly number: number;
  /** The hash of the one before; of the first `START`. */
  readonly former: string;
  /** The entry as JSON, to the byte: what the hash is made of. */
  readonly text: string;
  readonly hash: string;
};

export type AuditEntry = AuditFact & {
  /** Null: of before there was a chain. */
  readonly link: Pick<Link, 'number' | 'former' | 'hash'> | null;
  /** SHA-256 of the sealed values; null: there are none, or too much to be kept. */
  readonly values: string | null;
};

/** The last link. */
export type Head = {
  readonly number: number;
  readonly hash: string;
  /** No later one is of before this: days and ends of entries go by it. */
  readonly at: Instant;
};

export const START = 'start';

export const hashOf = (former: string, text: string): string =>
  createHash('sha256').update(`${former}\n${text}`, 'utf8').digest('base64url');

/** The next link of the trail. */
export function linkAfter(head: Head | null, fact: AuditFact, values: string | null): Link {
  const number = (head?.number ?? 0) + 1;
  const former = head?.hash ?? START;
  const text = JSON.stringify({ number, formerAt: head?.at ?? null, ...fact, values });
  return { number, former, text, hash: hashOf(former, text) };
}

export type Broken = {
  /** The first that is not as it was. */
  readonly number: number;
  readonly why: 'altered' | 'missing';
};

/** How far a walk has come; nothing before the first link. */
export type Walked = Pick<Link, 'number' | 'hash'> | null;

/** Null: it follows on what was walked, and is as it was written. */
export function brokenBy(walked: Walked, link: Link): Broken | null {
  const expected = walked ? walked.number + 1 : link.number;
  if (link.number > expected) return { number: expected, why: 'missing' };
  const isSame = link.number === expected && hashOf(link.former, link.text) === link.hash;
  const follows = walked === null || link.former === walked.hash;
  return isSame && follows && numberIn(link.text) === link.number
    ? null
    : { number: expected, why: 'altered' };
}

function numberIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { number?: unknown } | null)?.number;
  } catch {
    return null;
  }
}
