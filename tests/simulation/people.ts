// People as they are: volunteers who do not answer, voicemails that do, callers who hang up, press a key too many,
// call again, or wait for as long as it takes; people who write. Each draws from a stream of her own.
import type { LineId } from '../../shared/domain/ids.ts';
import type { Line } from '../../shared/domain/network.ts';
import type { Address } from '../../shared/domain/phone.ts';
import type { Chance } from './chance.ts';
import type { Asked, Leg, Phone, Pressed, Texter } from './phones.ts';
import type { Scene } from './scene.ts';

/** Shares of all rings or offers. What is left does not answer. */
export type Habits = {
  readonly answers: number;
  readonly voicemail: number;
  readonly rejects: number;
  /** Of those who answered. */
  readonly accepts: number;
  readonly declines: number;
};

const TALK_MS = [20_000, 240_000] as const;
/** No answer: she writes again, as people do. */
const WRITES_AGAIN_MS = 420_000;
const WRITES_AT_MOST = 3;
const ALONE_IN_ROOM_MS = 60_000;
const NOTHING: Pressed = { digit: null, afterMs: 0 };
const CODE = /(?<!\d)([1-8]\d)(?!\d)/;

/** A volunteer or the desk of a contact: one phone, one call at a time. */
export class Helper implements Phone, Texter {
  readonly #scene: Scene;
  readonly #habits: Habits;
  readonly #chance: Chance;
  readonly #address: Address;
  #leg: Leg | null = null;
  #isVoicemail = false;
  #words = 0;

  constructor(scene: Scene, address: Address, habits: Habits, chance: Chance) {
    this.#scene = scene;
    this.#address = address;
    this.#habits = habits;
    this.#chance = chance;
  }

