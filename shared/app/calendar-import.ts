// Calendars of others as shifts and absences: single events, weekly ones, whole days off. Whatever else a calendar can say is
// refused by its event, and why is told. Must never expand what could go on without end, nor follow a name into an object.
import ICAL from 'ical.js';
import { parseShiftId, type ShiftId, type VolunteerId } from '../domain/ids.ts';
import { addSeconds, type Instant } from '../domain/instant.ts';
import {
  addDays,
  isZone,
  type LocalDate,
  type LocalDateTime,
  localTimeAt,
  parseLocalDate,
  startInstant,
  type WallTime,
  type Weekday,
  weekdayOf,
  weeksBetween,
} from '../domain/local-time.ts';
import type { Rota } from '../domain/rota.ts';
import { itemsOf, type RotaEdit } from '../domain/rota-edit.ts';
import { ROTA_AT_MOST } from '../domain/rota-rules.ts';
import { shiftIdFor } from '../domain/shift-ids.ts';

export type RefusedEvent = { readonly event: number; readonly problem: string };
export type CalendarRead = {
  readonly put: RotaEdit['put'];
  readonly taken: number;
  readonly refused: readonly RefusedEvent[];
  /** What the ids of an event's shifts begin with, of all that were taken. */
  readonly prefixes: readonly string[];
};

const BYTES_AT_MOST = 1_000_000;
const EVENTS_AT_MOST = 500;
const COUNT_AT_MOST = 1_000;
const INTERVAL_AT_MOST = 8;
const DAYS_AWAY_AT_MOST = 366;
const YEARS: readonly [first: string, last: string] = ['2000', '2100'];

/** Null: it is no calendar. `zone` is that of her rota. */
export function readCalendar(text: string, volunteerId: VolunteerId, zone: string): CalendarRead | null {
  const events = eventsIn(text);
  if (events === null) return null;
  const taken: Taken[] = [];
  const refused: RefusedEvent[] = [];
  const uids = new Map<string, number>();
  events.slice(0, EVENTS_AT_MOST).forEach((event, index) => {
    try {
      const uid = event.one('uid')?.text ?? '';
      if (uid === '' || uid.length > 255) throw new NotTaken('has no UID, or a very long one');
      const other = uids.get(uid);
      if (other !== undefined) throw new NotTaken(`has the UID of event ${other}`);
      uids.set(uid, index + 1);
      taken.push(read(event, `sft_ics-${shiftIdFor(`${volunteerId} ${uid}`).slice('sft_'.length)}`, zone));
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      refused.push({ event: index + 1, problem: error.message });
    }
  });
  if (events.length > EVENTS_AT_MOST)
    refused.push({ event: EVENTS_AT_MOST + 1, problem: `and all after it: more than ${EVENTS_AT_MOST}` });
  return {
    taken: taken.length,
    refused,
    prefixes: taken.map(({ prefix }) => prefix),
    put: {
      weekly: taken.flatMap(({ put }) => put.weekly ?? []),
      dated: taken.flatMap(({ put }) => put.dated ?? []),
      absences: taken.flatMap(({ put }) => put.absences ?? []),
    },
  };
}

/** What was taken takes the place of what the same events were before. */
export function calendarEdit(rota: Rota, { put, prefixes }: CalendarRead): RotaEdit {
  const kept = new Set(itemsOf(put).map(({ id }) => id));
  const isOld = (id: ShiftId) =>
    !kept.has(id) && prefixes.some(prefix => id === prefix || id.startsWith(`${prefix}-`));
  return { put, remove: itemsOf(rota).flatMap(({ id }) => (isOld(id) ? [id] : [])) };
}

