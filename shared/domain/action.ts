// Work to do in the outside world. It stands in the request's outbox from the commit that caused it until it is
// done. Must never hold a phone number or the words of a survivor: those stay in the request's sealed part.
import type { ContactRefusal } from './contact-rules.ts';
import type { CallSid, HelperId, MessageSid, VolunteerId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Reached } from './limits.ts';
import type { RequestText } from './wording.ts';

export type Severity = 'info' | 'warning' | 'critical';

/** Why people are alerted. Names no person and no content. */
export type AlertReason =
  | 'nobody-answers' // the ladder is at its last rung
  | 'danger' // key 9
  | 'consent-missing' // a contact rung was passed over
  | 'contact-confirmed'
  | 'volunteer-unreachable'
  | 'helper-not-allowed' // a helper's number is in a country that we may not reach
  | 'helper-silent' // took a conversation and does not answer in it
  | 'helper-unsafe' // wrote that she does not feel safe
  | 'helper-unanswered' // goes on writing what means nothing to us
  | 'no-interpreter' // two people talk who share no language
  | 'escalated' // whoever talks with her asks for a manager
  | 'abuse-reported' // by a volunteer: please review
  | 'minor' // she is under age
  | 'words-unread' // goes on writing and does not answer the first question: nobody reads it yet
  | 'survivor-silent' // wrote once and did not answer the first question
  | 'call-missed' // a call that never reached us
  | 'text-missed' // a text that was taken late
  | 'window-closed' // WhatsApp lets nobody write to somebody, and the line has no template for it
  | 'left-unanswered' // wrote, and what we answered can not reach the number
  | 'not-allowed-country' // wrote from where we may not write to
  | 'flood' // of calls or texts, from a number or on a line
  | 'robot-loop' // a number got all the automatic replies of an hour
  | 'spend-near-cap'
  | 'spend-cap'
  | 'words-lost' // what she wrote before a call has been read by nobody
  | 'call-back-failed' // she was to be called and could not be reached
  | 'call-back-doubtful' // somebody picked up who does not know her number: no more calls until you say so
  | 'shift-given-late' // somebody cannot come, and it begins soon
  | 'shift-open' // nobody has taken a shift that somebody gives away, and it begins within a day
  | 'swap-to-approve' // a swap waits for a manager
  | 'volunteers-unreachable' // people on the rota whom nothing reaches: once a day
  | 'canary-failed' // our own call to ourselves did not come through
  | 'coverage-hole'; // too few will be on duty

export type Action =
  /** Call the helper of the live offer `seq`. */
  | { readonly kind: 'ring'; readonly seq: number; readonly to: HelperId; readonly ringSeconds: number }
  /** Call her, for the helper who has taken the offer `seq` and waits for her. */
  | { readonly kind: 'ring-survivor'; readonly seq: number; readonly ringSeconds: number }
  /** Text the helper of the live offer `seq`, with its code. */
  | { readonly kind: 'text-offer'; readonly seq: number; readonly to: HelperId; readonly text: RequestText }
  | { readonly kind: 'text-helper'; readonly to: HelperId; readonly text: RequestText }
  | { readonly kind: 'text-survivor'; readonly text: RequestText }
  /** Pass on the words kept under `textKey` in the request's sealed part. */
  | { readonly kind: 'relay'; readonly to: 'survivor' | HelperId; readonly textKey: string }
  /** Make a live leg ask us again what to do. */
  /** To the room of the offer `seq`; null: back to the wait, or to learn whether she is still there. */
  | { readonly kind: 'redirect-survivor'; readonly callSid: CallSid; readonly seq: number | null }
  | { readonly kind: 'redirect-helper'; readonly callSid: CallSid; readonly seq: number }
  | { readonly kind: 'end-leg'; readonly callSid: CallSid }
  /** Tells one leg in the room of the offer `room` that nobody comes: hers (`seq` null) or that of a helper. */
  | {
      readonly kind: 'tell-in-room';
      readonly callSid: CallSid;
      readonly room: number;
      readonly seq: number | null;
    }
  | {
      readonly kind: 'alert';
      readonly audience: 'manager' | 'contact';
      readonly severity: Severity;
      readonly reason: AlertReason;
      /** What it is about, as a word or id of ours: people are told once in a while of each. Null: nothing more. */
      readonly about: string | null;
    }
  | { readonly kind: 'mark-unreachable'; readonly volunteerId: VolunteerId }
  /** Her number is served by managers alone until then; null: no longer. */
  | { readonly kind: 'cool-down'; readonly until: Instant | null }
  | { readonly kind: 'rest-volunteer'; readonly volunteerId: VolunteerId; readonly until: Instant };

export type OutboxEntry = {
  readonly id: number;
  readonly action: Action;
  /** Whoever committed it, or took it over, has until then to perform it; afterwards any trigger may. */
  readonly leasedUntil: Instant;
  /** How often it was tried and put off; -1 while it still waits for its time. */
  readonly tries: number;
};

/** What became of one outbox entry; `reached` names the limits that were reached by doing it. */
export type ActionResult = Outcome & { readonly reached?: readonly Reached[] };

type Outcome =
  | { readonly id: number; readonly outcome: 'done'; readonly sid: CallSid | MessageSid | null }
  | { readonly id: number; readonly outcome: 'failed'; readonly reason: FailedBecause }
  /** The request had moved past it before it was performed. */
  | { readonly id: number; readonly outcome: 'dropped' }
  /** Time ran out before its turn came: somebody else goes on at once. */
  | { readonly id: number; readonly outcome: 'not-begun' }
  /** A limit holds it back until then. */
  | { readonly id: number; readonly outcome: 'held-back'; readonly until: Instant }
  /** Did not work this time, or nobody knows: stays in the outbox. */
  | { readonly id: number; readonly outcome: 'later' };

/** Will not work, however often it is tried. */
export type FailedBecause =
  | 'bad-number'
  | 'refused'
  | 'gone' // the leg had already ended
  | 'limited' // an automatic reply, held back by a limit
  | 'told-before' // an alert of which people have been told not long ago
  | 'window-closed' // WhatsApp lets nobody write there before a word from there
  | 'not-allowed' // a number in a country that we may not reach
  | 'with-us' // she is on the line in another request, or her phone rings for it
  | ContactRefusal; // she has not agreed to it, or not now
