// What the shell needs from the outside world. Adapters fill these; the simulator fills them too.
// No port takes or returns an Error for something that is expected to happen: outcomes are values.
import type { AlertReason, Severity } from '../domain/action.ts';
import type { DutyWish } from '../domain/duty-wish.ts';
import type { LegOutcome } from '../domain/event.ts';
import type {
  CallSid,
  ContactId,
  HelperId,
  LineId,
  MessageSid,
  RegionId,
  RequestId,
  VolunteerId,
} from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Network } from '../domain/network.ts';
import type { Address, PhoneNumber } from '../domain/phone.ts';
import type { Conversation } from '../domain/places.ts';
import type { Reply } from '../domain/reply.ts';
import type { Request } from '../domain/request.ts';
import type { Candidate, NextInTurn } from '../domain/roster.ts';
import type { Rota } from '../domain/rota.ts';
import type { Note } from '../domain/timeline.ts';
import type { TellingWindow } from '../domain/told-once.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { Template } from '../domain/whatsapp-window.ts';
import type { ShiftStore } from './shift-ports.ts';

export type Clock = { readonly now: () => Instant };

/** Numbers in [0, 1). */
export type Random = () => number;

/** A webhook's own name: the same for every delivery of it. Holds no phone number. */
export type WebhookId = string;

export type Loaded = {
  readonly request: Request | null;
  /** What this webhook was answered before; null when it is new. */
  readonly storedReply: Reply | null;
};

export type Commit = {
  readonly before: Request | null;
  /** Its version is the one before plus one. */
  readonly after: Request;
  readonly at: Instant;
  readonly notes: readonly Note[];
  /** Kept with the reply, so that the repeat gets the same one. */
  readonly webhook: { readonly id: WebhookId; readonly reply: Reply } | null;
};

/**
 * `version-conflict`: somebody else committed first. `claim-conflict`: a volunteer or a text code was taken
 * meanwhile, or the duty has ended. `repeated`: this webhook has had its effect. `opened-meanwhile`: another text of
 * the same number has just opened a request; look the number up again. Nothing was written in any of them.
 */
export type CommitOutcome =
  | 'committed'
  | 'version-conflict'
  | 'claim-conflict'
  | 'repeated'
  | 'opened-meanwhile';

/**
 * What a call or a text leaves behind: its own request, or, of a text in a conversation or of one that was answered and
 * led to nothing, the name of its webhook.
 */
export type Trace = { readonly requestId: RequestId; readonly webhookId: WebhookId | null };

export type RequestStore = {
  /** Consistent. Throws `DamagedRecord` for an item that does not parse. */
  readonly load: (id: RequestId, webhookId: WebhookId | null) => Promise<Loaded>;
  /** Consistent, for each: whether either is on record. A damaged record is one that is there. */
  readonly areKnown: (traces: readonly Trace[]) => Promise<readonly boolean[]>;
  /** Leaves the name of a text that belongs to no request. May be done again. */
  readonly noteAnswered: (webhookId: WebhookId, at: Instant) => Promise<void>;
  readonly commit: (commit: Commit, network: Network) => Promise<CommitOutcome>;
  /**
   * Requests due at or before `at` in one shard of the due index, all pages; eventually consistent. Everything that
   * is open is due at some time: with an `at` far ahead this lists every open request.
   */
  readonly due: (shard: number, at: Instant) => Promise<readonly Due[]>;
  readonly timeline: (
    id: RequestId,
  ) => Promise<
    readonly { readonly at: Instant; readonly version: number; readonly notes: readonly Note[] }[]
  >;
};

export type Due = { readonly requestId: RequestId; readonly dueAt: Instant };

/** Number of shards of the due index. */
export const DUE_SHARDS = 16;

/** Of a region: some 240 bytes each, so that they fit into the 8 KB of one read unit. */
export const NEXT_IN_TURN = 30;

export type RosterStore = {
  /**
   * Everybody on duty in a region at `at`, least recently offered first. Costs nothing for those not on duty.
   * Reads the rota itself when the duty entries have not been kept up.
   */
  readonly onDuty: (regions: readonly RegionId[], at: Instant) => Promise<readonly Candidate[]>;
  /**
   * In one read a region, however many are on duty there: of each about `NEXT_IN_TURN`, in the same order. All of them
   * when the entries have not been kept up.
   */
  readonly nextInTurn: (regions: readonly RegionId[], at: Instant) => Promise<NextInTurn>;
  /**
   * Brings the duty entries of every volunteer whose next change is near up to date, and stamps how far. Returns
   * those whose shift has ended and who talked in it: each once.
   */
  readonly rollDuty: (at: Instant) => Promise<readonly VolunteerId[]>;
  /** What she says about her own duty, at once. Nothing happens for somebody who is not known. */
  readonly wishDuty: (id: VolunteerId, wish: DutyWish, at: Instant) => Promise<void>;
  /** For a day: a phone that was switched off is back by then, and one that is gone costs one ring a day. */
  readonly markUnreachable: (id: VolunteerId) => Promise<void>;
  /** Not asked until then, unless nobody else is there. */
  readonly rest: (id: VolunteerId, until: Instant) => Promise<void>;
};

