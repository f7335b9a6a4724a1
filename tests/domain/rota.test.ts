import { describe, expect, test } from 'vitest';
import { dutyAt, dutyWindows, nextDutyChange, type Rota } from '../../shared/domain/rota.ts';
import {
  absence,
  at,
  date,
  dated,
  everyDay,
  hoursOf,
  none,
  rotaIn,
  weekly,
  window,
} from '../support/rota-parts.ts';

const almaty = 'Asia/Almaty';
const berlin = 'Europe/Berlin';

function windowsOn(rota: Rota, from: string, until: string) {
  return dutyWindows(rota, none, at(from), at(until));
}

describe('weekly shifts', () => {
  test('a shift is on duty from its first minute until its last, in the zone of the rota', () => {
    const rota = rotaIn(almaty, { weekly: [weekly([2], '09:00', '17:00')] });
    const tuesday = window('2026-11-24T09:00+05:00', '2026-11-24T17:00+05:00');
    expect(windowsOn(rota, '2026-11-23T00:00Z', '2026-11-30T00:00Z')).toEqual([tuesday]);
    expect(dutyAt(rota, none, at('2026-11-24T08:59:59.999+05:00'))).toBeNull();
    expect(dutyAt(rota, none, at('2026-11-24T09:00+05:00'))).toEqual(tuesday);
    expect(dutyAt(rota, none, at('2026-11-24T16:59:59.999+05:00'))).toEqual(tuesday);
    expect(dutyAt(rota, none, at('2026-11-24T17:00+05:00'))).toBeNull();
  });

  test('an overnight shift belongs to the evening on which it begins', () => {
    const rota = rotaIn(almaty, { weekly: [weekly([5], '22:00', '06:00')] });
    const night = window('2026-11-27T22:00+05:00', '2026-11-28T06:00+05:00');
    expect(dutyAt(rota, none, at('2026-11-28T03:00+05:00'))).toEqual(night);
    expect(dutyAt(rota, none, at('2026-11-27T03:00+05:00'))).toBeNull();
  });

  test('a shift goes on from Sunday to Monday', () => {
    const rota = rotaIn(almaty, { weekly: [weekly([7], '20:00', '08:00')] });
    expect(dutyAt(rota, none, at('2026-11-23T07:59+05:00'))).toEqual(
      window('2026-11-22T20:00+05:00', '2026-11-23T08:00+05:00'),
    );
    expect(dutyAt(rota, none, at('2026-11-23T20:00+05:00'))).toBeNull();
  });

  test('a shift until midnight ends with the day', () => {
    const rota = rotaIn(almaty, { weekly: [weekly([1], '18:00', '00:00')] });
    expect(windowsOn(rota, '2026-11-23T00:00Z', '2026-11-25T00:00Z')).toEqual([
      window('2026-11-23T18:00+05:00', '2026-11-24T00:00+05:00'),
    ]);
  });

  test('shifts that touch or overlap are one window', () => {
    const rota = rotaIn(almaty, {
      weekly: [weekly([1], '12:00', '16:00'), weekly([1], '08:00', '12:00'), weekly([1], '15:00', '18:00')],
    });
    expect(windowsOn(rota, '2026-11-23T00:00Z', '2026-11-24T00:00Z')).toEqual([
      window('2026-11-23T08:00+05:00', '2026-11-23T18:00+05:00'),
    ]);
  });

  test('a window that began before the asked time, or ends after it, is reported whole', () => {
    const rota = rotaIn(almaty, { weekly: [weekly([1], '08:00', '20:00')] });
    expect(windowsOn(rota, '2026-11-23T10:00+05:00', '2026-11-23T10:01+05:00')).toEqual([
      window('2026-11-23T08:00+05:00', '2026-11-23T20:00+05:00'),
    ]);
  });

  test('a week on call, written as two halves a day, is one window of 168 hours', () => {
    const days = { startsOn: date('2026-11-23'), endsOn: date('2026-11-29') };
    const rota = rotaIn(almaty, {
      weekly: [
        { ...weekly(everyDay, '00:00', '12:00'), ...days },
        { ...weekly(everyDay, '12:00', '00:00'), ...days },
      ],
    });
    const week = window('2026-11-23T00:00+05:00', '2026-11-30T00:00+05:00');
    expect(dutyAt(rota, none, at('2026-11-23T00:00+05:00'))).toEqual(week);
    expect(dutyAt(rota, none, at('2026-11-29T23:59+05:00'))).toEqual(week);
  });

  test('a weekly shift holds from its first to its last day', () => {
    const shift = {
      ...weekly([1], '22:00', '06:00'),
      startsOn: date('2026-11-23'),
      endsOn: date('2026-11-30'),
    };
    const rota = rotaIn(almaty, { weekly: [shift] });
    expect(windowsOn(rota, '2026-11-01T00:00Z', '2026-12-31T00:00Z')).toEqual([
      window('2026-11-23T22:00+05:00', '2026-11-24T06:00+05:00'),
      window('2026-11-30T22:00+05:00', '2026-12-01T06:00+05:00'),
    ]);
  });

  test('no shifts, and an asked time that is empty, give no windows', () => {
    const rota = rotaIn(almaty, { weekly: [weekly(everyDay, '08:00', '20:00')] });
    expect(windowsOn(rotaIn(almaty, {}), '2026-11-01T00:00Z', '2026-12-01T00:00Z')).toEqual([]);
    expect(windowsOn(rota, '2026-11-23T10:00Z', '2026-11-23T10:00Z')).toEqual([]);
  });

  test('a rota in an unknown zone is an error', () => {
    const rota = rotaIn('Asia/Nowhere', { weekly: [weekly([1], '08:00', '20:00')] });
    expect(() => dutyAt(rota, none, at('2026-11-23T10:00Z'))).toThrow(RangeError);
  });
});

