// The ways by which a text finds a request: a helper's codes and conversation, and the survivor's own number.
import type { Commit } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Settings } from '../../domain/network.ts';
import { type Address, isWhatsapp, type PhoneNumber } from '../../domain/phone.ts';
import { isToBeCalled, type Request } from '../../domain/request.ts';
import { mayBeTakenOver, type TextRoute, textRoutesOf } from '../../domain/standing.ts';
import { AFTER_TALK_SECONDS } from '../../domain/timing.ts';
import { deleteInput, putInput, updateInput } from './attributes.ts';
import type { CommitPart } from './commit-part.ts';
import type { Deps } from './deps.ts';
import { helperCodeKey, helperTalkKey, type Key, numberCallKey, numberLineKey, type Way } from './keys.ts';
import { expiryAfter, KEEP_SECONDS } from './retention.ts';
import { SCHEMA_VERSION } from './schema-parts.ts';

export function helperRouteParts(table: string, commit: Commit, settings: Settings): readonly CommitPart[] {
  const { before, after, at } = commit;
  const held = byKey(before ? textRoutesOf(before, settings) : []);
  const wanted = byKey(textRoutesOf(after, settings));
  return [
    ...[...wanted].flatMap(([name, route]) => {
      const was = held.get(name);
      const same = was?.seq === route.seq && was.until === route.until;
      return same ? [] : [open(table, route, after, at)];
    }),
    ...[...held].filter(([name]) => !wanted.has(name)).map(([, route]) => shut(table, route, after, at)),
  ];
}

const routeKey = ({ helper, code, place }: TextRoute): Key =>
  code === null ? helperTalkKey(helper, place) : helperCodeKey(helper, code);

