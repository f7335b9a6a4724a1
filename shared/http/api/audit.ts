// What managers did, day by day.
import { z } from '@hono/zod-openapi';
import { roles } from '../../domain/access.ts';
import { type Api, declared } from './api.ts';
import { fields, pageQuery, showMoment, shownMoment } from './fields.ts';
import { cursorIn, cursorOf } from './pages.ts';
import { problem, problems } from './problem.ts';

const entrySchema = z
  .object({
    id: z.string(),
    at: shownMoment,
    actor: z.string().openapi({ description: 'The subject of a token, or the id of an API key' }),
    role: z.enum(roles),
    action: z.string().openapi({ example: 'putVolunteer' }),
    target: z.string().openapi({ example: 'vol_aigul' }),
    fields: z.array(z.string()),
    reason: z.string().nullable(),
    status: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'Null: begun, and nobody knows how it ended' }),
  })
  .openapi('AuditEntry');

const listAudit = declared({
  method: 'get',
  path: '/v1/audit',
  operationId: 'listAudit',
  summary: 'What was done on a day (UTC), newest first',
  tag: 'audit',
  permission: 'audit:read',
  lies: 'everywhere',
  request: { query: z.strictObject({ day: fields.localDate, ...pageQuery }) },
  responses: {
    200: {
      description: 'A page of the day',
      content: {
        'application/json': {
          schema: z
            .object({ entries: z.array(entrySchema), next: z.string().nullable() })
            .openapi('AuditPage'),
        },
      },
    },
    ...problems,
  },
});

export function audit(api: Api): void {
  api.add(listAudit, async c => {
    const { day, limit, after } = c.req.valid('query');
    const from = cursorIn(c, after);
    if (from === undefined)
      return problem(c, 'invalid-request', {
        errors: [{ path: 'after', problem: 'is not a cursor of this list' }],
      });
    const { entries, next } = await c.var.context.office.audit.of(day, limit, from);
    const shown = entries.map(entry => ({ ...entry, fields: [...entry.fields], at: showMoment(entry.at) }));
    return c.json({ entries: shown, next: cursorOf(c, next) }, 200);
  });
}
