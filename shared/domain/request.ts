// One survivor's need, from first ring or text to closed, as a state machine of six phases.
// Absent values are null, so that a stored request reads back exactly as it was written.
import type { OutboxEntry } from './action.ts';
import type { CallBack, Called, CallQuestion } from './call-back.ts';
import type { Consent } from './consent.ts';
import type { ContactRules } from './contact-rules.ts';
import type { Course } from './course.ts';
import type {
  CallSid,
  HelperId,
  LanguageId,
  LineId,
  RegionId,
  RequestId,
  SkillId,
  VolunteerId,
} from './ids.ts';
import type { Instant } from './instant.ts';
import type { Ladder } from './ladder.ts';
import type { ManagerNote } from './manager-act.ts';
import type { ContactKind } from './network.ts';
import type { Address } from './phone.ts';
import type { Gender } from './volunteer.ts';

/** Who is knowingly added to a talk by phone. */
export type Role = 'interpreter' | 'manager';

/** How an offer ended without being taken. */
export type AskedOutcome =
  | 'no-answer'
  | 'busy'
  | 'declined'
  | 'unreachable'
  | 'withdrawn' // taken by somebody else, or the request is over
  | 'left' // took it and hung up while she was still there
  | 'joined' // was in the talk of others, and is no longer
  | 'passed-on';

/** How a helper who had taken it has left. */
export type HowLeft =
  | 'hung-up'
  | 'passed-on'
  | 'room-ended'
  | 'silent'
  | 'may-know-them'
  | 'unsafe'
  | 'released'; // by a manager

/** What this request remembers of a helper whose offer has ended. */
export type Asked = { readonly at: Instant; readonly outcome: AskedOutcome };

export type Offer = {
  readonly seq: number;
  readonly to: HelperId;
  readonly by: 'call' | 'text';
  /** Which of the volunteer's places it takes; 0 for a call and for a contact. */
  readonly place: number;
  readonly rung: number;
  readonly madeAt: Instant;
  /** Over at this instant unless it is taken. */
  readonly endsAt: Instant;
  /** The phone was picked up, which is not yet a yes: voicemail picks up too. */
  readonly answered: boolean;
  /** Null until Twilio has told us its name of the leg. */
  readonly callSid: CallSid | null;
  /** Rung because nothing that is written to her arrives before she has written: she does, and it goes on in writing. */
  readonly thenWrites: boolean;
  /** What to reply to take it, by text. */
  readonly code: string | null;
  /** The outbox entry that sends it, to recognise its delivery report. */
  readonly entryId: number;
};

/** Menus before the search of a call. */
export type Intake = {
  readonly kind: 'intake';
  readonly step: 'language' | 'need' | 'region';
  /** Page of the region menu, from 0. */
  readonly page: number;
  /** How often the present question was asked without an answer. */
  readonly silences: number;
  readonly since: Instant;
  /** How much later than usual the search that follows rings its first phone; 0 as a rule. */
  readonly slowedSeconds: number;
};

/** A text came; nothing of substance is written before she says that it is a good time. */
export type Greeting = {
  readonly kind: 'greeting';
  readonly until: Instant;
  /** How often the question was put to her; what a limit held back is not counted. */
  readonly timesAsked: number;
};

export type Searching = {
  readonly kind: 'searching';
  /** Index into the ladder; its length means the last rung. */
  readonly rung: number;
  readonly rungSince: Instant;
  readonly offers: readonly Offer[];
  /** No offer before this instant: the pace of a wave, or the moment after a goodbye. */
  readonly nextOfferAt: Instant;
  /** When the last rung alerts again; null before the last rung. */
  readonly repeatAt: Instant | null;
  /** Contact rungs passed over for want of her consent: a later yes goes back to them. */
  readonly passedOver: readonly number[];
  /** She is to hear or read, once, which numbers she can dial herself. */
  readonly owesNumbers: boolean;
  /** The kind of contact she has been asked about and has not answered. */
  readonly consentAsked: ContactKind | null;
  /** What a survivor by text is being asked while the search runs. */
  readonly asking: 'need' | 'region' | 'wish' | 'consent' | 'call' | null;
  /** By keys: she has asked to be called back, and is asked this about it. */
  readonly callQuestion: CallQuestion | null;
  /**
   * The turn of hers since which she has been asked that, or for her consent: a key that comes late from an earlier one
   * was pressed before she heard the question, and neither answers it nor ends her call. Zero: nothing in this search.
   */
  readonly keysFrom: number;
};

/** Words that the network has taken and may still report as not delivered. */
export type SentWords = {
  readonly entryId: number;
  readonly to: 'survivor' | HelperId;
  readonly at: Instant;
};

/** Somebody who is to join a talk by phone: sought until then, or in the room since. One a role at the most. */
export type Joining = {
  readonly role: Role;
  /** Nobody new is asked after this instant. */
  readonly until: Instant;
  readonly nextOfferAt: Instant;
  readonly offers: readonly Offer[];
  /** A manager brings herself in: she alone is rung, once. */
  readonly byHand: boolean;
  /** Null while nobody has said yes. */
  readonly joined: { readonly offer: Offer; readonly since: Instant } | null;
};

