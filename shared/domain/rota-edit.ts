// Changes to a rota, shift by shift. Doing the same change twice is doing it once, so that whoever was interrupted may
// begin again. Must never touch a shift that the change does not name.
import type { ShiftId } from './ids.ts';
import type { Rota } from './rota.ts';

export type RotaEdit = {
  /** Each takes the place of what has its id, of whatever kind that is; else it is new. */
  readonly put: Pick<Rota, 'weekly' | 'dated' | 'absences'>;
  /** What is not there stays away. */
  readonly remove: readonly ShiftId[];
};

export const noPut: RotaEdit['put'] = { weekly: [], dated: [], absences: [] };

export function withEdit(rota: Rota, { put, remove }: RotaEdit): Rota {
  const named = new Map([...put.weekly, ...put.dated, ...put.absences].map(each => [each.id, each]));
  const gone = new Set(remove);
  const kept = <Item extends { readonly id: ShiftId }>(items: readonly Item[], puts: readonly Item[]) => {
    const own = new Map(puts.map(each => [each.id, each]));
    const stays = items
      .filter(({ id }) => !gone.has(id) && (!named.has(id) || own.has(id)))
      .map(each => own.get(each.id) ?? each);
    const ids = new Set(stays.map(({ id }) => id));
    return [...stays, ...puts.filter(({ id }) => !ids.has(id) && !gone.has(id))];
  };
  return {
    ...rota,
    weekly: kept(rota.weekly, put.weekly),
    dated: kept(rota.dated, put.dated),
    absences: kept(rota.absences, put.absences),
  };
}

/** Everything with an id, in the order in which problems name it. */
export function itemsOf(rota: Pick<Rota, 'weekly' | 'dated' | 'absences'>): readonly {
  readonly kind: 'weekly' | 'dated' | 'absences';
  readonly index: number;
  readonly id: ShiftId;
}[] {
  return (['weekly', 'dated', 'absences'] as const).flatMap(kind =>
    rota[kind].map(({ id }, index) => ({ kind, index, id })),
  );
}
