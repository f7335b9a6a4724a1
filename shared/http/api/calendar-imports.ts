// A calendar of hers taken into her rota: what could be taken is, and of each other event it is said why not.
import { z } from '@hono/zod-openapi';
import { calendarEdit, readCalendar } from '../../app/calendar-import.ts';
import { withEdit } from '../../domain/rota-edit.ts';
import { type Api, declared } from './api.ts';
import { fields } from './fields.ts';
import { problem, problems } from './problem.ts';
import { isStored, readsNotes, storeRota } from './rota-writes.ts';
import { shownRotaSchema, showRota } from './shift-shapes.ts';
import { homeOf } from './volunteers.ts';

const calendar = 'text/calendar';
const aboutCalendars = [
  'An event is a dated shift, a weekly one (`FREQ=WEEKLY` with INTERVAL up to 8, BYDAY without numbers, UNTIL or COUNT) a weekly',
  'shift, one of whole days an absence. EXDATE is taken when the series ends: it is then written out. A series must be in the zone',
  'of her rota; single events may be in any. Sent again, an event takes its own place. At most 1 MB and 500 events.',
].join(' ');

const reportSchema = z
  .object({
    taken: z.number().int(),
    refused: z.array(z.object({ event: z.number().int(), problem: z.string() })).openapi({
      description: 'By the place of the event in the file, from 1',
    }),
    rota: shownRotaSchema,
    warnings: z.array(z.object({ path: z.string(), problem: z.string() })),
  })
  .openapi('CalendarImport');

const importCalendar = declared({
  method: 'post',
  path: '/v1/volunteers/{volunteerId}/calendar-imports',
  operationId: 'importCalendar',
  summary: 'Puts the events of an iCalendar file into her rota; shifts that come from elsewhere stay',
  description: aboutCalendars,
  tag: 'calendars',
  permission: 'rota:write',
  lies: homeOf,
  request: {
    params: z.object({ volunteerId: fields.volunteerId }),
    query: z.strictObject({ dryRun: fields.dryRun, overlaps: fields.overlaps }),
    body: { required: true, content: { [calendar]: { schema: z.string() } } },
  },
  responses: {
    200: {
      description: 'What was taken, and what was not',
      content: { 'application/json': { schema: reportSchema } },
    },
    ...problems,
  },
});

export function calendarImports(api: Api): void {
  api.add(importCalendar, async c => {
    if (!(c.req.header('content-type') ?? '').startsWith(calendar))
      return problem(c, 'wrong-media-type', { detail: 'Send text/calendar.' });
    const { volunteerId: id } = c.req.valid('param');
    const known = await c.var.context.ports.registry.volunteer(id);
    if (!known) return problem(c, 'not-found');
    const read = readCalendar(await c.req.text(), id, known.volunteer.rota.zone);
    if (read === null) {
      const errors = [{ path: '', problem: 'is no iCalendar file, or one of more than 1 MB' }];
      return problem(c, 'invalid-request', { errors });
    }
    const outcome = await storeRota(c, {
      id,
      change: rota => withEdit(rota, calendarEdit(rota, read)),
      changed: null,
      needsVersion: false,
      within: null,
    });
    if (!isStored(outcome)) return outcome;
    const { taken, refused } = read;
    const rota = showRota(outcome.rota, readsNotes(c));
    return c.json({ taken, refused: [...refused], rota, warnings: [...outcome.warnings] }, 200);
  });
}
