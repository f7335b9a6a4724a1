import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import {
  addDays,
  daysBetween,
  endInstant,
  isZone,
  localTimeAt,
  parseLocalDate,
  parseLocalDateTime,
  startInstant,
  wallTimeOf,
} from '../../shared/domain/local-time.ts';
import { at, date, local } from '../support/rota-parts.ts';
import { changesOf, hasZdump, type ZoneChange } from '../support/rota-zdump.ts';

const startsAt = (text: string, zone: string) => startInstant(wallTimeOf(local(text)), zone);
const endsAt = (text: string, zone: string) => endInstant(wallTimeOf(local(text)), zone);

describe('dates and zones as text', () => {
  test.each(['2026-11-22', '2024-02-29'])('%s is a date', text => expect(parseLocalDate(text)).toBe(text));
  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '22.11.2026', '2026-11-22T10:00', ''])(
    '%j is not a date',
    text => expect(parseLocalDate(text)).toBeNull(),
  );
  test.each(['2026-11-22T00:00', '2026-11-22T23:59'])('%s is a date and time', text =>
    expect(parseLocalDateTime(text)).toBe(text),
  );
  test.each([
    '2026-11-22T24:00',
    '2026-02-30T10:00',
    '2026-11-22T10:60',
    '2026-11-22T10:00Z',
    '2026-11-22 10:00',
  ])('%j is not a date and time', text => expect(parseLocalDateTime(text)).toBeNull());
  test.each([
    'Asia/Almaty',
    'Asia/Qyzylorda',
    'Asia/Qostanay',
    'Asia/Aqtobe',
    'Asia/Aqtau',
    'Asia/Atyrau',
    'Asia/Oral',
    'Europe/Berlin',
    'America/Port-au-Prince',
    'Asia/Calcutta', // an old name that zone data still carry
    'UTC',
  ])('%s is a zone', text => expect(isZone(text)).toBe(true));
  test.each(['', 'Asia/Nowhere', 'asia/almaty', '+05:00', 'UTC+5', '2026-11-22[Asia/Almaty]'])(
    '%j is not a zone',
    text => expect(isZone(text)).toBe(false),
  );
});

describe('calendar', () => {
  test('days are added across months, leap days and changes of clocks', () => {
    expect(addDays(date('2024-02-28'), 2)).toBe('2024-03-01');
    expect(addDays(date('2026-01-01'), -1)).toBe('2025-12-31');
  });

  test('days between two dates come with their weekdays, both ends included', () => {
    expect(daysBetween(date('2026-11-21'), date('2026-11-23'))).toEqual([
      { date: '2026-11-21', weekday: 6 },
      { date: '2026-11-22', weekday: 7 },
      { date: '2026-11-23', weekday: 1 },
    ]);
    expect(daysBetween(date('2026-11-23'), date('2026-11-22'))).toEqual([]);
  });
});

