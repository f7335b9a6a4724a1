// The network's own books, read by REST: which calls and texts there were, and how a leg has ended.
// Must never log a number or a text. What it returns holds both, for the reconciler alone.
import type { CallSeen, Log, Telephone, TextSeen } from '../../app/ports.ts';
import type { LegOutcome } from '../../domain/event.ts';
import { type CallSid, parseCallSid, parseMessageSid } from '../../domain/ids.ts';
import { type Instant, instant } from '../../domain/instant.ts';
import { parseAddress } from '../../domain/phone.ts';
import { numbersOf } from './errors.ts';
import { addressOfCaller, bodyWithinBounds, isOutcome } from './inbound.ts';
import type { Account } from './rest.ts';

type Rest = Account;
type CallFound = Awaited<ReturnType<Rest['calls']['list']>>[number];
type TextFound = Awaited<ReturnType<Rest['messages']['list']>>[number];

/** The most that Twilio gives at once; a page of calls is about 1.5 MB. */
const PAGE_SIZE = 1_000;
/** Of one list. Ten minutes of the busiest hotline imaginable; beyond it something is wrong, and the log says so. */
const ENTRIES_AT_MOST = 10_000;

/** `patient` is for lists, which may take long; `rest` for one leg, while somebody may be on the line. */
export function createBooks(
  rest: () => Promise<Rest>,
  patient: () => Promise<Rest>,
  log: Log,
): Pick<Telephone, 'calls' | 'texts' | 'outcomeOf'> {
  return {
    calls: async since => callsSince(await patient(), since, log),
    texts: async since => textsSince(await patient(), since, log),
    outcomeOf: async callSid => {
      try {
        const account = await rest();
        return outcomeIn((await account.calls(callSid).fetch()).status);
      } catch (error) {
        log.warn('telephone-failed', { operation: 'outcome-of', outcome: 'unknown', ...numbersOf(error) });
        return null;
      }
    },
  };
}

/**
 * A list shows what has begun, not what has ended within the time; and a call may last for hours. So there are three:
 * those that began, those that ended, and those that go on. A call that waits for its turn has not begun and may be in
 * none of them.
 */
async function callsSince(account: Rest, since: Instant, log: Log): Promise<readonly CallSeen[]> {
  const from = new Date(since);
  const bounds = { pageSize: PAGE_SIZE, limit: ENTRIES_AT_MOST };
  const lists = await Promise.all([
    account.calls.list({ startTimeAfter: from, ...bounds }),
    account.calls.list({ endTimeAfter: from, ...bounds }),
    account.calls.list({ status: 'in-progress', ...bounds }),
  ]);
  for (const list of lists) reportCut(list, 'calls', log);
  const seen = new Map<CallSid, CallSeen>();
  for (const call of parsedOf(lists.flat(), callSeen, 'calls', log)) {
    // The lists are not of one instant: a call may have ended between two of them.
    if (!seen.get(call.callSid)?.ended) seen.set(call.callSid, call);
  }
  return [...seen.values()].filter(call => isWithin(call, since));
}

/** Twilio may read a filter as a day: only what was asked for is passed on. Its own times are in whole seconds. */
function isWithin({ createdAt, ended }: CallSeen, since: Instant): boolean {
  const sinceSecond = wholeSecond(since);
  return ended === null || createdAt >= sinceSecond || ended.at >= sinceSecond;
}

async function textsSince(account: Rest, since: Instant, log: Log): Promise<readonly TextSeen[]> {
  const list = await account.messages.list({
    dateSentAfter: new Date(since),
    pageSize: PAGE_SIZE,
    limit: ENTRIES_AT_MOST,
  });
  reportCut(list, 'texts', log);
  const cameIn = list.filter(({ direction }) => direction === 'inbound');
  return parsedOf(cameIn, textSeen, 'texts', log).filter(({ at }) => at >= wholeSecond(since));
}

function wholeSecond(at: Instant): number {
  return Math.floor(at / 1000) * 1000;
}

function callSeen(call: CallFound): CallSeen | null {
  const callSid = parseCallSid(call.sid);
  const createdAt = instantOf(call.dateCreated);
  if (callSid === null || createdAt === null) return null;
  const outcome = outcomeIn(call.status);
  const isOver = outcome !== null && outcome !== 'live';
  return {
    callSid,
    direction: call.direction === 'inbound' ? 'in' : 'out',
    from: addressOfCaller(call.from ?? ''),
    to: call.to ?? '',
    createdAt,
    ended: isOver
      ? { at: instantOf(call.endTime) ?? instantOf(call.dateUpdated) ?? createdAt, outcome }
      : null,
  };
}

function textSeen(text: TextFound): TextSeen | null {
  const messageSid = parseMessageSid(text.sid);
  const from = parseAddress(text.from ?? '');
  const at = instantOf(text.dateSent) ?? instantOf(text.dateCreated);
  if (messageSid === null || from === null || at === null) return null;
  return {
    messageSid,
    from,
    to: text.to ?? '',
    body: bodyWithinBounds(text.body ?? ''),
    hasMedia: Number(text.numMedia ?? 0) > 0,
    at,
  };
}

/** Null: the network has a word for it that we do not know. */
function outcomeIn(status: string): LegOutcome | 'live' | null {
  if (isOutcome(status)) return status;
  return live.has(status) ? 'live' : null;
}

const live: ReadonlySet<string> = new Set(['queued', 'initiated', 'ringing', 'in-progress']);

/** The library passes on a date that it cannot read as it came. */
function instantOf(date: unknown): Instant | null {
  if (!(date instanceof Date)) return null;
  const epochMs = date.getTime();
  return Number.isNaN(epochMs) ? null : instant(epochMs);
}

/** An entry that makes no sense never keeps anybody from the others. */
function parsedOf<Found, Seen>(
  found: readonly Found[],
  parse: (entry: Found) => Seen | null,
  books: 'calls' | 'texts',
  log: Log,
): readonly Seen[] {
  const parsed = found.map(parse).filter(entry => entry !== null);
  const unread = found.length - parsed.length;
  if (unread > 0) log.warn('books-entries-not-read', { books, unread });
  return parsed;
}

function reportCut(list: readonly unknown[], books: 'calls' | 'texts', log: Log): void {
  if (list.length >= ENTRIES_AT_MOST) log.error('books-cut', { books, read: list.length });
}