describe('dated shifts and absences', () => {
  test('a dated shift stands on top of the weekly ones', () => {
    const rota = rotaIn(almaty, {
      weekly: [weekly([1], '08:00', '12:00')],
      dated: [dated('2026-11-23', '11:00', '14:00'), dated('2026-11-25', '23:00', '01:00')],
    });
    expect(windowsOn(rota, '2026-11-23T00:00Z', '2026-11-27T00:00Z')).toEqual([
      window('2026-11-23T08:00+05:00', '2026-11-23T14:00+05:00'),
      window('2026-11-25T23:00+05:00', '2026-11-26T01:00+05:00'),
    ]);
  });

  test('an absence cuts a shift in two', () => {
    const rota = rotaIn(almaty, {
      weekly: [weekly([1], '08:00', '20:00')],
      absences: [absence('2026-11-23T12:00', '2026-11-23T13:30')],
    });
    expect(windowsOn(rota, '2026-11-23T00:00Z', '2026-11-24T00:00Z')).toEqual([
      window('2026-11-23T08:00+05:00', '2026-11-23T12:00+05:00'),
      window('2026-11-23T13:30+05:00', '2026-11-23T20:00+05:00'),
    ]);
    expect(dutyAt(rota, none, at('2026-11-23T13:00+05:00'))).toBeNull();
  });

  test('an absence of weeks takes away whole shifts, dated ones too, and the parts at its ends', () => {
    const rota = rotaIn(almaty, {
      weekly: [weekly([1], '20:00', '08:00')],
      dated: [dated('2026-12-02', '08:00', '12:00')],
      absences: [absence('2026-11-24T02:00', '2026-12-08T01:00')],
    });
    expect(windowsOn(rota, '2026-11-23T00:00Z', '2026-12-09T00:00Z')).toEqual([
      window('2026-11-23T20:00+05:00', '2026-11-24T02:00+05:00'),
      window('2026-12-08T01:00+05:00', '2026-12-08T08:00+05:00'),
    ]);
  });
});

describe('changes of clocks', () => {
  const nights = rotaIn(berlin, { weekly: [weekly(everyDay, '22:00', '06:00')] });

  test('a night shift is seven hours long when the clocks go forward', () => {
    const windows = windowsOn(nights, '2026-03-28T12:00Z', '2026-03-29T12:00Z');
    expect(windows).toEqual([window('2026-03-28T22:00+01:00', '2026-03-29T06:00+02:00')]);
    expect(hoursOf(windows)).toEqual([7]);
  });

  test('a night shift is nine hours long when the clocks go back', () => {
    const windows = windowsOn(nights, '2026-10-24T12:00Z', '2026-10-25T12:00Z');
    expect(windows).toEqual([window('2026-10-24T22:00+02:00', '2026-10-25T06:00+01:00')]);
    expect(hoursOf(windows)).toEqual([9]);
  });

  test('a shift that starts in the skipped hour starts when the clocks change', () => {
    const rota = rotaIn(berlin, { dated: [dated('2026-03-29', '02:30', '03:15')] });
    expect(windowsOn(rota, '2026-03-28T00:00Z', '2026-03-30T00:00Z')).toEqual([
      window('2026-03-29T03:00+02:00', '2026-03-29T03:15+02:00'),
    ]);
  });

  test('shifts that meet in the skipped hour leave no hole', () => {
    const rota = rotaIn(berlin, {
      dated: [dated('2026-03-28', '22:00', '03:00'), dated('2026-03-29', '02:30', '06:00')],
    });
    expect(hoursOf(windowsOn(rota, '2026-03-28T12:00Z', '2026-03-29T12:00Z'))).toEqual([7]);
  });

  test('a shift within the skipped hour is empty', () => {
    const rota = rotaIn(berlin, { dated: [dated('2026-03-29', '02:15', '02:45')] });
    expect(windowsOn(rota, '2026-03-28T00:00Z', '2026-03-30T00:00Z')).toEqual([]);
  });

  test('a shift in the repeated hour goes from its first showing to its second', () => {
    const rota = rotaIn(berlin, { dated: [dated('2026-10-25', '02:15', '02:45')] });
    expect(windowsOn(rota, '2026-10-24T00:00Z', '2026-10-26T00:00Z')).toEqual([
      window('2026-10-25T02:15+02:00', '2026-10-25T02:45+01:00'),
    ]);
  });

  test('shifts that meet in the repeated hour overlap and leave no hole', () => {
    const rota = rotaIn(berlin, {
      dated: [dated('2026-10-24', '22:00', '02:30'), dated('2026-10-25', '02:30', '06:00')],
    });
    expect(hoursOf(windowsOn(rota, '2026-10-24T12:00Z', '2026-10-25T12:00Z'))).toEqual([9]);
  });

  test.each(['Asia/Almaty', 'Asia/Qostanay'])('%s: the night to 1 March 2024 is an hour longer', zone => {
    const rota = rotaIn(zone, { weekly: [weekly([4], '20:00', '08:00')] });
    expect(windowsOn(rota, '2024-02-29T00:00Z', '2024-03-01T12:00Z')).toEqual([
      window('2024-02-29T20:00+06:00', '2024-03-01T08:00+05:00'),
    ]);
    expect(dutyAt(rota, none, at('2024-03-07T20:00+05:00'))).toEqual(
      window('2024-03-07T20:00+05:00', '2024-03-08T08:00+05:00'),
    );
  });

  test.each(['Asia/Qyzylorda', 'Asia/Aqtobe', 'Asia/Aqtau', 'Asia/Atyrau', 'Asia/Oral'])(
    '%s was five hours ahead already',
    zone => {
      const rota = rotaIn(zone, { weekly: [weekly([4], '20:00', '08:00')] });
      expect(hoursOf(windowsOn(rota, '2024-02-29T00:00Z', '2024-03-01T12:00Z'))).toEqual([12]);
    },
  );
});

