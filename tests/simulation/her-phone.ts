// The phone of somebody who wrote, when it rings because she agreed to a call: she picks up and presses her number, or
// somebody else does and presses another, or nobody picks up.
import type { Chance } from './chance.ts';
import type { Asked, Leg, Phone, Pressed } from './phones.ts';
import { TALK_MS } from './plans.ts';
import type { Scene } from './scene.ts';

/** What helpers of this country agree on with everybody. */
export const HER_NUMBER = '5';
const NOT_HERS: Pressed = { digit: '6', afterMs: 1_500 };

export class HerPhone implements Phone {
  readonly #scene: Scene;
  readonly #chance: Chance;
  readonly #told: (what: 'rung' | 'reached') => void;
  /** Legs on which somebody else has her phone. */
  readonly #strangers = new Set<Leg>();

  constructor(scene: Scene, chance: Chance, told: (what: 'rung' | 'reached') => void) {
    this.#scene = scene;
    this.#chance = chance;
    this.#told = told;
  }

  rings(leg: Leg, ringSeconds: number): void {
    const { carrier, time } = this.#scene;
    this.#told('rung');
    const draw = this.#chance.next();
    if (draw > 0.7) this.#strangers.add(leg);
    if (draw < 0.85) time.after(this.#chance.between(2_000, 9_000), () => carrier.pickUp(leg));
    else
      time.after(ringSeconds * 1000, () => {
        if (leg.state === 'ringing') carrier.finish(leg, 'no-answer');
      });
  }

  pressed(leg: Leg, { next }: Asked): Pressed {
    if (next.to !== 'called') return { digit: null, afterMs: 0 };
    return this.#strangers.has(leg)
      ? NOT_HERS
      : { digit: HER_NUMBER, afterMs: this.#chance.between(500, 6_000) };
  }

  met(leg: Leg): void {
    const { watch, figures, time, carrier } = this.#scene;
    if (this.#strangers.has(leg)) watch.mistaken();
    figures.count('who wrote is reached by a call');
    this.#told('reached');
    const { room } = leg;
    time.after(this.#chance.between(...TALK_MS), () => leg.room === room && carrier.finish(leg, 'completed'));
  }

  waitsInRoom(): void {}
  leftAlone(leg: Leg): void {
    this.#scene.time.after(2_000, () => this.#scene.carrier.finish(leg, 'completed'));
  }
  dismissed(): void {}
  reachedDesk(leg: Leg): void {
    this.#scene.time.after(20_000, () => this.#scene.carrier.finish(leg, 'completed'));
  }
  ended(): void {}
}