/** Why an event is not taken: caught where it is told. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

type Value = {
  readonly type: string;
  readonly text: string;
  readonly raw: unknown;
  readonly tzid: string | null;
};
type Event = {
  readonly all: (name: string) => readonly Value[];
  readonly one: (name: string) => Value | null;
};
type Put = { readonly [kind in keyof RotaEdit['put']]?: RotaEdit['put'][kind] };
type Taken = { readonly prefix: string; readonly put: Put };

/** jCal: lists of lists, and parameters that are looked up only if they are their own. */
function eventsIn(text: string): readonly Event[] | null {
  if (text.length > BYTES_AT_MOST) return null;
  let calendar: unknown;
  try {
    calendar = ICAL.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(calendar) || calendar[0] !== 'vcalendar' || !Array.isArray(calendar[2])) return null;
  return calendar[2].filter(part => Array.isArray(part) && part[0] === 'vevent').map(eventOf);
}

function eventOf(part: readonly unknown[]): Event {
  const properties = Array.isArray(part[1]) ? (part[1] as unknown[][]) : [];
  const all = (name: string): readonly Value[] =>
    properties
      .filter(property => property[0] === name)
      .flatMap(([, parameters, type, ...values]) =>
        values.map(raw => ({
          type: String(type),
          text: typeof raw === 'string' ? raw : '',
          raw,
          tzid: tzidIn(parameters),
        })),
      );
  const one = (name: string): Value | null => {
    const found = all(name);
    if (found.length > 1) throw new NotTaken(`says ${name.toUpperCase()} more than once`);
    return found[0] ?? null;
  };
  return { all, one };
}

function tzidIn(parameters: unknown): string | null {
  if (typeof parameters !== 'object' || parameters === null || !Object.hasOwn(parameters, 'tzid'))
    return null;
  return String((parameters as { tzid: unknown }).tzid);
}

const ONE_OF_A_SERIES = ['recurrence-id', 'rdate', 'exrule'];

function read(event: Event, prefix: string, zone: string): Taken {
  for (const name of ONE_OF_A_SERIES)
    if (event.all(name).length > 0) throw new NotTaken(`has ${name.toUpperCase()}, which is not taken`);
  if (event.one('status')?.text.toUpperCase() === 'CANCELLED') throw new NotTaken('is cancelled');
  const start = event.one('dtstart');
  if (start === null) throw new NotTaken('has no DTSTART');
  const rule = event.one('rrule');
  if (start.type === 'date') {
    if (rule) throw new NotTaken('repeats whole days, which is not taken');
    return { prefix, put: { absences: [daysAway(event, start, prefix)] } };
  }
  const times = timesOf(event, start, zone);
  if (rule === null) return { prefix, put: { dated: [datedShift(prefix, times)] } };
  if (!times.isOfZone)
    throw new NotTaken(`repeats in UTC or in another zone than her rota, ${zone}: clocks may part`);
  return { prefix, put: repeated(event, prefix, times, ruleIn(rule), zone) };
}

function idOf(text: string): ShiftId {
  const id = parseShiftId(text);
  if (id === null) throw new Error('an id that we have made ourselves');
  return id;
}

const plain = { regions: null, skills: null, note: null } as const;

// Whole days off

function daysAway(event: Event, start: Value, prefix: string): RotaEdit['put']['absences'][number] {
  const from = dateIn(start, 'DTSTART');
  const end = event.one('dtend');
  const days = event.one('duration')?.text.match(/^P(?:(\d{1,2})W|(\d{1,3})D)$/);
  const lasts = days ? Number(days[1] ?? 0) * 7 + Number(days[2] ?? 0) : 1;
  const until = end ? dateIn(end, 'DTEND') : addDays(from, lasts);
  if (until <= from) throw new NotTaken('ends before it begins');
  if (until > addDays(from, DAYS_AWAY_AT_MOST))
    throw new NotTaken(`lasts more than ${DAYS_AWAY_AT_MOST} days`);
  const midnight = (date: LocalDate) => `${date}T00:00` as LocalDateTime;
  return { id: idOf(prefix), from: midnight(from), until: midnight(until), note: null };
}

function dateIn({ text }: Value, name: string): LocalDate {
  const date = parseLocalDate(text.slice(0, 10));
  const [first, last] = YEARS;
  if (date === null || date < first || date > last) throw new NotTaken(`${name} is no day of this century`);
  return date;
}

// Times

