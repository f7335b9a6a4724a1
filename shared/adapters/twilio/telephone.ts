// The telephone port on Twilio's REST API: rings, redirects and ends legs, sends texts. Reading is in books.ts.
// Must never log a number, a text or an error's message, and never retry by itself: the outbox does, knowing more.
import { paths, roomName, voiceUrl } from '../../app/paths.ts';
import type { Log, Sent, Telephone } from '../../app/ports.ts';
import { type CallSid, parseCallSid, parseMessageSid } from '../../domain/ids.ts';
import { createBooks } from './books.ts';
import { failureOf, numbersOf, unknown } from './errors.ts';
import { isOutcome } from './inbound.ts';
import { lazily } from './lazily.ts';
import type { Account, RestOptions } from './rest.ts';

export type TelephoneOptions = Omit<RestOptions, 'limitMs'> & {
  readonly publicBase: string;
  readonly log: Log;
  /** For the whole of one request. */
  readonly limitMs?: number;
};

export type TwilioTelephone = Telephone & {
  /** Loads the REST client ahead of its first use. */
  readonly warm: () => Promise<void>;
};

type Rest = Account;
type Ring = Parameters<Telephone['ring']>[0];
type Found = Awaited<ReturnType<Rest['calls']['list']>>[number];

/** A function lives for 10 s, and one action is up to two requests (look for the ring, ring again). */
const LIMIT_MS = 3_000;
/** No number is rung more often in the minute or so that is looked back at. */
const FOUND_AT_MOST = 20;
/** Nobody waits for the reconciler, and a page of the books takes its time. */
const BOOKS_LIMIT_MS = 10_000;

export function createTelephone(options: TelephoneOptions): TwilioTelephone {
  const { publicBase, log } = options;
  const restWithin = (limitMs: number) =>
    lazily(async () => {
      const { createRest } = await import('./rest.ts');
      return createRest({ limitMs, ...options });
    });
  const rest = restWithin(LIMIT_MS);
  const about =
    <Sid>(operation: Operation, parseSid: (text: string) => Sid | null) =>
    (request: (account: Rest) => Promise<{ readonly sid: string }>): Promise<Sent<Sid>> =>
      attempt(operation, parseSid, async () => request(await rest()), log);

  return {
    warm: async () => void (await rest()),
    ring: call => about('ring', parseCallSid)(account => ring(account, call, publicBase, helpersLeg)),
    ringSurvivor: call => about('ring', parseCallSid)(account => ring(account, call, publicBase, herLeg)),
    findRing: async call => {
      try {
        return await findRing(await rest(), call);
      } catch (error) {
        log.warn('telephone-failed', { operation: 'find-ring', outcome: 'unknown', ...numbersOf(error) });
        return 'unknown';
      }
    },
    redirect: (callSid, to) => {
      const update = { url: voiceUrl(publicBase, redirectedPath(to)), method: 'POST' };
      return about('redirect', parseCallSid)(account => account.calls(callSid).update(update));
    },
    hangUp: callSid =>
      about('hang-up', parseCallSid)(account => account.calls(callSid).update({ status: 'completed' })),
    tellInRoom: (callSid, to) =>
      about('tell-in-room', parseCallSid)(account => tellInRoom(account, callSid, to, publicBase)),
    callOurselves: call =>
      about('call-ourselves', parseCallSid)(account => callOurselves(account, call, publicBase)),
    text: message => about('text', parseMessageSid)(account => send(account, message, publicBase)),
    ...createBooks(rest, restWithin(BOOKS_LIMIT_MS), log),
  };
}

type Operation = 'ring' | 'redirect' | 'tell-in-room' | 'hang-up' | 'text' | 'call-ourselves';
const ofLiveLegs: ReadonlySet<Operation> = new Set<Operation>(['redirect', 'hang-up', 'tell-in-room']);

async function attempt<Sid>(
  operation: Operation,
  parseSid: (text: string) => Sid | null,
  request: () => Promise<{ readonly sid: string }>,
  log: Log,
): Promise<Sent<Sid>> {
  try {
    const sid = parseSid((await request()).sid);
    return sid === null ? unknown : { outcome: 'done', sid };
  } catch (error) {
    const failure = failureOf(error, ofLiveLegs.has(operation));
    const reason = failure.outcome === 'failed' ? failure.reason : null;
    log.warn('telephone-failed', { operation, outcome: failure.outcome, reason, ...numbersOf(error) });
    return failure;
  }
}

