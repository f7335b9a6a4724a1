// How many must be on duty where, for what and when, and what is too much for one volunteer: as an organisation sets it.
// Must never stop anybody from being on duty, nor a request from finding her: it is looked at by managers only.
import type { LanguageId, RegionId, SkillId } from './ids.ts';
import { ladderOf, type Network } from './network.ts';
import type { WeeklyPattern } from './rota.ts';
import { problemsOfHours } from './rota-rules.ts';
import { each, type Problems, type Range, rangeProblems, refuse } from './rule-parts.ts';

/** What is looked at together: whoever is on duty there, can do this and speaks that. */
export type Need = {
  /** Null: the whole country taken together. */
  readonly region: RegionId | null;
  /** Null: whatever they can do. */
  readonly skill: SkillId | null;
  readonly language: LanguageId;
};

export type Floor = Need & {
  readonly atLeast: number;
  /** In the wall time of the region (of the country: of its first region); empty: at all hours. */
  readonly hours: readonly WeeklyPattern[];
};

export type CoverageSettings = {
  /** Null: one person in the country for each language that a line offers, at all hours. */
  readonly floors: readonly Floor[] | null;
  /** Managers are told of a hole so long before it begins, and once more. */
  readonly tellDaysAhead: number;
  readonly tellHoursAhead: number;
  /** More than this is too much for one volunteer. */
  readonly hoursAWeek: number;
  readonly nightsInARow: number;
  /** In any 24 hours from the beginning of a duty. */
  readonly restHours: number;
  /** Of a hundred rings, so many are answered. */
  readonly answerPercent: number;
  /** What is promised: so many of a hundred reach a person within so long. */
  readonly reachedPercent: number;
  readonly reachedSeconds: number;
};

/**
 * Rest and nights: Directive 2003/88/EC, articles 3 and 8, and the practice of shift work behind it. A third of the rings
 * is answered where volunteers are on call at home (studies: 17 to 47 of a hundred).
 */
export const usualCoverage: CoverageSettings = {
  floors: null,
  tellDaysAhead: 3,
  tellHoursAhead: 6,
  hoursAWeek: 40,
  nightsInARow: 3,
  restHours: 11,
  answerPercent: 35,
  reachedPercent: 90,
  reachedSeconds: 60,
};

export function floorsOf(network: Network): readonly Floor[] {
  const { floors } = network.settings.coverage;
  if (floors !== null) return floors;
  const lines = network.lines.filter(({ ladder }) => ladderOf(network, ladder).purpose === 'people');
  const languages = [...new Set(lines.flatMap(line => line.languages))];
  return languages.map(language => ({ region: null, skill: null, language, atLeast: 1, hours: [] }));
}

/** In which wall time the hours of a need are. */
export function zoneOf({ regions }: Pick<Network, 'regions'>, { region }: Pick<Need, 'region'>): string {
  const found = regions.find(({ id }) => id === region) ?? regions[0];
  return found?.zone ?? 'UTC';
}

const ranges: Readonly<Record<Exclude<keyof CoverageSettings, 'floors'>, Range>> = {
  tellDaysAhead: [1, 14],
  tellHoursAhead: [1, 48],
  hoursAWeek: [1, 168],
  nightsInARow: [1, 14],
  restHours: [1, 23],
  answerPercent: [1, 100],
  reachedPercent: [50, 99],
  reachedSeconds: [10, 600],
};
/** More is no floor of a hotline but a slip of the finger. */
const FLOORS_AT_MOST = 500;
const AT_LEAST_RANGE: Range = [1, 1_000];

export function coverageProblems(network: Network): Problems {
  const { coverage } = network.settings;
  const at = 'settings.coverage';
  const floors = coverage.floors ?? [];
  return [
    ...rangeProblems(coverage, ranges, at),
    ...refuse(floors.length > FLOORS_AT_MOST, `${at}.floors`, `are more than ${FLOORS_AT_MOST}`),
    ...each(`${at}.floors`, floors, (floor, path) => floorProblems(network, floor, path)),
  ];
}

function floorProblems(network: Network, floor: Floor, path: string): Problems {
  const isRegion = floor.region === null || network.regions.some(({ id }) => id === floor.region);
  const isSkill = floor.skill === null || network.skills.some(({ id }) => id === floor.skill);
  return [
    ...refuse(!isRegion, `${path}.region`, `there is no region ${floor.region}`),
    ...refuse(!isSkill, `${path}.skill`, `there is no skill ${floor.skill}`),
    ...rangeProblems({ atLeast: floor.atLeast }, { atLeast: AT_LEAST_RANGE }, path),
    ...problemsOfHours(floor.hours, `${path}.hours`).map(({ path: where, problem }) => ({
      path: where,
      problem: problem.replaceAll('-', ' '),
    })),
  ];
}
