// Whether a part of the network is still needed by what is no part of it: a request that goes on, a volunteer.
// Must never be passed over: a request whose line or desk is gone can no longer be read by whatever moves it.
import { openRequests } from '../../app/open-requests.ts';
import type { ContactId, RegionId } from '../../domain/ids.ts';
import { joinedOffers, liveOffers, type Request, takenOffer } from '../../domain/request.ts';
import type { ApiC } from './api.ts';
import { type ProblemResponse, problem } from './problem.ts';

/** Null when nobody outside the network needs it. */
export async function unlessNeeded(c: ApiC, kind: string, id: string): Promise<ProblemResponse | null> {
  if (kind === 'lines') return unlessOpen(c, request => request.lineId === id);
  if (kind === 'contacts') return unlessOpen(c, request => holds(request, id as ContactId));
  if (kind === 'regions') return unlessHome(c, id as RegionId);
  return null;
}

function holds(request: Request, id: ContactId): boolean {
  const offers = [takenOffer(request), ...liveOffers(request), ...joinedOffers(request)];
  return offers.some(offer => offer?.to === id);
}

async function unlessOpen(c: ApiC, isNeeded: (request: Request) => boolean) {
  const { requests, isWhole } = await openRequests(c.var.context.ports);
  if (requests.some(isNeeded))
    return problem(c, 'conflict', {
      detail: 'A request that goes on needs it. Nothing was changed: try again when it is over.',
    });
  return isWhole ? null : problem(c, 'try-later');
}

/** Whoever is at home nowhere stands in no list and is never rung. */
async function unlessHome(c: ApiC, region: RegionId) {
  const { page } = await c.var.context.ports.registry.volunteersAfter([region], null, 1);
  if (page.length === 0) return null;
  return problem(c, 'conflict', {
    detail: 'Volunteers are at home there. Nothing was changed: give them another region first.',
  });
}
