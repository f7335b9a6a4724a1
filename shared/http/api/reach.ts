// Whom nothing reaches, and who has not shown that she reads what is sent to her number. She is rung all the same.
import { z } from '@hono/zod-openapi';
import { whyUnreached } from '../../app/reach-check.ts';
import { sees } from '../../domain/access.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { fields } from './fields.ts';
import { problems } from './problem.ts';

const reachSchema = z
  .object({
    volunteerId: z.string(),
    number: z.enum(['confirmed', 'asked', 'not-asked']).openapi({
      description: '`asked`: a code went there and has not come back. She is rung all the same',
    }),
    unreached: z.enum(['bad-number', 'opted-out', 'never-answers']).nullable(),
    unanswered: z.number().int().openapi({ description: 'Offers in a row without a sign of life' }),
  })
  .openapi('VolunteerReach');

const listReach = declared({
  method: 'get',
  path: '/v1/volunteers-reach',
  operationId: 'listReach',
  summary: 'Of the volunteers of a region: whose number is confirmed, and whom nothing reaches',
  tag: 'volunteers',
  permission: 'volunteers:read',
  lies: 'answers-own',
  request: { query: z.strictObject({ region: fields.regionId }) },
  responses: {
    200: {
      description: 'They',
      content: {
        'application/json': {
          schema: z.object({ volunteers: z.array(reachSchema) }).openapi('VolunteersReach'),
        },
      },
    },
    ...problems,
  },
});

export function reach(api: Api): void {
  api.add(listReach, async c => {
    const { region } = c.req.valid('query');
    if (!sees(c.var.actor, region)) return c.json({ volunteers: [] }, 200);
    const { shifts, networks } = c.var.context.ports;
    const [network, there] = await Promise.all([networks.network(), shifts.volunteersOf(region)]);
    const known = await shifts.reachOf(there.map(({ id }) => id));
    const shown = there.map(async volunteer => {
      const hers = known.get(volunteer.id);
      return {
        volunteerId: volunteer.id,
        number: await numberOf(c, volunteer),
        unreached: whyUnreached(hers, network),
        unanswered: hers?.unanswered ?? 0,
      };
    });
    return c.json({ volunteers: await Promise.all(shown) }, 200);
  });
}

async function numberOf(c: ApiC, { id, number }: Volunteer) {
  const { shifts } = c.var.context.ports;
  const check = (await shifts.entry(id))?.check ?? null;
  if (check === null || check.mark !== shifts.markOf(number)) return 'not-asked' as const;
  if (check.confirmedAt !== null) return 'confirmed' as const;
  return check.sentAt === null ? ('not-asked' as const) : ('asked' as const);
}
