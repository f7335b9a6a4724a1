// Reports of requests that are over, in groups and as CSV, and what past weeks suggest for staffing.
// Must never answer with a count that has not been through suppression, nor with a request.
import { z } from '@hono/zod-openapi';
import { stringify } from 'csv-stringify/sync';
import { sees } from '../../domain/access.ts';
import { later, sooner } from '../../domain/coverage.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import { waveOf } from '../../domain/ladder.ts';
import { addDays, isZone, type LocalDate, startInstant } from '../../domain/local-time.ts';
import { type Line, ladderOf, type Network } from '../../domain/network.ts';
import { Counting, dimensions, outcomes } from '../../domain/report.ts';
import type { Summary } from '../../domain/report-summary.ts';
import { type Shown, type ShownGroup, suppressed } from '../../domain/report-suppression.ts';
import type { Answering } from '../../domain/staffing.ts';
import { Arrivals } from '../../domain/staffing-week.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { fields } from './fields.ts';
import { problem, problems } from './problem.ts';

const DAYS_AT_MOST = 400;
const WEEKS_AT_MOST = 26;
const DAY_SECONDS = 24 * 3600;
const WEEK_SECONDS = 7 * DAY_SECONDS;

const shownCount = z
  .union([z.number().int(), z.literal('<5')])
  .nullable()
  .openapi({ description: '`<5`: one to four. Null: hidden, because with it a small one could be told' });
const groupSchema = z.object({
  key: z.string().openapi({ description: '`none`: not said' }),
  requests: shownCount,
  outcomes: z.object({
    reached: shownCount,
    abandonedAtOnce: shownCount.openapi({ description: 'Within ten seconds: a misdial, or danger' }),
    abandonedLater: shownCount,
    other: shownCount,
  }),
  escalated: shownCount.openapi({ description: 'Beyond the first rung of the ladder' }),
  notEscalated: shownCount,
  toPerson: z
    .object({ p50: z.number(), p90: z.number() })
    .nullable()
    .openapi({ description: 'Seconds; null: fewer than five were reached' }),
});
const reportSchema = z.object({ total: groupSchema, groups: z.array(groupSchema) }).openapi('Report');

const reportQuery = z.strictObject({
  from: fields.localDate.openapi({ description: 'The first day, by the end of requests' }),
  until: fields.localDate.openapi({ description: 'The day after the last' }),
  zone: z
    .string()
    .max(60)
    .refine(isZone, { message: 'is not the name of a zone, as Asia/Almaty' })
    .optional()
    .openapi({ description: 'Of these days; left out: that of the first region', example: 'Asia/Almaty' }),
  by: z.enum(dimensions).default('line'),
  format: z.enum(['json', 'csv']).default('json'),
});

const getReport = declared({
  method: 'get',
  path: '/v1/reports',
  operationId: 'getReport',
  summary: 'Requests of some days: how many, how soon a person, who gave up, how far they climbed',
  tag: 'reports',
  permission: 'reports:read',
  lies: 'answers-own',
  request: { query: reportQuery },
  responses: {
    200: {
      description: 'The groups, small counts hidden',
      content: { 'application/json': { schema: reportSchema }, 'text/csv': { schema: z.string() } },
    },
    ...problems,
  },
});

const staffingSchema = z
  .object({
    weeks: z.number().int(),
    talkSeconds: z.number().int(),
    hours: z.array(
      z.object({
        weekday: z.number().int().openapi({ description: '1 Monday to 7 Sunday' }),
        hour: z.number().int(),
        requests: shownCount.openapi({ description: 'In all the weeks together' }),
        onDuty: z.number().int().nullable().openapi({
          description: 'So many would keep the promise; null: no number does, ring more at once',
        }),
        reachedPercent: z.number().int().nullable(),
      }),
    ),
  })
  .openapi('StaffingSuggestion');
const getStaffing = declared({
  method: 'get',
  path: '/v1/staffing',
  operationId: 'getStaffing',
  summary:
    'How many on duty past weeks suggest for each hour of the week (Erlang C, with phones that are not always answered)',
  tag: 'reports',
  permission: 'reports:read',
  lies: 'answers-own',
  request: {
    query: z.strictObject({
      weeks: z.coerce.number().int().min(1).max(WEEKS_AT_MOST).default(8),
      line: fields.lineId.optional(),
      region: fields.regionId.optional(),
      language: fields.languageId.optional(),
    }),
  },
  responses: {
    200: {
      description: '168 hours from Monday 00:00',
      content: { 'application/json': { schema: staffingSchema } },
    },
    ...problems,
  },
});

