// Names for shifts and absences that come without: written before each had one, or by a hand that gave none. The same
// rota always gets the same names, so that whoever reads it twice can speak of the same shift.
// Must never rename a shift that has a name.
import { parseShiftId, type ShiftId } from './ids.ts';
import type { Absence, DatedShift, Rota, WeeklyShift } from './rota.ts';

type Unnamed<Item> = Omit<Item, 'id'> & { readonly id?: ShiftId | undefined };

export type RotaAsWritten = Omit<Rota, 'weekly' | 'dated' | 'absences'> & {
  readonly weekly: readonly Unnamed<WeeklyShift>[];
  readonly dated: readonly Unnamed<DatedShift>[];
  readonly absences: readonly Unnamed<Absence>[];
};

export function withShiftIds({ zone, weekly, dated, absences }: RotaAsWritten): Rota {
  const items = [...weekly, ...dated, ...absences];
  const taken = new Set(items.flatMap(({ id }) => id ?? []));
  const name = <Item extends { readonly id?: ShiftId | undefined }>(item: Item, times: string) =>
    Object.freeze({ ...item, id: item.id ?? freeId(times, taken) });
  return Object.freeze({
    zone,
    weekly: Object.freeze(
      weekly.map(each =>
        name(each, `w ${each.weekdays} ${each.from} ${each.until} ${each.startsOn} ${each.endsOn}`),
      ),
    ),
    dated: Object.freeze(dated.map(each => name(each, `d ${each.date} ${each.from} ${each.until}`))),
    absences: Object.freeze(absences.map(each => name(each, `a ${each.from} ${each.until}`))),
  });
}

const plainFacts = { regions: null, skills: null, note: null } as const;
const everyWeek = { startsOn: null, endsOn: null, everyWeeks: 1, onHolidays: true } as const;

type Plain<Item, Needed extends keyof Item> = Pick<Item, Needed> & Partial<Item>;

/** A rota of which only what is unusual is said: in her own regions, with all her skills, each week, without end. */
export function plainRota(
  zone: string,
  parts: {
    readonly weekly?: readonly Plain<WeeklyShift, 'weekdays' | 'from' | 'until'>[];
    readonly dated?: readonly Plain<DatedShift, 'date' | 'from' | 'until'>[];
    readonly absences?: readonly Plain<Absence, 'from' | 'until'>[];
  },
): Rota {
  const { weekly = [], dated = [], absences = [] } = parts;
  return withShiftIds({
    zone,
    weekly: weekly.map(each => ({ ...plainFacts, ...everyWeek, ...each })),
    dated: dated.map(each => ({ ...plainFacts, ...each })),
    absences: absences.map(each => ({ note: null, ...each })),
  });
}

/** Twice the same times are two shifts: the second is named after its place among them. */
function freeId(times: string, taken: Set<ShiftId>): ShiftId {
  for (let place = 1; ; place += 1) {
    const id = shiftIdFor(place === 1 ? times : `${times} ${place}`);
    if (!taken.has(id)) {
      taken.add(id);
      return id;
    }
  }
}

/** The same text always gives the same id, and other texts nearly always another (64 bits of FNV-1a). */
export function shiftIdFor(text: string): ShiftId {
  let hash = 0xcbf29ce484222325n;
  for (const character of text)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  const id = parseShiftId(`sft_${hash.toString(16).padStart(16, '0')}`);
  if (id === null) throw new Error('a hash in hexadecimal digits is an id');
  return id;
}
