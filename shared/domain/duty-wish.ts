// What a volunteer says about her own duty: on, off, a break. Changes her rota and pause, never a request: whoever talks
// with somebody goes on talking. Off duty ends by itself with the shift, so that nobody is forgotten off duty.
import { addSeconds, type Instant } from './instant.ts';
import { addDays, endInstant, localTimeAt, startInstant, wallTimeOf } from './local-time.ts';
import { type DatedShift, dutyAt, type Holidays, type Rota } from './rota.ts';
import { shiftIdFor } from './shift-ids.ts';
import type { Volunteer } from './volunteer.ts';
import type { SaidCode } from './volunteer-codes.ts';
import type { Text } from './wording.ts';

export type DutyWish =
  | { readonly wish: 'on-duty' | 'off-duty' }
  | { readonly wish: 'break'; readonly minutes: number };

const BREAK_MINUTES = 30;
const BREAK_AT_MOST_MINUTES = 12 * 60;
/** On duty without a shift: a stretch that nobody regrets having promised. */
const OWN_SHIFT_MINUTES = 4 * 60;
/** Off duty on a rota without an end. */
const OFF_AT_MOST_SECONDS = 12 * 3600;
const DAY_MINUTES = 24 * 60;

/** Null: a code about something else. */
export function dutyWishOf({ code, numbers: [minutes = 0] }: SaidCode): DutyWish | null {
  if (code === 'on-duty' || code === 'off-duty') return { wish: code };
  if (code !== 'break') return null;
  const wanted = minutes === 0 ? BREAK_MINUTES : minutes;
  return { wish: 'break', minutes: Math.min(wanted, BREAK_AT_MOST_MINUTES) };
}

export function confirmationOf(wish: DutyWish): Text {
  if (wish.wish === 'break') return { text: 'on-break', minutes: wish.minutes };
  return { text: wish.wish };
}

export function wished(volunteer: Volunteer, wish: DutyWish, holidays: Holidays, now: Instant): Volunteer {
  switch (wish.wish) {
    case 'on-duty':
      return { ...volunteer, pausedUntil: null, rota: onDuty(volunteer.rota, holidays, now) };
    case 'off-duty':
      return { ...volunteer, pausedUntil: offUntil(volunteer.rota, holidays, now) };
    case 'break':
      return { ...volunteer, pausedUntil: addSeconds(now, wish.minutes * 60) };
  }
}

/** Back from an absence before its end; and on duty without a shift is a shift of its own. */
function onDuty(rota: Rota, holidays: Holidays, now: Instant): Rota {
  const back = { ...rota, absences: rota.absences.filter(each => !holds(each, rota.zone, now)) };
  return dutyAt(back, holidays, now) === null
    ? { ...back, dated: [...recent(back, now), ownShift(back, now)] }
    : back;
}

function holds({ from, until }: Rota['absences'][number], zone: string, now: Instant): boolean {
  return startInstant(wallTimeOf(from), zone) <= now && endInstant(wallTimeOf(until), zone) > now;
}

function ownShift({ zone }: Rota, now: Instant): DatedShift {
  const { date, minuteOfDay } = localTimeAt(now, zone);
  const id = shiftIdFor(`own ${date} ${minuteOfDay}`);
  const until = (minuteOfDay + OWN_SHIFT_MINUTES) % DAY_MINUTES;
  return { id, date, from: minuteOfDay, until, regions: null, skills: null, note: null };
}

/** Shifts long over make no room for new ones. */
function recent({ dated, zone }: Rota, now: Instant): readonly DatedShift[] {
  const lastWeek = addDays(localTimeAt(now, zone).date, -7);
  return dated.filter(({ date }) => date >= lastWeek);
}

/** Null when she is off duty anyway. */
function offUntil(rota: Rota, holidays: Holidays, now: Instant): Instant | null {
  const duty = dutyAt(rota, holidays, now);
  const latest = addSeconds(now, OFF_AT_MOST_SECONDS);
  if (duty === null) return null;
  return duty.until < latest ? duty.until : latest;
}
