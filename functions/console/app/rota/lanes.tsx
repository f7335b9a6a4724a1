// The rows of the grid: one for each person of a region, or one for each day of a single person.
import { localTimeAt, startInstant } from '../../../../shared/domain/local-time.ts';
import { dayInWords } from '../kit/days.ts';
import type { Lane } from './grid.tsx';
import { rotaWords } from './rota-words.ts';
import { type Axis, axisOf, type Person } from './week.ts';

export function personLanes(
  people: readonly Person[],
  axis: Axis,
  choose: (person: string) => void,
): readonly Lane[] {
  const said = rotaWords.value;
  return people.map(person => ({
    key: person.id,
    person,
    axis,
    shows: () => true,
    head: (
      <>
        <button
          type="button"
          class="name"
          data-stop={`${person.id} name`}
          tabIndex={-1}
          aria-label={said.onlyOf(person.name)}
          onClick={() => choose(person.id)}
        >
          {person.name}
        </button>
        {person.rota.zone !== axis.zone && <small class="muted">{person.rota.zone}</small>}
      </>
    ),
  }));
}

/** Until noon of the next day: a night is seen whole in the row in which it begins. */
const NOON = 12 * 60;

export function dayLanes(person: Person, week: Axis): readonly Lane[] {
  const { zone } = person.rota;
  return week.days.map(({ date }, index) => {
    const day = axisOf(date, 2, zone);
    const until = startInstant({ date: day.days[1]?.date ?? date, minuteOfDay: NOON }, zone);
    const axis = { ...day, until };
    return {
      key: `${person.id} ${date}`,
      person,
      axis,
      head: <span>{dayInWords(date)}</span>,
      // What goes on from the days before stands in the first row; an absence in the row of each of its days.
      shows: ({ window, item }) => {
        const begins = localTimeAt(window.from, zone).date;
        if (item.kind !== 'absence') return index === 0 ? begins <= date : begins === date;
        return window.from < (day.days[1]?.from ?? axis.until) && window.until > axis.from;
      },
    };
  });
}
