// What was done, day by day; what an act changed; and whether the trail is whole.
// Must never show what was changed without putting on record who looked.
import { z } from '@hono/zod-openapi';
import { type AuditEntry, auditKinds } from '../../app/audit-trail.ts';
import { type TrailPlace, verifyTrail } from '../../app/verify-trail.ts';
import { may, roles } from '../../domain/access.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { json } from './bodies.ts';
import { fields, pageQuery, parsedText, showMoment, shownMoment } from './fields.ts';
import { cursorIn, cursorOf } from './pages.ts';
import { problem, problems } from './problem.ts';
import { readsNotes } from './rota-writes.ts';
import { noCursor } from './volunteer-pages.ts';

const DAYS_AT_MOST = 400;
const linkSchema = z.object({
  number: z.number().int().openapi({ description: 'From 1 on, without a gap' }),
  former: z.string().openapi({ description: 'The hash of the entry before' }),
  hash: z.string(),
});
const entrySchema = z
  .object({
    id: z
      .string()
      .nullable()
      .openapi({ example: 'aud_12', description: 'Null: of before entries had numbers' }),
    is: z.enum(auditKinds).openapi({
      description:
        '`begun`, before it is done, and `ended`, with its answer, are entries of their own; `refused`: by role or region; ' +
        '`done`: by a volunteer herself',
    }),
    at: shownMoment,
    actor: z
      .string()
      .openapi({ description: 'The subject of a token, the id of an API key or of a volunteer' }),
    role: z.enum([...roles, 'volunteer']),
    action: z.string().openapi({ example: 'putVolunteer' }),
    target: z.string().openapi({ example: 'vol_aigul' }),
    fields: z.array(z.string()),
    reason: z.string().nullable(),
    from: z.string().nullable().openapi({ description: 'The address that it was asked from' }),
    begun: z.string().nullable().openapi({ description: 'Of an end: which beginning it is of' }),
    status: z.number().int().nullable(),
    created: z.array(z.string()),
    values: z.string().nullable().openapi({
      description: 'SHA-256 of what it changed, sealed; null: nothing is kept. To read it: getAuditValues',
    }),
    link: linkSchema.nullable(),
  })
  .openapi('AuditEntry');

const common = { method: 'get', tag: 'audit', permission: 'audit:read', lies: 'everywhere' } as const;
const listAudit = declared({
  ...common,
  path: '/v1/audit',
  operationId: 'listAudit',
  summary: 'What was done on a day (UTC), newest first',
  request: { query: z.strictObject({ day: fields.localDate, ...pageQuery }) },
  responses: {
    200: json(
      'A page of the day',
      z.object({ entries: z.array(entrySchema), next: z.string().nullable() }).openapi('AuditPage'),
    ),
    ...problems,
  },
});
const verifyAudit = declared({
  ...common,
  path: '/v1/audit/verify',
  operationId: 'verifyAudit',
  summary:
    'Whether the trail of these days (UTC) is whole: each entry as it was written, none missing. Some thousands at once: go on while there is `next`',
  request: {
    query: z.strictObject({
      from: fields.localDate,
      until: fields.localDate.openapi({
        description: 'Included. With today the end of the trail is seen too',
      }),
      after: pageQuery.after,
    }),
  },
  responses: {
    200: json(
      'How far it was walked',
      z
        .object({
          isWhole: z.boolean(),
          checked: z.number().int(),
          broken: z
            .object({ number: z.number().int(), why: z.enum(['altered', 'missing']) })
            .nullable()
            .openapi({ description: 'The first entry that is not as it was written, or not there' }),
          last: z
            .object({ number: z.number().int(), hash: z.string() })
            .nullable()
            .openapi({ description: 'To be held against what upkeep wrote into the log once a day' }),
          next: z.string().nullable(),
        })
        .openapi('AuditVerified'),
    ),
    ...problems,
  },
});
const auditId = parsedText(
  text => (/^aud_[1-9]\d{0,11}$/.test(text) ? text : null),
  'the id of an entry',
  'aud_12',
);
const getAuditValues = declared({
  ...common,
  path: '/v1/audit/{auditId}/values',
  operationId: 'getAuditValues',
  summary:
    'What an act changed, as it stood before and after; numbers and notes for those alone who may see them elsewhere. Each look is on record',
  record: 'a-look',
  request: { params: z.object({ auditId }) },
  responses: {
    200: json(
      'Kept for a quarter, and no longer than whom it is about',
      z
        .object({
          before: z.unknown().openapi({ description: 'Null: it was not there' }),
          after: z.unknown().openapi({ description: 'Null: it was gone' }),
          digest: z.string().openapi({ description: 'To be held against `values` of the entry' }),
        })
        .openapi('AuditValues'),
    ),
    ...problems,
  },
});

export function audit(api: Api): void {
  api.add(listAudit, async c => {
    const { day, limit, after } = c.req.valid('query');
    const from = cursorIn(c, after);
    if (from === undefined) return problem(c, 'invalid-request', { errors: [noCursor] });
    const { entries, next } = await c.var.context.office.audit.of(day, limit, from);
    return c.json({ entries: entries.map(shown), next: cursorOf(c, next) }, 200);
  });
  api.add(verifyAudit, async c => {
    const { from, until, after } = c.req.valid('query');
    const days = (Date.parse(until) - Date.parse(from)) / 86_400_000;
    if (days < 0 || days > DAYS_AT_MOST)
      return problem(c, 'invalid-request', {
        errors: [{ path: 'until', problem: `is not within ${DAYS_AT_MOST} days after the first day` }],
      });
    const place = cursorIn(c, after);
    if (place === undefined) return problem(c, 'invalid-request', { errors: [noCursor] });
    const start =
      place === null ? { day: from, after: null, walked: null } : (JSON.parse(place) as TrailPlace);
    const { office, ports } = c.var.context;
    const { next, ...found } = await verifyTrail(office.audit, start, until, ports.clock.now());
    const cursor = cursorOf(c, next && JSON.stringify(next));
    return c.json({ isWhole: found.broken === null, ...found, next: cursor }, 200);
  });
  api.add(getAuditValues, async c => {
    const number = Number(c.req.valid('param').auditId.slice(PREFIX.length));
    const values = await c.var.context.office.audit.values(number);
    if (values === null) return problem(c, 'not-found', { detail: GONE });
    const { before, after, digest } = values;
    return c.json({ before: visible(c, before), after: visible(c, after), digest }, 200);
  });
}

const GONE =
  'Nothing is kept of what it changed: it changed nothing, its time is over, or whom it was about is gone.';
const PREFIX = 'aud_';
const idOf = (number: number | null): string | null => (number === null ? null : `${PREFIX}${number}`);

function shown({ at, link, fields: sent, created, begun, ...entry }: AuditEntry) {
  return {
    id: idOf(link?.number ?? null),
    ...entry,
    at: showMoment(at as Instant),
    fields: [...sent],
    created: [...created],
    begun: idOf(begun),
    link,
  };
}

const NUMBER = /\+\d{6,15}/g;

/** An auditor sees that it was right, and nobody's number; why somebody is away is for those who plan. */
function visible(c: ApiC, value: unknown): unknown {
  const isOpen = { numbers: may(c.var.actor, 'volunteers:numbers'), notes: readsNotes(c) };
  if (value === undefined) return null;
  return JSON.parse(JSON.stringify(value), (key, each: unknown) => {
    if (!isOpen.notes && key === 'note') return null;
    return !isOpen.numbers && typeof each === 'string' ? each.replaceAll(NUMBER, '…') : each;
  });
}
