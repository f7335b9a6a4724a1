// Single times of shifts, of everybody whom one may see: what a plan of the week shows.
// Must never show a note, or somebody who is at home elsewhere.
import { z } from '@hono/zod-openapi';
import { sees } from '../../domain/access.ts';
import type { VolunteerId } from '../../domain/ids.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import { holidaysOf } from '../../domain/network.ts';
import { type Occurrence, occurrencesOf } from '../../domain/occurrence.ts';
import { absenceWindow, type Rota } from '../../domain/rota.ts';
import { type Api, declared } from './api.ts';
import { json } from './bodies.ts';
import { fields, moment, pageQuery, showClockTime, showMoment, shownMoment } from './fields.ts';
import { type FieldProblem, problem, problems } from './problem.ts';
import { noCursor, volunteerCursor, volunteerPlaceIn } from './volunteer-pages.ts';

const DAYS_AT_MOST = 35;
/** After whoever brings a page over it the page ends: an answer of the API has 6 MB at most, and a turn takes 400 bytes. */
const TURNS_AT_MOST = 5_000;

const turnSchema = z
  .object({
    volunteerId: z.string(),
    shiftId: z.string(),
    date: z.string().openapi({ description: 'The day on which it begins, in `zone`' }),
    zone: z.string(),
    from: z.string().openapi({ example: '18:00' }),
    until: z.string().openapi({ example: '22:00' }),
    begins: shownMoment,
    ends: shownMoment,
    regions: z.array(z.string()),
    skills: z.array(z.string()).nullable(),
    isPartlyAway: z.boolean().openapi({ description: 'An absence takes a part of it' }),
  })
  .openapi('ShiftTurn');

const listShifts = declared({
  method: 'get',
  path: '/v1/shifts',
  operationId: 'listShifts',
  summary:
    'Single times of shifts, volunteer by volunteer in the order of listVolunteers, without those that an absence takes whole. A page may be short: go on while there is `next`',
  tag: 'rota',
  permission: 'rota:read',
  lies: 'answers-own',
  request: {
    query: z.strictObject({
      from: moment,
      until: moment.openapi({ description: `At most ${DAYS_AT_MOST} days after \`from\`` }),
      region: fields.regionId.optional().openapi({ description: 'Shifts that answer there' }),
      ...pageQuery,
      limit: pageQuery.limit.openapi({ description: 'Of how many volunteers' }),
    }),
  },
  responses: {
    200: json(
      'A page',
      z.object({ shifts: z.array(turnSchema), next: z.string().nullable() }).openapi('ShiftTurnPage'),
    ),
    ...problems,
  },
});

export function turns(api: Api): void {
  api.add(listShifts, async c => {
    const { from, until, region, limit, after } = c.req.valid('query');
    const range = rangeProblem(from, until);
    if (range) return problem(c, 'invalid-request', { errors: [range] });
    const { networks, registry } = c.var.context.ports;
    const network = await networks.network();
    const own = network.regions.map(({ id }) => id).filter(id => sees(c.var.actor, id));
    const place = volunteerPlaceIn(c, after, own);
    if (place === undefined) return problem(c, 'invalid-request', { errors: [noCursor] });
    const { page, next } = await registry.volunteersAfter(own, place, limit);
    const shifts: ReturnType<typeof shown>[] = [];
    let last = next;
    for (const { volunteer } of page) {
      const hers = occurrencesOf(volunteer, holidaysOf(network), from, until);
      const meant = hers.filter(({ regions }) => region === undefined || regions.includes(region));
      shifts.push(...meant.map(each => shown(volunteer.id, volunteer.rota, each)));
      if (shifts.length < TURNS_AT_MOST) continue;
      last = { region: volunteer.region, id: volunteer.id };
      break;
    }
    return c.json({ shifts, next: volunteerCursor(c, last) }, 200);
  });
}

function rangeProblem(from: Instant, until: Instant): FieldProblem | null {
  const isShort = until > from && until <= addSeconds(from, DAYS_AT_MOST * 24 * 3600);
  return isShort ? null : { path: 'until', problem: `is not within ${DAYS_AT_MOST} days after \`from\`` };
}

function shown(id: VolunteerId, rota: Rota, occurrence: Occurrence) {
  const { shiftId, date, zone, from, until, regions, skills, window } = occurrence;
  const isPartlyAway = rota.absences
    .map(each => absenceWindow(each, rota.zone))
    .some(away => away.from < window.until && away.until > window.from);
  return {
    ...{ volunteerId: id, shiftId, date, zone, from: showClockTime(from), until: showClockTime(until) },
    ...{ begins: showMoment(window.from), ends: showMoment(window.until) },
    ...{ regions: [...regions], skills: skills && [...skills], isPartlyAway },
  };
}
