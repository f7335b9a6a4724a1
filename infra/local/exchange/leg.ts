// One leg of a call with what hangs on it: its timers, its TwiML session, its place in a conference or a bridge.
// Must never move itself: legs.ts rings, answers and ends it.
import {
  type CallDirection,
  type CallStatus,
  ENDED_STATUSES,
  type HistoryEntry,
  type LegRecord,
} from './books.ts';
import type { Cancel } from './clock.ts';
import type { Conference } from './conference.ts';
import type { Phone } from './phone.ts';
import type { PhoneCall } from './phone-call.ts';
import type { Session } from './session.ts';

export interface CallStatusCallback {
  url: string;
  method: string;
  events: ReadonlySet<string>;
}

export interface Fallback {
  url: string;
  method: string;
}

/** Where TwiML is fetched from, and where else when that fails. */
export interface Target {
  url: string;
  method: string;
  fallback?: Fallback | undefined;
}

export interface KeyPress {
  /** Whether anything was listening for the key. */
  taken: boolean;
  effect?: () => Promise<void> | void;
}

export interface LegSpec {
  sid: string;
  direction: CallDirection;
  from: string;
  to: string;
  phone: Phone;
  parentSid?: string | undefined;
  statusCallback?: CallStatusCallback | undefined;
  createdAt: number;
  status: CallStatus;
  queueMs?: number | undefined;
}

export class Leg implements LegRecord {
  readonly sid: string;
  readonly direction: CallDirection;
  readonly from: string;
  readonly to: string;
  readonly phone: Phone;
  readonly parentSid: string | undefined;
  readonly createdAt: number;
  status: CallStatus;
  updatedAt: number;
  startedAt: number | undefined;
  answeredAt: number | undefined;
  endedAt: number | undefined;
  queueMs: number;
  history: HistoryEntry<CallStatus>[];

  statusCallback: CallStatusCallback | undefined;
  /** Of the next status callback. */
  sequence = 0;
  call: PhoneCall | undefined;
  session: Session | undefined;
  conference: Conference | undefined;
  bridgedWith: Leg | undefined;
  /** When one number of the account calls another: the leg at the other side of the network. */
  otherEnd: Leg | undefined;
  cancelStart: Cancel | undefined;
  cancelRing: Cancel | undefined;
  onAnswered: (() => Promise<void> | void) | undefined;
  onEnded: (() => Promise<void> | void) | undefined;

  constructor(spec: LegSpec) {
    this.sid = spec.sid;
    this.direction = spec.direction;
    this.from = spec.from;
    this.to = spec.to;
    this.phone = spec.phone;
    this.parentSid = spec.parentSid;
    this.createdAt = spec.createdAt;
    this.updatedAt = spec.createdAt;
    this.status = spec.status;
    this.statusCallback = spec.statusCallback;
    this.queueMs = spec.queueMs ?? 0;
    this.history = [{ status: spec.status, at: spec.createdAt }];
  }

  get phoneNumber(): string {
    return this.phone.number;
  }

  get ended(): boolean {
    return ENDED_STATUSES.has(this.status);
  }

  /** Whole seconds of conversation, as they would be billed. */
  get durationSeconds(): number {
    if (this.answeredAt === undefined || this.endedAt === undefined) return 0;
    return Math.round((this.endedAt - this.answeredAt) / 1000);
  }

  keyPressed(digit: string): KeyPress {
    return this.session?.keyPressed(digit) ?? { taken: false };
  }
}
