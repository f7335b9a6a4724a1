// Volunteers through the API: seen where they are at home, numbers shown to few, edited under a version, rung at once.
import { expect, test } from 'vitest';
import { useOffices } from '../support/office.ts';
import { almaty, astana, plainLine, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const aigul = volunteer('aigul', 3001);
const dana = volunteer('dana', 3002, { region: astana });
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const at = (id: string) => `/v1/volunteers/${id}`;
const wanted = {
  name: 'Сауле',
  languages: ['kk', 'ru'],
  skills: ['crisis'],
  region: almaty,
  number: '+77010003333',
  zone: 'Asia/Almaty',
};

test('a manager sees the volunteers of her regions and nobody else, in lists and one by one', async () => {
  const { ask } = await offices.open({ volunteers: [aigul, dana] });
  const ids = async (who: Parameters<typeof ask>[0], query = '') =>
    (await ask(who, 'GET', `/v1/volunteers${query}`)).body.volunteers.map(({ id }: { id: string }) => id);
  expect(await ids('admin')).toEqual([aigul.id, dana.id]);
  expect(await ids(ofAlmaty)).toEqual([aigul.id]);
  expect(await ids(ofAlmaty, `?region=${astana}`)).toEqual([]);
  expect(await ids({ role: 'manager', groups: [] })).toEqual([]);
  expect(await ids('admin', '?skill=legal')).toEqual([]);
  expect((await ask(ofAlmaty, 'GET', at(aigul.id))).status).toBe(200);
  for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
    const foreign = await ask(ofAlmaty, method, at(dana.id), {
      headers: { 'if-match': '*' },
      ...(body ? { body } : {}),
    });
    const nobody = await ask(ofAlmaty, method, at('vol_nobody'), {
      headers: { 'if-match': '*' },
      ...(body ? { body } : {}),
    });
    expect([method, foreign.status, foreign.text]).toEqual([method, 404, nobody.text]);
  }
});

test('pages follow each other without a gap, and a cursor opens no other list', async () => {
  const people = Array.from({ length: 7 }, (_, index) =>
    volunteer(`v${index}`, 3100 + index, index % 2 ? { region: astana } : {}),
  );
  const { ask } = await offices.open({ volunteers: people });
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const query: string = after === null ? '' : `&after=${after}`;
    const { body } = await ask('admin', 'GET', `/v1/volunteers?limit=2${query}`);
    seen.push(...body.volunteers.map(({ id }: { id: string }) => id));
    after = body.next;
  } while (after !== null);
  expect([...seen].sort()).toEqual(people.map(({ id }) => String(id)).sort());
  const { body } = await ask('admin', 'GET', '/v1/volunteers?limit=2');
  expect((await ask('admin', 'GET', `/v1/volunteers?region=${almaty}&after=${body.next}`)).status).toBe(400);
  expect((await ask('admin', 'GET', '/v1/volunteers?after=made-up')).status).toBe(400);
});

test('numbers are shown to managers, to viewers nothing of them', async () => {
  const { ask } = await offices.open({ volunteers: [aigul] });
  expect((await ask('manager', 'GET', at(aigul.id))).body.number).toBe(aigul.number);
  const viewed = await ask('viewer', 'GET', at(aigul.id));
  expect(viewed.text).not.toContain(aigul.number);
  expect((await ask('viewer', 'GET', '/v1/volunteers')).text).not.toContain(aigul.number);
});

test('a new volunteer is stored once and found by her number; what she lacks is told by its path', async () => {
  const { ask } = await offices.open({ volunteers: [aigul] });
  const dry = await ask('manager', 'POST', '/v1/volunteers?dryRun=true', { body: wanted });
  expect([dry.status, (await ask('manager', 'GET', '/v1/volunteers')).body.volunteers.length]).toEqual([
    200, 1,
  ]);
  const made = await ask('manager', 'POST', '/v1/volunteers', { body: wanted });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...wanted, gender: null, textBy: 'sms', pausedUntil: null });
  const read = await ask('manager', 'GET', made.headers.get('location') ?? '');
  expect([read.body, read.headers.get('etag')]).toEqual([made.body, made.headers.get('etag')]);
  const taken = await ask('manager', 'POST', '/v1/volunteers', { body: wanted });
  expect([taken.status, taken.body.errors[0].path]).toEqual([409, 'number']);
  const asLine = await ask('manager', 'POST', '/v1/volunteers', {
    body: { ...wanted, number: plainLine.number },
  });
  expect([asLine.status, asLine.body.errors[0].path]).toEqual([409, 'number']);
  const same = await ask('manager', 'POST', '/v1/volunteers', {
    body: { ...wanted, number: '+77010003334', id: aigul.id },
  });
  expect([same.status, same.body.errors[0].path]).toEqual([409, 'id']);
  for (const [wrong, path] of [
    [{ region: 'KZ-99' }, 'region'],
    [{ skills: ['cooking'] }, 'skills[0]'],
    [{ languages: [] }, 'languages'],
    [{ number: '102' }, 'number'],
    [{ zone: 'Asia/Nowhere' }, 'zone'],
    [{ zone: '+05:00' }, 'zone'],
    [{ id: 'con_x' }, 'id'],
    [{ id: 'vol_77010000001' }, 'id'],
  ] as const) {
    const refused = await ask('manager', 'POST', '/v1/volunteers', {
      body: { ...wanted, number: '+77010003335', ...wrong },
    });
    expect([refused.status, refused.body.errors[0].path]).toEqual([400, path]);
  }
  const foreign = await ask(ofAlmaty, 'POST', '/v1/volunteers', {
    body: { ...wanted, number: '+77010003336', region: astana },
  });
  expect([foreign.status, foreign.body.errors]).toEqual([
    400,
    [{ path: 'region', problem: 'is not one of yours' }],
  ]);
});

