// What may go wrong, and who decides when: chance at a rate, or a list that says which effect fails and how.
// Whatever was decided is written down, so that a failing run can be told again with its faults alone.
import type { Chance } from './chance.ts';

/** What may happen to one effect, besides working. */
export const FAULTS = [
  'crash-before', // the function dies, nothing was done
  'crash-after', // it was done, and the function dies before it hears so
  'error', // throttled, or the connection broke: nothing was done, and the function is told
  'no-answer', // it was done, and the function is told that it failed
  'slow', // it was done, and the answer takes up to 15 s: longer than the function may live
  'conflict', // somebody else was first
  'stale', // an index that lags
  'lost', // on its way: a webhook, a message, a report never arrives
  'twice', // arrives two times
  'late', // arrives after others that were sent later
] as const;
export type Fault = (typeof FAULTS)[number];

/** The kinds of effects, and what may happen to each. */
export const FAULTS_OF = {
  load: ['crash-before', 'crash-after', 'error', 'slow'],
  commit: ['crash-before', 'crash-after', 'error', 'no-answer', 'slow', 'conflict'],
  index: ['crash-before', 'error', 'slow', 'stale'],
  read: ['crash-before', 'error', 'slow'],
  write: ['crash-before', 'crash-after', 'error', 'no-answer', 'slow'],
  rest: ['crash-before', 'crash-after', 'error', 'no-answer', 'slow'],
  alert: ['crash-before', 'crash-after', 'error', 'no-answer', 'slow'],
  message: ['crash-before', 'crash-after', 'error', 'no-answer', 'lost', 'twice', 'late', 'slow'],
  webhook: ['lost', 'twice', 'late'],
  'first-webhook': ['lost', 'twice', 'late'],
  report: ['lost', 'twice', 'late'],
  text: ['lost', 'late'],
  clock: ['late'],
} as const satisfies Record<string, readonly Fault[]>;
export type Effect = keyof typeof FAULTS_OF;

export type Taken = { readonly place: number; readonly effect: Effect; readonly fault: Fault };

export type Faults = {
  /** Asked once for each effect. */
  readonly next: (effect: Effect) => Fault | null;
  /** From now on nothing fails. */
  readonly stop: () => void;
  readonly taken: readonly Taken[];
  /** How many effects there have been until now. */
  readonly places: () => number;
  /** Kept for listed faults alone: what each place was, until nothing failed any more. */
  readonly effects: readonly Effect[];
};

/** `rate` of all effects fail, each in one of its ways; `lostMessages` of the queue's messages are lost besides. */
export function byChance(chance: Chance, rate: number, lostMessages: number): Faults {
  return faults(effect => {
    if (effect === 'message' && chance.is(lostMessages)) return 'lost';
    return chance.is(rate) ? chance.pick<Fault>(FAULTS_OF[effect]) : null;
  });
}

/** Just these, by place. */
export function byList(list: readonly Pick<Taken, 'place' | 'fault'>[]): Faults {
  const planned = new Map(list.map(({ place, fault }) => [place, fault]));
  const effects: Effect[] = [];
  const decide = (effect: Effect, place: number) => {
    effects.push(effect);
    const fault = planned.get(place);
    const possible: readonly Fault[] = FAULTS_OF[effect];
    return fault !== undefined && possible.includes(fault) ? fault : null;
  };
  return faults(decide, effects);
}

function faults(
  decide: (effect: Effect, place: number) => Fault | null,
  effects: readonly Effect[] = [],
): Faults {
  const taken: Taken[] = [];
  let places = 0;
  let stopped = false;
  return {
    next: effect => {
      const place = places++;
      if (stopped) return null;
      const fault = decide(effect, place);
      if (fault !== null) taken.push({ place, effect, fault });
      return fault;
    },
    stop: () => {
      stopped = true;
    },
    taken,
    places: () => places,
    effects,
  };
}
