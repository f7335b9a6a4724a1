// A bar in words: for whoever hears the page, for whoever points at it, and for what is said when it is saved.
import { addDays, localTimeAt } from '../../../../shared/domain/local-time.ts';
import {
  absenceWindow,
  type DutyWindow,
  type Holidays,
  type Rota,
  shiftWindow,
} from '../../../../shared/domain/rota.ts';
import { dayInWords, weekdayInWords } from '../kit/days.ts';
import { regionName, skillName } from '../network.ts';
import { rotaWords } from './rota-words.ts';
import { type Bar, barsOf, clockOf, endOf, type Item, type Span } from './week.ts';

/** `22` and `–06`, as short as a bar, which shows what of them it has room for; of an absence what it is. */
export function timesOnBar({ item, span }: Pick<Bar, 'item' | 'span'>): readonly string[] {
  if (item.kind === 'absence') return [rotaWords.value.away];
  const [from, until] = [span.from, endOf(span).minuteOfDay].map(each => clockOf(each).replace(':00', ''));
  return [`${from}`, `–${until}`];
}

/** `Sat 28 Nov 22:00–06:00, the next day`. */
export function spanInWords(span: Span): string {
  const said = rotaWords.value;
  const end = endOf(span);
  const begins = `${dayInWords(span.date)} ${clockOf(span.from)}`;
  if (end.date === span.date) return `${begins}–${clockOf(end.minuteOfDay)}`;
  if (end.date === addDays(span.date, 1) && span.minutes < 1440)
    return said.overnight(`${begins}–${clockOf(end.minuteOfDay)}`);
  return `${begins} – ${dayInWords(end.date)} ${clockOf(end.minuteOfDay)}`;
}

/** As it is heard: it begins with what is seen, so that who speaks to the page can call it by that. */
export function barAsHeard(bar: Bar, name: string, zone: string, pageZone: string): string {
  const { item, span } = bar;
  const when = item.kind === 'absence' ? spanInWords(span) : dayInWords(span.date);
  const over =
    item.kind !== 'absence' && endOf(span).date !== span.date ? rotaWords.value.overMidnight : null;
  const zoneIs = zone === pageZone ? null : zone;
  return [timesOnBar(bar).join(''), name, when, over, kindInWords(item), zoneIs].filter(Boolean).join(', ');
}

/** With the zone when it is not that of the page. */
export function barInWords({ item, span }: Bar, zone: string, pageZone: string): string {
  return [spanInWords(span), kindInWords(item), zone === pageZone ? null : zone].filter(Boolean).join(', ');
}

function kindInWords(item: Item): string {
  const said = rotaWords.value;
  if (item.kind === 'absence') return item.absence.note ?? '';
  const { shift } = item;
  const every =
    'date' in shift ? null : said.weekly(shift.weekdays.map(weekdayInWords).join(', '), shift.everyWeeks);
  const { regions, skills, note } = shift;
  return [every, regions?.map(regionName).join(', '), skills?.map(skillName).join(', '), note]
    .filter(Boolean)
    .join(', ');
}

/** What is another between two rotas, a sentence each: in the week that one looks at, else in any. */
export function differences(
  before: Rota,
  after: Rota,
  axis: DutyWindow,
  holidays: Holidays,
): readonly string[] {
  const said = rotaWords.value;
  const [was, is] = [before, after].map(rota => barsOf(rota, holidays, axis)) as [
    readonly Bar[],
    readonly Bar[],
  ];
  const lacks = (bars: readonly Bar[]) => (bar: Bar) => !bars.some(other => isSameTime(other, bar));
  const came = is.filter(lacks(was));
  const gone = was.filter(lacks(is));
  const instead = (bar: Bar) => came.find(({ span }) => span.date === bar.span.date);
  const moved = gone.filter(bar => instead(bar) !== undefined);
  const found = [
    ...moved.map(bar => said.changedTo(spanInWords(bar.span), spanInWords((instead(bar) ?? bar).span))),
    ...gone.filter(bar => !moved.includes(bar)).map(bar => said.takenOut(inShort(bar))),
    ...came.filter(bar => !moved.some(each => instead(each) === bar)).map(bar => said.added(inShort(bar))),
  ];
  return found.length > 0 ? found : itemDifferences(before, after);
}

const isSameTime = (one: Bar, other: Bar): boolean =>
  (one.item.kind === 'absence') === (other.item.kind === 'absence') &&
  JSON.stringify(one.span) === JSON.stringify(other.span);

const inShort = ({ item, span }: Bar): string =>
  item.kind === 'absence' ? `${spanInWords(span)}, ${rotaWords.value.away}` : spanInWords(span);

function itemDifferences(before: Rota, after: Rota): readonly string[] {
  const said = rotaWords.value;
  const [was, is] = [itemsOf(before), itemsOf(after)];
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  return ids.flatMap(id => {
    const [first, second] = [was.get(id), is.get(id)];
    if (first === second || (!first && !second)) return [];
    if (first === undefined) return [said.added(second ?? '')];
    return second === undefined ? [said.takenOut(first)] : [said.changedTo(first, second)];
  });
}

function itemsOf({ weekly, dated, absences, zone }: Rota): ReadonlyMap<string, string> {
  const words = (item: Item, span: Span) => [spanInWords(span), kindInWords(item)].filter(Boolean).join(', ');
  return new Map<string, string>([
    ...weekly.map(shift => {
      const { startsOn, endsOn, from, until } = shift;
      const dates = [
        startsOn && rotaWords.value.since(dayInWords(startsOn)),
        endsOn && rotaWords.value.upTo(dayInWords(endsOn)),
      ];
      const times = `${clockOf(from)}–${clockOf(until)}`;
      const about = [kindInWords({ kind: 'weekly', shift }), times, ...dates].filter(Boolean).join(', ');
      return [shift.id, about] as const;
    }),
    ...dated.map(shift => {
      const { from, until } = shiftWindow(shift, zone);
      return [shift.id, words({ kind: 'dated', shift }, spanOf(from, until, zone))] as const;
    }),
    ...absences.map(absence => {
      const { from, until } = absenceWindow(absence, zone);
      const about = words({ kind: 'absence', absence }, spanOf(from, until, zone));
      return [absence.id, `${about}, ${rotaWords.value.away}`] as const;
    }),
  ]);
}

function spanOf(from: Parameters<typeof localTimeAt>[0], until: typeof from, zone: string): Span {
  const [begins, ends] = [localTimeAt(from, zone), localTimeAt(until, zone)];
  const days = Math.round((Date.parse(ends.date) - Date.parse(begins.date)) / 86_400_000);
  const minutes = days * 1440 + ends.minuteOfDay - begins.minuteOfDay;
  return { date: begins.date, from: begins.minuteOfDay, minutes };
}