function byKey(routes: readonly TextRoute[]): ReadonlyMap<string, TextRoute> {
  return new Map(routes.map(route => [`${route.helper} ${route.code ?? `#${route.place}`}`, route]));
}

/**
 * A code or a conversation leads to one request only: a text must never reach another survivor. Declining passes on
 * no word, so the latest offer may take that way over.
 */
function open(table: string, route: TextRoute, { id }: Request, at: Instant): CommitPart {
  const row = {
    ...routeKey(route),
    schema: SCHEMA_VERSION,
    requestId: id,
    place: route.place,
    seq: route.seq,
    until: route.until,
    expiresAt: expiryAfter(route.until, 0),
  };
  if (mayBeTakenOver(route)) return { write: { Put: putInput(table, row) }, otherwise: 'claim-conflict' };
  const condition =
    'attribute_not_exists(#pk) OR attribute_exists(#overAt) OR #until <= :now OR #requestId = :me';
  return {
    write: { Put: putInput(table, row, condition, { now: at, me: id }) },
    otherwise: 'claim-conflict',
  };
}

/** A conversation is remembered for as long as its helper may still say something about it. */
function shut(table: string, route: TextRoute, { id }: Request, at: Instant): CommitPart {
  const [key, isOurs] = [routeKey(route), '#requestId = :me'];
  if (route.code !== null)
    return { write: { Delete: deleteInput(table, key, isOurs, { me: id }) }, otherwise: 'not-ours' };
  const values = { me: id, at, expiresAt: expiryAfter(at, AFTER_TALK_SECONDS) };
  const over = updateInput(table, key, 'SET #overAt = :at, #expiresAt = :expiresAt', isOurs, values);
  return { write: { Update: over }, otherwise: 'not-ours' };
}

/** Two texts sent in one breath arrive within this time of each other, and must not open a request each. */
const SAME_BREATH_SECONDS = 30;

/**
 * Written when the request opens, kept for the grace time when it closes. One that goes on by voice leaves her texts to
 * another. Withheld numbers lead nowhere.
 */
export function numberParts(deps: Deps, commit: Commit, settings: Settings): readonly CommitPart[] {
  const { before, after } = commit;
  const address = after.private.survivor ?? before?.private.survivor ?? null;
  if (address === null) return [];
  return [...lineParts(deps, commit, address, settings), ...callParts(deps, commit, address, settings)];
}

/**
 * As long as she is to be called, her number leads there, whatever else she begins. For the grace time afterwards too: a
 * STOP that comes between its end and the call that takes over what was agreed must find one of the two.
 */
function callParts(
  deps: Deps,
  { before, after, at }: Commit,
  address: Address,
  settings: Settings,
): readonly CommitPart[] {
  const isKnown = before !== null && isToBeCalled(before);
  if (isKnown === isToBeCalled(after)) return [];
  const key = numberCallKey(numberHash(deps, address), after.lineId, after.id);
  if (!isKnown) return [remember(deps.table, key, { ...after, channel: 'voice' }, at, null)];
  const grace = graceOf(after, settings);
  if (grace) return [forgetSoon(deps.table, key, after, grace)];
  const gone = deleteInput(deps.table, key, '#requestId = :me', { me: after.id });
  return [{ write: { Delete: gone }, otherwise: 'not-ours' }];
}

function lineParts(
  deps: Deps,
  { before, after, at }: Commit,
  address: Address,
  settings: Settings,
): readonly CommitPart[] {
  const key = numberLineKey(numberHash(deps, address), after.lineId, wayOf(after.channel, address));
  const grace = graceOf(after, settings);
  if (before === null) return [remember(deps.table, key, after, at, grace)];
  // Her line is gone. What she writes on the one that serves her now leads here, unless it leads somewhere already.
  if (before.lineId !== after.lineId)
    return [{ ...remember(deps.table, key, after, at, grace), otherwise: 'not-ours' }];
  if (before.channel !== after.channel) {
    const old = numberLineKey(numberHash(deps, address), after.lineId, wayOf(before.channel, address));
    const over = { graceUntil: at, expiresAt: expiryAfter(at, 0) };
    return [forgetSoon(deps.table, old, after, over), remember(deps.table, key, after, at, grace)];
  }
  const justClosed = after.phase.kind === 'closed' && before.phase.kind !== 'closed';
  return justClosed && grace ? [forgetSoon(deps.table, key, after, grace)] : [];
}

type Grace = { readonly graceUntil: number; readonly expiresAt: number };

function graceOf({ phase }: Request, { graceSeconds }: Settings): Grace | null {
  if (phase.kind !== 'closed') return null;
  return { graceUntil: phase.at + graceSeconds * 1000, expiresAt: expiryAfter(phase.at, graceSeconds) };
}

function remember(table: string, key: Key, request: Request, at: Instant, grace: Grace | null): CommitPart {
  const row = {
    ...key,
    schema: SCHEMA_VERSION,
    requestId: request.id,
    lineId: request.lineId,
    channel: request.channel,
    at,
    expiresAt: expiryAfter(at, KEEP_SECONDS.openNumberRow),
    ...grace,
  };
  // Each call is a request of its own. For texts the guard ends by itself, so that a row that leads to a damaged
  // request can not keep her out.
  if (request.channel === 'voice') return { write: { Put: putInput(table, row) }, otherwise: 'not-ours' };
  const condition =
    'attribute_not_exists(#pk) OR attribute_exists(#graceUntil) OR #requestId = :me OR #at <= :breathAgo';
  const values = { me: request.id, breathAgo: at - SAME_BREATH_SECONDS * 1000 };
  return { write: { Put: putInput(table, row, condition, values) }, otherwise: 'opened-meanwhile' };
}

/** Only while the row is still ours: she may have called again already. */
function forgetSoon(table: string, key: Key, { id }: Request, grace: Grace): CommitPart {
  const update = 'SET #graceUntil = :graceUntil, #expiresAt = :expiresAt';
  return {
    write: { Update: updateInput(table, key, update, '#requestId = :me', { ...grace, me: id }) },
    otherwise: 'not-ours',
  };
}

export function numberHash({ sealer }: Deps, address: Address): string {
  return sealer.lookup(numberOf(address));
}

export function numberOf(address: Address): PhoneNumber {
  return (isWhatsapp(address) ? address.slice('whatsapp:'.length) : address) as string as PhoneNumber;
}

function wayOf(channel: Request['channel'], address: Address): Way {
  if (channel === 'voice') return 'voice';
  return isWhatsapp(address) ? 'whatsapp' : 'sms';
}
