// The small moves that every decision is made of: note something, ask for an action, change phase, close.
// Each takes a step and returns the next one; none of them looks at the time by itself.
import type { Action, OutboxEntry } from './action.ts';
import { mayAlert } from './canary.ts';
import type { HelperId } from './ids.ts';
import type { Instant } from './instant.ts';
import { addSeconds, secondsBetween } from './instant.ts';
import type { Limited } from './limits.ts';
import type { Network } from './network.ts';
import type { Reply } from './reply.ts';
import { type ClosedBecause, type Phase, type Request, type RequestIn, withChanges } from './request.ts';
import type { Roster } from './roster.ts';
import type { Note } from './timeline.ts';
import { OUTBOX_LEASE_SECONDS } from './timing.ts';
import type { RequestText } from './wording.ts';

/** Everything a decision may know besides the request and the event. */
export type Input = {
  readonly now: Instant;
  readonly network: Network;
  /** What has been read of the roster so far; a decision that needs more says so. */
  readonly roster: Roster;
  /** How often this decision lost a race for a volunteer or a code. */
  readonly conflicts: number;
  /** Random, in [0, 1), fresh for each attempt. */
  readonly luck: number;
};

export type Step = {
  readonly request: Request;
  readonly notes: readonly Note[];
  /** What a helper's leg is told; the survivor's own reply follows from the request afterwards. */
  readonly reply: Reply | null;
};

export type StepIn<Kind extends Phase['kind']> = Step & { readonly request: RequestIn<Kind> };

export function begin(request: Request): Step {
  return { request, notes: [], reply: null };
}

export function stepIsIn<Kind extends Phase['kind']>(step: Step, kind: Kind): step is StepIn<Kind> {
  return step.request.phase.kind === kind;
}

export function note(step: Step, ...notes: readonly Note[]): Step {
  return { request: step.request, notes: [...step.notes, ...notes], reply: step.reply };
}

export function ignore(
  step: Step,
  event: { readonly kind: Extract<Note, { note: 'ignored' }>['event'] },
): Step {
  return note(step, { note: 'ignored', event: event.kind });
}

export function answer(step: Step, reply: Reply): Step {
  return { request: step.request, notes: step.notes, reply };
}

export function change(step: Step, changes: Partial<Request>): Step {
  return { request: withChanges(step.request, changes), notes: step.notes, reply: step.reply };
}

export function changePhase<Kind extends Phase['kind']>(
  step: StepIn<Kind>,
  changes: Partial<Extract<Phase, { kind: Kind }>>,
): StepIn<Kind> {
  return change(step, { phase: { ...step.request.phase, ...changes } as Phase }) as StepIn<Kind>;
}

/** Puts an action in the outbox, leased to whoever commits this decision. */
export function act(step: Step, action: Action, { now }: Pick<Input, 'now'>): Step {
  if (action.kind === 'alert' && !mayAlert(step.request, action.reason)) return step;
  return put(step, { action, leasedUntil: addSeconds(now, OUTBOX_LEASE_SECONDS), tries: 0 });
}

export function tellHelper(step: Step, to: HelperId, text: RequestText, input: Pick<Input, 'now'>): Step {
  return act(step, { kind: 'text-helper', to, text }, input);
}

/** The tries of an action that waits for its time. */
export const NOT_BEGUN = -1;

/** Which entries are this decision's to perform: its own, and those that it took over or set going. */
export function begunSince(before: Request | null): (entry: OutboxEntry) => boolean {
  const triesBefore = (id: number) => before?.outbox.find(each => each.id === id)?.tries ?? NOT_BEGUN;
  return ({ id, tries }) => tries > triesBefore(id);
}

/** Begun by whoever looks at the request at `at` or later; until then it can still be changed. */
export function actAt(step: Step, action: Action, at: Instant): Step {
  return put(step, { action, leasedUntil: at, tries: NOT_BEGUN });
}

function put(step: Step, entry: Omit<OutboxEntry, 'id'>): Step {
  const { outbox, nextSeq } = step.request;
  return change(step, { outbox: [...outbox, { id: nextSeq, ...entry }], nextSeq: nextSeq + 1 });
}

export function alertManagers(
  step: Step,
  reason: Extract<Action, { kind: 'alert' }>['reason'],
  severity: Extract<Action, { kind: 'alert' }>['severity'],
  input: Pick<Input, 'now'>,
  about: string | null = null,
): Step {
  if (!mayAlert(step.request, reason)) return step;
  return note(act(step, { kind: 'alert', audience: 'manager', severity, reason, about }, input), {
    note: 'alerted',
    reason,
    severity,
  });
}

/** On record that she met a limit, and people are told when they have not been in this window. */
export function noteLimit(step: Step, limited: Limited | null, input: Pick<Input, 'now'>): Step {
  if (limited === null) return step;
  const noted = note(step, { note: 'limited', limit: limited.limit });
  return limited.isNew ? alertManagers(noted, 'flood', 'warning', input) : noted;
}

/**
 * Ends the request. Nothing more is sent to her, not even what was already on its way out. Words of hers that were still
 * gathered for her helper go at once: a minute later they would fall into another conversation.
 */
export function close(step: Step, because: ClosedBecause, { now }: Pick<Input, 'now'>): Step {
  const { phase, outbox, private: kept } = step.request;
  const rung = phase.kind === 'searching' ? phase.rung : phase.kind === 'connected' ? phase.offer.rung : 0;
  const lastHelper = phase.kind === 'connected' ? phase.offer.to : null;
  const closed = change(step, {
    phase: { kind: 'closed', at: now, because, rung, lastHelper },
    outbox: outbox.filter(({ action }) => !goesToSurvivor(action)).map(entry => begun(entry, now)),
    private: { ...kept, texts: textsStillToPass(kept.texts, outbox) },
  });
  return note(closed, {
    note: 'closed',
    because,
    abandoned: abandonedAfter(step.request.openedAt, because, now),
  });
}

/** What still waits for its time is begun now. */
export function begun(entry: OutboxEntry, now: Instant): OutboxEntry {
  if (entry.tries !== NOT_BEGUN) return entry;
  return { ...entry, leasedUntil: addSeconds(now, OUTBOX_LEASE_SECONDS), tries: 0 };
}

/** Two bands, counted apart: a misdial or danger, and whoever could not wait. */
const AT_ONCE_SECONDS = 10;

export function abandonedAfter(
  openedAt: Instant,
  because: ClosedBecause,
  now: Instant,
): 'at-once' | 'later' | null {
  if (because !== 'left-waiting' && because !== 'left-menu') return null;
  return secondsBetween(openedAt, now) < AT_ONCE_SECONDS ? 'at-once' : 'later';
}

export function goesToSurvivor(action: Action): boolean {
  return action.kind === 'text-survivor' || (action.kind === 'relay' && action.to === 'survivor');
}

/** Whether it is a good time to write: it says nothing, and is the one text that a silence does not hold back. */
export function isNeutralQuestion(action: Action): boolean {
  return action.kind === 'text-survivor' && action.text.text === 'safe-question';
}

function textsStillToPass(
  texts: Request['private']['texts'],
  outbox: Request['outbox'],
): Request['private']['texts'] {
  const wanted = new Set(
    outbox.flatMap(({ action }) =>
      action.kind === 'relay' && action.to !== 'survivor' ? [action.textKey] : [],
    ),
  );
  return Object.fromEntries(Object.entries(texts).filter(([key]) => wanted.has(key)));
}
