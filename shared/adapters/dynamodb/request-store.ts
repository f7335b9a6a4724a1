// Requests: read with the reply of a repeated webhook, written whole in one transaction, listed when due.
// Must never write any part of a commit without the others.
import { PutItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Commit, CommitOutcome, Due, RequestStore, Trace } from '../../app/ports.ts';
import { parseRequestId } from '../../domain/ids.ts';
import { instant } from '../../domain/instant.ts';
import type { Network, Settings } from '../../domain/network.ts';
import { nothing } from '../../domain/reply.ts';
import type { Request } from '../../domain/request.ts';
import { bindings, type Item, putInput } from './attributes.ts';
import { getItems } from './batch-get.ts';
import { claimParts } from './claim-parts.ts';
import type { CommitPart, Refusal } from './commit-part.ts';
import { isBusy, refusedPlaces, whileBusy } from './conflicts.ts';
import { type Deps, getItem, live, namingDamage, queryAll, unlessDamaged } from './deps.ts';
import { idInKey, requestDueShard, requestKey, timelineRange, webhookKey } from './keys.ts';
import {
  readRequest,
  readStoredReply,
  readTimelineEntry,
  requestItem,
  timelineItem,
  webhookItem,
} from './request-item.ts';
import { helperRouteParts, numberParts } from './route-parts.ts';
import { freshSealingKey, readSealingKey, type SealingKey, sealingKeyParts } from './sealing-keys.ts';
import { summaryParts } from './summary-item.ts';

export function createRequestStore(deps: Deps): RequestStore {
  // The key that a request was read with is the one that it is written with: one round trip less.
  const keys = new WeakMap<Request, Uint8Array | null>();
  return {
    load: async (id, webhookId) => {
      const [request, webhook, key] = await Promise.all([
        getItem(deps, requestKey(id)),
        webhookId === null ? null : getItem(deps, webhookKey(webhookId)),
        readSealingKey(deps, id),
      ]);
      const now = deps.clock.now();
      const item = live(request, now);
      const hook = live(webhook, now);
      const found = item && namingDamage(deps, () => readRequest(deps, item, id, key));
      if (found) keys.set(found, key);
      return {
        request: found,
        storedReply: hook && namingDamage(deps, () => readStoredReply(hook, id)),
      };
    },

    commit: async (commit, network) => {
      const known = commit.before ? keys.get(commit.before) : null;
      const found = known === undefined ? await readSealingKey(deps, commit.after.id) : known;
      const key = keyFor(deps, commit, found);
      const outcome = await write(deps, partsOf(deps, commit, network, key));
      if (outcome === 'committed') keys.set(commit.after, key?.wrapped ?? null);
      return outcome;
    },

    areKnown: traces => areKnown(deps, traces),

    noteAnswered: async (webhookId, at) => {
      const put = putInput(deps.table, webhookItem(webhookId, nothing, at));
      await deps.client.send(new PutItemCommand(put));
    },

    due: async (shard, at) => {
      const items = await queryAll(deps, {
        IndexName: 'due',
        where: '#dueShard = :shard AND #dueAt <= :at',
        values: { shard: requestDueShard(shard), at },
      });
      return items.flatMap(dueIn);
    },

    timeline: async id => {
      const { pk, skPrefix } = timelineRange(id);
      const where = '#pk = :pk AND begins_with(#sk, :skPrefix)';
      const items = await queryAll(deps, { where, values: { pk, skPrefix } });
      const now = deps.clock.now();
      return items
        .filter(item => live(item, now))
        .flatMap(item => unlessDamaged(deps, () => readTimelineEntry(item, id)));
    },
  };
}

/** Whether there is such an item, and its time is not over: nothing in it is read, so that nothing in it can be wrong. */
async function areKnown(deps: Deps, traces: readonly Trace[]): Promise<readonly boolean[]> {
  const keysOf = ({ requestId, webhookId }: Trace) => [
    requestKey(requestId),
    ...(webhookId === null ? [] : [webhookKey(webhookId)]),
  ];
  const keys = new Map(traces.flatMap(keysOf).map(key => [key.pk, key]));
  const only = ['pk', 'expiresAt'].map(name => `#${name}`).join(', ');
  const items = await getItems(deps, [...keys.values()], { ProjectionExpression: only, ...bindings([only]) });
  const now = deps.clock.now();
  const found = new Set(items.flatMap(item => (live(item, now) ? [item['pk']?.S] : [])));
  return traces.map(trace => keysOf(trace).some(({ pk }) => found.has(pk)));
}