describe('the next change of duty', () => {
  const rota = rotaIn(almaty, {
    weekly: [weekly([1], '08:00', '12:00'), weekly([1], '12:00', '20:00')],
    absences: [absence('2026-11-23T18:00', '2026-11-23T19:00')],
  });
  const next = (from: string, days = 14) => nextDutyChange(rota, none, at(from), days);

  test('off duty, it is the beginning of the next window', () => {
    expect(next('2026-11-20T00:00Z')).toBe(at('2026-11-23T08:00+05:00'));
    expect(next('2026-11-23T18:00+05:00')).toBe(at('2026-11-23T19:00+05:00'));
  });

  test('on duty, it is the end of the window, not of a shift that another one touches', () => {
    expect(next('2026-11-23T08:00+05:00')).toBe(at('2026-11-23T18:00+05:00'));
  });

  test('there is none when nothing changes within the horizon', () => {
    expect(next('2026-11-20T00:00Z', 3)).toBeNull();
    expect(nextDutyChange(rotaIn(almaty, {}), none, at('2026-11-20T00:00Z'), 365)).toBeNull();
  });

  test('there is none for somebody who is always on duty', () => {
    const always = rotaIn(almaty, {
      weekly: [weekly(everyDay, '00:00', '12:00'), weekly(everyDay, '12:00', '00:00')],
    });
    expect(dutyAt(always, none, at('2026-11-20T00:00Z'))).not.toBeNull();
    expect(nextDutyChange(always, none, at('2026-11-20T00:00Z'), 30)).toBeNull();
  });
});

describe('shifts in every so many weeks', () => {
  const every = (everyWeeks: number, startsOn: string) =>
    rotaIn(almaty, { weekly: [weekly([1, 7], '09:00', '10:00', { everyWeeks, startsOn: date(startsOn) })] });
  const days = (rota: Rota, from: string, until: string) =>
    windowsOn(rota, from, until).map(({ from: at }) => new Date(at).toISOString().slice(0, 10));

  test('are counted by whole weeks from Monday, whatever day the first is', () => {
    // 2026-11-26 is a Thursday: of its week only the Sunday is left.
    expect(days(every(2, '2026-11-26'), '2026-11-20T00:00Z', '2026-12-22T00:00Z')).toEqual([
      '2026-11-29',
      '2026-12-07',
      '2026-12-13',
      '2026-12-21',
    ]);
  });

  test('go on across the end of a year of 53 weeks', () => {
    // 2026 has an ISO week 53: whoever counts by the numbers of weeks is a week late from January on.
    expect(days(every(2, '2026-12-21'), '2026-12-20T00:00Z', '2027-01-20T00:00Z')).toEqual([
      '2026-12-21',
      '2026-12-27',
      '2027-01-04',
      '2027-01-10',
      '2027-01-18',
    ]);
  });
});

test('on a holiday a shift that says so does not begin, and one of the evening before goes on into it', () => {
  const rota = rotaIn(almaty, {
    weekly: [weekly([1, 2, 3, 4, 5, 6, 7], '22:00', '06:00', { onHolidays: false })],
  });
  const holidays = new Set([date('2026-12-16')]);
  expect(dutyAt(rota, holidays, at('2026-12-16T05:00+05:00'))).not.toBeNull();
  expect(dutyAt(rota, holidays, at('2026-12-16T23:00+05:00'))).toBeNull();
  expect(dutyAt(rota, holidays, at('2026-12-17T05:00+05:00'))).toBeNull();
  expect(dutyAt(rota, holidays, at('2026-12-17T23:00+05:00'))).not.toBeNull();
});
