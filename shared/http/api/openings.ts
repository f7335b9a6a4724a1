// Volunteers asked by text for a hole in the rota: first, with dryRun, who would be written to, how, and in which words; then
// whom it has been sent to, and who has taken it. Must never show or write to a volunteer who is not the manager's own.
import { z } from '@hono/zod-openapi';
import { recipient } from '../../app/broadcasting.ts';
import { askFor, type NewOpening } from '../../app/openings.ts';
import { words } from '../../app/perform.ts';
import { lineOf } from '../../app/shift-lines.ts';
import { everybody } from '../../app/watch-coverage.ts';
import { may, sees } from '../../domain/access.ts';
import { askedIn, levels } from '../../domain/coverage.ts';
import { personOf } from '../../domain/coverage-people.ts';
import { floorsOf, type Need } from '../../domain/coverage-settings.ts';
import { parseHoleId } from '../../domain/hole-id.ts';
import { holidaysOf, type Network } from '../../domain/network.ts';
import {
  ASKED_AT_MOST,
  askedStates,
  fits,
  isFull,
  type Opening,
  occurrenceFor,
  openingIdOf,
} from '../../domain/opening.ts';
import { quietAt } from '../../domain/quiet-hours.ts';
import type { DutyWindow } from '../../domain/rota.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import { segmentsOf } from '../../prompts/segments.ts';
import { type Api, type ApiC, declared } from './api.ts';
import { json, sent } from './bodies.ts';
import { holeLies } from './coverage.ts';
import { fields, moment, showMoment, shownMoment } from './fields.ts';
import { beginJob } from './jobs.ts';
import { type FieldProblem, problem, problems } from './problem.ts';

const wantedSchema = z
  .strictObject({
    volunteers: z.array(fields.volunteerId).min(1).max(ASKED_AT_MOST),
    from: moment.optional().openapi({ description: 'A part of the hole alone; its beginning when left out' }),
    until: moment.optional().openapi({ description: 'Less than a day after the beginning' }),
  })
  .openapi('OpeningWanted');
const openingSchema = z
  .object({
    id: z.string(),
    region: z.string().nullable(),
    skill: z.string().nullable(),
    language: z.string(),
    from: shownMoment,
    until: shownMoment,
    wanted: z.number().int().openapi({ description: 'So many of those who are asked may take it' }),
    taken: z.boolean().openapi({ description: 'As many have' }),
    asked: z.array(
      z.object({
        volunteerId: z.string(),
        name: z.string(),
        state: z.enum(askedStates).openapi({
          description: '`to-ask`: her text goes out within a minute or two',
        }),
        at: shownMoment,
      }),
    ),
  })
  .openapi('Opening');
const previewSchema = z
  .object({
    recipients: z.array(
      z.object({
        volunteerId: z.string(),
        name: z.string(),
        by: z.enum(['sms', 'whatsapp']).nullable(),
        unreached: z.enum(['no-way', 'window-closed']).nullable(),
        quiet: z.boolean().openapi({ description: 'It is night where she is' }),
      }),
    ),
    words: z
      .array(z.object({ language: z.string(), text: z.string() }))
      .openapi({ description: 'What they would read; the number of the shift is another for each' }),
    reached: z.number().int(),
    segments: z.number().int(),
    cost: z.object({ amount: z.number(), currency: z.string() }).nullable(),
  })
  .openapi('OpeningPreview');

const askForHole = declared({
  method: 'post',
  path: '/v1/coverage/holes/{holeId}/openings',
  operationId: 'askForHole',
  summary:
    'Asks volunteers by text whether they take it; who says yes has it in her rota. With dryRun: who would be asked, and in which words. Asked again it asks others, and nobody twice',
  tag: 'coverage',
  permission: 'broadcasts:send',
  lies: holeLies,
  request: {
    params: z.object({ holeId: z.string().max(120) }),
    query: z.strictObject({ dryRun: fields.dryRun }),
    body: sent(wantedSchema),
  },
  responses: {
    200: json('With dryRun: who would be asked', previewSchema),
    202: json('They are asked within a minute or two', openingSchema),
    ...problems,
  },
});
const listOpenings = declared({
  method: 'get',
  path: '/v1/openings',
  operationId: 'listOpenings',
  summary: 'Holes for which volunteers have been asked and that have not ended, with what came of it',
  tag: 'coverage',
  permission: 'rota:read',
  lies: 'answers-own',
  request: { query: z.strictObject({ region: fields.regionId.optional() }) },
  responses: {
    200: json('They', z.object({ openings: z.array(openingSchema) }).openapi('Openings')),
    ...problems,
  },
});

