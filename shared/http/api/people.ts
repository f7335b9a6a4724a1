// What people may ask of those who hold data about them: to be erased, and to see what is kept. Must never say whether a
// number was known, nor hold one in an address: it stands in the body, and is kept nowhere.
import { z } from '@hono/zod-openapi';
import { erasePerson } from '../../app/erase-person.ts';
import { faultOf } from '../../app/fault.ts';
import { smsAddress } from '../../domain/phone.ts';
import { type Api, declared } from './api.ts';
import { json } from './bodies.ts';
import { fields, showMoment, shownMoment } from './fields.ts';
import { problem, problems } from './problem.ts';
import { homeOf } from './volunteers.ts';

const tag = 'people';
const eraseNumber = declared({
  method: 'post',
  path: '/v1/erasure',
  operationId: 'eraseNumber',
  summary:
    'Whatever is kept of a survivor’s number and is over can not be read any more, in backups neither. What goes on is kept: ask again when it is over',
  tag,
  permission: 'people:erase',
  lies: 'everywhere',
  record: 'no-answer',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({ number: fields.phoneNumber, reason: fields.reason })
            .openapi('ErasureWanted'),
        },
      },
    },
  },
  responses: { 204: { description: 'The same whether anything was known of it or not' }, ...problems },
});

const exportVolunteer = declared({
  method: 'get',
  path: '/v1/export/{volunteerId}',
  operationId: 'exportVolunteer',
  summary:
    'All that is kept of a volunteer herself, for whoever asks what we hold of her. Each look is on record',
  tag,
  permission: 'people:export',
  lies: homeOf,
  record: 'a-look',
  request: { params: z.object({ volunteerId: fields.volunteerId }) },
  responses: {
    200: json(
      'Her record',
      z
        .object({
          exportedAt: shownMoment,
          volunteer: z.record(z.string(), z.unknown()),
          onDuty: z.record(z.string(), z.unknown()).nullable(),
        })
        .openapi('VolunteerExport'),
    ),
    ...problems,
  },
});

export function people(api: Api): void {
  api.add(eraseNumber, async c => {
    const { ports } = c.var.context;
    // Counts of what was there are for nobody who reads the log.
    const silent = { ...ports.log, info: () => undefined };
    try {
      await erasePerson({ ...ports, log: silent }, smsAddress(c.req.valid('json').number));
    } catch (error) {
      ports.log.error('erasure-failed', { fault: faultOf(error) });
      return problem(c, 'try-later', {
        detail: 'Not everything could be erased just now. Ask again: what is gone stays gone.',
      });
    }
    return c.body(null, 204);
  });
  api.add(exportVolunteer, async c => {
    const { ports } = c.var.context;
    const known = await ports.registry.volunteer(c.req.valid('param').volunteerId);
    if (known === null) return problem(c, 'not-found');
    const { id, region } = known.volunteer;
    const now = ports.clock.now();
    const there = await ports.roster.onDuty([region], now);
    const onDuty = there.find(({ volunteerId }) => volunteerId === id) ?? null;
    const kept = {
      exportedAt: showMoment(now),
      volunteer: { ...known.volunteer } as unknown as Record<string, never>,
      onDuty: onDuty && ({ ...onDuty } as unknown as Record<string, never>),
    };
    return c.json(kept, 200);
  });
}
