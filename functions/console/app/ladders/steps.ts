// A ladder as steps on a time line: when each begins and ends if nobody responds. Pure.
// Must never round: what stands here is what a caller lives through.
import type { Schemas } from '../api.ts';

export type Ladder = Schemas['Ladder'];
export type Rung = Ladder['rungs'][number];

export type Step = {
  readonly fromSeconds: number;
  /** Null: it never ends. */
  readonly untilSeconds: number | null;
  /** Null: the last, which repeats for ever. */
  readonly rung: Rung | null;
};

export function stepsOf({ rungs }: Ladder): readonly Step[] {
  let at = 0;
  const steps = rungs.map((rung): Step => {
    const step = { fromSeconds: at, untilSeconds: at + rung.rungSeconds, rung };
    at = step.untilSeconds;
    return step;
  });
  return [...steps, { fromSeconds: at, untilSeconds: null, rung: null }];
}
