// Shifts as a volunteer reads them: on her own clock, each with the number by which she can name it.
// Must never show two shifts under one number.
import { localTimeAt } from '../domain/local-time.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { type Meant, meantByNumber, numbered } from '../domain/shift-numbers.ts';
import type { Volunteer } from '../domain/volunteer.ts';
import type { ShiftLine } from '../domain/wording.ts';
import type { Ports } from './ports.ts';

export type ToShow = { readonly meant: Meant; readonly occurrence: Occurrence };

/** Two texts of hers at once: the other one has kept its numbers first. */
const TRIES = 5;

export async function linesFor(
  ports: Ports,
  { id, rota }: Volunteer,
  shown: readonly ToShow[],
): Promise<readonly ShiftLine[]> {
  const wanted = shown.map(({ meant, occurrence }) => ({ meant, endsAt: occurrence.window.until }));
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const now = ports.clock.now();
    const known = await ports.shifts.numbers(id);
    const { list, numbers } = numbered(known.list, wanted, now);
    const isKept = await ports.shifts.keepNumbers(id, { list, version: known.version }, now);
    if (isKept)
      return shown.map(({ occurrence }, index) => lineOf(occurrence, rota.zone, numbers[index] ?? 0));
  }
  throw new Error('the numbers of shifts were changed by others again and again');
}

export async function lineFor(ports: Ports, volunteer: Volunteer, shown: ToShow): Promise<ShiftLine> {
  const [line] = await linesFor(ports, volunteer, [shown]);
  if (line === undefined) throw new Error('one shift makes one line');
  return line;
}

/** Null: that number means nothing to her. */
export async function meantBy(ports: Ports, { id }: Volunteer, number: number): Promise<Meant | null> {
  const { list } = await ports.shifts.numbers(id);
  return meantByNumber(list, number, ports.clock.now());
}

export function lineOf({ window }: Occurrence, zone: string, number: number): ShiftLine {
  const [begins, ends] = [localTimeAt(window.from, zone), localTimeAt(window.until, zone)];
  return {
    number,
    weekday: begins.weekday,
    date: begins.date,
    from: begins.minuteOfDay,
    until: ends.minuteOfDay,
  };
}
