// "As last week": one week of volunteers' rotas copied into another, with everything said that was left out.
import { z } from '@hono/zod-openapi';
import { sees } from '../../domain/access.ts';
import type { RegionId } from '../../domain/ids.ts';
import { weeksBetween } from '../../domain/local-time.ts';
import { holidaysOf, type Network } from '../../domain/network.ts';
import { noPut } from '../../domain/rota-edit.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { copiedWeek, type WeekCopy } from '../../domain/week-copy.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { fields, showClockTime, shownClockTime } from './fields.ts';
import { beginJob, jobSchema, shownJob } from './jobs.ts';
import { type FieldProblem, problem, problems } from './problem.ts';
import { mayPlanFor } from './rota-writes.ts';

const VOLUNTEERS_AT_MOST = 200;
const TOLD_AT_MOST = 1000;
const WEEKS_AT_MOST = 53;

const wantedSchema = z
  .strictObject({
    from: fields.localDate.openapi({ description: 'Any day of the week that is copied, Monday to Sunday' }),
    into: fields.localDate.openapi({ description: 'Any day of the week into which' }),
    regions: z.array(fields.regionId).min(1).max(50).optional().openapi({
      description: 'Of everybody who is at home there; or `volunteers`',
    }),
    volunteers: z.array(fields.volunteerId).min(1).max(VOLUNTEERS_AT_MOST).optional(),
  })
  .openapi('WeekCopyWanted');

const copySchema = z
  .object({
    copied: z.number().int().openapi({ description: 'Shifts' }),
    leftOut: z
      .array(
        z.object({
          volunteerId: z.string(),
          date: z.string(),
          from: shownClockTime,
          until: shownClockTime,
          because: z.enum(['there-already', 'overlaps', 'away', 'was-away', 'skipped', 'elsewhere']),
        }),
      )
      .openapi({
        description:
          'The first thousand. `there-already`: on duty at exactly these times; `overlaps`: with another shift of hers; ' +
          '`away`: absent in that week; `was-away`: absent in the week that is copied; `skipped`: by the clocks; ' +
          '`elsewhere`: for a region that you may not plan for',
      }),
    job: jobSchema.nullable().openapi({ description: 'Null: nothing is to be copied, or with dryRun' }),
  })
  .openapi('WeekCopy');

const json = { 'application/json': { schema: copySchema } };
const copyWeek = declared({
  method: 'post',
  path: '/v1/week-copies',
  operationId: 'copyWeek',
  summary:
    'Copies a week as dated shifts at the same times on the wall; copied again it copies nothing twice',
  tag: 'rota',
  permission: 'rota:write',
  lies: 'answers-own',
  request: {
    query: z.strictObject({ dryRun: fields.dryRun }),
    body: { required: true, content: { 'application/json': { schema: wantedSchema } } },
  },
  responses: {
    200: { description: 'What would be copied', content: json },
    202: { description: 'Begun, and perhaps done already', content: json },
    ...problems,
  },
});

type Wanted = z.output<typeof wantedSchema>;

export function weekCopies(api: Api): void {
  api.add(copyWeek, async c => {
    const wanted = c.req.valid('json');
    const { from, into } = wanted;
    const errors = problemsIn(c, wanted);
    if (errors.length > 0) return problem(c, 'invalid-request', { errors: [...errors] });
    const people = await peopleOf(c, wanted);
    if ('errors' in people) return problem(c, 'invalid-request', people);
    const network = await c.var.context.ports.networks.network();
    const holidays = holidaysOf(network);
    const copies = people.map(person => ({
      person,
      copy: ownAlone(c, network, copiedWeek(person, holidays, from, into)),
    }));
    const rows = copies.flatMap(({ person, copy }) =>
      copy.shifts.length === 0
        ? []
        : [{ volunteerId: person.id, edit: { put: { ...noPut, dated: copy.shifts }, remove: [] } }],
    );
    const told = toldOf(copies);
    if (c.req.valid('query').dryRun === 'true' || rows.length === 0)
      return c.json({ ...told, job: null }, 200);
    const regions = [...new Set(people.map(({ region }) => region))];
    const job = await beginJob(c, { kind: 'week-copy', regions }, rows);
    return c.json({ ...told, job: await shownJob(c, job) }, 202);
  });
}

/** A copy is a new shift: what she may not plan for she may not copy. */
function ownAlone(c: ApiC, network: Network, { shifts, leftOut }: WeekCopy): WeekCopy {
  const isForeign = ({ regions }: WeekCopy['shifts'][number]) =>
    (regions ?? []).some(region => !mayPlanFor(c, network, region));
  const elsewhere = shifts
    .filter(isForeign)
    .map(({ date, from, until }) => ({ date, from, until, because: 'elsewhere' as const }));
  return { shifts: shifts.filter(shift => !isForeign(shift)), leftOut: [...leftOut, ...elsewhere] };
}

function problemsIn(c: ApiC, { from, into, regions, volunteers }: Wanted): readonly FieldProblem[] {
  const weeks = Math.abs(weeksBetween(from, into));
  const foreign = (regions ?? []).flatMap((region, index) =>
    sees(c.var.actor, region)
      ? []
      : [{ path: `regions[${index}]`, problem: 'is no region that you may plan for' }],
  );
  return [
    ...(weeks === 0 ? [{ path: 'into', problem: 'lies in the week that is copied' }] : []),
    ...(weeks > WEEKS_AT_MOST ? [{ path: 'into', problem: `is more than ${WEEKS_AT_MOST} weeks away` }] : []),
    ...((regions === undefined) === (volunteers === undefined)
      ? [{ path: 'regions', problem: 'say either regions or volunteers' }]
      : []),
    ...foreign,
  ];
}

/** Who is not hers to see is not there for her. */
async function peopleOf(
  c: ApiC,
  { regions = [], volunteers = [] }: Wanted,
): Promise<readonly Volunteer[] | { errors: FieldProblem[] }> {
  const { registry } = c.var.context.ports;
  const listed = await Promise.all([...new Set(regions)].map((id: RegionId) => registry.volunteers(id)));
  const known = await Promise.all([...new Set(volunteers)].map(id => registry.volunteer(id)));
  const errors = [...new Set(volunteers)].flatMap((_, index) => {
    const region = known[index]?.volunteer.region;
    const isThere = region !== undefined && sees(c.var.actor, region);
    return isThere ? [] : [{ path: `volunteers[${index}]`, problem: 'is no volunteer of yours' }];
  });
  if (errors.length > 0) return { errors };
  return [...listed.flat(), ...known.flatMap(each => each?.volunteer ?? [])];
}

function toldOf(copies: readonly { readonly person: Volunteer; readonly copy: WeekCopy }[]) {
  const leftOut = copies.flatMap(({ person, copy }) =>
    copy.leftOut.map(({ date, from, until, because }) => ({
      volunteerId: person.id,
      date,
      from: showClockTime(from),
      until: showClockTime(until),
      because,
    })),
  );
  const copied = copies.reduce((sum, { copy }) => sum + copy.shifts.length, 0);
  return { copied, leftOut: leftOut.slice(0, TOLD_AT_MOST) };
}
