// What the page of the rota makes of a drag: the same duty as before but for the times that are meant, in every zone and over
// every change of clocks. No browser: what is tried is what the page counts with.
import { describe, expect, test } from 'vitest';
import { fromThenOn, onceEdit, removal, spanEdit } from '../../functions/console/app/rota/edits.ts';
import {
  axisOf,
  type Bar,
  barsOf,
  moved,
  nearestStep,
  rotaRead,
  rotaSent,
  stretched,
  windowOf,
} from '../../functions/console/app/rota/week.ts';
import { addDays, type LocalDate, type Weekday } from '../../shared/domain/local-time.ts';
import { dutyWindows, type Rota } from '../../shared/domain/rota.ts';
import { withEdit } from '../../shared/domain/rota-edit.ts';
import { problemsOfRota } from '../../shared/domain/rota-rules.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';

const zone = 'Asia/Almaty';
const monday = '2027-01-11' as LocalDate;
/** Five weeks before it to fourteen after. */
const around = axisOf(addDays(monday, -35), 133, zone);
const none: ReadonlySet<LocalDate> = new Set();
const HOUR = 60;

const patterns = [1, 2, 3].flatMap(everyWeeks =>
  [[1, 3, 7], [5], [1, 2, 3, 4, 5, 6, 7]].flatMap(weekdays =>
    [null, monday].map(endsOn => ({
      weekdays: weekdays as Weekday[],
      from: 22 * HOUR,
      until: 6 * HOUR,
      everyWeeks,
      startsOn: everyWeeks === 1 ? null : addDays(monday, -14 * everyWeeks),
      endsOn: endsOn && addDays(endsOn, 77),
    })),
  ),
);
const rotas = patterns.map(weekly => plainRota(zone, { weekly: [weekly] }));
const windows = (rota: Rota) => dutyWindows(rota, none, around.from, around.until);
const barsFrom = (rota: Rota) => barsOf(rota, none, around).filter(({ span }) => span.date >= monday);

describe('one time of a weekly shift', () => {
  test('is moved, or taken out, and no other time of it changes, however often its weeks come round', () => {
    for (const rota of rotas) {
      const others = windows(rota);
      const bars = barsFrom(rota).slice(0, 9);
      expect(bars.length).toBeGreaterThan(1);
      for (const bar of bars) {
        const span = moved(bar.span, -3 * HOUR);
        const changed = withEdit(rota, spanEdit(bar, span, 'once'));
        expect(problemsOfRota(changed)).toEqual([]);
        const expected = others
          .map(each => (each.from === bar.window.from ? windowOf('dated', span, zone) : each))
          .sort((a, b) => a.from - b.from);
        expect(windows(changed)).toEqual(expected);
        const without = withEdit(rota, removal(bar, 'once'));
        expect(windows(without)).toEqual(others.filter(({ from }) => from !== bar.window.from));
      }
    }
  });

  test('moved by two managers at once it is one time and not two: both make the same parts', () => {
    for (const rota of rotas) {
      const bar = barsFrom(rota)[1] as Bar;
      const theirs = withEdit(rota, spanEdit(bar, moved(bar.span, -4 * HOUR), 'once'));
      const mine = spanEdit(bar, moved(bar.span, -2 * HOUR), 'once');
      expect(windows(withEdit(theirs, mine))).toEqual(windows(withEdit(rota, mine)));
    }
  });
});