type Ours = { readonly asks: string; readonly reports: string };

const helpersLeg = ({ requestId, seq }: Ring): Ours => ({
  asks: paths.screen(requestId, seq, 0),
  reports: paths.offerStatus(requestId, seq),
});
const herLeg = ({ requestId, seq }: Ring): Ours => ({
  asks: paths.called(requestId, seq, 0),
  reports: paths.calledStatus(requestId, seq),
});

function ring(account: Rest, call: Ring, publicBase: string, oursOf: (call: Ring) => Ours) {
  const { from, to, ringSeconds } = call;
  const { asks, reports } = oursOf(call);
  return account.calls.create({
    from,
    to,
    url: voiceUrl(publicBase, asks),
    method: 'POST',
    timeout: ringSeconds,
    statusCallback: `${publicBase}${reports}`,
    statusCallbackMethod: 'POST',
    statusCallbackEvent: ['answered', 'completed'],
  });
}

function callOurselves(
  account: Rest,
  { from, to, limitSeconds }: Parameters<Telephone['callOurselves']>[0],
  publicBase: string,
) {
  const url = voiceUrl(publicBase, paths.canarySurvivor);
  return account.calls.create({ from, to, url, method: 'POST', timeLimit: limitSeconds });
}

class NoSuchRoom extends Error {
  override readonly name = 'NoSuchRoom';
  readonly status = 404;
}

/** A room is known to us by its name only. One that is not there (any more) is an answer like that of a leg that is gone. */
async function tellInRoom(
  account: Rest,
  callSid: CallSid,
  { requestId, room, seq }: Parameters<Telephone['tellInRoom']>[1],
  publicBase: string,
): Promise<{ readonly sid: string }> {
  const friendlyName = roomName(requestId, room);
  const [found] = await account.conferences.list({ friendlyName, status: 'in-progress', limit: 1 });
  const announceUrl = voiceUrl(publicBase, paths.told(requestId, room, seq ?? 0));
  if (found === undefined) throw new NoSuchRoom();
  const { callSid: told } = await account
    .conferences(found.sid)
    .participants(callSid)
    .update({ announceUrl, announceMethod: 'POST' });
  return { sid: told };
}

function send(account: Rest, message: Parameters<Telephone['text']>[0], publicBase: string) {
  const { requestId, entryId, from, to, body, template, validSeconds } = message;
  return account.messages.create({
    from,
    to,
    ...(template === null
      ? { body: body ?? '' }
      : { contentSid: template.sid, contentVariables: JSON.stringify(template.variables) }),
    validityPeriod: validSeconds,
    ...(requestId ? { statusCallback: `${publicBase}${paths.textStatus(requestId, entryId)}` } : {}),
  });
}

function redirectedPath({ requestId, seq, entryId, tries }: Parameters<Telephone['redirect']>[1]): string {
  return seq === null
    ? paths.survivorRedirected(requestId, entryId, tries)
    : paths.helperRedirected(requestId, seq, entryId, tries);
}

// A call that waits for its turn has not started, so it is found by when it was created, which Twilio tells in
// whole seconds.
async function findRing(
  account: Rest,
  { to, since }: Parameters<Telephone['findRing']>[0],
): Promise<CallSid | null> {
  const sinceSecond = Math.floor(since / 1000) * 1000;
  const calls = await account.calls.list({ to, limit: FOUND_AT_MOST, pageSize: FOUND_AT_MOST });
  const ours = calls
    .filter(call => call.direction === 'outbound-api' && call.dateCreated.getTime() >= sinceSecond)
    .sort(
      (a, b) => Number(isOver(a)) - Number(isOver(b)) || b.dateCreated.getTime() - a.dateCreated.getTime(),
    );
  return ours[0] ? parseCallSid(ours[0].sid) : null;
}

function isOver(call: Found): boolean {
  return isOutcome(call.status);
}
