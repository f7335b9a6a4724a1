// What a volunteer's rota was before, and the way back; and the single times of everybody's shifts.
import { expect, test } from 'vitest';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { type Office, useOffices } from '../support/office.ts';
import { almaty, astana, plainLine, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001, { rota: plainRota('Asia/Almaty', {}), skills: ['crisis' as never] });
const dana = volunteer('dana', 3002, { region: astana, rota: plainRota('Europe/Berlin', {}) });
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const at = `/v1/volunteers/${aigul.id}`;
const any = { 'if-match': '*' };
const times = { from: '09:00', until: '17:00' };
const tuesday = { kind: 'dated', date: '2026-12-01', ...times } as const;
const empty = { zone: 'Asia/Almaty', weekly: [], dated: [], absences: [] };

async function rotaOf({ ask }: Office) {
  const { body, headers } = await ask('manager', 'GET', `${at}/rota`);
  return { body, etag: headers.get('etag') ?? '' };
}
const undo = ({ ask }: Office, etag: string, query = '') =>
  ask(ofAlmaty, 'POST', `${at}/rota/undo${query}`, { headers: { 'if-match': etag } });
const editsOf = async ({ ask }: Office) =>
  (await ask('viewer', 'GET', `${at}/rota/history`)).body.edits as readonly {
    edit: number;
    by: string;
    changes: object;
  }[];

test('the last edit of a rota is undone under the version that was read, and undone again it is done again', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask } = office;
  const nothing = await undo(office, '*');
  expect([nothing.status, nothing.body.why]).toEqual([409, 'nothing-to-undo']);
  await ask(ofAlmaty, 'POST', `${at}/shifts`, { body: tuesday });
  await ask('admin', 'POST', `${at}/absences`, {
    body: { from: '2026-12-24T00:00', until: '2026-12-27T00:00', note: 'an operation' },
  });
  const edited = await rotaOf(office);
  // An edit of something else is none of her rota.
  await ask(ofAlmaty, 'PATCH', at, { body: { name: 'Aigul' }, headers: any });
  expect((await ask(ofAlmaty, 'POST', `${at}/rota/undo`)).status).toBe(428);
  const stale = await undo(office, edited.etag);
  expect([stale.status, stale.body.current]).toEqual([412, edited.body]);
  const { etag } = await rotaOf(office);
  const dry = await undo(office, etag, '?dryRun=true');
  expect([dry.status, dry.body.absences, (await rotaOf(office)).body]).toEqual([200, [], edited.body]);
  const back = await undo(office, etag);
  expect([back.status, back.body.absences, back.body.dated.length]).toEqual([200, [], 1]);
  expect(back.headers.get('etag')).toBe((await rotaOf(office)).etag);
  expect((await ask(ofAlmaty, 'GET', at)).body.name).toBe('Aigul');
  expect((await undo(office, back.headers.get('etag') ?? '')).status).toBe(200);
  expect((await rotaOf(office)).body).toEqual(edited.body);
});

test('each edit is listed with who made it and what it changed; what stood before is read, its notes by those who plan', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask, world } = office;
  await ask('admin', 'POST', `${at}/absences`, {
    body: { from: '2026-12-24T00:00', until: '2026-12-27T00:00', note: 'an operation' },
  });
  const { body } = await rotaOf(office);
  // The same again, in another order of its fields, is no edit.
  const same = Object.fromEntries(Object.entries(body).reverse());
  await ask('manager', 'PUT', `${at}/rota`, { body: same, headers: any });
  await ask('manager', 'PUT', `${at}/rota`, { body: empty, headers: any });
  await world.phoneOf(aigul).writes(plainLine, 'На смене');
  await world.phoneOf(aigul).reads({ text: 'on-duty' });
  const edits = await editsOf(office);
  expect(edits.map(({ edit, by, changes }) => ({ edit, by, changes }))).toEqual([
    { edit: 2, by: aigul.id, changes: { put: 1, removed: 0 } },
    { edit: 1, by: 'local-manager', changes: { put: 0, removed: 1 } },
    { edit: 0, by: 'local-admin', changes: { put: 1, removed: 0 } },
  ]);
  const former = (who: 'manager' | 'viewer') => ask(who, 'GET', `${at}/rota/history/1`);
  expect((await former('manager')).body).toEqual(body);
  expect((await former('viewer')).body.absences[0].note).toBeNull();
  expect((await ask('manager', 'GET', `${at}/rota/history/3`)).status).toBe(404);
});

test('what she has said herself of her shifts is not undone: whoever came on duty by text stays on it', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  await office.ask('manager', 'POST', `${at}/shifts`, { body: tuesday });
  await office.world.phoneOf(aigul).writes(plainLine, 'На смене');
  await office.world.phoneOf(aigul).reads({ text: 'on-duty' });
  const { etag, body } = await rotaOf(office);
  for (const query of ['', '?dryRun=true']) {
    const refused = await undo(office, etag, query);
    expect([refused.status, refused.body.why]).toEqual([409, 'her-own']);
  }
  expect((await rotaOf(office)).body).toEqual(body);
});

