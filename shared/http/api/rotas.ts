// Rotas side by side: those of everybody at home in a manager's regions, each with the ETag under which it is changed.
// Must never show a note to somebody who only looks, nor a number to anybody.
import { z } from '@hono/zod-openapi';
import { may, sees } from '../../domain/access.ts';
import { type Api, declared } from './api.ts';
import { json } from './bodies.ts';
import { tagOfVersion } from './conditions.ts';
import { fields, pageQuery } from './fields.ts';
import { problem, problems } from './problem.ts';
import { readsNotes } from './rota-writes.ts';
import { shownRotaSchema, showRota } from './shift-shapes.ts';
import { noCursor, volunteerCursor, volunteerPlaceIn } from './volunteer-pages.ts';

const personSchema = z
  .object({
    volunteerId: z.string(),
    name: z.string().openapi({ description: 'Empty for who may not read volunteers' }),
    region: z.string(),
    skills: z.array(z.string()),
    etag: z.string().openapi({ description: 'Of her rota, for If-Match' }),
    rota: shownRotaSchema,
  })
  .openapi('RotaOfOne');

const listRotas = declared({
  method: 'get',
  path: '/v1/rotas',
  operationId: 'listRotas',
  summary: 'The rotas of everybody at home in the regions that are yours, by region, a page at a time',
  tag: 'rota',
  permission: 'rota:read',
  lies: 'answers-own',
  request: { query: z.strictObject({ region: fields.regionId.optional(), ...pageQuery }) },
  responses: {
    200: json(
      'A page',
      z.object({ rotas: z.array(personSchema), next: z.string().nullable() }).openapi('RotaPage'),
    ),
    ...problems,
  },
});

export function rotas(api: Api): void {
  api.add(listRotas, async c => {
    const { limit, after, region } = c.req.valid('query');
    const { networks, registry } = c.var.context.ports;
    const own = (await networks.network()).regions
      .map(({ id }) => id)
      .filter(id => sees(c.var.actor, id) && (region === undefined || id === region));
    const from = volunteerPlaceIn(c, after, own);
    if (from === undefined) return problem(c, 'invalid-request', { errors: [noCursor] });
    const { page, next } = await registry.volunteersAfter(own, from, limit);
    const notes = readsNotes(c);
    const isNamed = may(c.var.actor, 'volunteers:read');
    const found = page.map(({ volunteer: { id, name, region: home, skills, rota }, version }) => ({
      ...{ volunteerId: id, name: isNamed ? name : '', region: home, skills: [...skills] },
      etag: tagOfVersion(version),
      rota: showRota(rota, notes),
    }));
    return c.json({ rotas: found, next: volunteerCursor(c, next) }, 200);
  });
}
