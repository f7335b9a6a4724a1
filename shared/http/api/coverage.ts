// Coverage: how many are on duty hour by hour, holes in words, who could take one, and how good the rota is.
// Must never show a volunteer, or a region's floor, to whom it does not belong; no number stands in any of it.
import { z } from '@hono/zod-openapi';
import { everybody } from '../../app/watch-coverage.ts';
import { may, sees } from '../../domain/access.ts';
import { askedIn, type Hole, holes, hourly, sorted, wallHours } from '../../domain/coverage.ts';
import { whoCouldTake } from '../../domain/coverage-candidates.ts';
import { overloaded } from '../../domain/coverage-load.ts';
import { type Person, personOf } from '../../domain/coverage-people.ts';
import { scoreOf, scoreWeights } from '../../domain/coverage-score.ts';
import { floorsOf, type Need, zoneOf } from '../../domain/coverage-settings.ts';
import { holeIdOf, parseHoleId } from '../../domain/hole-id.ts';
import { addSeconds, type Instant, instant } from '../../domain/instant.ts';
import { holidaysOf, type Network } from '../../domain/network.ts';
import type { DutyWindow } from '../../domain/rota.ts';
import type { Volunteer } from '../../domain/volunteer.ts';
import {
  holeInWords,
  type ManagerLanguage,
  overloadInWords,
  scorePartInWords,
} from '../../prompts/managers/manager-words.ts';
import { type Api, type ApiC, declared, type RegionsOf } from './api.ts';
import {
  candidatesSchema,
  coverageQuery,
  coverageSchema,
  holesQuery,
  holesSchema,
  scoreSchema,
  windowQuery,
} from './coverage-shapes.ts';
import { showMoment } from './fields.ts';
import { problem, problems } from './problem.ts';

const DAY_SECONDS = 24 * 3600;
const WEEK_SECONDS = 7 * DAY_SECONDS;
const USUAL_DAYS = 28;
const DAYS_AT_MOST = 35;
/** No rota says anything about another century. */
const AWAY_DAYS_AT_MOST = 800;
/** An answer of the API has 6 MB at most. */
const CELLS_AT_MOST = 20_000;
const HOLES_AT_MOST = 1_000;

const tag = 'coverage';
const answers = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problems,
});
const looks = { method: 'get', tag, permission: 'rota:read', lies: 'answers-own' } as const;

const getCoverage = declared({
  ...looks,
  path: '/v1/coverage',
  operationId: 'getCoverage',
  summary: 'How many are on duty, hour by hour: the least in each',
  request: { query: coverageQuery },
  responses: answers('The hours of each need', coverageSchema),
});
const listHoles = declared({
  ...looks,
  path: '/v1/coverage/holes',
  operationId: 'listHoles',
  summary: 'When fewer are on duty than a floor asks for, in words',
  request: { query: holesQuery },
  responses: answers('The first thousand, the earliest first', holesSchema),
});
/** A hole lies in its region; one of the whole country everybody sees. */
export const holeLies: RegionsOf = async ({ holeId = '' }, { ports }) => {
  const hole = parseHoleId(holeId);
  const { regions } = await ports.networks.network();
  const isSomewhere = hole !== null && (hole.region === null || regions.some(({ id }) => id === hole.region));
  return isSomewhere ? [hole.region] : null;
};
const listCandidates = declared({
  ...looks,
  lies: holeLies,
  path: '/v1/coverage/holes/{holeId}/candidates',
  operationId: 'listCandidates',
  summary: 'Who of your regions could take it, and of the others why not; who could first',
  request: { params: z.object({ holeId: z.string().max(120) }) },
  responses: answers('Volunteers with its language and skill', candidatesSchema),
});
const getScore = declared({
  ...looks,
  path: '/v1/coverage/score',
  operationId: 'getScore',
  summary: 'How good the rota is, of 100, with its parts, and who is on duty too much',
  request: { query: windowQuery },
  responses: answers('The score', scoreSchema),
});

