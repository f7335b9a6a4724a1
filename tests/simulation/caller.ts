// A survivor who calls: waits for as long as it takes or loses patience, presses a key too many, calls again, asks to be
// called back. Her phone is hers mostly, and not always.
import type { Line } from '../../shared/domain/network.ts';
import type { Chance } from './chance.ts';
import { HER_NUMBER } from './her-phone.ts';
import type { Asked, Leg, Phone, Pressed } from './phones.ts';
import { type CallerPlan, type Fate, TALK_MS } from './plans.ts';
import type { Scene } from './scene.ts';

/** Sooner than that it was no talk. */
const REACHED_MS = 8_000;
const PHONE_IN_USE_MS = 10_000;
const NOTHING: Pressed = { digit: null, afterMs: 0 };

export class Caller implements Phone {
  fate: Fate = 'waiting';
  leg: Leg | null = null;
  readonly #scene: Scene;
  readonly #plan: CallerPlan;
  readonly #line: Line;
  readonly #chance: Chance;
  #since = 0;
  #callsAgain: boolean;
  /** The number that she will press when we call her. */
  #herNumber: string | null = null;
  /** Legs on which somebody else has her phone. */
  readonly #strangers = new Set<Leg>();

  constructor(scene: Scene, plan: CallerPlan, line: Line, chance: Chance) {
    this.#scene = scene;
    this.#plan = plan;
    this.#line = line;
    this.#chance = chance;
    this.#callsAgain = plan.callsAgain;
  }

  arrive(): void {
    const { carrier, time } = this.#scene;
    if (this.#isOnThePhone()) {
      // Called back before she calls again: her one phone is in use, with us. Afterwards she may still want somebody.
      time.after(PHONE_IN_USE_MS, () => this.fate === 'waiting' && this.arrive());
      return;
    }
    const { address, patienceMs } = this.#plan;
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
    this.fate = 'waiting';
    this.#scene.time.after(this.#chance.between(2_000, 90_000), () => this.arrive());
  }

  pressed(leg: Leg, { next, say }: Asked): Pressed {
    if (next.to === 'called') return this.#pressedSilently(leg);
    const isSaid = (key: string) => say.some(each => 'say' in each && each.say === key);
    if (isSaid('ask-call-hours'))
      return { digit: this.#chance.pick(['1', '2', '2', '3', '4', '0']), afterMs: 900 };
    if (isSaid('ask-call-digit')) {
      this.#herNumber = String(this.#chance.between(1, 4));
      return { digit: this.#herNumber, afterMs: 900 };
    }
    if (isSaid('call-agreed') && this.#chance.is(0.7))
      this.#scene.time.after(3_000, () => this.#goesWithIt(leg));
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
    if (draw < 0.09) return { digit: '2', afterMs };
    if (draw < 0.12) return { digit: '3', afterMs }; // somebody from another region
    if (draw < 0.13) return { digit: '5', afterMs };
    return draw < 0.19 ? { digit: '8', afterMs } : NOTHING;
  }

  /** She has heard that she will be called; sometimes she thinks better of it. */
  #goesWithIt(leg: Leg): void {
    const { address } = this.#plan;
    this.#hangUp(leg);
    if (address === null || !this.#chance.is(0.15)) return;
    this.#callsAgain = false;
    const { time, carrier } = this.#scene;
    time.after(this.#chance.between(5_000, 90_000), () => carrier.write(this.#line, address, 'STOP'));
  }

  /** Of somebody else's keys none is hers. */
  #pressedSilently(leg: Leg): Pressed {
    const afterMs = this.#chance.between(500, 4_000);
    if (!this.#strangers.has(leg)) return { digit: this.#herNumber ?? HER_NUMBER, afterMs };
    return this.#chance.is(0.5) ? { digit: this.#chance.pick(['6', '7', '0']), afterMs } : NOTHING;
  }

  waitsInRoom(): void {}

  /** Only who has talked for a while has been reached. */
  met(leg: Leg): void {
    if (this.#strangers.has(leg)) this.#scene.watch.mistaken();
    if (leg.called !== null) this.#scene.figures.count('reached by a call back');
    const { figures, time } = this.#scene;
    const { room } = leg;
    const sinceMs = time.now - this.#since;
    time.after(REACHED_MS, () => {
      if (leg.room !== room || this.fate !== 'waiting') return;
      this.fate = 'reached';
      figures.timeToPerson.add(sinceMs / 1000);
      figures.count('reached by voice');
    });
    time.after(this.#chance.between(...TALK_MS), () => leg.room === room && this.#hangUp(leg));
  }

  /** The helper has gone first: mostly a goodbye, else she wants somebody again. */
  leftAlone(leg: Leg): void {
    if (this.fate === 'reached' && this.#chance.is(0.6))
      this.#scene.time.after(this.#chance.between(500, 4_000), () => this.#hangUp(leg));
    else if (this.fate === 'reached') this.fate = 'waiting';
  }

  /**
   * Whoever has her phone and does not know her number is no survivor. Called back in the moment in which her helper went,
   * she is called again for the next.
   */
  dismissed(leg: Leg): void {
    if (this.#isEndedByHand(leg) || (leg.called !== null && this.#isSoughtFor(leg))) return;
    if (this.fate === 'waiting' && !this.#strangers.has(leg))
      this.#scene.watch.broken('dismissed', 'we ended the call of somebody who waits');
  }

  /** A person outside of Pana answers there. */
  reachedDesk(leg: Leg): void {
    if (this.fate === 'waiting') {
      this.fate = 'desk';
      this.#scene.figures.count('at the fallback desk');
    }
    this.#scene.time.after(this.#chance.between(...TALK_MS), () => leg.atDesk && this.#hangUp(leg));
  }

  /** She picks up, or somebody else does, or nobody. */
  rings(leg: Leg, ringSeconds: number): void {
    const { carrier, time } = this.#scene;
    if (this.#isOnThePhone()) {
      time.after(300, () => carrier.finish(leg, 'busy'));
      return;
    }
    const draw = this.#chance.next();
    if (draw > 0.6) this.#strangers.add(leg);
    if (draw < 0.8) time.after(this.#chance.between(2_000, 9_000), () => this.#picksUp(leg));
    time.after(ringSeconds * 1000, () => {
      if (leg.state === 'ringing') carrier.finish(leg, 'no-answer');
    });
  }

  #picksUp(leg: Leg): void {
    if (leg.state !== 'ringing' || this.#isOnThePhone()) return;
    this.leg = leg;
    this.#since = this.#scene.time.now;
    this.#scene.carrier.pickUp(leg);
  }

  ended(leg: Leg): void {
    if (this.#isEndedByHand(leg) && this.fate === 'waiting') this.fate = 'left';
  }

  #isSoughtFor({ requestId }: Leg): boolean {
    return this.#scene.tables.requests.get(requestId)?.phase.kind !== 'closed';
  }

  #isOnThePhone(): boolean {
    return this.leg !== null && this.leg.state !== 'ended';
  }

  #isEndedByHand({ requestId }: Leg): boolean {
    return this.#scene.watch.endedByHand.has(requestId);
  }
}
