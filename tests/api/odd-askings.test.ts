// What nobody asks for in good order: questions that an operation does not know, bodies of the wrong kind, the ends of
// time, more than an item holds, a page of a region that is gone. Refused with a reason, and nothing is done.
import { expect, test } from 'vitest';
import { useOffices } from '../support/office.ts';
import { almaty, astana, smallNetwork, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001);
const at = `/v1/volunteers/${aigul.id}`;
const any = { 'if-match': '*' };

test('an operation that knows no `dryRun` refuses it: else it would act, off the record, for somebody who only tried', async () => {
  const { ask, world } = await offices.open();
  const expiresAt = new Date(world.clock.now() + 60_000).toISOString();
  const body = { name: 'unseen', role: 'viewer', expiresAt };
  const unseen = await ask('admin', 'POST', '/v1/api-keys?dryRun=true', { body });
  expect([unseen.status, unseen.body.errors]).toEqual([
    400,
    [{ path: 'dryRun', problem: 'is not known here' }],
  ]);
  expect((await ask('admin', 'GET', '/v1/api-keys')).body.keys).toEqual([]);
});

test('a body of another kind than the operation takes is refused, never read as an empty one', async () => {
  const { ask } = await offices.open({ volunteers: [aigul] });
  for (const [method, path] of [
    ['PATCH', at],
    ['PATCH', '/v1/settings'],
    ['POST', '/v1/match'],
  ] as const) {
    const headers = { ...any, 'content-type': 'text/csv' };
    const refused = await ask('admin', method, path, { raw: 'a,b', headers });
    expect([path, refused.status]).toEqual([path, 415]);
  }
});

test('the ends of time are refused with their path, in every list and every edit', async () => {
  const { ask } = await offices.open({ volunteers: [aigul] });
  const tries = [
    ['GET', '/v1/requests/ended?day=9999-12-31', undefined, 'day'],
    ['GET', '/v1/roster?at=9999-12-31T23:59:59-14:00', undefined, 'at'],
    ['POST', `${at}/shifts`, { kind: 'dated', date: '9999-12-31', from: '22:00', until: '06:00' }, 'date'],
    ['POST', `${at}/absences`, { from: '0000-01-01T00:00', until: '2027-01-01T00:00' }, 'from'],
    ['POST', '/v1/week-copies', { from: '0000-01-08', into: '0000-01-01', regions: [almaty] }, 'from'],
    ['PATCH', at, { pausedUntil: '9999-12-31T00:00:00Z' }, 'pausedUntil'],
  ] as const;
  for (const [method, path, body, field] of tries) {
    const refused = await ask('admin', method, path, { ...(body && { body }), headers: any });
    expect([path, refused.status, refused.body.errors?.[0].path]).toEqual([path, 400, field]);
  }
});

test('a rota and a network that are more than an item of the table holds are refused, and what was there stays', async () => {
  const { ask } = await offices.open({ volunteers: [aigul] });
  const dated = Array.from({ length: 400 }, (_, day) => ({
    date: new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10),
    from: '10:00',
    until: '11:00',
    regions: Array.from({ length: 10 }, () => almaty),
    skills: Array.from({ length: 30 }, () => 'crisis'),
    note: '…'.repeat(200),
  }));
  const rota = { zone: 'Asia/Almaty', weekly: [], dated, absences: [] };
  const long = await ask('admin', 'PUT', `${at}/rota`, { body: rota, headers: any });
  expect([long.status, long.body.errors]).toEqual([400, [{ path: '', problem: 'too much to keep' }]]);
  const path = `/v1/regions/${almaty}`;
  const landlinePrefixes = Array.from({ length: 60_000 }, (_, index) => `+77${index}`);
  const body = { ...smallNetwork.regions[0], landlinePrefixes };
  expect((await ask('admin', 'PUT', path, { body, headers: any })).status).toBe(400);
  expect((await ask('admin', 'GET', path)).body.landlinePrefixes).not.toHaveLength(60_000);
});

test('a page after a region that is not hers any more is refused: going on would leave somebody out', async () => {
  const people = [aigul, volunteer('bota', 3002), volunteer('dana', 3003, { region: astana })];
  const { ask } = await offices.open({ volunteers: people });
  const { body } = await ask('admin', 'GET', '/v1/volunteers?limit=1');
  const ofAstana = { role: 'manager', groups: [`region:${astana}`] } as const;
  expect((await ask(ofAstana, 'GET', `/v1/volunteers?limit=1&after=${body.next}`)).status).toBe(400);
});