export type Connected = {
  readonly kind: 'connected';
  readonly offer: Offer;
  readonly since: Instant;
  /** The last word either way, by text; the beginning, by voice. */
  readonly lastWordAt: Instant;
  /** By text: whose word it was. Hers at the beginning: she has written, and nobody has answered yet. */
  readonly lastWordBy: 'survivor' | 'helper';
  /** By text: this helper has written on the line since, so that what is written to her arrives. */
  readonly helperWrites: boolean;
  /** By text: the latest words on their way, either way. */
  readonly sent: readonly SentWords[];
  /** By voice: she has been told to join the room. Until then nothing but us can release the helper from it. */
  readonly joined: boolean;
  /** The helper's side of the room ended; if she does not hang up by then, she wants somebody else. */
  readonly roomEndsAt: Instant | null;
  /** Who else is in the room, or is being asked into it. */
  readonly joining: readonly Joining[];
};

/** She is not with us and has agreed to be called: nobody is asked until it is time to try. */
export type CallingBack = {
  readonly kind: 'calling-back';
  readonly nextTryAt: Instant;
  /** The end of what was agreed: what has not come about by then is over. */
  readonly until: Instant;
  /** What a helper whose leg still asks is told. */
  readonly after: 'waiting' | 'talk' | 'try';
};

export type ClosedBecause =
  | 'left-waiting' // hung up before anybody was found
  | 'left-menu'
  | 'missed' // over before we knew of it
  | 'ended' // key 0
  | 'talked' // hung up after talking
  | 'done' // the helper said so
  | 'stopped' // STOP
  | 'not-now' // answered that it is not a good time
  | 'silent' // never answered the first question
  | 'canary-over' // a canary's time was up
  | 'called-again' // while we were to call her back: that call goes on instead
  | 'not-reached' // called back as often as agreed, or as long
  | 'by-manager'
  | 'idle'; // no word for a long time

export type Closed = {
  readonly kind: 'closed';
  readonly at: Instant;
  readonly because: ClosedBecause;
  readonly rung: number;
  readonly lastHelper: HelperId | null;
};

export type Phase = Intake | Greeting | Searching | Connected | CallingBack | Closed;

/** By text: whether she may be written to. */
export type GoodTime = {
  /** She has said that it is a good time, or written while it was: so until then. Null: she has not said so. */
  readonly until: Instant | null;
  /** How often she has been asked since, without a yes. */
  readonly asked: number;
  readonly askedAt: Instant | null;
  /** The outbox's entry of the latest question; null: none, or it is known not to have reached her. */
  readonly entryId: number | null;
};

/** What only its own people may read. The store seals it whole; nothing of it may stand anywhere else. */
export type Private = {
  /** Null when the number is withheld. */
  readonly survivor: Address | null;
  /** Texts not yet passed on, by key. */
  readonly texts: { readonly [textKey: string]: string };
  /** What managers wrote down for the record; null: nothing personal is kept any more. */
  readonly notes: readonly ManagerNote[] | null;
};

/** Of a request of which nothing personal is kept any more. */
export const nothingPersonal: Private = { survivor: null, texts: {}, notes: null };

export type Request = {
  readonly id: RequestId;
  /** Grows by one with each commit. */
  readonly version: number;
  readonly lineId: LineId;
  readonly channel: 'voice' | 'text';
  readonly openedAt: Instant;
  /** The survivor's own leg; null for texts, and while she is not on the line. */
  readonly callSid: CallSid | null;
  readonly language: LanguageId;
  readonly need: SkillId | null;
  readonly region: RegionId | null;
  readonly suggestedRegion: RegionId | null;
  readonly ladder: Ladder;
  readonly consent: Consent;
  /** How she may be reached when she is not with us; null: not at all. */
  readonly rules: ContactRules | null;
  /** A call to her that was agreed on and is still to come; null: none. */
  readonly callBack: CallBack | null;
  /** Her phone rings, or was picked up and her number has not been pressed yet. */
  readonly called: Called | null;
  readonly danger: boolean;
  /** Never asked, on no path. A volunteer must not learn that she stands here. */
  readonly excluded: readonly VolunteerId[];
  /** Those of them whom a manager has excluded: a manager may readmit them, and nobody else. */
  readonly excludedByHand: readonly VolunteerId[];
  /** She wants nobody from her own region: its volunteers are not asked, on no path. */
  readonly elsewhere: boolean;
  /** Under age: trained volunteers first. */
  readonly minor: boolean;
  /** A volunteer has reported abuse by this number: managers alone are asked, and the police by key 9. */
  readonly coolingDown: boolean;
  /** Whoever takes it hears first that she can only press keys. */
  readonly cannotSpeak: boolean;
  /** Whom she would rather talk with. It ranks, and never leaves anybody out. */
  readonly wishedGender: Gender | null;
  /** Volunteers who were asked although they do not speak her language, and the one that they would speak. */
  readonly inLanguage: { readonly [helper: string]: LanguageId };
  /** By text: somebody who can only be called would take it, and she has been asked whether she may be called. */
  readonly callAsked: boolean;
  /** Asked first when free: spoke with her before. */
  readonly preferred: HelperId | null;
  readonly asked: { readonly [helper: string]: Asked };
  readonly phase: Phase;
  readonly outbox: readonly OutboxEntry[];
  readonly goodTime: GoodTime;
  /** For the report of its end. */
  readonly course: Course;
  /** How often she was told that pictures can not be passed on. */
  readonly mediaRefused: number;
  /** Next number for an offer, an outbox entry or a text. */
  readonly nextSeq: number;
  readonly private: Private;
};

