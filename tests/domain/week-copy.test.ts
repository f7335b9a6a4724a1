// One week of a rota copied into another: the same times on the wall, nothing twice, and all that is left out is told.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../shared/domain/local-time.ts';
import { dutyWindows, type Rota } from '../../shared/domain/rota.ts';
import { withEdit } from '../../shared/domain/rota-edit.ts';
import { copiedWeek, weekOf } from '../../shared/domain/week-copy.ts';
import { absence, at, date, dated, none, rotaIn, weekly, window } from '../support/rota-parts.ts';
import { volunteer } from '../support/small-network.ts';

const { id } = volunteer('aigul', 11);
const copy = (rota: Rota, from: string, into: string, holidays = none) =>
  copiedWeek({ id, rota }, holidays, date(from), date(into));
const pasted = (rota: Rota, { shifts: copied }: ReturnType<typeof copy>) =>
  withEdit(rota, { put: { weekly: [], dated: copied, absences: [] }, remove: [] });
const told = ({ leftOut }: ReturnType<typeof copy>) => leftOut.map(each => [each.date, each.because]);

test('any day names its week, from Monday to Sunday', () => {
  for (const day of ['2026-11-23', '2026-11-26', '2026-11-29'])
    expect(weekOf(date(day)).map(each => each.date)).toEqual(
      Array.from({ length: 7 }, (_, index) => addDays(date('2026-11-23'), index)),
    );
});

test('the same times on the wall, across a change of the clocks', () => {
  const rota = rotaIn('Europe/Berlin', {
    weekly: [weekly([7], '01:00', '05:00', { endsOn: date('2027-03-27') })],
    dated: [dated('2027-03-23', '22:00', '06:00', { note: 'for Dana' })],
  });
  const copied = copy(rota, '2027-03-16', '2027-03-28');
  expect(copied.leftOut).toEqual([]);
  const after = pasted(rota, copied);
  expect(dutyWindows(after, none, at('2027-03-28T00:00Z'), at('2027-03-29T00:00Z'))).toEqual([
    window('2027-03-28T01:00+01:00', '2027-03-28T05:00+02:00'),
  ]);
  const night = copy(rota, '2027-03-23', '2027-04-01');
  expect(night.shifts.map(({ date: day, from, until, note }) => [day, from, until, note])).toEqual([
    ['2027-03-30', 22 * 60, 6 * 60, 'for Dana'],
  ]);
});

test('what would not be right there is left out, and why is told', () => {
  const rota = rotaIn('Asia/Almaty', {
    dated: [
      dated('2026-11-23', '09:00', '17:00'), // there already
      dated('2026-11-24', '09:00', '17:00'), // overlaps
      dated('2026-11-25', '09:00', '17:00'), // away then
      dated('2026-11-26', '09:00', '17:00'), // was away
      dated('2026-11-27', '09:00', '17:00'),
      dated('2026-11-30', '09:00', '17:00'),
      dated('2026-12-01', '16:00', '20:00'),
    ],
    absences: [
      absence('2026-12-02T16:00', '2026-12-02T18:00'),
      absence('2026-11-26T00:00', '2026-11-27T00:00'),
    ],
  });
  const copied = copy(rota, '2026-11-23', '2026-11-30');
  expect(copied.shifts.map(each => each.date)).toEqual(['2026-12-04']);
  expect(told(copied)).toEqual([
    ['2026-11-30', 'there-already'],
    ['2026-12-01', 'overlaps'],
    ['2026-12-02', 'away'],
    ['2026-12-03', 'was-away'],
  ]);
  const skipped = rotaIn('Europe/Berlin', { dated: [dated('2027-03-21', '02:10', '02:50')] });
  expect(told(copy(skipped, '2027-03-21', '2027-03-28'))).toEqual([['2027-03-28', 'skipped']]);
});

test('a weekly shift that goes on is there already; a rotation is copied into its week off; a holiday’s shift was not held', () => {
  const rota = rotaIn('Asia/Almaty', {
    weekly: [
      weekly([1], '09:00', '17:00', { onHolidays: false }),
      weekly([2], '09:00', '17:00', { everyWeeks: 2, startsOn: date('2026-11-23') }),
    ],
  });
  const copied = copy(rota, '2026-11-23', '2026-11-30');
  expect(told(copied)).toEqual([['2026-11-30', 'there-already']]);
  expect(copied.shifts.map(each => each.date)).toEqual(['2026-12-01']);
  const holiday = new Set([date('2026-11-23')]);
  expect(copy(rota, '2026-11-23', '2026-11-30', holiday).leftOut).toEqual([]);
});

test('copied again it copies nothing twice, whatever the week holds', () => {
  const day = fc.integer({ min: 0, max: 6 }).map(days => addDays(date('2026-11-23'), days));
  const clock = fc.constantFrom('00:00', '06:00', '09:00', '12:00', '18:00', '22:00');
  const shift = fc
    .tuple(day, clock, clock)
    .filter(([, from, until]) => from !== until)
    .map(([on, from, until]) => dated(on, from, until));
  fc.assert(
    fc.property(fc.array(shift, { maxLength: 6 }), shifts => {
      const rota = rotaIn('Asia/Almaty', { dated: shifts });
      const once = pasted(rota, copy(rota, '2026-11-24', '2026-12-09'));
      const twice = pasted(once, copy(once, '2026-11-24', '2026-12-09'));
      expect(twice).toEqual(once);
    }),
    { numRuns: 100 },
  );
});
