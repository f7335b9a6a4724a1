// How many are on duty for a need, when it is fewer than there should be, and hour by hour. Exact to the instant: a hole
// of ten minutes is one. Must never know who somebody is beyond what she speaks, can do, and where she is on duty.
import type { Duty, Person } from './coverage-people.ts';
import { type Floor, type Need, zoneOf } from './coverage-settings.ts';
import { addSeconds, type Instant, instant } from './instant.ts';
import { addDays, daysBetween, localTimeAt } from './local-time.ts';
import type { Network } from './network.ts';
import { type DutyWindow, merged, patternWindows } from './rota.ts';

/** From `from` to `until` so many are on duty, all the time. */
export type Level = DutyWindow & { readonly onDuty: number };

/** Fewer than there should be, all the time; `onDuty` is the least. */
export type Hole = Need & DutyWindow & { readonly atLeast: number; readonly onDuty: number };

/** One hour of the wall clock there; `onDuty` is the least in it. */
export type Hour = DutyWindow & { readonly onDuty: number };

type Known = Pick<Network, 'regions' | 'settings'>;

/** Whether somebody with these skills answers for it. Who interprets and does nothing else talks with nobody alone. */
export function canDo(
  { skill, language }: Need,
  { languages, skills }: Pick<Person, 'languages' | 'skills'>,
  { settings: { interpreterSkill } }: Known,
): boolean {
  if (!languages.includes(language)) return false;
  if (skill !== null) return skills.includes(skill);
  return interpreterSkill === null || skills.some(each => each !== interpreterSkill) || skills.length === 0;
}

/** When she is on duty for it, in order, none touching another. */
export function windowsFor(need: Need, person: Person, network: Known): readonly DutyWindow[] {
  if (!person.languages.includes(need.language)) return [];
  const isFor = ({ regions, skills }: Duty) =>
    (need.region === null || regions.includes(need.region)) &&
    canDo(need, { languages: person.languages, skills }, network);
  return merged(person.duties.filter(isFor));
}

/** From `from` to `until` without a gap, none like the one before it. */
export function levels(
  need: Need,
  people: readonly Person[],
  network: Known,
  { from, until }: DutyWindow,
): readonly Level[] {
  const windows = people.flatMap(person => windowsFor(need, person, network));
  const within = windows.filter(window => window.from < until && window.until > from);
  const changes = [
    ...within.map(window => ({ at: Math.max(window.from, from), by: 1 })),
    ...within.filter(window => window.until < until).map(window => ({ at: window.until as number, by: -1 })),
  ].sort((a, b) => a.at - b.at);
  const found: { from: Instant; until: Instant; onDuty: number }[] = [];
  let [since, onDuty] = [from, 0];
  const end = (at: Instant) => {
    if (at <= since) return;
    const before = found.at(-1);
    if (before?.onDuty === onDuty) before.until = at;
    else found.push({ from: since, until: at, onDuty });
    since = at;
  };
  for (const { at, by } of changes) {
    end(instant(at));
    onDuty += by;
  }
  end(until);
  return found;
}

/** Where a floor holds within the window, and how many are on duty there. */
export function levelsInHours(
  floor: Floor,
  people: readonly Person[],
  network: Known,
  window: DutyWindow,
): readonly Level[] {
  const found = levels(floor, people, network, window);
  if (floor.hours.length === 0) return found;
  return hoursOf(floor, network, window).flatMap(open =>
    found
      .filter(level => level.from < open.until && level.until > open.from)
      .map(level => ({
        from: later(level.from, open.from),
        until: sooner(level.until, open.until),
        onDuty: level.onDuty,
      })),
  );
}

function hoursOf(floor: Floor, network: Known, { from, until }: DutyWindow): readonly DutyWindow[] {
  const zone = zoneOf(network, floor);
  const days = daysBetween(
    addDays(localTimeAt(from, zone).date, -2),
    addDays(localTimeAt(until, zone).date, 1),
  );
  return merged(floor.hours.flatMap(pattern => patternWindows(pattern, zone, days)))
    .map(open => ({ from: later(open.from, from), until: sooner(open.until, until) }))
    .filter(open => open.from < open.until);
}