type Times = WallTime & {
  readonly until: number;
  /** It means what the wall shows where her rota is. */
  readonly isOfZone: boolean;
};

function timesOf(event: Event, start: Value, zone: string): Times {
  const from = instantOf(start, 'DTSTART', zone);
  const end = event.one('dtend');
  const lasts = event.one('duration');
  if ((end === null) === (lasts === null)) throw new NotTaken('has no end, or two: DTEND or DURATION');
  const until = end
    ? instantOf(end, 'DTEND', zone).at
    : addSeconds(from.at, secondsIn((lasts as Value).text));
  if (until <= from.at) throw new NotTaken('ends before it begins');
  const [begins, ends] = [localTimeAt(from.at, zone), localTimeAt(until, zone)];
  const isNextDay = ends.date === addDays(begins.date, 1) && ends.minuteOfDay < begins.minuteOfDay;
  const isSameDay = ends.date === begins.date && ends.minuteOfDay > begins.minuteOfDay;
  if (!isNextDay && !isSameDay) throw new NotTaken('lasts a day or more: a shift is shorter');
  const { date, minuteOfDay } = begins;
  return { date, minuteOfDay, until: ends.minuteOfDay, isOfZone: from.isOfZone };
}

function instantOf(
  value: Value,
  name: string,
  zone: string,
): { readonly at: Instant; readonly isOfZone: boolean } {
  const [, hours, minutes, seconds, utc] = /T([01]\d|2[0-3]):([0-5]\d):(\d\d)(Z?)$/.exec(value.text) ?? [];
  if (value.type !== 'date-time' || hours === undefined) throw new NotTaken(`${name} is no time`);
  if (seconds !== '00') throw new NotTaken(`${name} is not a whole minute`);
  const wall = { date: dateIn(value, name), minuteOfDay: Number(hours) * 60 + Number(minutes) };
  if (utc === 'Z') return { at: startInstant(wall, 'UTC'), isOfZone: zone === 'UTC' };
  const named = value.tzid ?? zone;
  if (!isZone(named)) throw new NotTaken(`${name} is in a time zone that is not known: give its IANA name`);
  return { at: startInstant(wall, named), isOfZone: named === zone };
}

/** Of a day at most: what is longer is refused later. */
function secondsIn(text: string): number {
  const [, hours, minutes] = /^PT(?:(\d{1,2})H)?(?:(\d{1,4})M)?$/.exec(text) ?? [];
  if (hours === undefined && minutes === undefined)
    throw new NotTaken('has a DURATION that is not taken, as PT8H30M is');
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
}

function datedShift(id: string, { date, minuteOfDay, until }: WallTime & { readonly until: number }) {
  return { id: idOf(id), date, from: minuteOfDay, until, ...plain };
}

// What repeats

