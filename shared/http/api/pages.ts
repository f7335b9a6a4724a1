// Pages by cursor: what is handed out is sealed, so that nobody can make one up, and opens only for the list it is of.
import type { ApiC } from './api.ts';

const PLACE = 'page';

/** What `after` said; null: the beginning. `undefined`: it is none of ours. */
export function cursorIn(c: ApiC, after: string | undefined): string | null | undefined {
  if (after === undefined) return null;
  try {
    return c.var.context.sealing.open(Buffer.from(after, 'base64url'), placeOf(c));
  } catch {
    return undefined;
  }
}

export function cursorOf(c: ApiC, next: string | null): string | null {
  if (next === null) return null;
  return Buffer.from(c.var.context.sealing.seal(next, placeOf(c))).toString('base64url');
}

/** A cursor holds for the same list with the same filters. */
function placeOf(c: ApiC): string {
  const { limit: _limit, after: _after, ...filters } = c.req.query();
  return [PLACE, c.req.path, JSON.stringify(filters)].join('|');
}
