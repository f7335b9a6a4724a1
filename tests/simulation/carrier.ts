// The telephone network: legs that ring, answer, ask and end, rooms, texts, reports that come late or never, and the
// books of it all. Knows phones and webhooks; of requests no more than what stands in an address.
import type { CallSeen, Sent, Telephone, TextSeen } from '../../shared/app/ports.ts';
import type { Event, LegOutcome } from '../../shared/domain/event.ts';
import { type CallSid, type MessageSid, type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Line } from '../../shared/domain/network.ts';
import type { Address } from '../../shared/domain/phone.ts';
import type { Reply } from '../../shared/domain/reply.ts';
import type { Ask } from './asks.ts';
import { Leg, type Phone, type Room, type Texter } from './phones.ts';
import type { Scene } from './scene.ts';

const gone = { outcome: 'failed', reason: 'gone' } as const;
const DIAL_MS = [800, 2_500] as const;
const SPEAK_MS = [2_000, 6_000] as const;
const DELIVER_MS = [500, 4_000] as const;
const LATE_MS = [2_000, 30_000] as const;

export class Carrier {
  readonly legs: Leg[] = [];
  readonly textsIn: TextSeen[] = [];
  readonly #legBySid = new Map<CallSid, Leg>();
  readonly #phones = new Map<string, Phone>();
  readonly #texters = new Map<string, Texter>();
  readonly #rooms = new Map<string, Room>();
  readonly #scene: Scene;
  #serial = 0;
  #liveLegs = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get liveLegs(): number {
    return this.#liveLegs;
  }

  register(number: string, owner: Phone & Texter): void {
    this.#phones.set(number, owner);
    this.#texters.set(number, owner);
  }

  writes(number: string, owner: Texter): void {
    this.#texters.set(number, owner);
  }

  /** Her own phone rings when we call her. */
  answers(number: string, owner: Phone): void {
    this.#phones.set(number, owner);
  }

  // Calls to a line

  dial(line: Line, from: Address | null, owner: Phone): Leg {
    const leg = this.#open('in', line, from, owner, null);
    leg.state = 'live';
    this.ask(leg, { to: 'incoming' }, null);
    return leg;
  }

  /** Fetches what a leg is to do next, and does it, unless something else has happened to it meanwhile. */
  ask(leg: Leg, ask: Ask, digit: string | null): void {
    const generation = ++leg.generation;
    this.#scene.cloud.voice(leg, ask, digit, outcome => {
      if (leg.state === 'ended' || leg.generation !== generation) return;
      if (outcome === 'failed') this.#handOver(leg);
      else this.#obey(leg, outcome);
    });
  }

  /** Nothing of ours answers: the number's fallback address, or the desk that we dial ourselves. */
  #handOver(leg: Leg): void {
    if (leg.seq !== null || leg.called !== null) this.finish(leg, 'completed');
    else {
      leg.atDesk = true;
      leg.owner.reachedDesk(leg);
    }
  }

  #obey(leg: Leg, reply: Reply): void {
    const { time, chance } = this.#scene;
    switch (reply.kind) {
      case 'nothing':
        throw new Error('a leg must be told something');
      case 'ask': {
        const generation = leg.generation;
        const { digit, afterMs } = leg.owner.pressed(leg, reply);
        const ms = chance.between(...SPEAK_MS) + (digit === null ? reply.listenSeconds * 1000 : afterMs);
        const isHeld = reply.next.to === 'wait' && !this.#scene.triggers.callersLoop;
        time.after(ms, () => {
          if (leg.state === 'ended' || leg.generation !== generation || isHeld) return;
          this.ask(leg, reply.next, digit);
        });
        return;
      }
      case 'join':
        if (reply.added !== null) this.#joins(leg, `${leg.requestId}-${reply.seq}`, reply.seq);
        else this.#enter(leg, `${leg.requestId}-${reply.seq}`, reply.seq, reply.as);
        return;
      case 'hang-up':
        this.finish(leg, 'completed');
        leg.owner.dismissed(leg);
    }
  }

  // Rooms: either side's leaving ends them

  #enter(leg: Leg, name: string, seq: number, side: 'survivor' | 'helper'): void {
    const room = this.#room(name, seq);
    room[side] = leg;
    leg.room = room;
    const { survivor, helper } = room;
    if (survivor === null || helper === null) {
      leg.owner.waitsInRoom(leg);
      return;
    }
    this.#scene.watch.met(survivor, helper);
    survivor.owner.met(survivor, helper);
    helper.owner.met(helper, survivor);
  }

  #room(name: string, seq: number): Room {
    const room = this.#rooms.get(name) ?? { name, seq, survivor: null, helper: null, added: [] };
    this.#rooms.set(name, room);
    return room;
  }

  /** Beside the two. */
  #joins(leg: Leg, name: string, seq: number): void {
    const room = this.#room(name, seq);
    room.added.push(leg);
    leg.room = room;
    if (room.survivor === null) leg.owner.waitsInRoom(leg);
    else this.#scene.watch.joined(room.survivor, leg);
  }

  #leave(leg: Leg): void {
    const { room } = leg;
    if (room === null) return;
    if (room.added.includes(leg)) {
      room.added.splice(room.added.indexOf(leg), 1);
      leg.room = null;
      return;
    }
    this.#rooms.delete(room.name);
    for (const other of room.added.splice(0)) {
      other.room = null;
      if (other.state !== 'ended' && other.seq !== null)
        this.ask(other, { to: 'helper-room', seq: other.seq }, null);
    }
    const other = room.survivor === leg ? room.helper : room.survivor;
    leg.room = null;
    if (other === null || other.state === 'ended' || other.room !== room) return;
    other.room = null;
    other.owner.leftAlone(other);
    this.ask(other, { to: other === room.survivor ? 'survivor-room' : 'helper-room', seq: room.seq }, null);
  }

  // Ends

  /** Whoever ends it: the room closes, the report goes out. */
  finish(leg: Leg, outcome: LegOutcome): void {
    if (leg.state === 'ended') return;
    leg.state = 'ended';
    this.#liveLegs -= 1;
    leg.ended = { at: instant(this.#scene.time.now), outcome };
    this.#leave(leg);
    leg.owner.ended(leg);
    this.#scene.watch.legEnded(leg);
    this.#report(leg.requestId, endOf(leg, outcome), `${leg.sid}:${outcome}`);
  }

  #report(requestId: RequestId, event: Parameters<Scene['cloud']['report']>[1], id: string): void {
    const { faults, chance, time, cloud } = this.#scene;
    const fault = faults.next('report');
    if (fault === 'lost') return;
    const sendAfter = (ms: number) => time.after(ms, () => cloud.report(requestId, event, id));
    sendAfter(fault === 'late' ? chance.between(...LATE_MS) : chance.between(50, 900));
    if (fault === 'twice') sendAfter(chance.between(...LATE_MS));
  }

  // What we ask of it

  ring({ requestId, seq, to, from, ringSeconds }: Parameters<Telephone['ring']>[0]): Sent<CallSid> {
    const { time, chance, watch } = this.#scene;
    const owner = this.#phones.get(to);
    watch.rings(requestId, seq, from);
    if (!owner) return { outcome: 'failed', reason: 'bad-number' };
    const leg = this.#open('out', null, to as string as Address, owner, { requestId, seq });
    leg.from = from;
    time.after(chance.between(...DIAL_MS), () => {
      if (leg.state !== 'dialling') return;
      leg.state = 'ringing';
      owner.rings(leg, ringSeconds);
    });
    return { outcome: 'done', sid: leg.sid };
  }

  /** Her own phone. */
  ringHer(call: Parameters<Telephone['ring']>[0]): Sent<CallSid> {
    const { time, chance, watch } = this.#scene;
    const { requestId, seq, to, from, ringSeconds } = call;
    const owner = this.#phones.get(to);
    watch.ringsHer(call);
    if (!owner) return { outcome: 'failed', reason: 'bad-number' };
    const leg = this.#open('out', null, to as string as Address, owner, { requestId, seq: null });
    leg.from = from;
    leg.called = seq;
    time.after(chance.between(...DIAL_MS), () => {
      if (leg.state !== 'dialling') return;
      leg.state = 'ringing';
      owner.rings(leg, ringSeconds);
    });
    return { outcome: 'done', sid: leg.sid };
  }

  pickUp(leg: Leg): void {
    const { seq, called } = leg;
    if (leg.state !== 'ringing') return;
    leg.state = 'live';
    if (called !== null) this.ask(leg, { to: 'called', seq: called, turn: 0 }, null);
    else if (seq !== null) this.ask(leg, { to: 'screen', seq, turn: 0 }, null);
  }

  findRing({ to, since }: Parameters<Telephone['findRing']>[0]): CallSid | null {
    const called: string = to;
    const found = this.legs.filter(
      leg => leg.direction === 'out' && leg.number === called && leg.createdAt >= since,
    );
    return (found.find(leg => leg.state !== 'ended') ?? found.at(-1))?.sid ?? null;
  }

  redirect(sid: CallSid, to: Parameters<Telephone['redirect']>[1]): Sent<CallSid> {
    const leg = this.#legBySid.get(sid);
    if (leg?.state !== 'live') return gone;
    this.#leave(leg);
    leg.atDesk = false;
    const { seq, entryId, tries } = to;
    this.ask(
      leg,
      seq === null || leg.seq === null
        ? { to: 'survivor-redirected', entryId, tries }
        : { to: 'helper-redirected', seq, entryId, tries },
      null,
    );
    return { outcome: 'done', sid };
  }

  tellInRoom(sid: CallSid): Sent<CallSid> {
    return this.#legBySid.get(sid)?.room ? { outcome: 'done', sid } : gone;
  }

  end(sid: CallSid): Sent<CallSid> {
    const leg = this.#legBySid.get(sid);
    if (!leg || leg.state === 'ended') return gone;
    this.finish(leg, leg.state === 'live' ? 'completed' : 'canceled');
    return { outcome: 'done', sid };
  }

  textOut(text: Parameters<Telephone['text']>[0], since: number): Sent<MessageSid> {
    const { time, chance, faults, watch } = this.#scene;
    const { to, from, requestId, entryId, validSeconds } = text;
    const body = text.body ?? ''; // no template is sent here
    watch.texts(text, since);
    const fault = faults.next('text');
    const sid = this.#sid('SM') as string as MessageSid;
    const ms = fault === 'late' ? chance.between(...LATE_MS) : chance.between(...DELIVER_MS);
    if (fault === 'lost' || ms > validSeconds * 1000) {
      time.after(ms, () => this.#texters.get(to)?.misses(body));
      if (requestId !== null)
        this.#report(
          requestId,
          { kind: 'text-failed', entryId, badNumber: false, windowClosed: chance.is(0.3) },
          `${sid}:failed`,
        );
    } else time.after(ms, () => this.#texters.get(to)?.reads(body, from));
    return { outcome: 'done', sid };
  }

  /** A text to a line. */
  write(line: Line, from: Address, body: string): void {
    const messageSid = this.#sid('SM') as string as MessageSid;
    const at = instant(this.#scene.time.now);
    this.textsIn.push({ messageSid, from, to: line.number, body, hasMedia: false, at });
    this.#scene.watch.silence.wrote(from, body);
    this.#scene.cloud.text({ messageSid, line, from, body, hasMedia: false });
  }

  // Its books

  callsSince(since: Instant): readonly CallSeen[] {
    return this.legs
      .filter(({ createdAt, ended }) => createdAt >= since || (ended !== null && ended.at >= since))
      .map(({ sid, direction, number, line, from, createdAt, ended }) => ({
        callSid: sid,
        direction,
        from: direction === 'in' ? (number as Address | null) : (from as string as Address),
        to: line?.number ?? number ?? '',
        createdAt: instant(createdAt),
        ended,
      }));
  }

  textsSince(since: Instant): readonly TextSeen[] {
    return this.textsIn.filter(({ at }) => at >= since).reverse(); // the newest first
  }

  outcomeOf(sid: CallSid): LegOutcome | 'live' | null {
    const leg = this.#legBySid.get(sid);
    return leg ? (leg.ended?.outcome ?? 'live') : null;
  }

  #open(
    direction: 'in' | 'out',
    line: Line | null,
    number: Address | null,
    owner: Phone,
    offer: { readonly requestId: RequestId; readonly seq: number | null } | null,
  ): Leg {
    const sid = this.#sid('CA') as string as CallSid;
    const requestId = offer?.requestId ?? requestIdOf(sid);
    const seq = offer?.seq ?? null;
    const leg = new Leg({
      sid,
      direction,
      line,
      number,
      owner,
      requestId,
      seq,
      createdAt: this.#scene.time.now,
    });
    this.legs.push(leg);
    this.#liveLegs += 1;
    this.#legBySid.set(sid, leg);
    return leg;
  }

  #sid(kind: 'CA' | 'SM'): string {
    this.#serial += 1;
    return `${kind}${this.#serial.toString(16).padStart(32, '0')}`;
  }
}

function endOf({ seq, called, sid: callSid }: Leg, outcome: LegOutcome): Event {
  if (called !== null) return { kind: 'survivor-leg-ended', seq: called, callSid };
  return seq === null ? { kind: 'caller-hung-up', callSid } : { kind: 'leg-ended', seq, callSid, outcome };
}
