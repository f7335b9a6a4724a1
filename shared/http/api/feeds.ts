// Calendars to subscribe to: made and revoked by managers, read by whoever has the address and by nobody else.
// Must never show the address a second time, nor say anything to somebody whose address is not one of ours.
import { z } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { calendarText, feedEvents } from '../../app/calendar-feed.ts';
import type { Feed } from '../../app/office.ts';
import { isVolunteerId, type RegionId, type VolunteerId } from '../../domain/ids.ts';
import { holidaysOf } from '../../domain/network.ts';
import { type Api, type ApiC, type ApiContext, type ApiEnv, declared, type RegionsOf } from './api.ts';
import { json } from './bodies.ts';
import { fields, parsedText, showMoment, shownMoment } from './fields.ts';
import { freshFeedId } from './fresh-ids.ts';
import { problem, problems } from './problem.ts';
import { homeOf } from './volunteers.ts';

const FEEDS_AT_MOST = 10;
const FOLDER = '/feeds';

const feedSchema = z
  .object({ id: z.string().openapi({ example: 'feed_0123456789abcdef' }), createdAt: shownMoment })
  .openapi('Feed');
const madeSchema = feedSchema
  .extend({
    path: z.string().openapi({
      description:
        'Below the address of this API. Whoever has it sees the shifts: give it to her alone. Not shown again',
    }),
  })
  .openapi('FeedMade');
const listSchema = z.object({ feeds: z.array(feedSchema) }).openapi('Feeds');
const feedId = parsedText(
  text => (/^feed_[0-9a-f]{16}$/.test(text) ? text : null),
  'the id of a feed',
  'feed_0123456789abcdef',
);

const inRegion: RegionsOf = async ({ regionId = '' }, { ports }) => {
  const { regions } = await ports.networks.network();
  const found = regions.find(({ id }) => id === regionId);
  return found ? [found.id] : null;
};

export function feeds(api: Api): void {
  addFeeds(api, {
    name: 'VolunteerFeed',
    path: '/v1/volunteers/{volunteerId}/feeds',
    params: z.object({ volunteerId: fields.volunteerId }),
    lies: homeOf,
    about: 'her shifts',
    of: c => c.req.param('volunteerId') as VolunteerId,
  });
  addFeeds(api, {
    name: 'RegionFeed',
    path: '/v1/regions/{regionId}/feeds',
    params: z.object({ regionId: fields.regionId }),
    lies: inRegion,
    about: 'all shifts of a region, by the names of the volunteers',
    of: c => c.req.param('regionId') as RegionId,
  });
}

type Whose = {
  readonly name: 'VolunteerFeed' | 'RegionFeed';
  readonly path: '/v1/volunteers/{volunteerId}/feeds' | '/v1/regions/{regionId}/feeds';
  readonly params: z.ZodObject;
  readonly lies: RegionsOf;
  readonly about: string;
  readonly of: (c: ApiC) => Feed['of'];
};

function addFeeds(api: Api, { name, path, params, lies, about, of }: Whose): void {
  const common = { lies, tag: 'calendars', permission: 'rota:write' } as const;
  const create = declared({
    ...common,
    method: 'post',
    path,
    operationId: `create${name}`,
    summary: `Makes a calendar to subscribe to: ${about}`,
    request: { params },
    responses: { 201: json('It, with its address', madeSchema), ...problems },
  });
  const list = declared({
    ...common,
    method: 'get',
    path,
    operationId: `list${name}s`,
    summary: 'Those that can be read, without their addresses',
    request: { params },
    responses: { 200: json('They', listSchema), ...problems },
  });
  const revoke = declared({
    ...common,
    method: 'delete',
    path: `${path}/{feedId}` as const,
    operationId: `revoke${name}`,
    summary: 'From now on its address leads nowhere',
    request: { params: params.extend({ feedId }) },
    responses: { 204: { description: 'Gone' }, ...problems },
  });
  api.add(create, async c => {
    const { office, ports } = c.var.context;
    if ((await office.feeds.list(of(c))).length >= FEEDS_AT_MOST)
      return problem(c, 'conflict', { detail: `There are ${FEEDS_AT_MOST} already: revoke one first.` });
    const { feed, secret } = await office.feeds.create(of(c), freshFeedId(c), ports.clock.now());
    c.set('made', [feed.id]);
    return c.json({ ...shown(feed), path: `${FOLDER}/${secret}.ics` }, 201);
  });
  api.add(list, async c => {
    const found = await c.var.context.office.feeds.list(of(c));
    return c.json({ feeds: found.map(shown) }, 200);
  });
  api.add(revoke, async c => {
    const isGone = await c.var.context.office.feeds.revoke(of(c), c.req.param('feedId') ?? '');
    return isGone ? c.body(null, 204) : problem(c, 'not-found');
  });
}

const shown = ({ id, createdAt }: Feed) => ({ id, createdAt: showMoment(createdAt) });

/** No operation of the API: a calendar program signs in nowhere, its address is all that it has. */
export function feedPages(app: Hono<ApiEnv>): void {
  app.get(`${FOLDER}/:file`, async c => {
    const [, secret] = /^([\w-]{43})\.ics$/.exec(c.req.param('file')) ?? [];
    const feed = secret === undefined ? null : await c.var.context.office.feeds.find(secret);
    const text = feed && (await textOf(feed, c.var.context));
    if (text === null) return problem(c, 'not-found');
    return c.body(text, 200, { 'content-type': 'text/calendar; charset=utf-8', 'x-robots-tag': 'noindex' });
  });
}

/** Says no more than a calendar needs: in her own not even her name. */
const HER_SHIFT = 'Shift';

async function textOf({ of }: Feed, { ports }: ApiContext): Promise<string | null> {
  const now = ports.clock.now();
  const holidays = holidaysOf(await ports.networks.network());
  if (isVolunteerId(of)) {
    const known = await ports.registry.volunteer(of);
    const look = { only: null, summary: HER_SHIFT, now };
    return known && calendarText(feedEvents(known.volunteer, holidays, look), now);
  }
  const people = await ports.registry.volunteersServing(of);
  const events = people.flatMap(each => feedEvents(each, holidays, { only: of, summary: each.name, now }));
  return calendarText(
    events.sort((a, b) => a.from - b.from),
    now,
  );
}
