// What the timeline of a request says: every step, and for every candidate why it was or was not asked.
// Never a phone number, never a word that anybody said or wrote.
import type { AlertReason, FailedBecause, Severity } from './action.ts';
import type { NotReached } from './call-back.ts';
import type { Tired } from './care.ts';
import type { ConsentVerdict } from './consent.ts';
import type { AgreedBy, ContactHours } from './contact-rules.ts';
import type { CallVerdict } from './decide-call-her.ts';
import type { Event } from './event.ts';
import type { Flag, FlaggedBy } from './flags.ts';
import type { HelperId, LanguageId, RegionId, SkillId, VolunteerId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { LimitKind } from './limits.ts';
import type { ManagerEvent, Refusal } from './manager-act.ts';
import type { Verdict } from './matching.ts';
import type { ContactKind } from './network.ts';
import type { AskedOutcome, ClosedBecause, HowLeft, Role } from './request.ts';
import type { Gender } from './volunteer.ts';

export type Note =
  | {
      readonly note: 'opened';
      readonly channel: 'voice' | 'text';
      readonly withheld: boolean;
      readonly again: boolean;
    }
  | { readonly note: 'language-chosen'; readonly language: LanguageId }
  | { readonly note: 'need-chosen'; readonly need: SkillId | null }
  | { readonly note: 'region-chosen'; readonly region: RegionId | null }
  | { readonly note: 'search-started'; readonly rung: number }
  | { readonly note: 'rung-reached'; readonly rung: number }
  | {
      readonly note: 'rung-passed';
      readonly rung: number;
      readonly because:
        | 'nobody-to-ask'
        | 'time-over'
        | 'not-for-this-need'
        | 'no-second-language'
        | 'no-interpreter'
        | 'she-is-away' // who is called back speaks with a volunteer or a manager
        | ConsentVerdict;
    }
  /** From here on whoever speaks one of these may be asked, her own first. */
  | {
      readonly note: 'language-relaxed';
      readonly languages: readonly LanguageId[];
      /** An interpreter is to join. */
      readonly interpreted: boolean;
    }
  /** Somebody else is asked into the talk, for these two languages. */
  | { readonly note: 'joining-sought'; readonly role: Role; readonly languages: readonly LanguageId[] }
  /** Nobody has come: the talk goes on without. */
  | { readonly note: 'joining-given-up'; readonly role: Role }
  | {
      readonly note: 'joined' | 'left-talk';
      readonly seq: number;
      readonly to: HelperId;
      readonly role: Role;
    }
  /** Nobody who speaks with her was found yet: she hears what she can do herself. */
  | { readonly note: 'guidance-given' }
  | { readonly note: 'wish-noted'; readonly gender: Gender | null }
  | { readonly note: 'judged'; readonly rung: number; readonly verdicts: readonly Verdict[] }
  /** Nobody else was there: she is asked although she should rest. */
  | { readonly note: 'limits-bent'; readonly to: HelperId; readonly because: Tired }
  | {
      readonly note: 'offered';
      readonly seq: number;
      readonly to: HelperId;
      readonly by: 'call' | 'text';
      /** For the talk itself, by the ladder or by a manager's hand, or into it. */
      readonly as: 'helper' | 'assigned' | Role;
      readonly rung: number;
      readonly consent: ConsentVerdict | null;
      /** The language to be spoken when it is not hers; null: hers, or a contact's. */
      readonly inLanguage: LanguageId | null;
    }
  /** The network has taken the ring, or the text with the offer. Nobody has picked up or read anything yet. */
  | { readonly note: 'rung' | 'texted'; readonly seq: number; readonly to: HelperId }
  /** WhatsApp did not let the offer through: she is rung instead. */
  | { readonly note: 'called-instead'; readonly seq: number; readonly to: HelperId }
  | { readonly note: 'answered'; readonly seq: number; readonly to: HelperId }
  /** She writes, and `to` can only talk: she is asked whether she may be called. */
  | { readonly note: 'call-asked'; readonly to: HelperId }
  | {
      readonly note: 'offer-ended';
      readonly seq: number;
      readonly to: HelperId;
      readonly outcome: AskedOutcome;
    }
  | { readonly note: 'confirmed'; readonly seq: number; readonly to: HelperId }
  | {
      readonly note: 'helper-left';
      readonly to: HelperId;
      readonly how: HowLeft;
    }
  | { readonly note: 'consent-asked'; readonly kind: ContactKind }
  | {
      readonly note: 'consent-answered';
      readonly kind: ContactKind;
      readonly given: boolean;
      readonly how: 'question' | 'danger-key';
    }
  | { readonly note: 'danger' }
  | { readonly note: 'flagged'; readonly flag: Flag; readonly by: FlaggedBy }
  | { readonly note: 'excluded'; readonly volunteer: VolunteerId; readonly by: 'volunteer' | 'manager' }
  | { readonly note: 'readmitted'; readonly volunteer: VolunteerId }
  /** What a manager did by hand, or why it was not done. `by` is her id. What came of it follows. */
  | {
      readonly note: 'by-hand';
      readonly act: ManagerEvent['kind'];
      readonly by: string;
      readonly about: HelperId | null;
      readonly came: 'done' | Refusal;
    }
  /** How she may be reached from now on; neither by call nor by text: not at all. */
  | {
      readonly note: 'contact-rules-set';
      readonly by: AgreedBy;
      readonly call: boolean;
      readonly text: boolean;
      readonly hours: ContactHours | null;
      readonly until: Instant | null;
    }
  /** She is gone, and is to be called at this instant at the earliest. */
  | { readonly note: 'call-back-planned'; readonly at: Instant; readonly tries: number }
  /** What was agreed in an earlier request of the same number holds in this one. */
  | { readonly note: 'call-back-carried' }
  /** Whoever writes with her wants to talk, and whether she may be called now. */
  | { readonly note: 'call-wished'; readonly to: HelperId; readonly verdict: CallVerdict }
  /** Her phone rings: the network has taken the call. */
  | { readonly note: 'she-is-rung'; readonly seq: number }
  | { readonly note: 'she-picked-up'; readonly seq: number }
  /** Her number was pressed: it is she. */
  | { readonly note: 'she-is-reached'; readonly seq: number }
  | { readonly note: 'not-reached'; readonly seq: number; readonly because: NotReached }
  | { readonly note: 'hard-talk'; readonly volunteer: VolunteerId }
  /** Null: no longer. */
  | { readonly note: 'cooling-down'; readonly until: Instant | null; readonly by: 'volunteer' | 'manager' }
  | { readonly note: 'alerted'; readonly reason: AlertReason; readonly severity: Severity }
  /** Whether it is a good time, after a silence. */
  | { readonly note: 'asked-again' }
  /** Not sent: she has not said that it is a good time. */
  | { readonly note: 'held'; readonly count: number }
  | { readonly note: 'good-time'; readonly is: boolean }
  | { readonly note: 'relayed'; readonly to: 'survivor' | 'helper' }
  | { readonly note: 'not-delivered'; readonly entryId: number }
  | {
      readonly note: 'not-performed';
      readonly entryId: number;
      readonly because: FailedBecause | 'moved-past';
    }
  /** She was served more slowly, or was not answered, because of this limit. */
  | { readonly note: 'limited'; readonly limit: LimitKind }
  /** `abandoned`: she hung up before anybody was found; within ten seconds it is a misdial, or danger. */
  | {
      readonly note: 'closed';
      readonly because: ClosedBecause;
      readonly abandoned: 'at-once' | 'later' | null;
    }
  /** Late, repeated or out of order: it changed nothing. */
  | { readonly note: 'ignored'; readonly event: Event['kind'] };
