// What the managers' API needs beside the ports of the hotline: who asks, what was done, and what was answered already.
// Must never be asked for on a survivor's way: nothing here may stand between her and a person.
import type { Actor, Permission, Role } from '../domain/access.ts';
import type { ToldHole } from '../domain/holes-told.ts';
import type { RegionId, VolunteerId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Network } from '../domain/network.ts';
import type { Summary } from '../domain/report-summary.ts';
import type { AuditEntry, AuditFact, Change, Head, Link } from './audit-trail.ts';
import type { JobStore } from './jobs.ts';

/** Reads a token of the configured issuer. */
export type Tokens = {
  /** Null when it is not one of ours, is over, was signed by somebody else, or gives no role. Throws when the issuer's keys cannot be had. */
  readonly actorOf: (token: string) => Promise<Actor | null>;
};

export type ApiKey = {
  /** `key_…`; names the key, opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly realm: 'all' | readonly RegionId[];
  readonly only: readonly Permission[] | null;
  readonly createdAt: Instant;
  /** An actor's id; null: of a key that was made before it was kept. */
  readonly createdBy: string | null;
  readonly expiresAt: Instant;
};

export type ApiKeys = {
  /** Stored as a hash; the secret comes back this once and is never seen again. */
  readonly create: (
    key: Omit<ApiKey, 'id' | 'createdAt'>,
    /** Of a creation that may have been begun before: whatever it made gets another secret. */
    id: string,
    at: Instant,
  ) => Promise<{ readonly key: ApiKey; readonly secret: string }>;
  readonly list: () => Promise<readonly ApiKey[]>;
  /** False when there was none. */
  readonly revoke: (id: string) => Promise<boolean>;
  readonly actorOf: (secret: string, at: Instant) => Promise<Actor | null>;
};

export type AuditPage = { readonly entries: readonly AuditEntry[]; readonly next: string | null };
/** `digest`: of what was read, to be held against the entry. */
export type AuditValues = { readonly before: unknown; readonly after: unknown; readonly digest: string };

export type Audit = {
  /** Its number. Of something that is to be done: before it is done, what cannot be put on record is not done. */
  readonly append: (fact: AuditFact, change: Change | null) => Promise<number>;
  /** Newest first, of one day (UTC, as `2026-11-26`); `after` from the page before. */
  readonly of: (day: string, limit: number, after: string | null) => Promise<AuditPage>;
  /** Oldest first, as they stand, without those of before there was a chain, and those that have not even the form of one. */
  readonly links: (
    day: string,
    limit: number,
    after: string | null,
  ) => Promise<{ readonly links: readonly Link[]; readonly next: string | null }>;
  /** One, also past its time; `at`: as `Head.at` was with it. */
  readonly link: (number: number, at: Instant) => Promise<Link | null>;
  /** Null: past their time, or gone with whom they are about. */
  readonly values: (number: number) => Promise<AuditValues | null>;
  readonly head: () => Promise<Head | null>;
  /** What is older may be gone. */
  readonly keptSeconds: number;
  /** Once a day, and rather twice than never. */
  readonly tellHead: (day: string, tell: (head: Head) => void) => Promise<void>;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** An answer to a creation, kept for a day under the key that the client chose. */
export type Idempotency = {
  /**
   * `fresh`: do it, then keep the answer; whoever died at it may have done it: `fingerprint` is the same for the same that is asked within the day. `done`: it was done; this was the answer. `other`: the key was used for
   * something else. `going-on`: the first attempt has not answered yet.
   */
  readonly begin: (
    actor: string,
    key: string,
    asked: string,
    at: Instant,
  ) => Promise<
    | { readonly is: 'fresh'; readonly fingerprint: string }
    | { readonly is: 'other' | 'going-on' }
    | { readonly is: 'done'; readonly answer: Answer }
  >;
  readonly keep: (actor: string, key: string, answer: Answer, at: Instant) => Promise<void>;
  /** It was not done: it may be tried again under the same key. */
  readonly forget: (actor: string, key: string) => Promise<void>;
};

/** The network as managers edit it: read from the table itself, and stored only on top of what was read. */
export type NetworkEdits = {
  readonly read: () => Promise<{ readonly network: Network; readonly version: number }>;
  readonly put: (
    network: Network,
    expectedVersion: number,
  ) => Promise<'stored' | 'changed-meanwhile' | 'number-taken'>;
};

/** Requests that are over, without anything personal: written with the end of each. */
export type Summaries = {
  /**
   * Those that ended from `from` (included) to `until` (excluded), the latest first. `next` leads to the page behind, null
   * when there is none; a page may be short, or empty, and have one all the same.
   */
  readonly page: (
    range: { readonly from: Instant; readonly until: Instant },
    options: {
      readonly limit: number;
      readonly after: string | null;
      readonly wanted: (summary: Summary) => boolean;
    },
  ) => Promise<{ readonly summaries: readonly Summary[]; readonly next: string | null }>;
  /** All of them, in no order. */
  readonly each: (
    range: { readonly from: Instant; readonly until: Instant },
    visit: (summary: Summary) => void,
  ) => Promise<void>;
  /** In [0, 1): the same for the same words, and known to nobody without the key of the deployment. */
  readonly luckOf: (words: string) => number;
};

/** What managers have been told of holes in the rota. */
export type HolesTold = {
  /** What they were told so far, for whoever looks now; null: somebody has looked less than `everySeconds` ago. */
  readonly begin: (at: Instant, everySeconds: number) => Promise<readonly ToldHole[] | null>;
  /** By whoever began at `at`; nothing happens when somebody else has begun since. */
  readonly keep: (told: readonly ToldHole[], at: Instant) => Promise<void>;
};

/** A calendar to subscribe to. */
export type Feed = { readonly id: string; readonly of: VolunteerId | RegionId; readonly createdAt: Instant };

export type Feeds = {
  /** The secret is in the address and nowhere else: it comes back this once. One that has the id already is revoked. */
  readonly create: (
    of: Feed['of'],
    id: string,
    at: Instant,
  ) => Promise<{ readonly feed: Feed; readonly secret: string }>;
  readonly list: (of: Feed['of']) => Promise<readonly Feed[]>;
  /** False when there was none. */
  readonly revoke: (of: Feed['of'], id: string) => Promise<boolean>;
  readonly find: (secret: string) => Promise<Feed | null>;
};

export type Office = {
  readonly networkEdits: NetworkEdits;
  readonly tokens: Tokens;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly idempotency: Idempotency;
  readonly jobs: JobStore;
  readonly feeds: Feeds;
  readonly summaries: Summaries;
  readonly holesTold: HolesTold;
};
