// Whoever may be asked: answers or does not, has a voicemail that does, presses 1 or 2 or nothing, hangs up, writes.
// One phone, one call at a time.

import type { Address } from '../../shared/domain/phone.ts';
import type { Chance } from './chance.ts';
import { HER_NUMBER } from './her-phone.ts';
import type { Asked, Leg, Phone, Pressed, Texter } from './phones.ts';
import { TALK_MS } from './plans.ts';
import type { Scene } from './scene.ts';

const ALONE_IN_ROOM_MS = 60_000;
const VOICEMAIL_MS = 14_000;
const NOTHING: Pressed = { digit: null, afterMs: 0 };
/** Of several conversations each text has its number; others are in the question which one she means. */
const NUMBERED = /^(#\d): (.*)$/s;
const NUMBERS = /#\d/g;
const CODE = /(?<!\d)([1-8]\d)(?!\d)/;

/** Shares of all rings or offers. What is left does not answer. */
export type Habits = {
  readonly answers: number;
  readonly voicemail: number;
  readonly rejects: number;
  /** Of those who answered. */
  readonly accepts: number;
  readonly declines: number;
  /** Of all her calls: after so many she goes off duty, or takes a break, by text. */
  readonly pauses: number;
};

/** A volunteer or the desk of a contact: one phone, one call at a time. */
export class Helper implements Phone, Texter {
  readonly #scene: Scene;
  readonly #habits: Habits;
  readonly #chance: Chance;
  readonly #address: Address;
  #leg: Leg | null = null;
  #isVoicemail = false;
  /** By the number of the conversation. */
  readonly #words = new Map<string, number>();
  /** What she writes next in a conversation in which she has just noted that a call is agreed on. */
  readonly #wishes = new Map<string, string>();
  #saidYes: Leg | null = null;

  constructor(scene: Scene, address: Address, habits: Habits, chance: Chance) {
    this.#scene = scene;
    this.#address = address;
    this.#habits = habits;
    this.#chance = chance;
  }

  rings(leg: Leg, ringSeconds: number): void {
    const { carrier, time } = this.#scene;
    if (this.#leg !== null) {
      time.after(300, () => carrier.finish(leg, 'busy'));
      return;
    }
    this.#leg = leg;
    const { answers, voicemail, rejects } = this.#habits;
    const draw = this.#chance.next();
    const soonMs = this.#chance.between(2_000, 12_000);
    this.#isVoicemail = draw >= answers && draw < answers + voicemail;
    if (draw < answers + voicemail)
      time.after(this.#isVoicemail ? VOICEMAIL_MS : soonMs, () => carrier.pickUp(leg));
    else if (draw < answers + voicemail + rejects) this.#endsRinging(leg, soonMs, 'busy');
    else this.#endsRinging(leg, ringSeconds * 1000, 'no-answer');
  }

  #endsRinging(leg: Leg, afterMs: number, outcome: 'busy' | 'no-answer'): void {
    this.#scene.time.after(afterMs, () => {
      if (leg.state === 'ringing') this.#scene.carrier.finish(leg, outcome);
    });
  }

  pressed(leg: Leg, { next }: Asked): Pressed {
    if (this.#isVoicemail || next.to !== 'screen') return NOTHING;
    const { accepts, declines } = this.#habits;
    const draw = this.#chance.next();
    const afterMs = this.#chance.between(1_500, 7_000);
    if (draw < accepts) {
      this.#saidYes = leg;
      return { digit: '1', afterMs };
    }
    if (draw < accepts + declines / 2) return { digit: '3', afterMs }; // she may know her
    if (draw < accepts + declines) return { digit: '2', afterMs };
    if (this.#chance.is(0.5))
      this.#scene.time.after(afterMs, () => this.#scene.carrier.finish(leg, 'completed'));
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

  leftAlone(): void {}

  /** Taken, and let go at once: she may have been told to write first. */
  dismissed(leg: Leg): void {
    if (this.#saidYes === leg && this.#chance.is(0.7)) this.#sends('1', this.#chance.between(3_000, 40_000));
  }

  #sends(body: string, afterMs: number): void {
    const { carrier, time, network } = this.#scene;
    const [line] = network.lines;
    if (line) time.after(afterMs, () => carrier.write(line, this.#address, body));
  }

  reachedDesk(): void {}

  ended(leg: Leg): void {
    if (this.#leg === leg) this.#leg = null;
    if (this.#chance.is(this.#habits.pauses)) this.#pauses();
  }

  #pauses(): void {
    const [off, back] = [this.#chance.between(1_000, 20_000), this.#chance.between(60_000, 400_000)];
    const isBreak = this.#chance.is(0.5);
    this.#sends(isBreak ? '99 5' : '98', off);
    if (!isBreak) this.#sends('97', back);
  }

  /** Texts: an offer has a code in it; anything else is answered as part of a talk. */
  reads(body: string, from: Address): void {
    const [, number = '', words = body] = NUMBERED.exec(body) ?? [];
    const asked = number === '' ? (words.match(NUMBERS) ?? []) : [];
    for (const each of asked) this.#writes(from, `${each} H: I am here`);
    if (asked.length > 0) return;
    const code = words.startsWith('S:') ? null : (CODE.exec(words)?.[1] ?? null);
    const answer = code === null ? this.#say(words, number) : this.#answerTo(code);
    if (answer !== null) this.#writes(from, code === null ? `${number} ${answer}`.trim() : answer);
  }

  #writes(from: Address, body: string): void {
    const { carrier, time, network } = this.#scene;
    const line = network.lines.find(({ number }) => number === (from as string));
    if (line) time.after(this.#chance.between(3_000, 40_000), () => carrier.write(line, this.#address, body));
  }

  misses(): void {}

  #answerTo(code: string): string | null {
    const { answers, declines } = this.#habits;
    const draw = this.#chance.next();
    this.#words.clear();
    if (draw < answers) return code;
    return draw < answers + declines ? '0' : null;
  }

  /** Ends only what has been a talk: when she has been thanked. */
  #say(body: string, number: string): string | null {
    const said = (this.#words.get(number) ?? 0) + 1;
    this.#words.set(number, said);
    const wish = this.#wishes.get(number);
    this.#wishes.delete(number);
    if (wish !== undefined) return wish;
    if (body.startsWith('S: thank') && this.#chance.is(0.1)) {
      this.#wishes.set(number, this.#chance.is(0.7) ? '93' : '90');
      return `96 ${HER_NUMBER}`;
    }
    if (body.startsWith('S: thank') && said > 2) return '90';
    return said <= 6 ? 'H: I am here' : null;
  }
}