export function coverage(api: Api): void {
  api.add(getCoverage, async c => {
    const query = c.req.valid('query');
    const window = windowIn(c, query);
    if (window === null) return badWindow(c);
    const network = await networkOf(c);
    const needs = needsOf(c, query, network);
    if (needs.length * Math.ceil((window.until - window.from) / 3_600_000) > CELLS_AT_MOST)
      return problem(c, 'too-large', { detail: 'This is too much at once: ask for fewer days or regions.' });
    const { people } = await read(c, network, window);
    const those = sorted(people);
    const floors = floorsOf(network);
    const rows = needs.map(need => {
      const hours = wallHours(zoneOf(network, need), window);
      const asked = askedIn(need, floors, network, hours);
      const counted = hourly(need, those(need), network, hours);
      return {
        ...need,
        hours: counted.map(({ from, onDuty }, place) => ({
          from: showMoment(from),
          onDuty,
          atLeast: asked[place] ?? 0,
        })),
      };
    });
    return c.json({ rows }, 200);
  });
  api.add(listHoles, async c => {
    const query = c.req.valid('query');
    const window = windowIn(c, query);
    if (window === null) return badWindow(c);
    const network = await networkOf(c);
    const { people } = await read(c, network, window);
    const floors = floorsOf(network).filter(
      ({ region }) => sees(c.var.actor, region) && (query.region === undefined || region === query.region),
    );
    const found = holes(floors, people, network, window);
    const shown = found.slice(0, HOLES_AT_MOST).map(hole => shownHole(hole, network, query.words));
    return c.json({ holes: shown, more: found.length - shown.length }, 200);
  });
  api.add(listCandidates, async c => {
    const hole = parseHoleId(c.req.valid('param').holeId);
    if (hole === null) return problem(c, 'not-found');
    const network = await networkOf(c);
    const around = {
      from: addSeconds(hole.from, -WEEK_SECONDS),
      until: addSeconds(hole.until, WEEK_SECONDS),
    };
    const { people, volunteers } = await read(c, network, around);
    const own = people.filter(({ home }) => sees(c.var.actor, home));
    const candidates = whoCouldTake(hole, own, network).map(each => ({
      ...each,
      name: nameOf(c, volunteers, each.volunteerId),
    }));
    return c.json({ candidates }, 200);
  });
  api.add(getScore, async c => {
    const query = c.req.valid('query');
    const window = windowIn(c, query);
    if (window === null) return badWindow(c);
    const network = await networkOf(c);
    const { people, volunteers } = await read(c, network, window);
    const { score, parts } = scoreOf(people, network, window, region => sees(c.var.actor, region));
    const zones = new Map(people.map(({ id, zone }) => [id, zone]));
    const own = people.filter(({ home }) => sees(c.var.actor, home));
    const tooMuch = overloaded(own, network.settings.coverage, window);
    return c.json(
      {
        score,
        parts: parts.map(part => ({
          part: part.part,
          weight: scoreWeights[part.part],
          percent: part.percent,
          words: scorePartInWords(part, query.words),
        })),
        overloaded: tooMuch.map(({ volunteerId, overloads }) => ({
          volunteerId,
          name: nameOf(c, volunteers, volunteerId),
          words: overloads.map(each => overloadInWords(each, zones.get(volunteerId) ?? 'UTC', query.words)),
        })),
      },
      200,
    );
  });
}

type Given = { readonly from?: Instant | undefined; readonly until?: Instant | undefined };

/** Null: it ends before it begins, is too long, or far from now. From now on when nothing is said. */
function windowIn(c: ApiC, { from, until }: Given): DutyWindow | null {
  const now = c.var.context.ports.clock.now();
  const begins = from ?? instant(now - (now % 60_000));
  const ends = until ?? addSeconds(begins, USUAL_DAYS * DAY_SECONDS);
  const isNear = Math.abs(begins - now) <= AWAY_DAYS_AT_MOST * DAY_SECONDS * 1000;
  const isShort = ends > begins && ends <= addSeconds(begins, DAYS_AT_MOST * DAY_SECONDS);
  return isNear && isShort ? { from: begins, until: ends } : null;
}

const badWindow = (c: ApiC) =>
  problem(c, 'invalid-request', {
    errors: [
      {
        path: 'until',
        problem: `is not within ${DAYS_AT_MOST} days after its beginning, or is far from now`,
      },
    ],
  });

const networkOf = (c: ApiC): Promise<Network> => c.var.context.ports.networks.network();

async function read(
  c: ApiC,
  network: Network,
  { from, until }: DutyWindow,
): Promise<{ readonly people: readonly Person[]; readonly volunteers: readonly Volunteer[] }> {
  const volunteers = await everybody(c.var.context.ports, network);
  const holidays = holidaysOf(network);
  return { volunteers, people: volunteers.map(each => personOf(each, holidays, from, until)) };
}

/** Of what is asked for, what the actor may see. */
function needsOf(c: ApiC, query: z.output<typeof coverageQuery>, network: Network): readonly Need[] {
  const languages = [...new Set(network.lines.flatMap(line => line.languages))];
  const { region = null, skill = null, language, each } = query;
  const regions = each === 'region' ? network.regions.map(({ id }) => id) : [region];
  const skills = each === 'skill' ? network.skills.map(({ id }) => id) : [skill];
  return regions
    .filter(id => sees(c.var.actor, id))
    .flatMap(id =>
      skills.flatMap(of =>
        (language === undefined ? languages : [language]).map(spoken => ({
          region: id,
          skill: of,
          language: spoken,
        })),
      ),
    );
}

function shownHole(hole: Hole, network: Network, language: ManagerLanguage) {
  const { from, until, ...asked } = hole;
  return {
    id: holeIdOf(hole) as string,
    ...asked,
    from: showMoment(from),
    until: showMoment(until),
    words: holeInWords(hole, network, language),
  };
}

/** Empty for who may not read volunteers. */
function nameOf(c: ApiC, volunteers: readonly Volunteer[], id: string): string {
  if (!may(c.var.actor, 'volunteers:read')) return '';
  return volunteers.find(volunteer => volunteer.id === id)?.name ?? '';
}
