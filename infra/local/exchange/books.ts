// The shapes of what the exchange knows: legs, texts, conferences, errors, and the log of both directions of HTTP.
// Records only. Must never act: the files that move them forward are legs.ts, texts.ts and conferences.ts.
import type { WebhookKind } from './options.ts';

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

export type CallDirection = 'inbound' | 'outbound-api' | 'outbound-dial';

export interface HistoryEntry<S> {
  status: S;
  at: number;
}

/** One leg: the connection of one phone with the exchange. */
export interface LegRecord {
  readonly sid: string;
  readonly direction: CallDirection;
  readonly from: string;
  readonly to: string;
  /** The handset's true number, also when it was withheld in `from`. */
  readonly phoneNumber: string;
  readonly parentSid: string | undefined;
  readonly createdAt: number;
  status: CallStatus;
  startedAt: number | undefined;
  answeredAt: number | undefined;
  endedAt: number | undefined;
  history: HistoryEntry<CallStatus>[];
}

export const ENDED_STATUSES: ReadonlySet<CallStatus> = new Set([
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
]);

export type MessageStatus =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'received';

export interface MessageRecord {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly string[];
  readonly createdAt: number;
  readonly validitySeconds: number;
  readonly statusCallback: string | undefined;
  status: MessageStatus;
  sentAt: number | undefined;
  errorCode: number | undefined;
  history: HistoryEntry<MessageStatus>[];
}

export interface ParticipantRecord {
  readonly callSid: string;
  readonly phoneNumber: string;
  readonly label: string | undefined;
  readonly startConferenceOnEnter: boolean;
  readonly endConferenceOnExit: boolean;
  readonly joinedAt: number;
  muted: boolean;
  hold: boolean;
  leftAt: number | undefined;
}

export type ConferenceEndReason =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-kicked'
  | 'last-participant-left';

export interface ConferenceRecord {
  readonly sid: string;
  readonly name: string;
  readonly createdAt: number;
  status: 'init' | 'in-progress' | 'completed';
  updatedAt: number;
  reasonEnded: ConferenceEndReason | undefined;
  callSidEnding: string | undefined;
  /** Everyone who was ever in it; those present have no `leftAt`. */
  participants: ParticipantRecord[];
}

/** Something the real network would log as an error. A test world asserts at its end that there is none. */
export interface ExchangeError {
  at: number;
  /** Twilio's own code where there is one (11200, 12200 …), else 0. */
  code: number;
  message: string;
  sid?: string;
  url?: string;
  /** A test asked for it through `faults`. */
  injected?: boolean;
}

/** One request to the REST server and its answer. */
export interface RestExchange {
  at: number;
  method: string;
  path: string;
  params: Record<string, string | string[]>;
  status: number;
  body: unknown;
  /** The client was left without an answer (a fault); `status` says what it would have been. */
  unanswered: boolean;
}

export type DeliveryOutcome = 'answered' | 'connection-failed' | 'timed-out';

/** One delivery of a webhook. Retries and repeats have entries of their own and the same token. */
export interface WebhookDelivery {
  at: number;
  kind: WebhookKind;
  url: string;
  method: string;
  params: Record<string, string>;
  token: string;
  attempt: number;
  /** The first delivery's reply is the one acted on; repeats only show whether the product answers alike. */
  repeat: boolean;
  outcome: DeliveryOutcome;
  status: number | undefined;
  body: string | undefined;
}
