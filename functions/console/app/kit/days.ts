// Days, months and times in words of the chosen language: the one place that every page asks for them. Of a zone that is
// said; only what happens as one looks is told by the clock of who looks.
// Kazakh words stand here: not every browser has them, and `M11 26` is no day.
import { language } from './language.ts';

const kazakh = {
  weekdays: ['дс', 'сс', 'ср', 'бс', 'жм', 'сб', 'жс'],
  months: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
} as const;

/** Day before month, as everywhere but in one country. */
const localeOf = () => (language.value === 'en' ? 'en-GB' : language.value);

const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(options: Intl.DateTimeFormatOptions, at: number): string {
  const name = `${localeOf()} ${JSON.stringify(options)}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(localeOf(), options);
  formats.set(name, format);
  return format.format(at);
}

/** `Thu 26 Nov`, of a day of the calendar as `2026-11-26`. */
export function dayInWords(date: string): string {
  const at = Date.parse(date);
  if (language.value === 'kk') return `${weekdayInWords(new Date(at).getUTCDay() || 7)} ${kazakhDay(at)}`;
  return formatted({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }, at);
}

function kazakhDay(at: number): string {
  const day = new Date(at);
  return `${day.getUTCDate()} ${kazakhMonth(at).slice(0, 3)}`;
}

const kazakhMonth = (at: number): string => kazakh.months[new Date(at).getUTCMonth()] ?? '';

/** `October 2026`, of any day of the month. */
export function monthInWords(date: string): string {
  const at = Date.parse(date);
  if (language.value === 'kk') return `${kazakhMonth(at)} ${date.slice(0, 4)}`;
  return formatted({ month: 'long', year: 'numeric', timeZone: 'UTC' }, at);
}

/** `Thu`, of 1 Monday to 7 Sunday. */
export function weekdayInWords(weekday: number): string {
  if (language.value === 'kk') return kazakh.weekdays[weekday - 1] ?? '';
  // The first of January 2024 was a Monday.
  return formatted({ weekday: 'short', timeZone: 'UTC' }, Date.UTC(2024, 0, weekday));
}

/** `23 Nov – 29 Nov 2026`. */
export function daysInWords(first: string, last: string): string {
  const short = (date: string) =>
    language.value === 'kk'
      ? kazakhDay(Date.parse(date))
      : formatted({ day: 'numeric', month: 'short', timeZone: 'UTC' }, Date.parse(date));
  return `${short(first)} – ${short(last)} ${last.slice(0, 4)}`;
}

/** `Thu 26 Nov 14:05` on the clocks of that zone. */
export function momentInWords(at: string, timeZone: string): string {
  const { date, clock } = shownIn(timeZone, Date.parse(at));
  return `${dayInWords(date)} ${clock}`;
}

/** The day there is now, as `2026-11-26`. */
export function todayThere(timeZone: string): string {
  return shownIn(timeZone, Date.now()).date;
}

// Sweden writes a day as `2026-11-26`, and after it the time.
function shownIn(timeZone: string, at: number): { readonly date: string; readonly clock: string } {
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  const [date = '', clock = ''] = parts.format(at).split(' ');
  return { date, clock };
}

/** `14:05:32`, by the clock of who looks. */
export function timeOfDay(at: number): string {
  return formatted({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }, at);
}
