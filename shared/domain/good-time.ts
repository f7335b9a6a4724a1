// By text: whether it is a good time for her. Her phone may have changed hands in a silence, so after one she is asked
// again, and whatever is written to her waits in the outbox until she has said so. One place for every path: whatever
// a decision would send to her passes here. Must never hold back the question itself, nor anything of a call.
import type { OutboxEntry } from './action.ts';
import { mayContact } from './contact-rules.ts';
import type { EventOf } from './event.ts';
import { addSeconds, type Instant } from './instant.ts';
import type { GoodTime, Request } from './request.ts';
import {
  act,
  begun,
  begunSince,
  change,
  goesToSurvivor,
  type Input,
  isNeutralQuestion,
  NOT_BEGUN,
  note,
  type Step,
  stepIsIn,
  tellHelper,
} from './step.ts';
import { GREETINGS_AT_MOST, HELD_UNTIL } from './timing.ts';

/** Before she has said anything. */
export const NOT_SAID: GoodTime = { until: null, asked: 0, askedAt: null, entryId: null };

/** She was asked and has not answered: a yes or a no now means this question. */
export function isAsked({ channel, goodTime }: Request, now: Instant): boolean {
  return channel === 'text' && goodTime.asked > 0 && (goodTime.until === null || goodTime.until <= now);
}

/** She has said so, or has written while it was so. */
export function goodFromNow(step: Step, { now, network }: Input): Step {
  return change(step, {
    goodTime: { ...NOT_SAID, until: addSeconds(now, network.settings.quietSeconds) },
  });
}

export const isHeld = ({ leasedUntil }: OutboxEntry): boolean => leasedUntil === HELD_UNTIL;

/** Everything that waited is on its way, in its order; what is out of date by then is found out when it is sent. */
export function releaseHeld(step: Step, { now }: Input): Step {
  const outbox = step.request.outbox.map(entry => (isHeld(entry) ? begun(entry, now) : entry));
  return change(step, { outbox });
}

/** What a helper wrote and she has not been sent is never sent in another's name. */
export function dropHeldWords(step: Step): Step {
  const { outbox, private: kept } = step.request;
  const dropped = new Set(
    outbox.flatMap(entry => (isHeld(entry) && entry.action.kind === 'relay' ? [entry.action.textKey] : [])),
  );
  if (dropped.size === 0) return step;
  return change(step, {
    outbox: outbox.filter(({ action }) => action.kind !== 'relay' || !dropped.has(action.textKey)),
    private: {
      ...kept,
      texts: Object.fromEntries(Object.entries(kept.texts).filter(([key]) => !dropped.has(key))),
    },
  });
}

/** Puts the question, unless she has been asked enough or only just now. */
export function askIfGood(step: Step, input: Input, timesAtMost = GREETINGS_AT_MOST): Step {
  const { asked, askedAt, until } = step.request.goodTime;
  const isSoon = askedAt !== null && addSeconds(askedAt, input.network.settings.quietSeconds) > input.now;
  if (asked >= timesAtMost || isSoon) return step;
  const { nextSeq: entryId } = step.request;
  const counted = change(step, { goodTime: { until, asked: asked + 1, askedAt: input.now, entryId } });
  return note(act(counted, { kind: 'text-survivor', text: { text: 'safe-question' } }, input), {
    note: 'asked-again',
  });
}

/**
 * The network could not deliver the question: she was not asked, and is when something is to be written to her again.
 * Not so of a number that does not work: no question reaches it.
 */
export function notAsked(step: Step, { entryId, badNumber }: EventOf<'text-failed'>): Step {
  const { goodTime } = step.request;
  if (goodTime.entryId !== entryId || badNumber) return step;
  return change(step, {
    goodTime: { ...goodTime, asked: goodTime.asked - 1, askedAt: null, entryId: null },
  });
}

/** The last thing that every decision does: what would go out to her now waits when it is not a good time. */
export function holdUntilGood(before: Request | null, step: Step, input: Input): Step {
  if (stepIsIn(step, 'greeting') || stepIsIn(step, 'closed') || mayBeTold(step.request, input)) return step;
  const isOurs = begunSince(before);
  const mustWait = (entry: OutboxEntry) => mayTellHer(entry) && !isHeld(entry) && isOurs(entry);
  const waiting = step.request.outbox.filter(mustWait);
  if (waiting.length === 0) return step;
  const outbox = step.request.outbox.map(entry =>
    mustWait(entry) ? { ...entry, leasedUntil: HELD_UNTIL, tries: NOT_BEGUN } : entry,
  );
  const held = note(change(step, { outbox }), { note: 'held', count: waiting.length });
  const asked = askIfGood(held, input);
  return asked !== held || waiting.some(isFirstWord) ? tellWhoWaits(asked, input) : asked;
}

/** It is a good time, or she has agreed that we write now. */
function mayBeTold(request: Request, { now, network }: Input): boolean {
  return request.channel === 'voice' || mayContact(request, 'text', now, network) === 'allowed';
}

/** Anything but the neutral question itself. */
function mayTellHer({ action }: OutboxEntry): boolean {
  return goesToSurvivor(action) && !isNeutralQuestion(action);
}

function isFirstWord({ action }: OutboxEntry): boolean {
  return action.kind === 'text-survivor' && action.text.text === 'here-now';
}

function tellWhoWaits(step: Step, input: Input): Step {
  if (!stepIsIn(step, 'connected')) return step;
  return tellHelper(step, step.request.phase.offer.to, { text: 'held' }, input);
}