test('of two managers who edit her at once the second is told; absent stays, null takes away', async () => {
  const { ask } = await offices.open({ volunteers: [{ ...aigul, gender: 'woman' }] });
  const { headers } = await ask('manager', 'GET', at(aigul.id));
  const tag = { 'if-match': headers.get('etag') ?? '' };
  const [one, other] = await Promise.all([
    ask('manager', 'PATCH', at(aigul.id), { body: { name: 'One' }, headers: tag }),
    ask('manager', 'PATCH', at(aigul.id), { body: { gender: null }, headers: tag }),
  ]);
  expect([one.status, other.status].sort()).toEqual([200, 412]);
  const lost = one.status === 412 ? one : other;
  expect(lost.body.current.id).toBe(aigul.id);
  const now = await ask('manager', 'GET', at(aigul.id));
  const rest = await ask('manager', 'PATCH', at(aigul.id), {
    body: { name: 'One', gender: null },
    headers: { 'if-match': now.headers.get('etag') ?? '' },
  });
  expect(rest.body).toMatchObject({ name: 'One', gender: null, skills: ['crisis'], number: aigul.number });
  const slip = await ask('manager', 'PATCH', at(aigul.id), { body: { nmae: 'x' }, headers: tag });
  expect([slip.status, slip.body.errors[0].path]).toEqual([400, 'nmae']);
});

test('whoever talks with somebody is not removed; afterwards she is gone', async () => {
  const { ask, world } = await offices.open({ volunteers: [aigul] });
  const caller = world.phone('+77995550001');
  const helper = world.phoneOf(aigul);
  await caller.dials(plainLine);
  await caller.hears('searching');
  await helper.takes();
  await caller.hears('connecting');
  await caller.talksWith(helper);
  const any = { headers: { 'if-match': '*' } };
  const held = await ask('admin', 'DELETE', at(aigul.id), any);
  expect([held.status, held.body.type]).toEqual([409, 'urn:pana:problem:conflict']);
  await caller.hangsUp();
  await helper.hears('call-over');
  await helper.isFree();
  expect((await ask('admin', 'DELETE', at(aigul.id), any)).status).toBe(204);
  expect((await ask('admin', 'GET', at(aigul.id))).status).toBe(404);
});

test('a key for volunteers alone moves no shift, gives no call to another number, and reads no note', async () => {
  const shift = { from: 150, until: 180, regions: null, skills: null, note: 'chemotherapy' };
  const noted = volunteer('asel', 3003, {
    rota: {
      zone: 'Asia/Almaty',
      weekly: [],
      dated: [{ ...shift, id: 'sft_one' as never, date: '2027-03-28' as never }],
      absences: [],
    },
  });
  const { ask, world } = await offices.open({ volunteers: [noted] });
  const expiresAt = new Date(world.clock.now() + 3_600_000).toISOString();
  const keyWith = async (...permissions: string[]) => {
    const body = { name: 'x', role: 'manager', permissions, expiresAt };
    return { token: (await ask('admin', 'POST', '/v1/api-keys', { body })).body.secret };
  };
  const patch = (who: Parameters<typeof ask>[0], body: object) =>
    ask(who, 'PATCH', at(noted.id), { body, headers: { 'if-match': '*' } });
  const narrow = await keyWith('volunteers:write');
  for (const [change, lacks] of [
    [{ zone: 'Europe/Berlin' }, 'rota:write'],
    [{ number: '+77010003334' }, 'volunteers:numbers'],
  ] as const) {
    const refused = await patch(narrow, change);
    expect([refused.status, refused.body.detail]).toEqual([
      403,
      `This change needs ${lacks} too. Nothing was changed.`,
    ]);
  }
  expect((await patch(narrow, { name: 'Асель', zone: 'Asia/Almaty', number: noted.number })).status).toBe(
    200,
  );
  const reads = await keyWith('rota:read', 'volunteers:read');
  for (const path of [`${at(noted.id)}/rota`, '/v1/rotas.csv']) {
    expect((await ask(reads, 'GET', path)).text).toContain('sft_one');
    expect((await ask(reads, 'GET', path)).text).not.toContain('chemotherapy');
    expect((await ask('manager', 'GET', path)).text).toContain('chemotherapy');
  }
  const skipped = await patch('manager', { zone: 'Europe/Berlin' });
  expect([skipped.status, skipped.body.errors]).toEqual([
    400,
    [{ path: 'zone', problem: 'dated[0].from lies in an hour that the clocks skip that night' }],
  ]);
  expect((await patch('manager', { zone: 'Asia/Qyzylorda', number: '+77010003334' })).status).toBe(200);
});
