// A rota as a calendar that others subscribe to: single events in UTC, so that no zone rule is needed to read them, under
// names that stay. Must never say what the shifts are for: a calendar lies open on phones and with whoever keeps it.
import ICAL from 'ical.js';
import type { RegionId } from '../domain/ids.ts';
import { addSeconds, type Instant } from '../domain/instant.ts';
import { localTimeAt } from '../domain/local-time.ts';
import { absenceWindow, type DutyWindow, type Holidays, turnsIn, without } from '../domain/rota.ts';
import { shiftIdFor } from '../domain/shift-ids.ts';
import type { Volunteer } from '../domain/volunteer.ts';

const BEFORE_SECONDS = 14 * 24 * 3600;
const AFTER_SECONDS = 120 * 24 * 3600;

export type FeedEvent = DutyWindow & { readonly uid: string; readonly summary: string };

/** Her shifts, less her absences; with a region, those alone that she answers in there. */
export function feedEvents(
  { id, rota, region }: Volunteer,
  holidays: Holidays,
  { only, summary, now }: { readonly only: RegionId | null; readonly summary: string; readonly now: Instant },
): readonly FeedEvent[] {
  const absences = rota.absences.map(absence => absenceWindow(absence, rota.zone));
  const span = [addSeconds(now, -BEFORE_SECONDS), addSeconds(now, AFTER_SECONDS)] as const;
  return turnsIn(rota, holidays, ...span)
    .filter(({ shift }) => only === null || (shift.regions ?? [region]).includes(only))
    .flatMap(({ shift, window }) => {
      const { date } = localTimeAt(window.from, rota.zone);
      // One that an absence cuts in two is two events; a shift held on a day keeps its name whatever its times become.
      return absences.reduce(without, [window]).map((part, place) => ({
        ...part,
        // Neither of the two ids is anybody's business but ours: she may be called by hers.
        uid: [shiftIdFor(`${id} ${shift.id}`).slice(4), date, ...(place === 0 ? [] : [place + 1])].join('-'),
        summary,
      }));
    })
    .sort((a, b) => a.from - b.from);
}

/** RFC 5545, folded and escaped. */
export function calendarText(events: readonly FeedEvent[], now: Instant): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//rota//EN');
  calendar.addPropertyWithValue('method', 'PUBLISH');
  calendar.addPropertyWithValue('x-published-ttl', 'PT1H');
  for (const { uid, from, until, summary } of events) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', uid);
    event.addPropertyWithValue('dtstamp', inUtc(now));
    event.addPropertyWithValue('dtstart', inUtc(from));
    event.addPropertyWithValue('dtend', inUtc(until));
    event.addPropertyWithValue('summary', summary);
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}

const inUtc = (at: Instant) =>
  ICAL.Time.fromData({ ...secondsOf(at), isDate: false }, ICAL.Timezone.utcTimezone);

function secondsOf(at: Instant) {
  const { date, minuteOfDay } = localTimeAt(at, 'UTC');
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const hour = Math.floor(minuteOfDay / 60);
  return { year, month, day, hour, minute: minuteOfDay % 60, second: Math.floor(at / 1000) % 60 };
}