/** Only keys of the index: nothing in it can be damaged alone. */
function dueIn(item: Item): readonly Due[] {
  const requestId = parseRequestId(idInKey(item['pk']?.S ?? ''));
  return requestId === null ? [] : [{ requestId, dueAt: instant(Number(item['dueAt']?.N)) }];
}

/** Null: nothing personal is written any more, because its key is gone. */
function keyFor(deps: Deps, { before, after }: Commit, key: Uint8Array | null): SealingKey | null {
  if (key !== null) return { wrapped: key, isNew: false };
  return before?.phase.kind === 'closed' ? null : freshSealingKey(deps, after.id);
}

function partsOf(
  deps: Deps,
  commit: Commit,
  network: Network,
  key: SealingKey | null,
): readonly CommitPart[] {
  const { settings } = network;
  return [
    requestPart(deps, commit, settings, key),
    ...webhookPart(deps.table, commit),
    ...timelinePart(deps.table, commit),
    ...sealingKeyParts(deps, commit, key),
    ...numberParts(deps, commit, settings),
    ...claimParts(deps.table, commit, settings),
    ...helperRouteParts(deps.table, commit, settings),
    ...summaryParts(deps.table, commit, network),
  ];
}

function requestPart(
  deps: Deps,
  { before, after, at }: Commit,
  settings: Settings,
  key: SealingKey | null,
): CommitPart {
  const item = requestItem(deps, after, settings, at, key);
  const isNew = 'attribute_not_exists(#pk) OR #expiresAt <= :nowSeconds';
  const put = before
    ? putInput(deps.table, item, '#version = :version', { version: before.version })
    : putInput(deps.table, item, isNew, { nowSeconds: Math.floor(at / 1000) });
  return { write: { Put: put }, otherwise: 'version-conflict' };
}

function webhookPart(table: string, { webhook, at }: Commit): readonly CommitPart[] {
  if (!webhook) return [];
  const isNew = 'attribute_not_exists(#pk) OR #expiresAt <= :nowSeconds';
  const put = putInput(table, webhookItem(webhook.id, webhook.reply, at), isNew, {
    nowSeconds: Math.floor(at / 1000),
  });
  return [{ write: { Put: put }, otherwise: 'repeated' }];
}

function timelinePart(table: string, { after, at, notes }: Commit): readonly CommitPart[] {
  if (notes.length === 0) return [];
  return [{ write: { Put: putInput(table, timelineItem(after, at, notes)) }, otherwise: 'version-conflict' }];
}

/** DynamoDB's own bound on one transaction. */
const ITEMS_AT_MOST = 100;

/**
 * A wave of fifty texts that ends at once has a hundred rows to tidy up: what does not fit is left to lapse by
 * itself, as it does when it is lost. What the commit cannot do without always fits.
 */
function fitting(parts: readonly CommitPart[]): readonly CommitPart[] {
  if (parts.length <= ITEMS_AT_MOST) return parts;
  const needed = parts.filter(part => part.otherwise !== 'not-ours');
  const tidying = parts.filter(part => part.otherwise === 'not-ours');
  return [...needed, ...tidying].slice(0, Math.max(ITEMS_AT_MOST, needed.length));
}

/** Which refusal counts when there are several: a repeat must never be decided again, whatever else changed. */
const WEIGHT: readonly Refusal[] = ['repeated', 'version-conflict', 'opened-meanwhile', 'claim-conflict'];

async function write(deps: Deps, parts: readonly CommitPart[]): Promise<CommitOutcome> {
  let left = fitting(parts);
  for (;;) {
    const attempt = await attemptTo(deps, left);
    if (attempt === 'committed' || attempt === 'version-conflict') return attempt;
    const refused = attempt.map(place => left[place]?.otherwise);
    const outcome = WEIGHT.find(refusal => refused.includes(refusal));
    if (outcome) return outcome;
    // Only tidying was refused. It can not become ours again without a commit of this request, so it is left out.
    left = left.filter((_, place) => !attempt.includes(place));
  }
}

/** The places of what was refused. A table that stays busy counts as somebody else having been first. */
async function attemptTo(
  { client, random }: Deps,
  parts: readonly CommitPart[],
): Promise<'committed' | 'version-conflict' | readonly number[]> {
  const items: TransactWriteItem[] = parts.map(part => part.write);
  try {
    await whileBusy(random, () => client.send(new TransactWriteItemsCommand({ TransactItems: items })));
    return 'committed';
  } catch (error) {
    const refused = refusedPlaces(error);
    if (refused.length > 0) return refused;
    if (isBusy(error)) return 'version-conflict';
    throw error;
  }
}
