// Whether a contact can be reached now, by its weekly hours in its own wall time.
// Must never decide what happens when it cannot: that is the ladder's.
import type { Instant } from './instant.ts';
import { addDays, daysBetween, localTimeAt } from './local-time.ts';
import { patternWindows, type WeeklyPattern } from './rota.ts';

/**
 * Open at `now`; no hours at all means always. The hours are read as a rota's shifts are: overnight ones, and those
 * in the hour that the clocks skip or repeat. Throws on an unknown zone, but not for hours that are empty.
 */
export function isOpen(hours: readonly WeeklyPattern[], zone: string, now: Instant): boolean {
  if (hours.length === 0) return true;
  const today = localTimeAt(now, zone).date;
  // Overnight hours began yesterday. One day more on each side: clocks may be turned back across midnight.
  const days = daysBetween(addDays(today, -2), addDays(today, 1));
  return hours
    .flatMap(pattern => patternWindows(pattern, zone, days))
    .some(window => window.from <= now && now < window.until);
}
