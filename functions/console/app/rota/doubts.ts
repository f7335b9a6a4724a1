// What is odd about a shift before it is saved: told beside it, in the reader's words. What is wrong the API refuses.
// Must never stop anybody: a manager may know why two shifts overlap.
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/instant.ts';
import { localTimeAt } from '../../../../shared/domain/local-time.ts';
import { absenceWindow, type Holidays, type Rota, shiftWindow } from '../../../../shared/domain/rota.ts';
import { overlapsOf } from '../../../../shared/domain/rota-doubts.ts';
import { type RotaEdit, withEdit } from '../../../../shared/domain/rota-edit.ts';
import { dayInWords } from '../kit/days.ts';
import { rotaWords } from './rota-words.ts';
import { MINUTES_A_DAY } from './week.ts';

export function doubtsOf(rota: Rota, edit: RotaEdit, holidays: Holidays, now: Instant): readonly string[] {
  const said = rotaWords.value;
  const after = withEdit(rota, edit);
  const changed = new Set<ShiftId>([...edit.put.weekly, ...edit.put.dated].map(({ id }) => id));
  const overlaps = overlapsOf(after, holidays, changed, now).slice(0, 3);
  const away = after.absences.map(each => absenceWindow(each, after.zone));
  return [
    ...overlaps.map(({ at }) => said.overlaps(dayInWords(localTimeAt(at, after.zone).date))),
    ...edit.put.dated.flatMap(shift => {
      const window = shiftWindow(shift, after.zone);
      const minutes = Math.round((window.until - window.from) / 60_000);
      const onPaper = (shift.until - shift.from + MINUTES_A_DAY) % MINUTES_A_DAY;
      const isAway = away.some(each => each.from < window.until && each.until > window.from);
      return [
        ...(minutes > 0 && minutes !== onPaper
          ? [said.clocksChange(hoursOf(minutes), hoursOf(onPaper))]
          : []),
        ...(isAway ? [said.fallsIntoAbsence] : []),
      ];
    }),
  ];
}

/** `7.5` of 450. */
export const hoursOf = (minutes: number): number => Math.round(minutes / 6) / 10;