test('what stood before is not brought back when it could not be stored now: it is said why', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask } = office;
  await ask('admin', 'POST', `${at}/shifts`, { body: { ...tuesday, skills: ['crisis'], regions: [astana] } });
  await ask('admin', 'PUT', `${at}/rota`, { body: empty, headers: any });
  await ask('admin', 'PATCH', at, { body: { skills: [] }, headers: any });
  const refused = await undo(office, '*');
  expect([refused.status, refused.body.why, refused.body.errors]).toEqual([
    409,
    'fits-no-longer',
    [
      { path: 'dated[0].skills[0]', problem: 'crisis is none of her skills' },
      { path: 'dated[0].regions[0]', problem: 'is no region that you may plan for' },
    ],
  ]);
  expect((await rotaOf(office)).body).toEqual(empty);
});

test('twenty edits are kept, and none of somebody who was there before under the same id', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask } = office;
  for (let day = 1; day <= 23; day += 1)
    await ask('admin', 'POST', `${at}/shifts`, {
      body: { ...tuesday, date: `2026-12-${String(day).padStart(2, '0')}` },
    });
  expect((await editsOf(office)).map(({ edit }) => edit)).toEqual(
    Array.from({ length: 20 }, (_, place) => 22 - place),
  );
  expect((await ask('admin', 'DELETE', at, { headers: any })).status).toBe(204);
  const { rota: _, ...again } = aigul;
  expect(
    (await ask('admin', 'POST', '/v1/volunteers', { body: { ...again, zone: 'Asia/Almaty' } })).status,
  ).toBe(201);
  expect(await editsOf(office)).toEqual([]);
});

test('the single times of shifts are listed by volunteer and time, page by page, of one’s own regions alone', async () => {
  const bota = volunteer('bota', 3003, { rota: plainRota('Asia/Almaty', {}) });
  const { ask } = await offices.open({ volunteers: [aigul, bota, dana] });
  const weekly = { kind: 'weekly', weekdays: [2, 4], from: '22:00', until: '06:00' };
  for (const id of [aigul.id, bota.id, dana.id])
    await ask('admin', 'POST', `/v1/volunteers/${id}/shifts`, { body: weekly });
  await ask('admin', 'POST', `${at}/shifts`, { body: { ...tuesday, regions: [astana], skills: ['crisis'] } });
  const away = { from: '2026-12-03T00:00', until: '2026-12-04T00:00' };
  await ask('admin', 'POST', `${at}/absences`, { body: away });
  await ask('admin', 'POST', `/v1/volunteers/${bota.id}/absences`, {
    body: { ...away, until: '2026-12-05T00:00' },
  });
  const range = 'from=2026-12-01T00:00:00%2B05:00&until=2026-12-04T00:00:00%2B05:00';
  const list = (who: Parameters<typeof ask>[0], more = '') => ask(who, 'GET', `/v1/shifts?${range}${more}`);
  const { body } = await list(ofAlmaty);
  const seen = body.shifts.map((each: Record<string, unknown>) => [
    each['volunteerId'],
    each['date'],
    each['from'],
    each['isPartlyAway'],
  ]);
  expect(seen).toEqual([
    [aigul.id, '2026-12-01', '09:00', false],
    [aigul.id, '2026-12-01', '22:00', false],
    [aigul.id, '2026-12-03', '22:00', true],
    [bota.id, '2026-12-01', '22:00', false],
  ]);
  expect(body.next).toBeNull();
  expect(body.shifts[0]).toEqual({
    ...{
      volunteerId: aigul.id,
      shiftId: body.shifts[0].shiftId,
      date: '2026-12-01',
      zone: 'Asia/Almaty',
      ...times,
    },
    ...{ begins: '2026-12-01T04:00:00.000Z', ends: '2026-12-01T12:00:00.000Z' },
    ...{ regions: [astana], skills: ['crisis'], isPartlyAway: false },
  });
  const there = (await list('admin', `&region=${astana}`)).body.shifts;
  expect(there.map((each: { volunteerId: string }) => each.volunteerId)).toEqual([aigul.id, dana.id]);
  const first = await list(ofAlmaty, '&limit=1');
  const second = await list(ofAlmaty, `&limit=1&after=${first.body.next}`);
  expect([...first.body.shifts, ...second.body.shifts]).toEqual(body.shifts);
  for (const until of ['2026-12-01T00:00:00%2B05:00', '2027-01-06T00:00:00%2B05:00']) {
    const refused = await ask(ofAlmaty, 'GET', `/v1/shifts?from=2026-12-01T00:00:00%2B05:00&until=${until}`);
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, 'until']);
  }
});
