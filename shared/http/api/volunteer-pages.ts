// Pages of volunteers, region by region. Must never go on from a region that is not the reader's any more: somebody would
// be left out.
import type { ListPlace } from '../../app/ports.ts';
import { parseRegionId, parseVolunteerId, type RegionId } from '../../domain/ids.ts';
import type { ApiC } from './api.ts';
import { cursorIn, cursorOf } from './pages.ts';
import type { FieldProblem } from './problem.ts';

export const noCursor: FieldProblem = { path: 'after', problem: 'is not a cursor of this list' };

/** Null: the beginning. `undefined`: it is none of this list. */
export function volunteerPlaceIn(
  c: ApiC,
  after: string | undefined,
  own: readonly RegionId[],
): ListPlace | null | undefined {
  const cursor = cursorIn(c, after);
  if (cursor === null || cursor === undefined) return cursor;
  const [first = '', second = ''] = cursor.split(' ');
  const [region, id] = [parseRegionId(first), parseVolunteerId(second)];
  return region && id && own.includes(region) ? { region, id } : undefined;
}

export const volunteerCursor = (c: ApiC, place: ListPlace | null): string | null =>
  cursorOf(c, place && `${place.region} ${place.id}`);