/** What a phone number means to us, found by its keyed hash. */
export type Known = {
  /** Abuse was reported of it: managers alone serve it for now. */
  readonly coolingDown: boolean;
  readonly helper: HelperId | null;
  /**
   * The survivor's latest request on a line, by channel, while it is open or within the grace time; and as calls all in
   * which she is to be called.
   */
  readonly requests: readonly {
    readonly lineId: LineId;
    readonly channel: 'voice' | 'text';
    readonly requestId: RequestId;
  }[];
};

export type HelperRoute = { readonly requestId: RequestId; readonly seq: number };

export type WaysTo = Pick<Volunteer, 'number' | 'textBy'>;

export type Directory = {
  readonly who: (address: Address, at: Instant) => Promise<Known>;
  /** Null: no longer. */
  readonly coolDown: (address: Address, until: Instant | null) => Promise<void>;
  /** The request that this code of a helper belongs to. */
  readonly routeOf: (helper: HelperId, code: string, at: Instant) => Promise<HelperRoute | null>;
  /** Those that go on, and those that ended within the hour, by their places. */
  readonly conversationsOf: (helper: HelperId, at: Instant) => Promise<readonly Conversation[]>;
  readonly volunteer: (id: VolunteerId) => Promise<Volunteer | null>;
  /** How a volunteer is reached, and nothing else of her: every ring waits for it, and for no rota. */
  readonly waysTo: (id: VolunteerId) => Promise<WaysTo | null>;
  /** A text came by WhatsApp: from then on this address may be written to from this line for a day. */
  readonly wrote: (address: Address, lineId: LineId, at: Instant) => Promise<void>;
  /** When it last did; null when that is not known, or a month ago. */
  readonly lastWroteAt: (address: Address, lineId: LineId) => Promise<Instant | null>;
  /** May we send a hint? At most twice an hour for each helper, and never again for the same webhook (`repeated`). */
  readonly mayHint: (
    helper: HelperId,
    at: Instant,
    webhookId: WebhookId,
  ) => Promise<'yes' | 'repeated' | 'too-often'>;
};

export type NetworkStore = {
  /** Cached for a minute. Throws when there is none or it can not be read: then nothing can be answered safely. */
  /** `notOlderSeconds`: read anew when it was read longer ago, and not only after a minute. */
  readonly network: (notOlderSeconds?: number) => Promise<Network>;
};

/** Editing, used by seeds and the manager API. */
export type Registry = {
  readonly putNetwork: (network: Network) => Promise<void>;
  /**
   * Writes the volunteer, the number's row and the duty entry at once; her number counts as working again.
   * `number-taken`: it belongs to another helper or to the hotline itself, and nothing was written. With an expected version (0: she is new) it is `changed-meanwhile` when she has another one, and nothing was written.
   * `by`: who did it, kept with the rota that stood before when it is another one.
   */
  readonly putVolunteer: (
    volunteer: Volunteer,
    at: Instant,
    expectedVersion?: number | null,
    by?: string | null,
  ) => Promise<'stored' | 'number-taken' | 'changed-meanwhile'>;
  /** The same for somebody of whom the rota alone has changed: whether her number works is left as it is known. */
  readonly putRota: (
    volunteer: Volunteer,
    at: Instant,
    expectedVersion: number,
    by: string | null,
  ) => ReturnType<Registry['putVolunteer']>;
  /** `holds-somebody`: an offer, a call or a conversation holds her, and nothing was removed. Null: any version. */
  readonly removeVolunteer: (
    id: VolunteerId,
    at: Instant,
    expectedVersion: number | null,
  ) => Promise<'removed' | 'holds-somebody' | 'unknown' | 'changed-meanwhile'>;
  /** Consistent. */
  readonly volunteer: (id: VolunteerId) => Promise<VersionedVolunteer | null>;
  /** The latest first. Consistent. */
  readonly formerRotas: (id: VolunteerId) => Promise<readonly FormerRota[]>;
  /**
   * Brings the entry of one volunteer up to date, though nothing of hers has changed: the holidays have. They are read
   * anew. Nothing happens for somebody who is not known.
   */
  readonly refreshDuty: (id: VolunteerId, at: Instant) => Promise<void>;
  /** All who are at home in a region. */
  readonly volunteers: (region: RegionId) => Promise<readonly Volunteer[]>;
  /** All who are at home there, or whose rota names it. */
  readonly volunteersServing: (region: RegionId) => Promise<readonly Volunteer[]>;
  /** Those at home in these regions, a page at a time: from after `after` on; `next` null: these were the last. */
  readonly volunteersAfter: (
    regions: readonly RegionId[],
    after: ListPlace | null,
    atMost: number,
  ) => Promise<{ readonly page: readonly VersionedVolunteer[]; readonly next: ListPlace | null }>;
};

