// What past weeks suggest for each hour of the week: how many requests came, and how many on duty would have kept the
// promise. The counts as they are: for those alone who may see each request anyway.
import { daysBetween, type LocalDate, type Weekday } from './local-time.ts';
import type { Summary } from './report-summary.ts';
import { type Answering, type Staffing, staffingFor } from './staffing.ts';

export type HourOfWeek = {
  readonly weekday: Weekday;
  readonly hour: number;
  /** In all the weeks together. */
  readonly requests: number;
  /** Null: more than can be suggested. */
  readonly staffing: Staffing | null;
};

export type WeekOfStaffing = { readonly talkSeconds: number; readonly hours: readonly HourOfWeek[] };

/** Of talks of which nothing is known yet: a quarter of an hour. */
const USUAL_TALK_SECONDS = 900;
/** The mean of fewer is that of chance. */
const TALKS_FROM = 5;
const HOURS_A_WEEK = 168;

export class Arrivals {
  readonly #counts = new Array<number>(HOURS_A_WEEK).fill(0);
  readonly #weekdays = new Map<LocalDate, Weekday>();
  #talks = 0;
  #talkSeconds = 0;

  add({ openedOn, openedHour, talkSeconds }: Summary): void {
    const place = (this.#weekdayOf(openedOn) - 1) * 24 + openedHour;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    if (talkSeconds === 0) return;
    this.#talks += 1;
    this.#talkSeconds += talkSeconds;
  }

  /** From Monday 00:00; `weeks` is how many were counted. */
  week(weeks: number, answering: Answering): WeekOfStaffing {
    const isKnown = this.#talks >= TALKS_FROM;
    const talkSeconds = isKnown ? Math.round(this.#talkSeconds / this.#talks) : USUAL_TALK_SECONDS;
    const known = new Map<number, Staffing | null>();
    const suggested = (count: number): Staffing | null => {
      const found = known.get(count);
      if (found !== undefined) return found;
      const staffing = staffingFor({ arrivalsAnHour: count / weeks, talkSeconds }, answering);
      known.set(count, staffing);
      return staffing;
    };
    return {
      talkSeconds,
      hours: this.#counts.map((count, place) => ({
        weekday: (Math.floor(place / 24) + 1) as Weekday,
        hour: place % 24,
        requests: count,
        staffing: suggested(count),
      })),
    };
  }

  #weekdayOf(date: LocalDate): Weekday {
    const known = this.#weekdays.get(date) ?? daysBetween(date, date)[0]?.weekday ?? 1;
    this.#weekdays.set(date, known);
    return known;
  }
}
