// What the report of a request needs and its phase forgets: when the search began, when somebody was with her for the
// first time, how far it climbed, how long was talked. Must never hold who it was, nor change what is decided.
import { isVolunteer } from './ids.ts';
import { type Instant, secondsBetween } from './instant.ts';
import type { ContactKind, Network } from './network.ts';
import { isAway, type Request, takenOffer } from './request.ts';
import { change, type Input, type Step } from './step.ts';

/** Contacts that have been taken out of the network meanwhile are partners: nothing else is known of them. */
export type Helping = 'volunteer' | ContactKind;

export type Course = {
  /** Null: no search yet. */
  readonly soughtAt: Instant | null;
  /** Who was with her first: she on the line or writing, and not only waited for. Null: nobody yet. */
  readonly person: { readonly at: Instant; readonly kind: Helping } | null;
  /** The furthest that was searched or taken. */
  readonly rung: number;
  /** Of talks that are over. */
  readonly talkSeconds: number;
  /** She was to be called: how soon somebody was with her was agreed, and says nothing about us. */
  readonly calledBack: boolean;
};

export const nothingYet: Course = {
  soughtAt: null,
  person: null,
  rung: 0,
  talkSeconds: 0,
  calledBack: false,
};

/** The last of a decision: whatever it was, its traces are kept. */
export function withCourse(before: Request | null, step: Step, input: Input): Step {
  const after = step.request;
  const { course, phase } = after;
  const rung =
    phase.kind === 'searching' ? phase.rung : phase.kind === 'connected' ? phase.offer.rung : course.rung;
  const now: Course = {
    soughtAt: course.soughtAt ?? (phase.kind === 'searching' ? input.now : null),
    person: course.person ?? personWith(after, input),
    rung: Math.max(course.rung, rung),
    talkSeconds: course.talkSeconds + secondsTalked(before, after, input.now),
    calledBack: course.calledBack || phase.kind === 'calling-back',
  };
  return isSame(course, now) ? step : change(step, { course: now });
}

function personWith(request: Request, { now, network }: Input): Course['person'] {
  const taken = takenOffer(request);
  if (taken === null || isAway(request)) return null;
  return { at: now, kind: isVolunteer(taken.to) ? 'volunteer' : kindOf(taken.to, network) };
}

export function kindOf(contact: string, { contacts }: Pick<Network, 'contacts'>): ContactKind {
  return contacts.find(({ id }) => id === contact)?.kind ?? 'partner';
}

/** In writing a talk lasts to its last word. */
function secondsTalked(before: Request | null, after: Request, now: Instant): number {
  if (before?.phase.kind !== 'connected' || isAway(before)) return 0;
  if (takenOffer(after)?.seq === before.phase.offer.seq) return 0;
  const { since, lastWordAt } = before.phase;
  return Math.max(0, Math.round(secondsBetween(since, before.channel === 'voice' ? now : lastWordAt)));
}

function isSame(a: Course, b: Course): boolean {
  return (
    a.soughtAt === b.soughtAt &&
    a.person === b.person &&
    a.rung === b.rung &&
    a.talkSeconds === b.talkSeconds &&
    a.calledBack === b.calledBack
  );
}
