// When somebody is reminded of a shift. A reminder that would fall into quiet hours comes before them; two that come at the
// same moment are one. Must never wake anybody, nor remind of what has begun.
import { addSeconds, earliest, type Instant } from './instant.ts';
import { type Occurrence, occurrencesOf } from './occurrence.ts';
import { quietAt } from './quiet-hours.ts';
import { dutyWindows, type Holidays } from './rota.ts';
import type { SelfService } from './self-service.ts';
import type { Volunteer } from './volunteer.ts';

export type Reminding = {
  /** Of which she is to be reminded now; null: of none. */
  readonly remindOf: Occurrence | null;
  /** When to look again. */
  readonly lookAt: Instant;
};

const DAY_SECONDS = 24 * 3600;
/** Nobody is reminded earlier than some days before; whoever has no shift within is looked at once a week. */
const AHEAD_SECONDS = 8 * DAY_SECONDS;
const LOOK_AGAIN_SECONDS = 7 * DAY_SECONDS;

/** `remindedUntil`: those that were due by then have been sent; null: nobody has looked yet, and what is past stays unsaid. */
export function reminding(
  volunteer: Volunteer,
  holidays: Holidays,
  settings: SelfService,
  remindedUntil: Instant | null,
  now: Instant,
): Reminding {
  const until = addSeconds(now, AHEAD_SECONDS);
  // Who is on duty already needs no reminder of the shift that follows.
  const beginnings = dutyWindows(volunteer.rota, holidays, now, until).map(({ from }) => from);
  const times = occurrencesOf(volunteer, holidays, now, until)
    .filter(({ window }) => window.from > now && beginnings.includes(window.from))
    .flatMap(occurrence =>
      timesOf(occurrence.window.from, volunteer.rota.zone, settings).map(at => ({ at, occurrence })),
    );
  const since = remindedUntil ?? now;
  const due = times.find(({ at }) => at > since && at <= now);
  const next = earliest(times.map(({ at }) => (at > now ? at : null)));
  const lookAgain = addSeconds(now, LOOK_AGAIN_SECONDS);
  const lookAt = next !== null && next < lookAgain ? next : lookAgain;
  const quiet = quietAt(now, volunteer.rota.zone, settings);
  // We are late, and it is night: said in the morning, unless it has begun by then.
  if (due && quiet !== null) return { remindOf: null, lookAt: earliest([quiet.until, lookAt]) ?? lookAt };
  return { remindOf: due?.occurrence ?? null, lookAt };
}

/** Before the quiet begins: while a late run still finds people awake. */
const EVENING_SECONDS = 3600;

function timesOf(begins: Instant, zone: string, settings: SelfService): readonly Instant[] {
  const times = settings.remindSeconds.map(seconds => {
    const at = addSeconds(begins, -seconds);
    const quiet = quietAt(at, zone, settings);
    return quiet === null ? at : addSeconds(quiet.from, -EVENING_SECONDS);
  });
  return [...new Set(times)];
}
