// Whether a part of the network is still needed by what is no part of it: a request that goes on or was just there, a
// volunteer. Must never be passed over: who needs what is gone would be served by something else, or by nobody.
import { openRequests } from '../../app/open-requests.ts';
import { sideBySide } from '../../app/side-by-side.ts';
import type { ContactId, LineId, RegionId, SkillId } from '../../domain/ids.ts';
import { addSeconds } from '../../domain/instant.ts';
import { joinedOffers, liveOffers, type Request, takenOffer } from '../../domain/request.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import type { ApiC } from './api.ts';
import { type ProblemResponse, problem } from './problem.ts';

/** Null when nobody outside the network needs it. A language is no part: what she speaks, she speaks. */
export async function unlessNeeded(c: ApiC, kind: string, id: string): Promise<ProblemResponse | null> {
  if (kind === 'lines') return (await unlessOpen(c, of => of.lineId === id)) ?? unlessQuiet(c, id as LineId);
  if (kind === 'contacts') return unlessOpen(c, request => holds(request, id as ContactId));
  if (kind === 'regions') return unlessServed(c, id as RegionId);
  if (kind === 'skills') return unlessOffered(c, id as SkillId);
  return null;
}

function holds(request: Request, id: ContactId): boolean {
  const offers = [takenOffer(request), ...liveOffers(request), ...joinedOffers(request)];
  return offers.some(offer => offer?.to === id);
}

async function unlessOpen(c: ApiC, isNeeded: (request: Request) => boolean) {
  const { requests, isWhole } = await openRequests(c.var.context.ports);
  if (requests.some(isNeeded))
    return stillNeeded(c, 'A request that goes on needs it', 'try again when it is over');
  return isWhole ? null : problem(c, 'try-later');
}

/** Ten times as long as a function works with the network that it has read: a line whose number still rings is in use. */
const QUIET_SECONDS = 600;

async function unlessQuiet(c: ApiC, line: LineId): Promise<ProblemResponse | null> {
  const { office, ports } = c.var.context;
  const now = ports.clock.now();
  let isInUse = false;
  // Ends are kept to the minute: with the one that has begun.
  const range = { from: addSeconds(now, -QUIET_SECONDS), until: addSeconds(now, 60) };
  await office.summaries.each(range, ({ lineId }) => {
    isInUse ||= lineId === line;
  });
  if (!isInUse) return null;
  const instead = 'let its numbers lead elsewhere, and try again after ten quiet minutes';
  return stillNeeded(c, 'Somebody has just called or written there', instead);
}

/** Whoever is at home nowhere stands in no list and is never rung. */
async function unlessServed(c: ApiC, region: RegionId): Promise<ProblemResponse | null> {
  const { length } = await c.var.context.ports.registry.volunteersServing(region);
  const instead = 'give them another region first (GET /v1/volunteers?region=…, and their shifts)';
  return length === 0
    ? null
    : stillNeeded(c, `Volunteers who are at home there or have shifts for it: ${length}`, instead);
}

async function unlessOffered(c: ApiC, skill: SkillId): Promise<ProblemResponse | null> {
  const { networks, registry } = c.var.context.ports;
  const { regions } = await networks.network();
  const everybody = await sideBySide(regions, ({ id }) => registry.volunteers(id));
  const { length } = everybody.flat().filter((each: Volunteer) => each.skills.includes(skill));
  const instead = 'take it from them first (GET /v1/volunteers?skill=…)';
  return length === 0 ? null : stillNeeded(c, `Volunteers who have it: ${length}`, instead);
}

function stillNeeded(c: ApiC, why: string, instead: string): ProblemResponse {
  return problem(c, 'conflict', { detail: `${why}. Nothing was changed: ${instead}.` });
}