describe('what the wall shows', () => {
  test('date, weekday and minute belong to the zone', () => {
    const evening = at('2026-11-22T20:30Z');
    expect(localTimeAt(evening, 'Asia/Almaty')).toEqual({ date: '2026-11-23', weekday: 1, minuteOfDay: 90 });
    expect(localTimeAt(evening, 'Europe/Berlin')).toEqual({
      date: '2026-11-22',
      weekday: 7,
      minuteOfDay: 1290,
    });
  });

  test('Almaty goes from six to five hours ahead on 1 March 2024', () => {
    expect(localTimeAt(at('2024-02-29T17:59Z'), 'Asia/Almaty').minuteOfDay).toBe(23 * 60 + 59);
    expect(localTimeAt(at('2024-02-29T18:00Z'), 'Asia/Almaty')).toMatchObject({
      date: '2024-02-29',
      minuteOfDay: 23 * 60,
    });
    expect(startsAt('2024-03-01T00:00', 'Asia/Almaty')).toBe(at('2024-03-01T00:00+05:00'));
  });

  test('an unknown zone is an error', () => {
    expect(() => localTimeAt(at('2026-11-22T20:30Z'), 'Asia/Nowhere')).toThrow(RangeError);
    expect(() => startsAt('2026-11-22T20:30', 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('wall time to instant', () => {
  test('an ordinary time is the same for a start and an end', () => {
    expect(startsAt('2026-07-01T10:00', 'Europe/Berlin')).toBe(at('2026-07-01T10:00+02:00'));
    expect(endsAt('2026-07-01T10:00', 'Europe/Berlin')).toBe(at('2026-07-01T10:00+02:00'));
  });

  test.each(['2026-03-29T02:00', '2026-03-29T02:30', '2026-03-29T02:59'])(
    '%s is skipped in Berlin: start and end are the change of clocks',
    text => {
      expect(startsAt(text, 'Europe/Berlin')).toBe(at('2026-03-29T03:00+02:00'));
      expect(endsAt(text, 'Europe/Berlin')).toBe(at('2026-03-29T03:00+02:00'));
    },
  );

  test.each(['02:00', '02:30', '02:59'])(
    '%s is shown twice in Berlin: a start takes the first, an end the second',
    text => {
      expect(startsAt(`2026-10-25T${text}`, 'Europe/Berlin')).toBe(at(`2026-10-25T${text}+02:00`));
      expect(endsAt(`2026-10-25T${text}`, 'Europe/Berlin')).toBe(at(`2026-10-25T${text}+01:00`));
    },
  );

  test('03:00 is shown once when the clocks go back from 03:00 to 02:00', () => {
    expect(startsAt('2026-10-25T03:00', 'Europe/Berlin')).toBe(at('2026-10-25T03:00+01:00'));
    expect(endsAt('2026-10-25T03:00', 'Europe/Berlin')).toBe(at('2026-10-25T03:00+01:00'));
  });

  test('a whole day that a country left out is skipped like an hour', () => {
    expect(startsAt('2011-12-30T15:00', 'Pacific/Apia')).toBe(at('2011-12-31T00:00+14:00'));
  });
});

const zones = [
  'Asia/Almaty',
  'Asia/Qyzylorda',
  'Asia/Qostanay',
  'Asia/Bishkek',
  'Asia/Tehran',
  'Europe/Berlin',
  'Europe/Istanbul',
  'Europe/Moscow',
  'America/New_York',
  'America/St_Johns', // changed its clocks at 00:01 until 2011
  'Africa/Casablanca',
  'Australia/Lord_Howe', // changes them by half an hour
  'Pacific/Apia', // skipped a day
];

// Past years only: two machines may know different laws for years to come.
describe.skipIf(!hasZdump())('agrees with zdump (skipped where the system has none)', () => {
  test.each(zones)('%s, every change of clocks from 2005 to 2025', zone => {
    const changes = changesOf(zone, 2005, 2025);
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes) {
      expectSameReading(change.before, zone);
      expectSameReading(change.after, zone);
      expectSameInstants(change, zone);
    }
  });
});

test('reads every instant, and every day of the calendar, as Temporal does: the short cut for ordinary times is none', () => {
  const span = 60 * 365.25 * 86_400_000;
  const start = Date.UTC(1990, 0, 1);
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: start, max: start + span }),
      fc.integer({ min: -800, max: 800 }),
      (zone, ms, days) => {
        const shown = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        expect(localTimeAt(instant(ms), zone)).toEqual({
          date: shown.toPlainDate().toString(),
          weekday: shown.dayOfWeek,
          minuteOfDay: shown.hour * 60 + shown.minute,
        });
        const later = shown.toPlainDate().add({ days });
        expect(addDays(date(shown.toPlainDate().toString()), days)).toBe(later.toString());
      },
    ),
    { numRuns: 1_000, seed: 417 },
  );
});

function expectSameReading(reading: ZoneChange['before'], zone: string): void {
  const { date, minuteOfDay } = localTimeAt(instant(reading.epochSeconds * 1000), zone);
  expect({ date, minuteOfDay }, `${zone} ${reading.wall}`).toEqual(
    wallTimeOf(local(reading.wall.slice(0, 16))),
  );
}

/** Every minute of the skipped or repeated stretch of the wall, and of ten minutes before and after. */
function expectSameInstants({ before, after }: ZoneChange, zone: string): void {
  const changeAt = after.epochSeconds;
  const wallAfter = changeAt + after.offsetSeconds;
  const wallBefore = changeAt + before.offsetSeconds;
  const first = Math.min(wallAfter, wallBefore) - 600;
  const last = Math.max(wallAfter, wallBefore) + 600;
  for (let wall = first; wall <= last; wall += 60) {
    const isShownBefore = wall < wallBefore;
    const isShownAfter = wall >= wallAfter;
    const inFirst = wall - before.offsetSeconds;
    const inSecond = wall - after.offsetSeconds;
    const start = isShownBefore ? inFirst : isShownAfter ? inSecond : changeAt;
    const end = isShownAfter ? inSecond : isShownBefore ? inFirst : changeAt;
    const text = new Date(wall * 1000).toISOString().slice(0, 16);
    expect([seconds(startsAt(text, zone)), seconds(endsAt(text, zone))], `${zone} ${text}`).toEqual([
      start,
      end,
    ]);
  }
}

function seconds(at: Instant): number {
  return at / 1000;
}