export function reports(api: Api): void {
  api.add(getReport, async c => {
    const { from, until, by, format, ...given } = c.req.valid('query');
    const { ports, office } = c.var.context;
    const network = await ports.networks.network();
    const zone = given.zone ?? network.regions[0]?.zone ?? 'UTC';
    if (until <= from || until > addDays(from, DAYS_AT_MOST))
      return problem(c, 'invalid-request', {
        errors: [{ path: 'until', problem: `is not within ${DAYS_AT_MOST} days after the first day` }],
      });
    const counting = new Counting(by);
    const kept = addSeconds(ports.clock.now(), -DAYS_AT_MOST * DAY_SECONDS);
    const range = {
      from: later(midnight(from, zone), kept),
      until: sooner(midnight(until, zone), addSeconds(ports.clock.now(), DAY_SECONDS)),
    };
    // Where nothing is kept nothing is looked for.
    await office.summaries.each(range, summary => {
      if (sees(c.var.actor, summary.region)) counting.add(summary);
    });
    const report = suppressed(counting.report());
    if (format === 'json') return c.json({ total: report.total, groups: [...report.groups] }, 200);
    const csv = csvOf([...report.groups, report.total], by);
    return c.body(csv, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="report-${by}-${from}-${until}.csv"`,
    }) as never;
  });
  api.add(getStaffing, async c => {
    const { weeks, ...filters } = c.req.valid('query');
    const { ports, office } = c.var.context;
    const network = await ports.networks.network();
    const line = network.lines.find(({ id }) => filters.line === undefined || id === filters.line);
    if (line === undefined) return problem(c, 'not-found');
    const now = ports.clock.now();
    const arrivals = new Arrivals();
    // Ends are kept to the minute: with the one that has begun.
    const range = { from: addSeconds(now, -weeks * WEEK_SECONDS), until: addSeconds(now, 60) };
    await office.summaries.each(range, summary => {
      if (isMeant(c, summary, filters)) arrivals.add(summary);
    });
    const { talkSeconds, hours } = arrivals.week(weeks, answeringOf(network, line));
    const shown = hours.map(({ staffing, ...hour }) => ({
      ...hour,
      onDuty: staffing?.onDuty ?? null,
      reachedPercent: staffing && Math.floor(staffing.reachedShare * 100),
    }));
    return c.json({ weeks, talkSeconds, hours: shown }, 200);
  });
}

const midnight = (date: LocalDate, zone: string): Instant => startInstant({ date, minuteOfDay: 0 }, zone);

type Filters = {
  readonly line?: string | undefined;
  readonly region?: string | undefined;
  readonly language?: string | undefined;
};

function isMeant(c: ApiC, { lineId, region, language }: Summary, filters: Filters): boolean {
  return (
    sees(c.var.actor, region) &&
    (filters.line === undefined || lineId === filters.line) &&
    (filters.region === undefined || region === filters.region) &&
    (filters.language === undefined || language === filters.language)
  );
}

/** Of the ladder's first rung: what comes later is for when nobody there answered. */
function answeringOf(network: Network, line: Line): Answering {
  const { answerPercent, reachedPercent, reachedSeconds } = network.settings.coverage;
  const { ringSeconds, waveSize } = waveOf(ladderOf(network, line.ladder), 0);
  return {
    answerShare: answerPercent / 100,
    reachedShare: reachedPercent / 100,
    ringSeconds,
    waveSize,
    reachedSeconds,
  };
}

/** As it is shown: hidden counts are empty. No cell begins with what a spreadsheet would take for a formula. */
function csvOf(rows: readonly ShownGroup[], by: string): string {
  const header = [
    by,
    'requests',
    ...outcomes,
    'escalated',
    'notEscalated',
    'secondsToPersonP50',
    'secondsToPersonP90',
  ];
  const cell = (count: Shown) => count ?? '';
  const lines = rows.map(row => [
    row.key,
    cell(row.requests),
    ...outcomes.map(outcome => cell(row.outcomes[outcome])),
    cell(row.escalated),
    cell(row.notEscalated),
    row.toPerson?.p50 ?? '',
    row.toPerson?.p90 ?? '',
  ]);
  return stringify([header, ...lines], { escape_formulas: true });
}