describe('every time from one on', () => {
  test('is at the other hours, and what was before that day stays as it was', () => {
    for (const rota of rotas) {
      const bar = barsFrom(rota)[2] as Bar;
      const changed = withEdit(rota, spanEdit(bar, moved(bar.span, HOUR), 'from-then-on'));
      expect(problemsOfRota(changed)).toEqual([]);
      const later = windows(rota).map(each =>
        each.from < bar.window.from
          ? each
          : { from: each.from + HOUR * 60_000, until: each.until + HOUR * 60_000 },
      );
      expect(windows(changed)).toEqual(later);
      const ended = withEdit(rota, removal(bar, 'from-then-on'));
      expect(windows(ended)).toEqual(windows(rota).filter(({ from }) => from < bar.window.from));
    }
  });

  test('on another day of its week it leaves that day to none, and its week is still the one that counts', () => {
    const [rota] = rotas.filter(
      ({ weekly }) => weekly[0]?.everyWeeks === 2 && weekly[0].weekdays.length === 1,
    );
    if (rota === undefined) throw new Error('there is one');
    const bar = barsFrom(rota)[0] as Bar;
    for (const days of [-2, 1]) {
      const changed = withEdit(rota, spanEdit(bar, moved(bar.span, days * 24 * HOUR), 'from-then-on'));
      const expected = barsOf(rota, none, around).map(({ span }) =>
        span.date < bar.span.date ? span.date : addDays(span.date, days),
      );
      expect(barsOf(changed, none, around).map(({ span }) => span.date)).toEqual(expected);
    }
  });

  test('from its very first day it is changed as a whole, and leaves nothing behind', () => {
    const rota = plainRota(zone, {
      weekly: [{ weekdays: [1], from: 8 * HOUR, until: 16 * HOUR, startsOn: monday }],
    });
    const [shift] = rota.weekly;
    if (shift === undefined) throw new Error('there is one');
    const later = withEdit(rota, fromThenOn(shift, { ...shift, from: 9 * HOUR }, monday));
    expect(later.weekly).toEqual([{ ...shift, from: 9 * HOUR }]);
    const once = { date: monday, from: 540, until: 960, regions: null, skills: null, note: null };
    expect(withEdit(rota, onceEdit(shift, monday, once)).weekly).toMatchObject([
      { id: shift.id, startsOn: addDays(monday, 1) },
    ]);
  });
});

test('a night on which clocks change is as long as it is, begins and ends on the wall, and its day is as wide as it lasts', () => {
  const berlin = 'Europe/Berlin';
  const spring = axisOf('2027-03-22' as LocalDate, 7, berlin);
  expect(spring.days.map(({ from, until }) => (until - from) / 3_600_000)).toEqual([
    24, 24, 24, 24, 24, 24, 23,
  ]);
  const rota = plainRota(berlin, {
    dated: [{ date: '2027-03-27' as LocalDate, from: 22 * HOUR, until: 6 * HOUR }],
  });
  const [bar] = barsOf(rota, none, spring);
  if (bar === undefined) throw new Error('there is one');
  expect([(bar.window.until - bar.window.from) / 3_600_000, bar.span.minutes / HOUR]).toEqual([7, 8]);
  // Its end is dragged by two hours of the axis: on the wall that is two hours too, since the clocks have changed before.
  const { date, minuteOfDay } = nearestStep(bar.window.until + 2 * 3_600_000, berlin);
  expect([date, minuteOfDay / HOUR]).toEqual(['2027-03-28', 8]);
  // A night later the same wall times last eight hours.
  const later = windowOf('dated', moved(bar.span, 24 * HOUR), berlin);
  expect((later.until - later.from) / 3_600_000).toBe(8);
});

test('a shift is never stretched to a day or to nothing, an absence to weeks; and what is sent is what was read', () => {
  const span = { date: monday, from: 18 * HOUR, minutes: 4 * HOUR };
  expect(stretched('dated', 'end', span, 30 * HOUR).minutes).toBe(23.5 * HOUR);
  expect(stretched('dated', 'end', span, -30 * HOUR).minutes).toBe(30);
  expect(stretched('dated', 'start', span, 8 * HOUR)).toEqual({
    date: monday,
    from: 10 * HOUR,
    minutes: 12 * HOUR,
  });
  expect(stretched('absence', 'end', span, 500 * HOUR).minutes).toBe(504 * HOUR);
  for (const rota of rotas) expect(rotaRead(rotaSent(rota) as Parameters<typeof rotaRead>[0])).toEqual(rota);
});
