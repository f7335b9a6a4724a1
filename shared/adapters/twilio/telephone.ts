// The telephone port on Twilio's REST API: rings, redirects and ends legs, sends texts.
// Must never log a number, a text or an error's message, and never retry by itself: the outbox does, knowing more.
import type { AccountContext } from 'twilio/lib/rest/api/v2010/account.js';
import { paths, voiceUrl } from '../../app/paths.ts';
import type { Log, Sent, Telephone } from '../../app/ports.ts';
import { type CallSid, parseCallSid, parseMessageSid } from '../../domain/ids.ts';
import { failureOf, NotReached, numbersOf, unknown } from './errors.ts';
import type { RestOptions } from './rest.ts';

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

type Rest = AccountContext;
type Found = Awaited<ReturnType<Rest['calls']['list']>>[number];

/** Twilio has 15 s for a webhook, and a webhook's actions are up to three requests. */
const LIMIT_MS = 4_000;
/** No number is rung more often in the minute or so that is looked back at. */
const FOUND_AT_MOST = 20;
const hasEnded: ReadonlySet<string> = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

export function createTelephone(options: TelephoneOptions): TwilioTelephone {
  const { publicBase, log } = options;
  const rest = lazily(async () => {
    const { createRest } = await import('./rest.ts');
    return createRest({ limitMs: LIMIT_MS, ...options });
  });
  return {
    warm: async () => void (await rest()),
    ring: call =>
      attempt({ operation: 'ring', live: false }, parseCallSid, async () => ring(await rest(), call)),
    findRing: async call => {
      try {
        return await findRing(await rest(), call);
      } catch (error) {
        // Better to ring twice than not at all.
        log.warn('telephone-failed', { operation: 'find-ring', outcome: 'unknown', ...numbersOf(error) });
        return null;
      }
    },
    redirect: (callSid, { requestId, seq, entryId }) => {
      const path =
        seq === null
          ? paths.survivorRedirected(requestId, entryId)
          : paths.helperRedirected(requestId, seq, entryId);
      const update = { url: voiceUrl(publicBase, path), method: 'POST' };
      return attempt({ operation: 'redirect', live: true }, parseCallSid, async () =>
        (await rest()).calls(callSid).update(update),
      );
    },
    hangUp: callSid =>
      attempt({ operation: 'hang-up', live: true }, parseCallSid, async () =>
        (await rest()).calls(callSid).update({ status: 'completed' }),
      ),
    text: message =>
      attempt({ operation: 'text', live: false }, parseMessageSid, async () => send(await rest(), message)),
  };

  async function attempt<Sid>(
    what: { readonly operation: string; readonly live: boolean },
    parseSid: (text: string) => Sid | null,
    request: () => Promise<{ readonly sid: string }>,
  ): Promise<Sent<Sid>> {
    try {
      const sid = parseSid((await request()).sid);
      return sid === null ? unknown : { outcome: 'done', sid };
    } catch (error) {
      const failure = failureOf(error, what.live);
      const reason = failure.outcome === 'failed' ? failure.reason : null;
      log.warn('telephone-failed', {
        operation: what.operation,
        outcome: failure.outcome,
        reason,
        ...numbersOf(error),
      });
      return failure;
    }
  }

  function ring(account: Rest, { requestId, seq, from, to, ringSeconds }: Parameters<Telephone['ring']>[0]) {
    return account.calls.create({
      from,
      to,
      url: voiceUrl(publicBase, paths.screen(requestId, seq, 0)),
      method: 'POST',
      timeout: ringSeconds,
      statusCallback: `${publicBase}${paths.offerStatus(requestId, seq)}`,
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['answered', 'completed'],
    });
  }

  function send(account: Rest, message: Parameters<Telephone['text']>[0]) {
    const { requestId, entryId, from, to, body, validSeconds } = message;
    return account.messages.create({
      from,
      to,
      body,
      validityPeriod: validSeconds,
      ...(requestId ? { statusCallback: `${publicBase}${paths.textStatus(requestId, entryId)}` } : {}),
    });
  }
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
  return hasEnded.has(call.status);
}

/** Tried again after a failure: a module that could not be loaded once may be the next time. */
function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make().catch(() => {
      made = null;
      throw new NotReached();
    });
    return made;
  };
}