export function openings(api: Api): void {
  api.add(askForHole, async c => {
    const hole = parseHoleId(c.req.valid('param').holeId);
    if (hole === null) return problem(c, 'not-found');
    const { ports } = c.var.context;
    const network = await ports.networks.network();
    const { volunteers, from = hole.from, until = hole.until } = c.req.valid('json');
    const window = { from, until };
    const errors = problemsIn(window, hole);
    if (errors.length > 0) return problem(c, 'invalid-request', { errors });
    const people = await ownPeople(c, volunteers);
    if ('errors' in people) return problem(c, 'invalid-request', people);
    const wanted = await wantedFor(ports, network, hole, window);
    if (wanted.missing <= 0)
      return problem(c, 'conflict', {
        why: 'no-hole',
        detail: 'As many are on duty then as a floor asks for. Nobody was written to.',
      });
    const opening = newOpening(hole, window, wanted);
    if (c.req.valid('query').dryRun === 'true')
      return c.json(await preview(c, network, opening, people.found), 200);
    const stored = await askFor(
      ports,
      opening,
      people.found.map(({ id }) => id),
    );
    const rows = people.found.map(({ id }) => ({ openingId: stored.id, volunteerId: id }));
    const regions = [...new Set(people.found.map(({ region }) => region))];
    // Later than now: it is for the function of every minute, which alone keeps the pace.
    await beginJob(c, { kind: 'shift-ask', regions, inSeconds: 1 }, rows);
    return c.json(await shown(c, stored), 202);
  });
  api.add(listOpenings, async c => {
    const { region } = c.req.valid('query');
    const { ports } = c.var.context;
    const { regions } = await ports.networks.network();
    const own = [null, ...regions.map(({ id }) => id)].filter(
      id => sees(c.var.actor, id) && (region === undefined || id === region),
    );
    const now = ports.clock.now();
    const found = (await Promise.all(own.map(id => ports.shifts.openingsOf(id, now)))).flat();
    return c.json({ openings: await Promise.all(found.map(each => shown(c, each))) }, 200);
  });
}

function problemsIn({ from, until }: DutyWindow, hole: DutyWindow): FieldProblem[] {
  if (from < hole.from || until > hole.until || from >= until)
    return [{ path: 'from', problem: 'is no part of the hole' }];
  return fits({ from, until }) ? [] : [{ path: 'until', problem: 'is a day or more after the beginning' }];
}

/** Who is not hers to see is not there for her. */
async function ownPeople(
  c: ApiC,
  ids: readonly Volunteer['id'][],
): Promise<{ readonly found: readonly Volunteer[] } | { errors: FieldProblem[] }> {
  const { registry } = c.var.context.ports;
  const unique = [...new Set(ids)];
  const known = await Promise.all(unique.map(id => registry.volunteer(id)));
  const found = known.flatMap(each =>
    each && sees(c.var.actor, each.volunteer.region) ? each.volunteer : [],
  );
  const errors = unique.flatMap((id, index) =>
    found.some(each => each.id === id)
      ? []
      : [{ path: `volunteers[${index}]`, problem: 'is no volunteer of yours' }],
  );
  return errors.length > 0 ? { errors } : { found };
}

type Wanted = { readonly atLeast: number; readonly missing: number };

async function wantedFor(
  ports: Parameters<typeof everybody>[0],
  network: Network,
  need: Need,
  window: DutyWindow,
): Promise<Wanted> {
  const { from, until } = window;
  const holidays = holidaysOf(network);
  const people = (await everybody(ports, network)).map(each => personOf(each, holidays, from, until));
  const [atLeast = 0] = askedIn(need, floorsOf(network), network, [window]);
  const least = Math.min(...levels(need, people, network, window).map(({ onDuty }) => onDuty));
  return { atLeast, missing: atLeast - least };
}

function newOpening(
  { region, skill, language }: Need,
  window: DutyWindow,
  { atLeast, missing }: Wanted,
): NewOpening {
  const need = { region, skill, language };
  return { id: openingIdOf(need, window), need, window, atLeast, wanted: missing };
}

async function preview(c: ApiC, network: Network, wanted: NewOpening, people: readonly Volunteer[]) {
  const { ports } = c.var.context;
  const now = ports.clock.now();
  const opening = { ...wanted, version: 0, openedAt: now, asked: [] };
  const to = await Promise.all(people.map(each => recipient(ports, network, each)));
  const reached = to.filter(({ unreached }) => unreached === null);
  const texts = new Map<string, string>();
  for (const {
    volunteer: { languages, rota, region },
  } of reached) {
    const [language] = languages;
    if (language === undefined || texts.has(language)) continue;
    const shift = lineOf(occurrenceFor(opening, { region }, network), rota.zone, 1);
    texts.set(language, await words(language, { text: 'shift', said: 'open', shift }, network));
  }
  const segments = reached.reduce(
    (sum, { volunteer }) => sum + segmentsOf(texts.get(volunteer.languages[0] ?? '') ?? '').count,
    0,
  );
  const { textPrice } = network.settings.selfService;
  return {
    recipients: to.map(({ volunteer, by, unreached }) => ({
      ...{ volunteerId: volunteer.id as string, name: nameFor(c, volunteer), by, unreached },
      quiet: quietAt(now, volunteer.rota.zone, network.settings.selfService) !== null,
    })),
    words: [...texts].map(([language, text]) => ({ language, text })),
    reached: reached.length,
    segments,
    cost: textPrice && {
      amount: Math.round(textPrice.amount * segments * 100) / 100,
      currency: textPrice.currency,
    },
  };
}

/** Empty for who may not read volunteers. */
const nameFor = (c: ApiC, { name }: Volunteer): string => (may(c.var.actor, 'volunteers:read') ? name : '');

/** With the names of those whom she may see; of others that somebody was asked, and no more. */
async function shown(c: ApiC, opening: Opening) {
  const { directory } = c.var.context.ports;
  const { id, need, window, wanted, asked } = opening;
  const people = await Promise.all(asked.map(each => directory.volunteer(each.id)));
  return {
    id: id as string,
    ...need,
    ...{ from: showMoment(window.from), until: showMoment(window.until), wanted, taken: isFull(opening) },
    asked: asked.flatMap(({ id: who, state, at }, index) => {
      const person = people[index];
      if (!person || !sees(c.var.actor, person.region)) return [];
      return [{ volunteerId: who as string, name: nameFor(c, person), state, at: showMoment(at) }];
    }),
  };
}
