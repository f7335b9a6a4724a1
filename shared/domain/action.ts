// Work to do in the outside world. It stands in the request's outbox from the commit that caused it until it is
// done. Must never hold a phone number or the words of a survivor: those stay in the request's sealed part.
import type { CallSid, HelperId, MessageSid, VolunteerId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Text } from './wording.ts';

export type Severity = 'info' | 'warning' | 'critical';

/** Why people are alerted. Names no person and no content. */
export type AlertReason =
  | 'nobody-answers' // the ladder is at its last rung
  | 'danger' // key 9
  | 'consent-missing' // a contact rung was passed over
  | 'contact-confirmed'
  | 'volunteer-unreachable'
  | 'helper-silent' // took a conversation and does not answer in it
  | 'survivor-silent'; // wrote once and did not answer the first question

export type Action =
  /** Call the helper of the live offer `seq`. */
  | { readonly kind: 'ring'; readonly seq: number; readonly to: HelperId; readonly ringSeconds: number }
  /** Text the helper of the live offer `seq`, with its code. */
  | { readonly kind: 'text-offer'; readonly seq: number; readonly to: HelperId; readonly text: Text }
  | { readonly kind: 'text-helper'; readonly to: HelperId; readonly text: Text }
  | { readonly kind: 'text-survivor'; readonly text: Text }
  /** Pass on the words kept under `textKey` in the request's sealed part. */
  | { readonly kind: 'relay'; readonly to: 'survivor' | HelperId; readonly textKey: string }
  /** Make a live leg ask us again what to do. */
  /** To the room of the offer `seq`; null: back to the wait, or to learn whether she is still there. */
  | { readonly kind: 'redirect-survivor'; readonly callSid: CallSid; readonly seq: number | null }
  | { readonly kind: 'redirect-helper'; readonly callSid: CallSid; readonly seq: number }
  | { readonly kind: 'end-leg'; readonly callSid: CallSid }
  | {
      readonly kind: 'alert';
      readonly audience: 'manager' | 'contact';
      readonly severity: Severity;
      readonly reason: AlertReason;
    }
  | { readonly kind: 'mark-unreachable'; readonly volunteerId: VolunteerId };

export type OutboxEntry = {
  readonly id: number;
  readonly action: Action;
  /** Whoever committed it, or took it over, has until then to perform it; afterwards any trigger may. */
  readonly leasedUntil: Instant;
  /** How often it was tried and put off. */
  readonly tries: number;
};

/** What became of one outbox entry. */
export type ActionResult =
  | { readonly id: number; readonly outcome: 'done'; readonly sid: CallSid | MessageSid | null }
  /** Will not work, however often it is tried. `gone`: the leg had already ended. */
  | { readonly id: number; readonly outcome: 'failed'; readonly reason: 'bad-number' | 'refused' | 'gone' }
  /** The request had moved past it before it was performed. */
  | { readonly id: number; readonly outcome: 'dropped' }
  /** Time ran out before its turn came: somebody else goes on at once. */
  | { readonly id: number; readonly outcome: 'not-begun' }
  /** Did not work this time, or nobody knows: stays in the outbox. */
  | { readonly id: number; readonly outcome: 'later' };
