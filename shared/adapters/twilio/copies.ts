// What Twilio keeps of calls and texts that are over: which there are, and deleting them by REST.
// Must never log a number or a text, and never delete what goes on: Twilio refuses that too.
import type { Copies, Copy, Log } from '../../app/ports.ts';
import { parseCallSid, parseMessageSid } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Address, isWhatsapp } from '../../domain/phone.ts';
import { numbersOf } from './errors.ts';
import { isOutcome } from './inbound.ts';
import { lazily } from './lazily.ts';
import type { Account, RestOptions } from './rest.ts';

type Rest = Account;
type CallFound = Awaited<ReturnType<Rest['calls']['list']>>[number];
type TextFound = Awaited<ReturnType<Rest['messages']['list']>>[number];

/** Nobody waits for it. */
const LIMIT_MS = 10_000;
/** Of each list and run: some sixteen are deleted at once, so a minute is enough. What is left, the next hour finds. */
const ENTRIES_AT_MOST = 1_000;
const bounds = { pageSize: ENTRIES_AT_MOST, limit: ENTRIES_AT_MOST };

export function createCopies(options: Omit<RestOptions, 'limitMs'> & { readonly log: Log }): Copies {
  const rest = lazily(async () => {
    const { createRest } = await import('./rest.ts');
    return createRest({ limitMs: LIMIT_MS, ...options });
  });
  return {
    endedBefore: async at => endedBefore(await rest(), at),
    ofNumber: async address => ofNumber(await rest(), address),
    forget: async copy => forget(await rest(), copy, options.log),
  };
}

async function endedBefore(account: Rest, at: Instant): Promise<readonly Copy[]> {
  const before = new Date(at);
  const [calls, texts] = await Promise.all([
    account.calls.list({ endTimeBefore: before, ...bounds }),
    account.messages.list({ dateSentBefore: before, ...bounds }),
  ]);
  // Twilio may read a filter as a day: only what was asked for is passed on.
  return [
    ...calls.filter(call => isBefore(call.endTime, at)).flatMap(copyOfCall),
    ...texts.filter(text => isBefore(text.dateSent ?? text.dateCreated, at)).flatMap(copyOfText),
  ];
}

async function ofNumber(account: Rest, address: Address): Promise<readonly Copy[]> {
  const number = isWhatsapp(address) ? address.slice('whatsapp:'.length) : address;
  const ends = (name: string) => [
    { from: name, ...bounds },
    { to: name, ...bounds },
  ];
  const [calls, texts] = await Promise.all([
    Promise.all(ends(number).map(filter => account.calls.list(filter))),
    Promise.all([number, `whatsapp:${number}`].flatMap(ends).map(filter => account.messages.list(filter))),
  ]);
  return [...calls.flat().flatMap(copyOfCall), ...texts.flat().flatMap(copyOfText)];
}

function isBefore(date: unknown, at: Instant): boolean {
  return date instanceof Date && date.getTime() < at;
}

function copyOfCall({ sid, status, from, to }: CallFound): readonly Copy[] {
  const callSid = parseCallSid(sid);
  return callSid === null || !isOutcome(status)
    ? []
    : [{ of: 'call', sid: callSid, from: from ?? '', to: to ?? '' }];
}

const OVER: ReadonlySet<string> = new Set([
  'sent',
  'delivered',
  'read',
  'undelivered',
  'failed',
  'received',
  'canceled',
]);

function copyOfText({ sid, status, from, to }: TextFound): readonly Copy[] {
  const messageSid = parseMessageSid(sid);
  return messageSid === null || !OVER.has(status)
    ? []
    : [{ of: 'text', sid: messageSid, from: from ?? '', to: to ?? '' }];
}

const NOT_FOUND = 404;

async function forget(account: Rest, { of, sid }: Copy, log: Log): Promise<boolean> {
  try {
    return await (of === 'call' ? account.calls(sid).remove() : account.messages(sid).remove());
  } catch (error) {
    const { status, code } = numbersOf(error);
    if (status === NOT_FOUND) return true;
    log.warn('telephone-failed', { operation: 'forget', outcome: 'temporary', status, code });
    return false;
  }
}