export type RequestIn<Kind extends Phase['kind']> = Request & {
  readonly phase: Extract<Phase, { kind: Kind }>;
};

/**
 * The same request with some things changed. Written out field by field: a spread makes of each change an object of
 * another make, which on Node 20 costs twelve times as much, here and wherever the request is read afterwards.
 */
export function withChanges(request: Request, changes: Partial<Request>): Request {
  const same = {
    id: request.id,
    version: request.version,
    lineId: request.lineId,
    channel: request.channel,
    openedAt: request.openedAt,
    callSid: request.callSid,
    language: request.language,
    need: request.need,
    region: request.region,
    suggestedRegion: request.suggestedRegion,
    ladder: request.ladder,
    consent: request.consent,
    danger: request.danger,
    excluded: request.excluded,
    excludedByHand: request.excludedByHand,
    elsewhere: request.elsewhere,
    minor: request.minor,
    cannotSpeak: request.cannotSpeak,
    wishedGender: request.wishedGender,
    inLanguage: request.inLanguage,
    coolingDown: request.coolingDown,
    callAsked: request.callAsked,
    preferred: request.preferred,
    asked: request.asked,
    phase: request.phase,
    outbox: request.outbox,
    rules: request.rules,
    callBack: request.callBack,
    called: request.called,
    goodTime: request.goodTime,
    course: request.course,
    mediaRefused: request.mediaRefused,
    nextSeq: request.nextSeq,
    private: request.private,
  } satisfies Record<keyof Request, unknown>; // one that is forgotten does not compile
  return Object.assign(same, changes);
}

export function isIn<Kind extends Phase['kind']>(request: Request, kind: Kind): request is RequestIn<Kind> {
  return request.phase.kind === kind;
}

/** What she writes belongs to it. One that goes on by voice has nothing to do with texts any more. */
export function takesTexts({ channel, phase }: Request): boolean {
  return channel === 'text' && phase.kind !== 'closed';
}

/** By voice, and she is not on the line: whatever is done is done to call her. */
export function isAway({ channel, callSid, phase }: Request): boolean {
  return channel === 'voice' && callSid === null && phase.kind !== 'closed';
}

/** She is on the line, or her phone rings. */
export function hasHerLeg({ callSid, called, phase }: Request): boolean {
  return phase.kind !== 'closed' && (callSid ?? called?.callSid ?? null) !== null;
}

/** By us, now or later. */
export function isToBeCalled({ callBack, phase }: Request): boolean {
  return callBack !== null && phase.kind !== 'closed';
}

/** Everybody who is being asked now, for the talk or into it. */
export function liveOffers({ phase }: Pick<Request, 'phase'>): readonly Offer[] {
  if (phase.kind === 'searching') return phase.offers;
  return phase.kind === 'connected' ? phase.joining.flatMap(({ offers }) => offers) : [];
}

export function liveOffer(request: Request, seq: number): Offer | null {
  return liveOffers(request).find(offer => offer.seq === seq) ?? null;
}

/** The offer that was taken, while that helper is with her. */
export function takenOffer(request: Request): Offer | null {
  return request.phase.kind === 'connected' ? request.phase.offer : null;
}

/** Those of whoever else is in the room. */
export function joinedOffers({ phase }: Pick<Request, 'phase'>): readonly Offer[] {
  return phase.kind === 'connected' ? phase.joining.flatMap(({ joined }) => joined?.offer ?? []) : [];
}

/** Every offer by which somebody is asked or is with her: the talk's own first. */
export function offersOf(request: Request): readonly Offer[] {
  return [...[takenOffer(request) ?? []].flat(), ...joinedOffers(request), ...liveOffers(request)];
}

/** The phase with that offer changed, wherever it stands; null: it is no longer live. */
export function withOffer(phase: Phase, seq: number, changed: (offer: Offer) => Offer | null): Phase {
  const among = (offers: readonly Offer[]) =>
    offers.flatMap(offer => (offer.seq === seq ? (changed(offer) ?? []) : offer));
  const same = (offer: Offer) => (offer.seq === seq ? (changed(offer) ?? offer) : offer);
  if (phase.kind === 'searching') return { ...phase, offers: among(phase.offers) };
  if (phase.kind !== 'connected') return phase;
  const joining = phase.joining.map(each => ({
    ...each,
    offers: among(each.offers),
    joined: each.joined && { ...each.joined, offer: same(each.joined.offer) },
  }));
  return { ...phase, offer: same(phase.offer), joining };
}
