import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regionId, skillId } from '../../infra/local/seed/seed-values.ts';
import { dutyStretches } from '../../shared/domain/duty-stretches.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { addDays, type LocalDate, type LocalDateTime } from '../../shared/domain/local-time.ts';
import { isOpen } from '../../shared/domain/opening-hours.ts';
import {
  type Absence,
  type DatedShift,
  type DutyWindow,
  dutyAt,
  dutyWindows,
  type Holidays,
  nextDutyChange,
  type Rota,
  type Weekday,
  type WeeklyShift,
} from '../../shared/domain/rota.ts';
import { shiftIdFor } from '../../shared/domain/shift-ids.ts';
import { naivePost, naiveWindows, type OnRota, type WallClock, wallClock } from '../support/rota-naive.ts';
import { date, everyDay } from '../support/rota-parts.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

// The same run again: SEED=<the printed one> npx vitest run tests/domain/rota-properties.test.ts
const seed = Number(process.env['SEED'] ?? Date.now() % 2_147_483_647);
console.log(`rota properties: SEED=${seed}`);

/** Zones, each with days on which its clocks change; half of all cases lie around such a day. */
const places: readonly { readonly zone: string; readonly changes: readonly string[] }[] = [
  { zone: 'Asia/Almaty', changes: ['2024-02-29'] },
  { zone: 'Asia/Qyzylorda', changes: ['2018-12-20'] },
  { zone: 'Asia/Qostanay', changes: ['2024-02-29'] },
  { zone: 'Europe/Berlin', changes: ['2026-03-29', '2026-10-25'] },
  { zone: 'America/New_York', changes: ['2024-03-10', '2024-11-03'] },
  { zone: 'America/Santiago', changes: ['2023-09-03', '2023-04-01'] }, // at midnight
  { zone: 'Africa/Casablanca', changes: ['2023-03-19', '2023-04-23'] },
  { zone: 'Australia/Lord_Howe', changes: ['2024-10-06', '2024-04-07'] }, // by half an hour
  { zone: 'Asia/Kathmandu', changes: ['2024-01-01'] }, // none, but 5:45 ahead
  { zone: 'Pacific/Apia', changes: ['2011-12-30'] }, // the day that was left out
];

type Case = {
  readonly rota: Rota;
  readonly holidays: Holidays;
  readonly from: Instant;
  readonly until: Instant;
  readonly clock: WallClock;
};

const minuteOfDay = fc.oneof(
  fc.constantFrom(0, 90, 120, 150, 180, 360, 720, 1320, 1380, 1410), // so that shifts touch, and meet changes
  fc.integer({ min: 0, max: 1439 }),
);

const anyId = shiftIdFor('any');
const own: OnRota = { region: regionId('KZ-75'), skills: [skillId('crisis'), skillId('legal')] };
/** The third skill is none of hers: no shift gives it to her. */
const facts = {
  id: fc.constant(anyId),
  regions: fc.option(fc.subarray(['KZ-75', 'KZ-19', 'KZ-71'].map(regionId), { minLength: 1 }), { freq: 3 }),
  skills: fc.option(fc.subarray(['crisis', 'legal', 'medical'].map(skillId)), { freq: 3 }),
  note: fc.constant(null),
};

const dayNear = (anchor: LocalDate) => fc.integer({ min: -3, max: 3 }).map(days => addDays(anchor, days));

function weeklyShiftNear(anchor: LocalDate): fc.Arbitrary<WeeklyShift> {
  return fc.record({
    weekdays: fc.subarray<Weekday>([...everyDay]),
    from: minuteOfDay,
    until: minuteOfDay,
    startsOn: fc.option(dayNear(anchor), { freq: 3 }),
    endsOn: fc.option(dayNear(anchor), { freq: 3 }),
    everyWeeks: fc.constant(1),
    onHolidays: fc.boolean(),
    ...facts,
  });
}

/** Every few weeks, from up to half a year before. */
function rotationNear(anchor: LocalDate): fc.Arbitrary<WeeklyShift> {
  const startsOn = fc.integer({ min: -180, max: 3 }).map(days => addDays(anchor, days));
  const weeks = fc.record({ startsOn, everyWeeks: fc.integer({ min: 2, max: 8 }) });
  return fc
    .tuple(weeklyShiftNear(anchor), weeks)
    .map(([shift, every]) => ({ ...shift, ...every, endsOn: null }));
}

function datedShiftNear(anchor: LocalDate): fc.Arbitrary<DatedShift> {
  return fc.record({ date: dayNear(anchor), from: minuteOfDay, until: minuteOfDay, ...facts });
}

