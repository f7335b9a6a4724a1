// The address of a volunteer's own page, for whoever answers for her phone: lost or in wrong hands, it is shut from here.
// Must never show the address: whoever has it acts as she.
import { z } from '@hono/zod-openapi';
import { type Api, declared } from './api.ts';
import { fields } from './fields.ts';
import { problems } from './problem.ts';
import { homeOf } from './volunteers.ts';

const revokeOwnPage = declared({
  method: 'delete',
  path: '/v1/volunteers/{volunteerId}/page',
  operationId: 'revokeOwnPage',
  summary: 'The address of her own page opens nothing any more; she can ask for another by text',
  tag: 'volunteers',
  permission: 'volunteers:write',
  lies: homeOf,
  request: { params: z.object({ volunteerId: fields.volunteerId }) },
  responses: { 204: { description: 'Gone, or there was none' }, ...problems },
});

export function ownPages(api: Api): void {
  api.add(revokeOwnPage, async c => {
    await c.var.context.ports.shifts.closePage(c.req.valid('param').volunteerId);
    return c.body(null, 204);
  });
}
