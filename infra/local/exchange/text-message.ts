// One text with its status history. Must never move itself: texts-in.ts and texts-out.ts do.
import type { HistoryEntry, MessageRecord, MessageStatus } from './books.ts';
import { segmentsOf } from './segments.ts';

export interface TextSpec {
  sid: string;
  direction: MessageRecord['direction'];
  from: string;
  to: string;
  body: string;
  media: readonly string[];
  createdAt: number;
  validitySeconds: number;
  statusCallback?: string | undefined;
  status: MessageStatus;
}

export class TextMessage implements MessageRecord {
  readonly sid: string;
  readonly direction: MessageRecord['direction'];
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly string[];
  readonly createdAt: number;
  readonly validitySeconds: number;
  readonly statusCallback: string | undefined;
  readonly segments: number;
  status: MessageStatus;
  updatedAt: number;
  sentAt: number | undefined;
  errorCode: number | undefined;
  history: HistoryEntry<MessageStatus>[];

  constructor(spec: TextSpec) {
    this.sid = spec.sid;
    this.direction = spec.direction;
    this.from = spec.from;
    this.to = spec.to;
    this.body = spec.body;
    this.media = spec.media;
    this.createdAt = spec.createdAt;
    this.updatedAt = spec.createdAt;
    this.validitySeconds = spec.validitySeconds;
    this.statusCallback = spec.statusCallback;
    this.segments = segmentsOf(spec.body);
    this.status = spec.status;
    this.history = [{ status: spec.status, at: spec.createdAt }];
  }
}