  rings(leg: Leg, ringSeconds: number): void {
    const { carrier, time } = this.#scene;
    if (this.#leg !== null) return time.after(300, () => carrier.finish(leg, 'busy'));
    this.#leg = leg;
    this.#isVoicemail = false;
    const { answers, voicemail, rejects } = this.#habits;
    const draw = this.#chance.next();
    const afterMs = this.#chance.between(2_000, 12_000);
    if (draw < answers) return time.after(afterMs, () => carrier.pickUp(leg));
    if (draw < answers + voicemail) {
      this.#isVoicemail = true;
      return time.after(14_000, () => carrier.pickUp(leg));
    }
    const isRejected = draw < answers + voicemail + rejects;
    time.after(isRejected ? afterMs : ringSeconds * 1000, () => {
      if (leg.state === 'ringing') carrier.finish(leg, isRejected ? 'busy' : 'no-answer');
    });
  }

  pressed(leg: Leg, { next }: Asked): Pressed {
    if (this.#isVoicemail || next.to !== 'screen') return NOTHING;
    const { accepts, declines } = this.#habits;
    const draw = this.#chance.next();
    const afterMs = this.#chance.between(1_500, 7_000);
    if (draw < accepts) return { digit: '1', afterMs };
    if (draw < accepts + declines) return { digit: '2', afterMs };
    if (this.#chance.is(0.5)) this.#scene.time.after(afterMs, () => this.#scene.carrier.finish(leg, 'completed'));
    return NOTHING;
  }

  waitsInRoom(leg: Leg): void {
    const { room } = leg;
    this.#scene.time.after(ALONE_IN_ROOM_MS, () => {
      if (leg.room === room && room?.survivor === null) this.#scene.carrier.finish(leg, 'completed');
    });
  }

  met(leg: Leg): void {
    const isFirstToGo = this.#chance.is(0.3);
    const ms = this.#chance.between(...TALK_MS);
    if (isFirstToGo) this.#scene.time.after(ms, () => this.#scene.carrier.finish(leg, 'completed'));
  }

  dismissed(): void {}
  reachedDesk(): void {}

  ended(leg: Leg): void {
    if (this.#leg === leg) this.#leg = null;
  }

  /** Texts: an offer has a code in it; anything else is answered as part of a talk. */
  reads(body: string, from: Address): void {
    const code = body.startsWith('S:') ? null : (CODE.exec(body)?.[1] ?? null);
    const answer = code === null ? this.#say(body) : this.#answerTo(code);
    if (answer === null) return;
    const { carrier, time, network } = this.#scene;
    const line = network.lines.find(({ number }) => number === (from as string));
    if (line) time.after(this.#chance.between(3_000, 40_000), () => carrier.write(line, this.#address, answer));
  }

  misses(): void {}

  #answerTo(code: string): string | null {
    const { answers, declines } = this.#habits;
    const draw = this.#chance.next();
    this.#words = 0;
    if (draw < answers) return code;
    return draw < answers + declines ? '0' : null;
  }

  /** Ends only what has been a talk: when she has been thanked. */
  #say(body: string): string | null {
    this.#words += 1;
    if (body.startsWith('S: thank') && this.#words > 2) return '90';
    return this.#words <= 6 ? 'H: I am here' : null;
  }
}

export type CallerPlan = {
  readonly kind: 'caller';
  readonly serial: number;
  readonly lineId: LineId;
  readonly address: Address | null;
  readonly arrivesMs: number;
  /** Null: waits for as long as it takes. */
  readonly patienceMs: number | null;
  readonly callsAgain: boolean;
};

export type WriterPlan = {
  readonly kind: 'writer';
  readonly serial: number;
  readonly lineId: LineId;
  readonly address: Address;
  readonly arrivesMs: number;
  readonly answers: 'yes' | 'no' | 'never';
  readonly saysStop: boolean;
};

export type Plan = CallerPlan | WriterPlan;

/** Where she stands when all is over. */
export type Fate = 'reached' | 'left' | 'desk' | 'waiting';

export class Caller implements Phone {
  fate: Fate = 'waiting';
  leg: Leg | null = null;
  readonly #scene: Scene;
  readonly #plan: CallerPlan;
  readonly #line: Line;
  readonly #chance: Chance;
  #since = 0;
  #callsAgain: boolean;

  constructor(scene: Scene, plan: CallerPlan, line: Line, chance: Chance) {
    this.#scene = scene;
    this.#plan = plan;
    this.#line = line;
    this.#chance = chance;
    this.#callsAgain = plan.callsAgain;
  }

  arrive(): void {
    const { carrier, time } = this.#scene;
    const { address, patienceMs } = this.#plan;
    this.fate = 'waiting';
    this.#since = time.now;
    const leg = carrier.dial(this.#line, address, this);
    this.leg = leg;
    if (patienceMs !== null) time.after(patienceMs, () => this.fate === 'waiting' && this.#hangUp(leg));
  }

  #hangUp(leg: Leg): void {
    if (leg.state === 'ended') return;
    if (this.fate === 'waiting') this.fate = 'left';
    this.#scene.carrier.finish(leg, 'completed');
    if (!this.#callsAgain || this.fate !== 'left') return;
    this.#callsAgain = false;
    this.#scene.time.after(this.#chance.between(2_000, 90_000), () => this.arrive());
  }

  pressed(_leg: Leg, { next }: Asked): Pressed {
    const draw = this.#chance.next();
    const afterMs = this.#chance.between(300, 3_000);
    if (next.to === 'menu') {
      if (draw < 0.01) return { digit: '9', afterMs };
      return draw < 0.85 ? { digit: String(1 + Math.floor(this.#chance.next() * 3)), afterMs } : NOTHING;
    }
    if (draw < 0.01) return { digit: '9', afterMs };
    if (draw < 0.015) {
      if (this.fate === 'waiting') this.fate = 'left'; // "0" ends it quickly
      return { digit: '0', afterMs };
    }
    if (draw < 0.06) return { digit: '1', afterMs };
    return draw < 0.09 ? { digit: '2', afterMs } : NOTHING;
  }

  waitsInRoom(): void {}

  met(leg: Leg): void {
    const { figures, time } = this.#scene;
    if (this.fate === 'waiting') {
      figures.timeToPerson.add((time.now - this.#since) / 1000);
      figures.count('reached by voice');
    }
    this.fate = 'reached';
    time.after(this.#chance.between(...TALK_MS), () => this.#hangUp(leg));
  }

  dismissed(): void {
    if (this.fate === 'waiting') this.#scene.watch.broken('dismissed', 'we ended the call of somebody who waits');
  }

  /** A person outside of Pana answers there. */
  reachedDesk(leg: Leg): void {
    if (this.fate === 'waiting') {
      this.fate = 'desk';
      this.#scene.figures.count('at the fallback desk');
    }
    this.#scene.time.after(this.#chance.between(...TALK_MS), () => leg.atDesk && this.#hangUp(leg));
  }

  rings(): void {}
  ended(): void {}
}

export class Writer implements Texter {
  fate: Fate = 'waiting';
  readonly #scene: Scene;
  readonly #plan: WriterPlan;
  readonly #line: Line;
  readonly #chance: Chance;
  #since = 0;
  #read = 0;
  #said = 0;

  constructor(scene: Scene, plan: WriterPlan, line: Line, chance: Chance) {
    this.#scene = scene;
    this.#plan = plan;
    this.#line = line;
    this.#chance = chance;
  }

  arrive(): void {
    this.#since = this.#scene.time.now;
    this.#writesFirst(1);
    if (this.#plan.saysStop)
      this.#scene.time.after(this.#chance.between(5_000, 200_000), () => {
        if (this.fate === 'waiting') this.fate = 'left';
        this.#write('STOP', 0);
      });
  }

  #writesFirst(time: number): void {
    this.#read = 0;
    this.#write('S: hello', 0);
    if (time >= WRITES_AT_MOST) return;
    this.#scene.time.after(WRITES_AGAIN_MS, () => {
      if (this.fate === 'waiting') this.#writesFirst(time + 1);
    });
  }

  /** A word of the helper's that the network lost is the network's. */
  misses(body: string): void {
    if (body.startsWith('H:')) this.#isReached(0);
  }

  #write(body: string, afterMs: number): void {
    this.#scene.time.after(afterMs, () => this.#scene.carrier.write(this.#line, this.#plan.address, body));
  }

  reads(body: string): void {
    this.#read += 1;
    const soon = this.#chance.between(2_000, 20_000);
    if (body.startsWith('H:')) return this.#isReached(soon);
    if (this.#read === 1) return this.#answersFirst(soon);
    if (this.#read > 2) return;
    this.#write(this.#chance.is(0.7) ? '1' : 'S: please', soon);
  }

  #answersFirst(afterMs: number): void {
    const { answers } = this.#plan;
    if (answers !== 'yes') this.fate = 'left';
    if (answers !== 'never') this.#write(answers === 'yes' ? '1' : '2', afterMs);
  }

  #isReached(afterMs: number): void {
    const { figures, time } = this.#scene;
    if (this.fate === 'waiting') {
      figures.timeToPerson.add((time.now - this.#since) / 1000);
      figures.count('reached by text');
      this.fate = 'reached';
    }
    this.#said += 1;
    if (this.#said <= 2) this.#write('S: thank you', afterMs);
  }
}
