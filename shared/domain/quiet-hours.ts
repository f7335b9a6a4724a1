// The hours in which nobody is written to about what can wait, on the clock of whoever would read it.
// Must never hold back what a survivor waits for.
import type { Instant } from './instant.ts';
import { addDays, endInstant, localTimeAt, startInstant, type WallTime } from './local-time.ts';
import type { SelfService } from './self-service.ts';

type Quiet = Pick<SelfService, 'quietFrom' | 'quietUntil'>;

/** The quiet around an instant; null: there is none then. */
export function quietAt(
  at: Instant,
  zone: string,
  { quietFrom, quietUntil }: Quiet,
): { readonly from: Instant; readonly until: Instant } | null {
  const { date, minuteOfDay } = localTimeAt(at, zone);
  const isOvernight = quietUntil <= quietFrom;
  const isEvening = minuteOfDay >= quietFrom;
  const isMorning = minuteOfDay < quietUntil;
  const isQuiet = isOvernight ? isEvening || isMorning : isEvening && isMorning;
  if (quietFrom === quietUntil || !isQuiet) return null;
  const begins: WallTime = {
    date: isOvernight && !isEvening ? addDays(date, -1) : date,
    minuteOfDay: quietFrom,
  };
  const ends: WallTime = {
    date: isOvernight && isEvening ? addDays(date, 1) : date,
    minuteOfDay: quietUntil,
  };
  return { from: startInstant(begins, zone), until: endInstant(ends, zone) };
}