function absenceNear(anchor: LocalDate): fc.Arbitrary<Absence> {
  const time = fc
    .tuple(dayNear(anchor), minuteOfDay)
    .map(([day, minute]) => `${day}T${clockText(minute)}` as LocalDateTime);
  return fc
    .tuple(time, time)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ id: anyId, note: null, ...(a < b ? { from: a, until: b } : { from: b, until: a }) }));
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

const someCase: fc.Arbitrary<Case> = fc.constantFrom(...places).chain(({ zone, changes }) => {
  const anyDay = fc.integer({ min: 0, max: 5000 }).map(days => addDays(date('2012-03-01'), days));
  return fc.oneof(fc.constantFrom(...changes.map(date)), anyDay).chain(anchor => caseAround(zone, anchor));
});

function caseAround(zone: string, anchor: LocalDate): fc.Arbitrary<Case> {
  const noon = Date.parse(`${anchor}T12:00Z`);
  const rota = fc.record({
    zone: fc.constant(zone),
    weekly: fc.array(fc.oneof(weeklyShiftNear(anchor), rotationNear(anchor)), { maxLength: 3 }),
    dated: fc.array(datedShiftNear(anchor), { maxLength: 3 }),
    absences: fc.array(absenceNear(anchor), { maxLength: 2 }),
  });
  const times = { from: fc.integer({ min: -1440, max: 720 }), length: fc.integer({ min: 1, max: 2160 }) };
  const holidays = fc.array(dayNear(anchor), { maxLength: 3 }).map(days => new Set(days));
  return fc.record({ rota, holidays, ...times }).map(({ rota, holidays, from, length }) => ({
    rota,
    holidays,
    from: instant(noon + from * minuteMs),
    until: instant(noon + (from + length) * minuteMs),
    clock: wallClock(zone, instant(noon - 4 * dayMs), 8 * 1440),
  }));
}

function naive(input: Case): readonly DutyWindow[] {
  return naiveWindows(input.rota, input.holidays, input.clock);
}

/** The naive reading ends where its clock does: so must the other one before the two can be compared. */
function cutTo({ startsAt, shown }: WallClock, window: DutyWindow): DutyWindow {
  const endsAt = startsAt + shown.length * minuteMs;
  return {
    from: instant(Math.max(window.from, startsAt)),
    until: instant(Math.min(window.until, endsAt)),
  };
}

function check(property: (input: Case) => void): void {
  fc.assert(fc.property(someCase, property), { seed, numRuns: 200 });
}

describe('against a reading of the rota minute by minute', () => {
  test('the windows are the same, and whole', () => {
    check(input => {
      const expected = naive(input).filter(each => each.from < input.until && each.until > input.from);
      const windows = dutyWindows(input.rota, input.holidays, input.from, input.until);
      expect(windows.map(each => cutTo(input.clock, each))).toEqual(expected);
    });
  });

  test('on or off duty is the same at any instant, and so is the next change', () => {
    check(input => {
      const windows = naive(input);
      const isOn = windows.some(each => each.from <= input.from && input.from < each.until);
      expect(dutyAt(input.rota, input.holidays, input.from) !== null).toBe(isOn);
      const changes = windows.flatMap(each => [each.from, each.until]);
      const expected = changes.find(each => each > input.from && each < input.from + dayMs);
      expect(nextDutyChange(input.rota, input.holidays, input.from, 1)).toBe(expected ?? null);
    });
  });

  test('where and for what she is on duty is the same at any instant', () => {
    check(input => {
      const stretches = dutyStretches({ ...own, rota: input.rota }, input.holidays, input.from, input.until);
      const { startsAt, shown } = input.clock;
      for (let now = input.from; now < input.until; now = instant(now + 7 * minuteMs)) {
        const minute = Math.floor((now - startsAt) / minuteMs);
        if (minute < 0 || minute >= shown.length) continue;
        const at = stretches.filter(each => each.from <= now && now < each.until);
        const expected = naivePost(input.rota, own, input.holidays, input.clock, minute);
        expect(at.map(({ regions, skills }) => ({ regions, skills }))).toEqual(expected ? [expected] : []);
      }
      const touching = stretches.filter((each, index) => stretches[index - 1]?.until === each.from);
      for (const each of touching) {
        const before = stretches[stretches.indexOf(each) - 1];
        expect(before).not.toMatchObject({ regions: each.regions, skills: each.skills });
      }
    });
  });

  test('opening hours are read as weekly shifts are', () => {
    check(input => {
      const always = { startsOn: null, endsOn: null, everyWeeks: 1, onHolidays: true };
      const weekly = input.rota.weekly.map(shift => ({ ...shift, ...always }));
      if (weekly.length === 0) return;
      const windows = naive({ ...input, rota: { ...input.rota, weekly, dated: [], absences: [] } });
      const isOn = windows.some(each => each.from <= input.from && input.from < each.until);
      expect(isOpen(weekly, input.rota.zone, input.from)).toBe(isOn);
    });
  });
});
