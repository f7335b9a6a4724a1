// What a manager should hear about a shift before it is stored, beside what is refused for every rota: what the clocks
// make of it, and what it overlaps. Must never be asked of a rota that is read: laws about clocks change, and what was
// right when it was written must stay readable.
import type { ShiftId } from './ids.ts';
import { addSeconds, type Instant } from './instant.ts';
import { localTimeAt } from './local-time.ts';
import {
  absenceWindow,
  type DatedShift,
  type DutyWindow,
  type Holidays,
  type Rota,
  type ShiftFacts,
  shiftWindow,
  type Turn,
  turnsIn,
} from './rota.ts';
import { itemsOf } from './rota-edit.ts';
import type { Problems } from './rule-parts.ts';
import type { Volunteer } from './volunteer.ts';

/** Every weekly shift has come round by then; what repeats every so many weeks meets most others. */
const LOOKS_AHEAD_SECONDS = 8 * 7 * 24 * 3600;

type OnRota = Pick<Volunteer, 'rota' | 'skills'>;

/** Why these shifts should not be stored. */
export function problemsWhenWritten({ rota, skills }: OnRota, changed: ReadonlySet<ShiftId>): Problems {
  return [...rota.weekly, ...rota.dated].flatMap(shift => {
    if (!changed.has(shift.id)) return [];
    const isSkipped = 'date' in shift && isEmpty(shiftWindow(shift, rota.zone));
    return [
      ...(isSkipped
        ? [
            {
              path: `${pathOf(rota, shift.id)}.from`,
              problem: 'lies in an hour that the clocks skip that night',
            },
          ]
        : []),
      ...(shift.skills ?? []).flatMap((skill, index) =>
        skills.includes(skill)
          ? []
          : [
              {
                path: `${pathOf(rota, shift.id)}.skills[${index}]`,
                problem: `${skill} is none of her skills`,
              },
            ],
      ),
    ];
  });
}

/** What is odd about these shifts, and stored all the same. */
export function warningsOf(
  rota: Rota,
  holidays: Holidays,
  changed: ReadonlySet<ShiftId>,
  now: Instant,
): Problems {
  const dated = rota.dated.filter(({ id }) => changed.has(id));
  return [
    ...dated.flatMap(shift => clockWarnings(rota, shift)),
    ...overlapsOf(rota, holidays, changed, now).map(({ first, second, at }) => ({
      path: pathOf(rota, changed.has(second) ? second : first),
      problem: `overlaps ${pathOf(rota, changed.has(second) ? first : second)} on ${localTimeAt(at, rota.zone).date}`,
    })),
    ...dated.flatMap(shift => absenceWarnings(rota, shift)),
  ];
}

/**
 * Two shifts at the same time for the same regions and skills add nothing to each other: mostly a slip. Where they differ
 * in these they add up, and that is a warning.
 */
export function sameTwice(
  rota: Rota,
  holidays: Holidays,
  changed: ReadonlySet<ShiftId>,
  now: Instant,
): Problems {
  const posts = new Map([...rota.weekly, ...rota.dated].map(each => [each.id, postOf(each)]));
  return overlapsOf(rota, holidays, changed, now)
    .filter(({ first, second }) => posts.get(first) === posts.get(second))
    .slice(0, TOLD_AT_MOST)
    .map(({ first, second, at }) => {
      const [mine, other] = changed.has(second) ? [second, first] : [first, second];
      const day = localTimeAt(at, rota.zone).date;
      return {
        path: `${pathOf(rota, mine)}.from`,
        problem: `overlaps ${pathOf(rota, other)} on ${day}, for the same regions and skills: change one of them, or say overlaps=allow`,
      };
    });
}

/** Each with each of the others would be thousands. */
const TOLD_AT_MOST = 50;

const postOf = ({ regions, skills }: ShiftFacts): string =>
  JSON.stringify([regions?.toSorted() ?? null, skills?.toSorted() ?? null]);

type Overlap = { readonly first: ShiftId; readonly second: ShiftId; readonly at: Instant };

/** Each pair of which one has changed, with the first time that they do. */
export function overlapsOf(
  rota: Rota,
  holidays: Holidays,
  changed: ReadonlySet<ShiftId>,
  now: Instant,
): readonly Overlap[] {
  const ahead = rota.weekly.some(({ id }) => changed.has(id))
    ? [{ from: now, until: addSeconds(now, LOOKS_AHEAD_SECONDS) }]
    : [];
  const days = rota.dated.filter(({ id }) => changed.has(id)).map(shift => shiftWindow(shift, rota.zone));
  const found = new Map<string, Overlap>();
  for (const { from, until } of [...ahead, ...inStretches(days)]) {
    for (const overlap of overlapsAmong(turnsIn(rota, holidays, from, until))) {
      const pair = [overlap.first, overlap.second];
      const name = pair.toSorted().join(' ');
      const known = found.get(name);
      if (pair.some(id => changed.has(id)) && (!known || overlap.at < known.at)) found.set(name, overlap);
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

/** Reading a fortnight at once takes less than each of its days alone. */
const STRETCH_SECONDS = 14 * 24 * 3600;

function inStretches(windows: readonly DutyWindow[]): readonly DutyWindow[] {
  const stretches: DutyWindow[] = [];
  for (const window of windows.toSorted((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    if (last === undefined || addSeconds(last.until, STRETCH_SECONDS) < window.from) stretches.push(window);
    else if (last.until < window.until) stretches[stretches.length - 1] = { ...last, until: window.until };
  }
  return stretches;
}

function overlapsAmong(turns: readonly Turn[]): readonly Overlap[] {
  const inOrder = [...turns].sort((a, b) => a.window.from - b.window.from);
  const overlaps: Overlap[] = [];
  let open: readonly Turn[] = [];
  for (const turn of inOrder) {
    open = open.filter(({ window }) => window.until > turn.window.from);
    // In the hour that the clocks repeat, two that touch on paper overlap so as to leave no hole.
    for (const { shift } of open)
      if (shift.id !== turn.shift.id && shift.until !== turn.shift.from)
        overlaps.push({ first: shift.id, second: turn.shift.id, at: turn.window.from });
    open = [...open, turn];
  }
  return overlaps;
}

function clockWarnings(rota: Rota, shift: DatedShift): Problems {
  const { from, until } = shiftWindow(shift, rota.zone);
  const onPaper = (shift.until - shift.from + 1440) % 1440;
  const minutes = Math.round((until - from) / 60_000);
  if (minutes === onPaper || until <= from) return [];
  const problem = `lasts ${minutes} minutes and not ${onPaper}: the clocks change that night`;
  return [{ path: pathOf(rota, shift.id), problem }];
}

function absenceWarnings(rota: Rota, shift: DatedShift): Problems {
  const window = shiftWindow(shift, rota.zone);
  return rota.absences
    .filter(absence => {
      const away = absenceWindow(absence, rota.zone);
      return away.from < window.until && away.until > window.from;
    })
    .map(({ id }) => ({ path: pathOf(rota, shift.id), problem: `falls into ${pathOf(rota, id)}` }));
}

const isEmpty = ({ from, until }: DutyWindow): boolean => from >= until;

/** As `weekly[0]`. */
export function pathOf(rota: Rota, id: ShiftId): string {
  const item = itemsOf(rota).find(each => each.id === id);
  if (!item) throw new Error('a shift that is not in this rota');
  return `${item.kind}[${item.index}]`;
}
