// What a manager does to a request by hand, and why it may not be done. Each act says who does it and how the request
// stood when she decided. Must never hold a name, nor, outside of a note for the record, a word of hers.
import type { Agreement } from './contact-rules.ts';
import type { ContactId, HelperId, VolunteerId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Verdict } from './matching.ts';

type ByHand = {
  /** Her id: the subject of a token, or the id of an API key. */
  readonly by: string;
  /** The version that she decided on: at any other nothing is done. Null: however it stands. */
  readonly seen: number | null;
};

type Act =
  /** Whom to ask next, whatever the rung. She still has to say yes herself. */
  | { readonly kind: 'manager-assigned'; readonly volunteerId: VolunteerId }
  | { readonly kind: 'manager-excluded'; readonly volunteerId: VolunteerId }
  /** Takes back what a manager excluded; what a volunteer said of herself stands. */
  | { readonly kind: 'manager-readmitted'; readonly volunteerId: VolunteerId }
  /** Whoever has it, or one of those in the talk, is let out; null: whoever has it. */
  | { readonly kind: 'manager-released'; readonly helper: HelperId | null }
  /** To that rung, ahead of the present one; null: to the next. */
  | { readonly kind: 'manager-escalated'; readonly rung: number | null }
  /** Her own contact is rung into the talk. */
  | { readonly kind: 'manager-joined'; readonly contactId: ContactId }
  /** `forced`: also while somebody talks with her. Never a call that waits. */
  | { readonly kind: 'manager-closed'; readonly forced: boolean }
  /** A note for the record, sealed as her words are. */
  | { readonly kind: 'manager-noted'; readonly body: string }
  /** Never her consent for the police: that is hers to give. */
  | { readonly kind: 'manager-decided-danger'; readonly danger: boolean }
  /** Null: what was agreed is taken back. */
  | { readonly kind: 'manager-set-contact-rules'; readonly agreement: Agreement | null }
  | { readonly kind: 'manager-flagged-minor' }
  /** What a manager makes of abuse: until when the number is served by managers alone; null: no longer. */
  | { readonly kind: 'manager-reviewed-abuse'; readonly until: Instant | null };

export type ManagerEvent = ByHand & Act;
export type ManagerEventOf<Kind extends ManagerEvent['kind']> = Extract<
  ManagerEvent,
  { readonly kind: Kind }
>;

/** Why nothing was done. Of somebody who may not be asked: why not, as in every judgement. */
export type Refusal =
  | 'over' // the request is closed
  | 'canary' // our own call to ourselves is nobody's to act on
  | 'changed' // it is not as it was when she decided
  | 'already' // it is so
  | 'not-searching' // nobody is sought at this moment
  | 'somebody-has-it'
  | 'nobody-has-it'
  | 'in-writing' // nobody joins a conversation by text
  | 'no-manager' // not the contact of a manager
  | 'she-waits' // a call that waits is never closed by hand
  | 'talking' // somebody is with her: only if it is forced
  | 'last-rung'
  | 'behind' // a rung that she has passed, or stands on
  | 'no-such-rung'
  | 'not-for-this-need'
  | 'no-consent' // she has not said yes to that contact
  | 'she-is-away' // who is called back speaks with a volunteer or a manager
  | 'not-by-hand' // nobody excluded her by hand: a volunteer's own word stands
  | 'nothing-kept' // nothing personal is kept of it any more
  | 'too-many-notes'
  | Exclude<Verdict['verdict'], 'chosen' | 'eligible'>;

/** Written by managers, for managers. */
export type ManagerNote = { readonly by: string; readonly at: Instant; readonly body: string };

/** As long as a long text; and so many that with her words they stay far below what one item holds. */
export const NOTE_CHARACTERS_AT_MOST = 500;
export const NOTES_AT_MOST = 50;

export function isByHand(event: { readonly kind: string }): event is ManagerEvent {
  return event.kind.startsWith('manager-');
}

/** Whom it is about; null: nobody in particular. */
export function aboutWhom(event: ManagerEvent): HelperId | null {
  if ('volunteerId' in event) return event.volunteerId;
  if (event.kind === 'manager-released') return event.helper;
  return event.kind === 'manager-joined' ? event.contactId : null;
}
