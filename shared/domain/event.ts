// Everything that can happen to a request, past tense. Each webhook, key press, text, callback and wake-up is one.
import type { ActionResult } from './action.ts';
import type { Agreed } from './call-back.ts';
import type { Consent } from './consent.ts';
import type {
  CallSid,
  HelperId,
  LanguageId,
  LineId,
  MessageSid,
  RegionId,
  SkillId,
  VolunteerId,
} from './ids.ts';
import type { Limited } from './limits.ts';
import type { ManagerEvent } from './manager-act.ts';
import type { Address } from './phone.ts';
import type { Asked } from './request.ts';
import type { Gender } from './volunteer.ts';

/** What an earlier request of the same number, within the grace time, hands to the new one. */
export type Carried = {
  readonly language: LanguageId;
  readonly need: SkillId | null;
  readonly region: RegionId | null;
  readonly consent: Consent;
  readonly danger: boolean;
  readonly wishedGender: Gender | null;
  readonly excluded: readonly VolunteerId[];
  readonly excludedByHand: readonly VolunteerId[];
  readonly elsewhere: boolean;
  readonly minor: boolean;
  readonly cannotSpeak: boolean;
  readonly asked: { readonly [helper: string]: Asked };
  /** Who spoke with her last, to be asked first. */
  readonly preferred: HelperId | null;
  /** The rung she had reached. */
  readonly rung: number;
};

export type LegOutcome = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

export type Event =
  // the survivor's call
  | {
      readonly kind: 'caller-rang';
      readonly callSid: CallSid;
      readonly lineId: LineId;
      readonly from: Address | null;
      readonly carried: Carried | null;
      /** That she is to be called back, from an earlier request of the same number. Never told to anybody. */
      readonly agreed: Agreed | null;
      /** Null: as any other call. */
      readonly limited: Limited | null;
      /** Of this number a volunteer has reported abuse, and it is not long ago. */
      readonly coolingDown: boolean;
    }
  /** A call that is over and never reached us: the network's books know of it, and we did not. */
  | {
      readonly kind: 'caller-missed';
      readonly callSid: CallSid;
      readonly lineId: LineId;
      readonly from: Address | null;
    }
  /** A key, or none, in a menu (language, need, region). */
  | { readonly kind: 'caller-chose'; readonly turn: number; readonly digit: string | null }
  /** The wait loop came round, with or without a key. */
  | { readonly kind: 'caller-waited'; readonly turn: number; readonly digit: string | null }
  /** Her side of the room ended while her call goes on. */
  | { readonly kind: 'caller-left-room'; readonly seq: number }
  | { readonly kind: 'caller-hung-up'; readonly callSid: CallSid }
  // she is to be called back
  /** She has called by herself meanwhile. */
  | { readonly kind: 'caller-called-again' }
  /** A stop has come from her number, by text: it is about calls too. */
  | { readonly kind: 'survivor-stopped' }
  /** The phone that we called was picked up, by whomever. */
  | { readonly kind: 'survivor-answered'; readonly seq: number; readonly callSid: CallSid }
  | {
      readonly kind: 'survivor-pressed';
      readonly seq: number;
      readonly callSid: CallSid;
      readonly turn: number;
      readonly digit: string | null;
    }
  | { readonly kind: 'survivor-leg-ended'; readonly seq: number; readonly callSid: CallSid }
  // a helper's call
  | { readonly kind: 'helper-answered'; readonly seq: number; readonly callSid: CallSid }
  | {
      readonly kind: 'helper-pressed';
      readonly seq: number;
      readonly callSid: CallSid;
      readonly turn: number;
      readonly digit: string | null;
    }
  | { readonly kind: 'helper-left-room'; readonly seq: number }
  | {
      readonly kind: 'leg-ended';
      readonly seq: number;
      readonly callSid: CallSid;
      readonly outcome: LegOutcome;
    }
  // texts
  | {
      readonly kind: 'survivor-texted';
      readonly messageSid: MessageSid;
      readonly lineId: LineId;
      readonly from: Address;
      readonly body: string;
      readonly hasMedia: boolean;
      /** Null: as any other text. */
      readonly limited: Limited | null;
      /** Of this number a volunteer has reported abuse, and it is not long ago. */
      readonly coolingDown: boolean;
    }
  | {
      readonly kind: 'helper-texted';
      readonly messageSid: MessageSid;
      /** Whose thread she wrote in; null: she named the conversation, and it does not matter. */
      readonly lineId: LineId | null;
      readonly from: HelperId;
      readonly body: string;
      readonly hasMedia: boolean;
    }
  /** A text whose webhook was lost has just been taken late, as the network's books have it. */
  | { readonly kind: 'text-missed' }
  /** The network could not deliver the text of outbox entry `entryId`. */
  | {
      readonly kind: 'text-failed';
      readonly entryId: number;
      readonly badNumber: boolean;
      /** WhatsApp lets nobody write to her until she writes. */
      readonly windowClosed: boolean;
    }
  | ManagerEvent
  // the shell
  | { readonly kind: 'looked' }
  | { readonly kind: 'actions-performed'; readonly results: readonly ActionResult[] };

export type EventOf<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>;
