import { describe, expect, test } from 'vitest';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { dutyWindows } from '../../shared/domain/rota.ts';
import { problemsOfRota } from '../../shared/domain/rota-rules.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { none } from '../support/rota-parts.ts';

const at = (local: string) => instant(Date.parse(`${local}:00+05:00`));

/** Half past every hour of seven days. No plan changes in the week of February; in the others some do. */
const weeks = ['2026-11-30', '2026-12-28', '2027-02-01'].map(day => {
  const start = at(`${day}T00:30`);
  return { day, hours: Array.from({ length: 168 }, (_, hour) => addSeconds(start, hour * 3600)) };
});

// Read once for the whole winter: to ask for each hour anew would take minutes.
const duties = seedVolunteers.map(volunteer => ({
  volunteer,
  windows: dutyWindows(volunteer.rota, none, at('2026-11-22T00:00'), at('2027-02-10T00:00')),
}));
const onDuty = (now: Instant) =>
  duties
    .filter(({ windows }) => windows.some(({ from, until }) => from <= now && now < until))
    .map(({ volunteer }) => volunteer);
const leastOf = (hours: readonly Instant[], count: (people: readonly Volunteer[]) => number) =>
  Math.min(...hours.map(hour => count(onDuty(hour))));
const whoSpeak = (language: string) => (people: readonly Volunteer[]) =>
  people.filter(({ languages }) => languages.some(each => each === language)).length;

test('there are sixty, each with an own id, name and number', () => {
  expect(seedVolunteers).toHaveLength(60);
  for (const field of ['id', 'name', 'number'] as const) {
    expect(new Set(seedVolunteers.map(volunteer => volunteer[field])).size).toBe(60);
  }
});

test('each lives in a known region, has known skills and a rota that keeps the rules', () => {
  const regions = new Set(kazakhstan.regions.map(({ id }) => id));
  const skills = new Set(kazakhstan.skills.map(({ id }) => id));
  for (const volunteer of seedVolunteers) {
    expect(regions.has(volunteer.region)).toBe(true);
    expect(volunteer.skills.every(skill => skills.has(skill))).toBe(true);
    expect(problemsOfRota(volunteer.rota)).toEqual([]);
  }
});

test('every need and each of the six languages is somebody’s', () => {
  for (const { id } of kazakhstan.skills) {
    expect(seedVolunteers.filter(({ skills }) => skills.includes(id)).length).toBeGreaterThanOrEqual(5);
  }
  for (const language of ['kk', 'ru', 'en', 'uz', 'ky', 'ug']) {
    expect(whoSpeak(language)(seedVolunteers)).toBeGreaterThanOrEqual(2);
  }
});

describe.each(weeks)('at any hour of the week of $day', ({ hours }) => {
  test('at least eight are on duty in the country', () => {
    expect(leastOf(hours, people => people.length)).toBeGreaterThanOrEqual(8);
  });

  test('each language of a line has somebody', () => {
    expect(leastOf(hours, whoSpeak('kk'))).toBeGreaterThanOrEqual(3);
    expect(leastOf(hours, whoSpeak('ru'))).toBeGreaterThanOrEqual(5);
    expect(leastOf(hours, whoSpeak('en'))).toBeGreaterThanOrEqual(1);
  });

  test('several regions have nobody, so that widening is the normal path', () => {
    for (const hour of hours) {
      const staffed = new Set(onDuty(hour).map(({ region }) => region));
      expect(kazakhstan.regions.length - staffed.size).toBeGreaterThanOrEqual(5);
    }
  });
});

test('changes of plan count: a shift taken over, a journey', () => {
  const isOnDuty = (id: string, local: string) => onDuty(at(local)).some(each => each.id === id);
  expect(isOnDuty('vol_kamila-h', '2026-12-01T02:00')).toBe(true);
  expect(isOnDuty('vol_kamila-h', '2027-02-02T02:00')).toBe(false);
  expect(isOnDuty('vol_aigerim-s', '2026-12-01T23:00')).toBe(false);
  expect(isOnDuty('vol_aigerim-s', '2027-02-02T23:00')).toBe(true);
});
