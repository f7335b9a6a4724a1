import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { addDays, type LocalDate, type LocalDateTime } from '../../shared/domain/local-time.ts';
import { isOpen } from '../../shared/domain/opening-hours.ts';
import {
  type Absence,
  type DatedShift,
  type DutyWindow,
  dutyAt,
  dutyWindows,
  nextDutyChange,
  type Rota,
  type Weekday,
  type WeeklyShift,
} from '../../shared/domain/rota.ts';
import { naiveWindows, type WallClock, wallClock } from '../support/rota-naive.ts';
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
  readonly from: Instant;
  readonly until: Instant;
  readonly clock: WallClock;
};

const minuteOfDay = fc.oneof(
  fc.constantFrom(0, 90, 120, 150, 180, 360, 720, 1320, 1380, 1410), // so that shifts touch, and meet changes
  fc.integer({ min: 0, max: 1439 }),
);

const dayNear = (anchor: LocalDate) => fc.integer({ min: -3, max: 3 }).map(days => addDays(anchor, days));

function weeklyShiftNear(anchor: LocalDate): fc.Arbitrary<WeeklyShift> {
  return fc.record({
    weekdays: fc.subarray<Weekday>([...everyDay]),
    from: minuteOfDay,
    until: minuteOfDay,
    startsOn: fc.option(dayNear(anchor), { freq: 3 }),
    endsOn: fc.option(dayNear(anchor), { freq: 3 }),
  });
}

function datedShiftNear(anchor: LocalDate): fc.Arbitrary<DatedShift> {
  return fc.record({ date: dayNear(anchor), from: minuteOfDay, until: minuteOfDay });
}

function absenceNear(anchor: LocalDate): fc.Arbitrary<Absence> {
  const time = fc
    .tuple(dayNear(anchor), minuteOfDay)
    .map(([day, minute]) => `${day}T${clockText(minute)}` as LocalDateTime);
  return fc
    .tuple(time, time)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => (a < b ? { from: a, until: b } : { from: b, until: a }));
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
    weekly: fc.array(weeklyShiftNear(anchor), { maxLength: 3 }),
    dated: fc.array(datedShiftNear(anchor), { maxLength: 3 }),
    absences: fc.array(absenceNear(anchor), { maxLength: 2 }),
  });
  const times = { from: fc.integer({ min: -1440, max: 720 }), length: fc.integer({ min: 1, max: 2160 }) };
  return fc.record({ rota, ...times }).map(({ rota, from, length }) => ({
    rota,
    from: instant(noon + from * minuteMs),
    until: instant(noon + (from + length) * minuteMs),
    clock: wallClock(zone, instant(noon - 4 * dayMs), 8 * 1440),
  }));
}

function naive(input: Case): readonly DutyWindow[] {
  return naiveWindows(input.rota, input.clock);
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
      const windows = dutyWindows(input.rota, input.from, input.until);
      expect(windows.map(each => cutTo(input.clock, each))).toEqual(expected);
    });
  });

  test('on or off duty is the same at any instant, and so is the next change', () => {
    check(input => {
      const windows = naive(input);
      const isOn = windows.some(each => each.from <= input.from && input.from < each.until);
      expect(dutyAt(input.rota, input.from) !== null).toBe(isOn);
      const changes = windows.flatMap(each => [each.from, each.until]);
      const expected = changes.find(each => each > input.from && each < input.from + dayMs);
      expect(nextDutyChange(input.rota, input.from, 1)).toBe(expected ?? null);
    });
  });

  test('opening hours are read as weekly shifts are', () => {
    check(input => {
      const weekly = input.rota.weekly.map(shift => ({ ...shift, startsOn: null, endsOn: null }));
      if (weekly.length === 0) return;
      const windows = naive({ ...input, rota: { ...input.rota, weekly, dated: [], absences: [] } });
      const isOn = windows.some(each => each.from <= input.from && input.from < each.until);
      expect(isOpen(weekly, input.rota.zone, input.from)).toBe(isOn);
    });
  });
});
