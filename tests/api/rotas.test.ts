// Rotas side by side: everybody of the regions that are one's own, a page at a time, each with what a change of it needs.
import { expect, test } from 'vitest';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { useOffices } from '../support/office.ts';
import { almaty, astana, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const rota = plainRota('Asia/Almaty', {
  weekly: [{ weekdays: [1], from: 480, until: 960, note: 'in the office' }],
});
const aigul = volunteer('aigul', 3001, { rota });
const bota = volunteer('bota', 3002, { rota });
const dana = volunteer('dana', 3003, { region: astana, rota });
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;

test('a manager reads the rotas of her regions page by page, changes one by its tag, and sees no other; a viewer no notes, a key for rotas alone no names', async () => {
  const { ask, world } = await offices.open({ volunteers: [aigul, bota, dana] });
  const first = await ask(ofAlmaty, 'GET', '/v1/rotas?limit=1');
  expect(first.body.rotas).toMatchObject([
    { volunteerId: aigul.id, name: aigul.name, region: almaty, etag: '"v1"', rota: { zone: 'Asia/Almaty' } },
  ]);
  expect(first.text).not.toContain(aigul.number);
  const second = await ask(ofAlmaty, 'GET', `/v1/rotas?limit=1&after=${first.body.next}`);
  expect(second.body.rotas.map((each: { volunteerId: string }) => each.volunteerId)).toEqual([bota.id]);
  expect(second.body.next).toBeNull();
  expect((await ask(ofAlmaty, 'GET', `/v1/rotas?region=${astana}`)).body).toEqual({ rotas: [], next: null });

  const [{ etag, rota: shown }] = first.body.rotas;
  const path = `/v1/volunteers/${aigul.id}/rota`;
  const put = { body: { ...shown, weekly: [] }, headers: { 'if-match': etag } };
  expect((await ask(ofAlmaty, 'PUT', path, put)).status).toBe(200);
  expect((await ask(ofAlmaty, 'PUT', path, put)).status).toBe(412);
  expect((await ask(ofAlmaty, 'GET', '/v1/rotas?limit=1')).body.rotas).toMatchObject([
    { etag: '"v2"', rota: { weekly: [] } },
  ]);
  expect((await ask('viewer', 'GET', '/v1/rotas')).text).not.toContain('in the office');
  const expiresAt = new Date(world.clock.now() + 3_600_000).toISOString();
  const only = { name: 'a plan', role: 'viewer', permissions: ['rota:read'], expiresAt };
  const { body } = await ask('admin', 'POST', '/v1/api-keys', { body: only });
  const unnamed = await ask({ token: body.secret }, 'GET', '/v1/rotas');
  expect([unnamed.status, unnamed.text.includes(aigul.id), unnamed.text.includes(aigul.name)]).toEqual([
    200,
    true,
    false,
  ]);
});
