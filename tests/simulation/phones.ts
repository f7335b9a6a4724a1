// A leg of a call, and what the network asks of whoever holds the phone at its end.
import type { LegOutcome } from '../../shared/domain/event.ts';
import type { CallSid, RequestId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Line } from '../../shared/domain/network.ts';
import type { Address, PhoneNumber } from '../../shared/domain/phone.ts';
import type { Reply } from '../../shared/domain/reply.ts';

export type Asked = Extract<Reply, { kind: 'ask' }>;

/** Null: no key within the time. */
export type Pressed = { readonly digit: string | null; readonly afterMs: number };

/** Who holds a phone. Each is told what happens to it and answers as a person would. */
export type Phone = {
  readonly rings: (leg: Leg, ringSeconds: number) => void;
  readonly pressed: (leg: Leg, asked: Asked) => Pressed;
  readonly waitsInRoom: (leg: Leg) => void;
  readonly met: (leg: Leg, other: Leg) => void;
  /** The other side has left the room. */
  readonly leftAlone: (leg: Leg) => void;
  /** Let go by us. */
  readonly dismissed: (leg: Leg) => void;
  readonly reachedDesk: (leg: Leg) => void;
  readonly ended: (leg: Leg) => void;
};

export type Texter = {
  readonly reads: (body: string, from: Address) => void;
  /** The network took it from us and never delivered it. */
  readonly misses: (body: string) => void;
};

export type Room = {
  readonly name: string;
  readonly seq: number;
  survivor: Leg | null;
  helper: Leg | null;
  /** Whoever else is in it, and may go without ending it. */
  readonly added: Leg[];
};

type Opening = Pick<
  Leg,
  'sid' | 'direction' | 'line' | 'number' | 'owner' | 'requestId' | 'seq' | 'createdAt'
>;

export class Leg {
  readonly sid: CallSid;
  readonly direction: 'in' | 'out';
  /** The line that was called; null for legs that we began. */
  readonly line: Line | null;
  /** The phone at its end; null when it withholds its number. */
  readonly number: Address | null;
  readonly owner: Phone;
  readonly requestId: RequestId;
  /** The offer that it rings for; null for a survivor's. */
  readonly seq: number | null;
  readonly createdAt: number;
  /** The offer for whose helper she is called on it; null for every other leg. */
  called: number | null = null;
  from: PhoneNumber | null = null;
  state: 'dialling' | 'ringing' | 'live' | 'ended' = 'dialling';
  ended: { readonly at: Instant; readonly outcome: LegOutcome } | null = null;
  room: Room | null = null;
  atDesk = false;
  /** Counts what it was told; what it was told earlier no longer counts. */
  generation = 0;

  constructor({ sid, direction, line, number, owner, requestId, seq, createdAt }: Opening) {
    this.sid = sid;
    this.direction = direction;
    this.line = line;
    this.number = number;
    this.owner = owner;
    this.requestId = requestId;
    this.seq = seq;
    this.createdAt = createdAt;
  }
}
