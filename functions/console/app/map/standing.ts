// How a region stands at this moment: who is on duty there, who is free, and in which languages a floor is not kept. Pure.
// Must never count somebody as there who would not be rung.
import type { Schemas } from '../api.ts';

type OnDuty = Schemas['OnDuty'];
type CoverageRow = Schemas['Coverage']['rows'][number];

export type Standing = {
  readonly region: string;
  /** `below`: fewer than a floor asks for; `nobody`: neighbours are rung; `busy`: all of hers are taken. */
  readonly is: 'below' | 'nobody' | 'busy' | 'one' | 'several';
  readonly onDuty: number;
  readonly free: number;
  readonly languages: readonly string[];
  /** Languages in which a floor is not kept. */
  readonly lacking: readonly string[];
};

export function standingOf(
  region: string,
  onDuty: readonly OnDuty[],
  rows: readonly CoverageRow[],
): Standing {
  const free = onDuty.filter(each => each.is === 'free');
  const lacking = rows.filter(row => row.region === region && isBelow(row)).map(({ language }) => language);
  const languages = [...new Set(free.flatMap(each => each.languages))];
  return {
    region,
    is: kindOf(onDuty.length, free.length, lacking),
    onDuty: onDuty.length,
    free: free.length,
    languages,
    lacking,
  };
}

const isBelow = ({ hours }: CoverageRow): boolean => {
  const [now] = hours;
  return now !== undefined && now.onDuty < now.atLeast;
};

function kindOf(onDuty: number, free: number, lacking: readonly string[]): Standing['is'] {
  if (lacking.length > 0) return 'below';
  if (onDuty === 0) return 'nobody';
  if (free === 0) return 'busy';
  return free === 1 ? 'one' : 'several';
}