/**
 * Those who could count for a need at all: found once for all needs, since most people are of one region and few
 * languages.
 */
export function sorted(people: readonly Person[]): (need: Need) => readonly Person[] {
  const groups = new Map<string, Person[]>();
  const put = (name: string, person: Person) => {
    const group = groups.get(name);
    if (group) group.push(person);
    else groups.set(name, [person]);
  };
  for (const person of people) {
    const regions = new Set(person.duties.flatMap(duty => duty.regions));
    for (const language of person.languages) {
      put(`${language} `, person);
      for (const region of regions) put(`${language} ${region}`, person);
    }
  }
  return ({ region, language }) => groups.get(`${language} ${region ?? ''}`) ?? [];
}

/** In order of time, those that begin first first. Stretches that touch are one. */
export function holes(
  floors: readonly Floor[],
  people: readonly Person[],
  network: Known,
  window: DutyWindow,
): readonly Hole[] {
  const those = sorted(people);
  return floors
    .flatMap(floor => holesOf(floor, levelsInHours(floor, those(floor), network, window)))
    .sort((a, b) => a.from - b.from || a.until - b.until);
}

function holesOf({ hours: _, ...asked }: Floor, found: readonly Level[]): readonly Hole[] {
  const missing: Hole[] = [];
  for (const level of found.filter(({ onDuty }) => onDuty < asked.atLeast)) {
    const before = missing.at(-1);
    const goesOn = before?.until === level.from;
    if (before && goesOn)
      missing[missing.length - 1] = {
        ...before,
        until: level.until,
        onDuty: Math.min(before.onDuty, level.onDuty),
      };
    else missing.push({ ...asked, ...level });
  }
  return missing;
}

/** What `wallHours` found, with how many are on duty. */
export function hourly(
  need: Need,
  people: readonly Person[],
  network: Known,
  hours: readonly DutyWindow[],
): readonly Hour[] {
  const [start, last] = [hours[0], hours.at(-1)];
  if (start === undefined || last === undefined) return [];
  const found = levels(need, people, network, { from: start.from, until: last.until });
  let first = 0;
  return hours.map(({ from, until }) => {
    while ((found[first]?.until ?? Number.POSITIVE_INFINITY) <= from) first += 1;
    let onDuty = Number.POSITIVE_INFINITY;
    for (let place = first; (found[place]?.from ?? until) < until; place += 1)
      onDuty = Math.min(onDuty, found[place]?.onDuty ?? 0);
    return { from, until, onDuty };
  });
}

/** The most that any floor for this need asks in each of these hours; 0: none does. */
export function askedIn(
  need: Need,
  floors: readonly Floor[],
  network: Known,
  hours: readonly DutyWindow[],
): readonly number[] {
  const [start, last] = [hours[0], hours.at(-1)];
  if (start === undefined || last === undefined) return [];
  const window = { from: start.from, until: last.until };
  const those = floors
    .filter(
      ({ region, skill, language }) =>
        region === need.region && skill === need.skill && language === need.language,
    )
    .map(floor => ({
      atLeast: floor.atLeast,
      open: floor.hours.length === 0 ? [window] : hoursOf(floor, network, window),
    }));
  return hours.map(({ from, until }) =>
    Math.max(
      0,
      ...those
        .filter(({ open }) => open.some(each => each.from < until && each.until > from))
        .map(({ atLeast }) => atLeast),
    ),
  );
}

/**
 * Each hour of the wall clock there that begins within the window. Clocks that change by half an hour have one that lasts
 * half as long, or half as long again.
 */
export function wallHours(zone: string, { from, until }: DutyWindow): readonly DutyWindow[] {
  const next = (at: Instant) => {
    const minute = instant(at - (at % 60_000));
    return addSeconds(minute, (60 - (localTimeAt(minute, zone).minuteOfDay % 60)) * 60);
  };
  const isWhole = from % 60_000 === 0 && localTimeAt(from, zone).minuteOfDay % 60 === 0;
  const hours: DutyWindow[] = [];
  for (let at = isWhole ? from : next(from); at < until; at = next(at))
    hours.push({ from: at, until: next(at) });
  return hours;
}

export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
export const sooner = (a: Instant, b: Instant): Instant => (a < b ? a : b);
