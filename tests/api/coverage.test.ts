// Coverage through the API: hours, holes in words, who could take one, the score; each for the regions that are one's own.
import { expect, test } from 'vitest';
import { skillId } from '../../infra/local/seed/seed-values.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { useOffices } from '../support/office.ts';
import { everyDay } from '../support/rota-parts.ts';
import { almaty, astana, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const daily = (from: number, until: number) =>
  plainRota('Asia/Almaty', { weekly: [{ weekdays: everyDay as never, from, until }] });
const aigul = volunteer('aigul', 3001, { rota: daily(8 * 60, 20 * 60) });
const bota = volunteer('bota', 3002, {
  rota: daily(20 * 60, 2 * 60),
  skills: [skillId('crisis'), skillId('legal')],
});
const dana = volunteer('dana', 3003, { region: astana, rota: daily(0, 12 * 60) });
const zarina = volunteer('zarina', 3004, { rota: daily(12 * 60, 13 * 60) });
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const day = 'from=2026-11-24T00:00:00%2B05:00&until=2026-11-25T00:00:00%2B05:00';
const floors = [
  { region: almaty, skill: null, language: 'ru', atLeast: 1, hours: [] },
  { region: astana, skill: null, language: 'ru', atLeast: 1, hours: [] },
];
const network = {
  ...smallNetwork,
  settings: {
    ...smallNetwork.settings,
    coverage: { ...smallNetwork.settings.coverage, floors: floors as never },
  },
};
const opened = () => offices.open({ network, volunteers: [aigul, bota, dana, zarina] });

test('hour by hour how many are on duty, and what floors ask for', async () => {
  const { ask } = await opened();
  const { status, body } = await ask('viewer', 'GET', `/v1/coverage?${day}&region=${almaty}&language=ru`);
  expect(status).toBe(200);
  const [row] = body.rows;
  expect(row.hours.map(({ onDuty }: { onDuty: number }) => onDuty).join('')).toBe('110000001111211111111111');
  expect(row.hours[0]).toEqual({ from: '2026-11-23T19:00:00.000Z', onDuty: 1, atLeast: 1 });
  const each = await ask('viewer', 'GET', `/v1/coverage?${day}&region=${almaty}&each=skill&language=ru`);
  expect(each.body.rows.map(({ skill }: { skill: string }) => skill)).toEqual(['crisis', 'legal']);
  expect((await ask('viewer', 'GET', '/v1/coverage?each=region&until=2026-11-20T00:00:00Z')).status).toBe(
    400,
  );
  expect((await ask('viewer', 'GET', '/v1/coverage?from=1926-11-20T00:00:00Z')).status).toBe(400);
});

test('holes are named in words; who could take one comes first, and only those of one’s own regions', async () => {
  const { ask } = await opened();
  const { body } = await ask(ofAlmaty, 'GET', `/v1/coverage/holes?${day}`);
  expect(body).toMatchObject({
    more: 0,
    holes: [
      {
        region: almaty,
        atLeast: 1,
        onDuty: 0,
        from: '2026-11-23T21:00:00.000Z',
        words: 'Almaty: no Russian-speaking volunteer, Tue 24 Nov 02:00-08:00',
      },
    ],
  });
  const [hole] = body.holes;
  const inKazakh = await ask('admin', 'GET', `/v1/coverage/holes?${day}&words=kk`);
  expect(inKazakh.body.holes.map(({ region }: { region: string }) => region)).toEqual([almaty, astana]);
  expect(inKazakh.body.holes[0].words).toBe(
    'Almaty kk: орыс тілінде сөйлейтін ерікті жоқ, сс 24 қар 02:00-08:00',
  );
  const candidates = async (who: Parameters<typeof ask>[0]) =>
    (await ask(who, 'GET', `/v1/coverage/holes/${hole.id}/candidates`)).body.candidates.map(
      ({ volunteerId, verdict, from }: Record<string, string>) => `${volunteerId} ${verdict} ${from}`,
    );
  expect(await candidates('admin')).toEqual([
    'vol_zarina could region',
    'vol_bota too-many-hours region',
    'vol_aigul too-little-rest region',
    'vol_dana on-duty elsewhere',
  ]);
  expect(await candidates(ofAlmaty)).toHaveLength(3);
  const ofAstana = inKazakh.body.holes[1].id;
  const foreign = await ask(ofAlmaty, 'GET', `/v1/coverage/holes/${ofAstana}/candidates`);
  const nothing = await ask(ofAlmaty, 'GET', '/v1/coverage/holes/hol_x/candidates');
  expect([foreign.status, foreign.text]).toEqual([404, nothing.text]);
});

test('a floor is set with the settings, and holes follow; a bad one is refused by path and changes nothing', async () => {
  const { ask } = await opened();
  const settings = await ask('admin', 'GET', '/v1/settings');
  const headers = { 'if-match': settings.headers.get('etag') ?? '' };
  const nights = { region: almaty, skill: 'legal', language: 'ru', atLeast: 2, hours: [] };
  const coverage = (floor: object) => ({ coverage: { ...settings.body.coverage, floors: [floor] } });
  const bad = await ask('admin', 'PATCH', '/v1/settings', {
    body: coverage({ ...nights, atLeast: 0 }),
    headers,
  });
  expect([bad.status, bad.body.errors[0].path]).toEqual([400, 'coverage.floors[0].atLeast']);
  const good = await ask('admin', 'PATCH', '/v1/settings', { body: coverage(nights), headers });
  expect(good.status).toBe(200);
  expect(good.body.coverage.floors).toEqual([nights]);
});

test('the score is explained part by part, and names who of one’s own is on duty too much', async () => {
  const { ask, world } = await opened();
  const week = 'from=2026-11-23T00:00:00%2B05:00&until=2026-11-30T00:00:00%2B05:00';
  const { body } = await ask('admin', 'GET', `/v1/coverage/score?${week}`);
  expect(body.parts.map(({ part, weight }: Record<string, unknown>) => [part, weight])).toEqual([
    ['coverage', 50],
    ['redundancy', 20],
    ['balance', 15],
    ['rest', 15],
  ]);
  expect(body.parts[0]).toMatchObject({
    percent: 62,
    words: '62 % of what you ask for is there; 126 hours of people are missing.',
  });
  expect(body.score).toBeGreaterThan(0);
  expect(body.score).toBeLessThan(100);
  const names = body.overloaded.map(({ volunteerId }: Record<string, string>) => volunteerId);
  expect(names).toEqual(['vol_aigul', 'vol_bota', 'vol_dana']);
  expect(body.overloaded[0].words).toContain('On duty for 84 hours in the week of Mon 23 Nov');
  const own = await ask(ofAlmaty, 'GET', `/v1/coverage/score?${week}`);
  expect(own.body.overloaded).toHaveLength(2);
  expect(own.text).not.toContain(dana.name);
  const expiresAt = new Date(world.clock.now() + 3_600_000).toISOString();
  const only = { name: 'a plan', role: 'viewer', permissions: ['rota:read'], expiresAt };
  const key = (await ask('admin', 'POST', '/v1/api-keys', { body: only })).body.secret;
  const { overloaded } = (await ask({ token: key }, 'GET', `/v1/coverage/score?${week}`)).body;
  expect(overloaded.map(({ name }: Record<string, string>) => name)).toEqual(['', '', '']);
});
