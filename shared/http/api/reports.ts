// Reports of requests that are over, in groups and as CSV, and what past weeks suggest for staffing.
// Must never answer a report with a count that has not been rounded, nor with a request.
import { z } from '@hono/zod-openapi';
import { stringify } from 'csv-stringify/sync';
import { sees } from '../../domain/access.ts';
import { addSeconds, type Instant } from '../../domain/instant.ts';
import { waveOf } from '../../domain/ladder.ts';
import { addDays, type LocalDate, localTimeAt, startInstant } from '../../domain/local-time.ts';
import { type Line, ladderOf, type Network } from '../../domain/network.ts';
import { Counting, dimensions, outcomes } from '../../domain/report.ts';
import { ROUNDED_TO, rounded, type ShownGroup } from '../../domain/report-rounding.ts';
import type { Summary } from '../../domain/report-summary.ts';
import type { Answering } from '../../domain/staffing.ts';
import { Arrivals } from '../../domain/staffing-week.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { fields } from './fields.ts';
import { problem, problems } from './problem.ts';

/** Every one of them is still there to its last day: they are kept for 400 days. */
const MONTHS_AT_MOST = 12;
const WEEKS_AT_MOST = 26;
const WEEK_SECONDS = 7 * 24 * 3600;

const shownCount = z
  .number()
  .int()
  .openapi({
    description: `Each month by itself goes up or down to a multiple of ${ROUNDED_TO} by chance: up to ${ROUNDED_TO - 1} a month too many or too few, and right on average`,
  });
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
    .openapi({ description: 'Seconds, to whole five; null: fewer than ten were reached' }),
});
const reportSchema = z
  .object({
    months: z.number().int(),
    roundedTo: z.number().int().openapi({
      description: 'Every count; so rows and columns do not add up, and what is 0 may have been few',
    }),
    total: groupSchema,
    groups: z.array(groupSchema),
  })
  .openapi('Report');

const reportQuery = z.strictObject({
  from: fields.localDate.optional().openapi({
    description:
      'The first day of the first month, by the end of requests in the zone of the first region; left out: one month',
    example: '2026-10-01',
  }),
  until: fields.localDate.optional().openapi({
    description: 'The first day of the month after the last, which is over; left out: of this one',
    example: '2026-11-01',
  }),
  by: z.enum(dimensions).default('line'),
  format: z.enum(['json', 'csv']).default('json'),
});

const getReport = declared({
  method: 'get',
  path: '/v1/reports',
  operationId: 'getReport',
  summary:
    'Requests of whole months that are over: how many, how soon a person, who gave up, how far they climbed. For what may leave the house; this week is in listEndedRequests',
  tag: 'reports',
  permission: 'reports:read',
  lies: 'answers-own',
  request: { query: reportQuery },
  responses: {
    200: {
      description: 'The groups, in rounded counts',
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
        requests: z.number().int().openapi({ description: 'In all the weeks together' }),
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
    'How many on duty past weeks suggest for each hour of the week (Erlang C, with phones that are not always answered). Exact, so for those who may see requests',
  tag: 'reports',
  permission: 'requests:read',
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
    const { by, format, ...given } = c.req.valid('query');
    const { ports, office } = c.var.context;
    const network = await ports.networks.network();
    const zone = network.regions[0]?.zone ?? 'UTC';
    const thisMonth = monthOf(localTimeAt(ports.clock.now(), zone).date);
    const until = given.until ?? thisMonth;
    const from = given.from ?? monthOf(addDays(until, -1));
    const errors = unlessMonths(from, until, thisMonth);
    if (errors.length > 0) return problem(c, 'invalid-request', { errors });
    const counting = new Counting(by);
    const months = monthsFrom(from, until);
    for (const month of months) {
      const range = { from: midnight(month, zone), until: midnight(monthAfter(month), zone) };
      await office.summaries.each(range, summary => {
        if (sees(c.var.actor, summary.region)) counting.add(summary, month);
      });
    }
    const report = rounded(counting.report(), office.summaries.luckOf);
    const told = { months: months.length, roundedTo: ROUNDED_TO };
    if (format === 'json') return c.json({ ...told, total: report.total, groups: [...report.groups] }, 200);
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

/** Its first day. */
const monthOf = (date: LocalDate): LocalDate => `${date.slice(0, 7)}-01` as LocalDate;
const monthAfter = (month: LocalDate): LocalDate => monthOf(addDays(month, 31));

function monthsFrom(from: LocalDate, until: LocalDate): readonly LocalDate[] {
  return from < until ? [from, ...monthsFrom(monthAfter(from), until)] : [];
}

/** Months that are over do not change: of days, or of one that goes on, two reports could be subtracted. */
function unlessMonths(from: LocalDate, until: LocalDate, thisMonth: LocalDate) {
  const refuse = (isWrong: boolean, path: string, clause: string) =>
    isWrong ? [{ path, problem: clause }] : [];
  const isNone = (date: LocalDate) => !date.endsWith('-01');
  const isTooEarly = monthsFrom(from, thisMonth).length > MONTHS_AT_MOST;
  const none = 'is not the first day of a month: reports are of whole months';
  return [
    ...refuse(isNone(from), 'from', none),
    ...refuse(isTooEarly, 'from', `is more than ${MONTHS_AT_MOST} months ago`),
    ...refuse(isNone(until), 'until', none),
    ...refuse(until > thisMonth, 'until', 'takes in a month that is not over'),
    ...refuse(until <= from, 'until', 'is not after the first month'),
  ];
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

/** As it is shown. No cell begins with what a spreadsheet would take for a formula. */
function csvOf(rows: readonly ShownGroup[], by: string): string {
  const header = [
    by,
    'requests',
    ...outcomes,
    'escalated',
    'notEscalated',
    'secondsToPersonP50',
    'secondsToPersonP90',
    'countsRoundedTo',
  ];
  const lines = rows.map(row => [
    row.key,
    row.requests,
    ...outcomes.map(outcome => row.outcomes[outcome]),
    row.escalated,
    row.notEscalated,
    row.toPerson?.p50 ?? '',
    row.toPerson?.p90 ?? '',
    ROUNDED_TO,
  ]);
  return stringify([header, ...lines], { escape_formulas: true });
}
