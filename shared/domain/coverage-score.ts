// How good a rota is, as one number of 100 with its four parts. Each part is a share that can be said in words, so that a
// manager sees what to change. Must never be shown without its parts: a number alone says nothing.
import { levelsInHours, sorted } from './coverage.ts';
import { hoursIn, overloadsOf } from './coverage-load.ts';
import type { Person } from './coverage-people.ts';
import { type Floor, floorsOf } from './coverage-settings.ts';
import type { RegionId } from './ids.ts';
import type { Network } from './network.ts';
import { type DutyWindow, merged } from './rota.ts';

export type ScorePart =
  /** Of the hours of people that the floors ask for, so many are there. */
  | { readonly part: 'coverage'; readonly percent: number; readonly missingHours: number }
  /** In so much of the time with a floor one more than it asks for is on duty. */
  | { readonly part: 'redundancy'; readonly percent: number }
  /** How evenly the hours lie: 100 when all have the same; and what the busiest tenth carries of them. */
  | { readonly part: 'balance'; readonly percent: number; readonly busiestTenthPercent: number }
  /** So many of those on the rota have nothing that is too much. */
  | { readonly part: 'rest'; readonly percent: number; readonly overloaded: number };

export type Score = { readonly score: number; readonly parts: readonly ScorePart[] };

/** That somebody is there is half of it. */
export const scoreWeights: Readonly<Record<ScorePart['part'], number>> = {
  coverage: 50,
  redundancy: 20,
  balance: 15,
  rest: 15,
};

/** Of what lies where `sees` says: its floors, and the people who are at home there. */
export function scoreOf(
  people: readonly Person[],
  network: Network,
  window: DutyWindow,
  sees: (region: RegionId | null) => boolean = () => true,
): Score {
  const onRota = people.filter(({ duties, home }) => duties.length > 0 && sees(home));
  const floors = floorsOf(network).filter(({ region }) => sees(region));
  const parts = [
    ...floorParts(floors, people, network, window),
    balancePart(onRota, window),
    restPart(onRota, network, window),
  ];
  const sum = parts.reduce((total, { part, percent }) => total + scoreWeights[part] * percent, 0);
  // A rota with a hole never scores as one without: 100 is for when nothing is missing.
  return { score: Math.floor(sum / 100), parts };
}

function floorParts(
  floors: readonly Floor[],
  people: readonly Person[],
  network: Network,
  window: DutyWindow,
): readonly ScorePart[] {
  let [asked, missing, time, spared] = [0, 0, 0, 0];
  const those = sorted(people);
  for (const floor of floors) {
    for (const { from, until, onDuty } of levelsInHours(floor, those(floor), network, window)) {
      const hours = (until - from) / 3_600_000;
      asked += hours * floor.atLeast;
      missing += hours * Math.max(0, floor.atLeast - onDuty);
      time += hours;
      spared += onDuty > floor.atLeast ? hours : 0;
    }
  }
  return [
    { part: 'coverage', percent: percent(asked - missing, asked), missingHours: Math.ceil(missing) },
    { part: 'redundancy', percent: percent(spared, time) },
  ];
}

/** One less the Gini coefficient of hours on duty. */
function balancePart(onRota: readonly Person[], window: DutyWindow): ScorePart {
  const hours = onRota.map(({ duties }) => hoursIn(merged(duties), window)).sort((a, b) => a - b);
  const total = hours.reduce((sum, each) => sum + each, 0);
  const weighted = hours.reduce((sum, each, place) => sum + each * (place + 1), 0);
  const count = hours.length;
  const gini = total === 0 ? 0 : (2 * weighted) / (count * total) - (count + 1) / count;
  const tenth = hours.slice(-Math.ceil(count / 10)).reduce((sum, each) => sum + each, 0);
  return {
    part: 'balance',
    percent: Math.round(100 * (1 - gini)),
    busiestTenthPercent: count === 0 ? 0 : percent(tenth, total),
  };
}

function restPart(onRota: readonly Person[], { settings }: Network, window: DutyWindow): ScorePart {
  const tooMuch = onRota.filter(person => overloadsOf(person, settings.coverage, window).length > 0).length;
  return { part: 'rest', percent: percent(onRota.length - tooMuch, onRota.length), overloaded: tooMuch };
}

/** Nothing asked for is all there. Never 100 when something is missing. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((100 * part) / whole + 1e-9);
}
