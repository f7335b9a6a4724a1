// One run of one function: the production ports, each effect of which takes a moment of virtual time and may fail.
// When the function dies, nothing of it goes on; what it had sent on its way arrives all the same.
import type { Ports } from '../../shared/app/ports.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Effect, Fault } from './faults.ts';
import { noShifts } from './no-shifts.ts';
import type { Scene } from './scene.ts';
import { SimulatedOutside } from './simulated-outside.ts';
import { SimulatedStore } from './simulated-store.ts';

/** As AWS and the telephone network answer on an ordinary day, in milliseconds. */
const LATENCY_MS = {
  table: { least: 2, most: 15 },
  rest: { least: 60, most: 250 },
  bus: { least: 5, most: 25 },
} as const;
const SLOW_MS = [1_000, 15_000] as const;
const LIVES_MS = 10_000;
const SKEW_MS = 300_000;

/** What a port throws when an effect fails: nothing else may come out of a handler. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** One for all: making the trace of a stack at each fault takes longer than the fault. */
const refused = new Refused();

/** What a port answers instead of throwing. */
type Otherwise<Result> = { readonly error: () => Result; readonly noAnswer: Result };

export class Instance {
  readonly ports: Ports;
  readonly startedAt: number;
  readonly #scene: Scene;
  readonly #skewMs: number;
  #dead = false;
  #onDeath: () => void = () => undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.startedAt = scene.time.now;
    this.#skewMs = scene.faults.next('clock') === null ? 0 : scene.chance.between(-SKEW_MS, SKEW_MS);
    const { log, random, networks } = scene;
    const store = new SimulatedStore(this, scene);
    const outside = new SimulatedOutside(this, scene);
    this.ports = {
      clock: this,
      random,
      log,
      networks,
      requests: store,
      roster: store,
      directory: store,
      counters: store,
      shifts: noShifts,
      pageUrl: token => token,
      telephone: outside,
      alerts: outside,
      wakeUps: outside,
    };
  }

  /** Runs a handler to its end, its error or its death; exactly one of the two is told, and once. */
  run<Result>(
    handler: (ports: Ports) => Promise<Result>,
    done: (result: Result) => void,
    failed: (how: 'crashed' | 'threw') => void,
  ): void {
    this.#onDeath = () => failed('crashed');
    handler(this.ports).then(
      result => this.#dead || done(result),
      error => {
        if (this.#dead) return;
        this.#scene.watch.threw(error);
        failed('threw');
      },
    );
  }

  now(): Instant {
    return instant(this.#scene.time.now + this.#skewMs);
  }

  /** One effect. `otherwise` null: the port throws when it fails. */
  effect<Result>(
    effect: Effect,
    kind: keyof typeof LATENCY_MS,
    apply: (fault: Fault | null) => Result,
    otherwise: Otherwise<Result> | null,
  ): Promise<Result> {
    const { faults, chance, time } = this.#scene;
    const fault = faults.next(effect);
    const { least, most } = LATENCY_MS[kind];
    return new Promise((resolve, reject) => {
      time.after(chance.between(least, most), () => {
        if (fault !== null) this.#fails(fault, apply, otherwise, resolve, reject);
        else {
          const result = apply(null);
          if (!this.#dead) resolve(result);
        }
      });
    });
  }

  #fails<Result>(
    fault: Fault,
    apply: (fault: Fault | null) => Result,
    otherwise: Otherwise<Result> | null,
    resolve: (result: Result) => void,
    reject: (error: Error) => void,
  ): void {
    const answer = (result: Result) => this.#dead || resolve(result);
    switch (fault) {
      case 'crash-before':
        this.#die();
        return;
      case 'crash-after':
        apply(fault);
        this.#die();
        return;
      case 'error':
        if (otherwise) answer(otherwise.error());
        else if (!this.#dead) reject(refused);
        return;
      case 'no-answer':
        apply(fault);
        if (otherwise) answer(otherwise.noAnswer);
        else if (!this.#dead) reject(refused);
        return;
      case 'slow': {
        const result = apply(fault);
        this.#afterLong(this.#scene.chance.between(...SLOW_MS), () => answer(result));
        return;
      }
      default:
        answer(apply(fault));
    }
  }

  #afterLong(ms: number, answer: () => void): void {
    const { time } = this.#scene;
    const left = this.startedAt + LIVES_MS - time.now;
    time.after(Math.min(ms, left), () => (ms <= left ? answer() : this.#die()));
  }

  #die(): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#onDeath();
  }
}