/** Each change makes the version one higher; the first is 1. */
export type VersionedVolunteer = {
  readonly volunteer: Volunteer;
  readonly version: number;
  /** How often her rota has become another one. */
  readonly rotaEdits: number;
};
/** A rota as it stood until an edit; the last few, for a while. */
export type FormerRota = {
  /** Of the edit that ended it, counted from 0. */
  readonly edit: number;
  readonly rota: Rota;
  readonly replacedAt: Instant;
  /** Who made that edit: an actor or a volunteer; null: not known. */
  readonly replacedBy: string | null;
};
/** The last one of a page. */
export type ListPlace = { readonly region: RegionId; readonly id: VolunteerId };

/** What erases one person. Everything may be done again: what is gone stays gone. */
export type Erasure = {
  /** The requests of this number of which something personal is still kept, open ones too. */
  readonly requestsOf: (address: Address) => Promise<readonly RequestId[]>;
  /** Afterwards nobody can read what was personal in them, nor find them by the number. Never for an open one. */
  readonly destroyKeys: (address: Address, ids: readonly RequestId[]) => Promise<void>;
  /** What the number leads to, except that it is a helper's. */
  readonly forgetNumber: (address: Address) => Promise<void>;
};

/** `unknown`: the request may or may not have arrived. */
export type Sent<Sid> =
  | { readonly outcome: 'done'; readonly sid: Sid }
  | {
      readonly outcome: 'failed';
      readonly reason: 'bad-number' | 'refused' | 'gone' | 'window-closed';
      /** Refused because whoever has the number wants no more texts from us. */
      readonly optedOut?: true;
    }
  | { readonly outcome: 'temporary' }
  | { readonly outcome: 'unknown' };

/** A call in the network's own books. */
export type CallSeen = {
  readonly callSid: CallSid;
  readonly direction: 'in' | 'out';
  /** Null when the number is withheld. */
  readonly from: Address | null;
  /** As the network has it: one of our lines, or a helper. */
  readonly to: string;
  readonly createdAt: Instant;
  /** Null while it goes on. */
  readonly ended: { readonly at: Instant; readonly outcome: LegOutcome } | null;
};

/** A text that came in, in the network's own books. */
export type TextSeen = {
  readonly messageSid: MessageSid;
  readonly from: Address;
  readonly to: string;
  readonly body: string;
  readonly hasMedia: boolean;
  readonly at: Instant;
};

export type Telephone = {
  readonly ring: (call: {
    readonly requestId: RequestId;
    readonly seq: number;
    readonly from: PhoneNumber;
    readonly to: PhoneNumber;
    readonly ringSeconds: number;
  }) => Promise<Sent<CallSid>>;
  /** Calls her, for the helper of the offer `seq`. */
  readonly ringSurvivor: Telephone['ring'];
  /**
   * The leg that an earlier, unanswered `ring` may have made to that number since `since`; null when there is none,
   * `unknown` when nobody can say.
   */
  readonly findRing: (call: {
    readonly requestId: RequestId;
    readonly seq: number;
    readonly to: PhoneNumber;
    readonly since: Instant;
  }) => Promise<CallSid | 'unknown' | null>;
  /**
   * Makes a live leg ask us again what to do: the survivor's (`seq` null) or a helper's. `entryId` and `tries`
   * make each redirect a webhook of its own, so that it is never answered with the stored reply of an earlier one: what is
   * done again minutes later finds her somewhere else.
   */
  readonly redirect: (
    callSid: CallSid,
    to: {
      readonly requestId: RequestId;
      readonly seq: number | null;
      readonly entryId: number;
      readonly tries: number;
    },
  ) => Promise<Sent<CallSid>>;
  readonly hangUp: (callSid: CallSid) => Promise<Sent<CallSid>>;
  /** Speaks to one leg in the room of the offer `room`, and to nobody else in it; `seq` null: to the survivor. */
  readonly tellInRoom: (
    callSid: CallSid,
    to: { readonly requestId: RequestId; readonly room: number; readonly seq: number | null },
  ) => Promise<Sent<CallSid>>;
  /** The canary: one number of the account calls another, and listens. Over after `limitSeconds`. */
  readonly callOurselves: (call: {
    readonly from: PhoneNumber;
    readonly to: PhoneNumber;
    readonly limitSeconds: number;
  }) => Promise<Sent<CallSid>>;
  /** Every call that began or ended at or after `since`, or goes on. Throws when the network's books cannot be read. */
  readonly calls: (since: Instant) => Promise<readonly CallSeen[]>;
  /** Every text that came in at or after `since`. Throws when the network's books cannot be read. */
  readonly texts: (since: Instant) => Promise<readonly TextSeen[]>;
  /** How a leg has ended; `live` while it goes on; null when nobody can say. */
  readonly outcomeOf: (callSid: CallSid) => Promise<LegOutcome | 'live' | null>;
  readonly text: (message: {
    readonly requestId: RequestId | null;
    readonly entryId: number;
    readonly from: Address;
    readonly to: Address;
    /** What is written, or null and an approved template. */
    readonly body: string | null;
    readonly template: Template | null;
    /** Not delivered by then: not delivered at all. A late text reaches the wrong reader. */
    readonly validSeconds: number;
  }) => Promise<Sent<MessageSid>>;
};