type Rule = {
  readonly interval: number;
  readonly weekdays: readonly Weekday[] | null;
  readonly until: string | null;
  readonly count: number | null;
};
const RULE_PARTS = ['freq', 'interval', 'byday', 'until', 'count', 'wkst'];
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function ruleIn({ raw }: Value): Rule {
  const parts = new Map(Object.entries((raw ?? {}) as Record<string, unknown>));
  for (const name of parts.keys())
    if (!RULE_PARTS.includes(name))
      throw new NotTaken(`has ${name.toUpperCase().slice(0, 20)} in its RRULE, which is not taken`);
  if (parts.get('freq') !== 'WEEKLY') throw new NotTaken('repeats other than weekly (FREQ=WEEKLY)');
  const interval = Number(parts.get('interval') ?? 1);
  if (!isWhole(interval, 1, INTERVAL_AT_MOST))
    throw new NotTaken(`repeats less often than every ${INTERVAL_AT_MOST} weeks`);
  // ical.js gives the number of the day, 2 for Monday.
  if (interval > 1 && ![undefined, 2, 'MO'].includes(parts.get('wkst') as undefined))
    throw new NotTaken('counts its weeks from another day than Monday (WKST)');
  const days = parts.get('byday');
  const named = days === undefined ? null : [days].flat().map(String);
  if (named?.some(day => !DAYS.includes(day)))
    throw new NotTaken('has a BYDAY that is not taken, as MO,TH is');
  const count = parts.has('count') ? Number(parts.get('count')) : null;
  if (count !== null && !isWhole(count, 1, COUNT_AT_MOST))
    throw new NotTaken(`has a COUNT above ${COUNT_AT_MOST}`);
  const until = parts.has('until') ? String(parts.get('until')) : null;
  if (until !== null && count !== null) throw new NotTaken('has both COUNT and UNTIL');
  const weekdays = named && ([...new Set(named)].map(day => DAYS.indexOf(day) + 1).sort() as Weekday[]);
  return { interval, weekdays, until, count };
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function repeated(event: Event, prefix: string, times: Times, rule: Rule, zone: string): Put {
  const weekdays = rule.weekdays ?? [weekdayOf(times.date)];
  if (!weekdays.includes(weekdayOf(times.date)))
    throw new NotTaken('begins on a day that its BYDAY leaves out');
  const pattern = { ...rule, weekdays };
  const last = lastDay(times, pattern, zone);
  const left = event.all('exdate');
  if (left.length > 0) return { dated: withoutSome(prefix, times, pattern, last, left, zone) };
  return {
    weekly: [
      {
        id: idOf(prefix),
        weekdays,
        from: times.minuteOfDay,
        until: times.until,
        startsOn: times.date,
        endsOn: last,
        everyWeeks: rule.interval,
        onHolidays: true,
        ...plain,
      },
    ],
  };
}

type Pattern = Rule & { readonly weekdays: readonly Weekday[] };

/** Null: it goes on. */
function lastDay(times: Times, rule: Pattern, zone: string): LocalDate | null {
  if (rule.count !== null) return daysOf(times.date, rule, rule.count, null).at(-1) ?? times.date;
  if (rule.until === null) return null;
  const last = untilDay(rule.until, times, zone);
  if (last < times.date) throw new NotTaken('ends (UNTIL) before it begins');
  return last;
}

function untilDay(text: string, times: Times, zone: string): LocalDate {
  if (!text.includes('T')) return dateIn({ type: 'date', text, raw: text, tzid: null }, 'UNTIL');
  const { at } = instantOf({ type: 'date-time', text, raw: text, tzid: null }, 'UNTIL', zone);
  const { date, minuteOfDay } = localTimeAt(at, zone);
  // A turn that would begin later that day is none of it any more.
  return minuteOfDay < times.minuteOfDay ? addDays(date, -1) : date;
}

/** The days on which it begins, in order, as many as there are or as may be. */
function daysOf(
  first: LocalDate,
  { weekdays, interval }: Pattern,
  atMost: number,
  last: LocalDate | null,
): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = first; days.length < atMost && (last === null || day <= last); day = addDays(day, 1))
    if (weekdays.includes(weekdayOf(day)) && weeksBetween(first, day) % interval === 0) days.push(day);
  return days;
}

/** A weekly shift knows no exceptions: what has some is written out, day by day. */
function withoutSome(
  prefix: string,
  times: Times,
  rule: Pattern,
  last: LocalDate | null,
  left: readonly Value[],
  zone: string,
): RotaEdit['put']['dated'] {
  if (last === null) throw new NotTaken('leaves days out (EXDATE) and never ends: give it a COUNT or UNTIL');
  const days = daysOf(times.date, rule, ROTA_AT_MOST.dated + 1, last);
  if (days.length > ROTA_AT_MOST.dated)
    throw new NotTaken(`leaves days out and has more than ${ROTA_AT_MOST.dated} of them`);
  const out = new Set(
    left.map(value =>
      value.type === 'date'
        ? dateIn(value, 'EXDATE')
        : localTimeAt(instantOf(value, 'EXDATE', zone).at, zone).date,
    ),
  );
  return days
    .filter(day => !out.has(day))
    .map(date => datedShift(`${prefix}-${date.replaceAll('-', '')}`, { ...times, date }));
}
