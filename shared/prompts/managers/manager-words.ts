// What managers read about the rota: holes, loads and the quality of it, in sentences. They work at a desk and need plain
// words, so that these stand apart from the catalogs and the rule of discretion that holds for those.
// Must never be sent to a survivor, nor name a volunteer: who is meant stands beside the sentence.
import type { Hole } from '../../domain/coverage.ts';
import type { Overload } from '../../domain/coverage-load.ts';
import type { ScorePart } from '../../domain/coverage-score.ts';
import { zoneOf } from '../../domain/coverage-settings.ts';
import type { Instant } from '../../domain/instant.ts';
import { addDays, daysBetween, type LocalDate, localTimeAt, type Weekday } from '../../domain/local-time.ts';
import type { Network } from '../../domain/network.ts';
import type { DutyWindow } from '../../domain/rota.ts';
import { needName, regionName } from '../names.ts';
import { en } from './en.ts';
import { kk } from './kk.ts';
import { ru } from './ru.ts';

export const managerLanguages = ['en', 'ru', 'kk'] as const;
export type ManagerLanguage = (typeof managerLanguages)[number];

export type ManagerCatalog = {
  /** From Monday. */
  readonly weekdays: readonly string[];
  /** From January, as they stand behind a day. */
  readonly months: readonly string[];
  readonly wholeCountry: string;
  /** As it stands before "volunteer"; by code. */
  readonly languages: Readonly<Record<string, string>>;
  readonly hole: (hole: {
    readonly place: string;
    readonly language: string;
    /** Null: whatever they can do. */
    readonly skill: string | null;
    readonly onDuty: number;
    readonly atLeast: number;
    readonly when: string;
  }) => string;
  readonly overload: (overload: Overload, day: string) => string;
  readonly score: {
    readonly [Part in ScorePart['part']]: (part: Extract<ScorePart, { part: Part }>) => string;
  };
  readonly moreHoles: (count: number) => string;
};

const catalogs: Readonly<Record<ManagerLanguage, ManagerCatalog>> = { en, ru, kk };

/** `Kyzylorda: no Kazakh-speaking volunteer (My rights), Sun 29 Nov 02:00-06:00` */
export function holeInWords(hole: Hole, network: Network, language: ManagerLanguage): string {
  const catalog = catalogs[language];
  return catalog.hole({
    place:
      hole.region === null
        ? catalog.wholeCountry
        : (regionName(network, hole.region, language) ?? hole.region),
    language: catalog.languages[hole.language] ?? hole.language.toUpperCase(),
    skill: hole.skill === null ? null : (needName(network, hole.skill, language) ?? hole.skill),
    onDuty: hole.onDuty,
    atLeast: hole.atLeast,
    when: whenInWords(hole, zoneOf(network, hole), catalog),
  });
}

/** So many of them, and how many more there are. */
export function holesInWords(
  holes: readonly Hole[],
  network: Network,
  language: ManagerLanguage,
  atMost: number,
): string {
  const more = holes.length - atMost;
  return [
    ...holes.slice(0, atMost).map(hole => `${holeInWords(hole, network, language)}.`),
    ...(more > 0 ? [catalogs[language].moreHoles(more)] : []),
  ].join(' ');
}

export function overloadInWords(overload: Overload, zone: string, language: ManagerLanguage): string {
  const catalog = catalogs[language];
  return catalog.overload(overload, dayInWords(dayOf(overload, zone), catalog));
}

export function scorePartInWords(part: ScorePart, language: ManagerLanguage): string {
  const say = catalogs[language].score[part.part] as (part: ScorePart) => string;
  return say(part);
}

function dayOf(overload: Overload, zone: string): LocalDate {
  if (overload.kind === 'hours') return overload.weekOf;
  return overload.kind === 'nights' ? overload.until : localTimeAt(overload.from, zone).date;
}

function whenInWords({ from, until }: DutyWindow, zone: string, catalog: ManagerCatalog): string {
  const [begins, ends] = [shown(from, zone), ending(until, zone)];
  const end =
    begins.date === ends.date ? `-${ends.clock}` : ` - ${dayInWords(ends.date, catalog)} ${ends.clock}`;
  return `${dayInWords(begins.date, catalog)} ${begins.clock}${end}`;
}

type Shown = { readonly date: LocalDate; readonly clock: string };

function shown(at: Instant, zone: string): Shown {
  const { date, minuteOfDay } = localTimeAt(at, zone);
  return { date, clock: clockOf(minuteOfDay) };
}

/** What ends at midnight ends with the day before. */
function ending(at: Instant, zone: string): Shown {
  const { date, minuteOfDay } = localTimeAt(at, zone);
  return minuteOfDay === 0 ? { date: addDays(date, -1), clock: clockOf(24 * 60) } : shown(at, zone);
}

const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0')).join(':');

function dayInWords(date: LocalDate, { weekdays, months }: ManagerCatalog): string {
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  return `${weekdays[weekdayOf(date) - 1]} ${day} ${months[month - 1]}`;
}

const weekdayOf = (date: LocalDate): Weekday => daysBetween(date, date)[0]?.weekday ?? 1;