/** The network's own record of a call or a text that is over, with both numbers and, of a text, its words. */
export type Copy = {
  readonly of: 'call' | 'text';
  readonly sid: CallSid | MessageSid;
  readonly from: string;
  readonly to: string;
};

export type Copies = {
  /** As many as one run can delete, of those that ended before. Throws when the books cannot be read. */
  readonly endedBefore: (at: Instant) => Promise<readonly Copy[]>;
  /** Of one number, by SMS, by WhatsApp and by voice. Throws as above. */
  readonly ofNumber: (address: Address) => Promise<readonly Copy[]>;
  /** True when it is gone, whoever deleted it. */
  readonly forget: (copy: Copy) => Promise<boolean>;
};

/** What is counted, so that a flood can be told from a need. Each kind has its own window. */
export type Counter =
  /** In the present hour. The number is stored as its keyed hash only. */
  | { readonly of: 'calls-of-number' | 'texts-of-number' | 'automatic-replies'; readonly number: Address }
  /** In the present minute. */
  | { readonly of: 'calls-of-line' | 'withheld-on-line' | 'texts-of-line'; readonly lineId: LineId }
  | { readonly of: 'questions-over-cap' }
  /** How often people were told of something. `about` holds words and ids of ours, never a number. */
  | { readonly of: `told-in-${TellingWindow}`; readonly about: string }
  /** In the present day, UTC. */
  | { readonly of: 'rings' | 'texts' };

export type Counters = {
  /** Adds one, and says how many there are with it. Throws when the store cannot be reached: then nobody is limited. */
  readonly add: (counter: Counter, at: Instant) => Promise<number>;
  /** Takes back one that was added at `at`. Throws as `add` does. */
  readonly takeBack: (counter: Counter, at: Instant) => Promise<void>;
  /** How many there are, perhaps not yet with those of the last second. Throws as `add` does. */
  readonly count: (counter: Counter, at: Instant) => Promise<number>;
};

export type Alert = {
  readonly requestId: RequestId | null;
  readonly audience: 'manager' | 'contact';
  readonly severity: Severity;
  readonly reason: AlertReason;
  readonly region: RegionId | null;
  /** What it is about, as ids of ours. */
  readonly about?: readonly string[];
  /** How far a canary came, as a word of ours. */
  readonly step?: string;
  /** What it is about, in words of ours that name nobody. */
  readonly words?: string;
};
export type Alerts = { readonly publish: (alert: Alert) => Promise<'done' | 'later'> };

/** "Look at request R", at each of these instants: all that any timer ever says. Best effort; the sweep is behind it. */
export type WakeUps = {
  readonly at: (requestId: RequestId, at: readonly Instant[], now: Instant) => Promise<void>;
};

/** Structured lines for operators. Fields are ids, counts and kinds; never a number, a name or a word of a text. */
export type Log = {
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  readonly error: (event: string, fields?: LogFields) => void;
};
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type Ports = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly requests: RequestStore;
  readonly roster: RosterStore;
  readonly directory: Directory;
  readonly networks: NetworkStore;
  readonly counters: Counters;
  readonly shifts: ShiftStore;
  /** The address of a volunteer's own page. */
  readonly pageUrl: (token: string) => string;
  readonly telephone: Telephone;
  readonly alerts: Alerts;
  readonly wakeUps: WakeUps;
};

/** For erasing; no request needs them. */
export type ErasingPorts = Pick<Ports, 'clock' | 'log' | 'requests' | 'networks'> & {
  readonly erasure: Erasure;
  readonly copies: Copies;
};

/** For managers; no request needs them. */
export type EditingPorts = { readonly registry: Registry };

export type { ContactId };
