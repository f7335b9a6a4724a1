// A volunteer's rota through the API: shift by shift and as a whole, under the version that was read. What is wrong is
// told by its path and changes nothing; what is merely odd is stored and told.
import { expect, test, vi } from 'vitest';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { type Office, useOffices } from '../support/office.ts';
import { almaty, astana, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const berlin = plainRota('Europe/Berlin', {});
const aigul = volunteer('aigul', 3001, { rota: plainRota('Asia/Almaty', {}) });
const dana = volunteer('dana', 3002, { region: astana, rota: berlin });
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const of = (id: string, rest = '') => `/v1/volunteers/${id}/${rest}`;
const night = { kind: 'weekly', weekdays: [1, 2], from: '22:00', until: '06:00' } as const;
const once = { kind: 'dated', date: '2026-12-01', from: '09:00', until: '17:00' } as const;
const absence = { from: '2026-12-24T00:00', until: '2026-12-27T00:00' } as const;
const full = {
  startsOn: null,
  endsOn: null,
  everyWeeks: 1,
  onHolidays: true,
  regions: null,
  skills: null,
  note: null,
};

async function rotaOf({ ask }: Office, id: string) {
  const { body, headers } = await ask('manager', 'GET', of(id, 'rota'));
  return { body, etag: headers.get('etag') ?? '' };
}

test('a shift and an absence are added, changed in part, replaced and taken out, each under the version that was read', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask } = office;
  const made = await ask(ofAlmaty, 'POST', of(aigul.id, 'shifts'), { body: { ...night, note: 'with Dana' } });
  expect([made.status, made.body]).toEqual([
    201,
    { shift: { id: made.body.shift.id, ...night, ...full, note: 'with Dana' }, warnings: [] },
  ]);
  expect(made.body.shift.id).toMatch(/^sft_[0-9a-f]{16}$/);
  const path = of(aigul.id, `shifts/${made.body.shift.id}`);
  expect(made.headers.get('location')).toBe(path);

  const etag = made.headers.get('etag') ?? '';
  expect((await ask(ofAlmaty, 'PATCH', path, { body: { until: '05:00' } })).status).toBe(428);
  const patch = { body: { until: '05:00', note: null, weekdays: [7] }, headers: { 'if-match': etag } };
  const patched = await ask(ofAlmaty, 'PATCH', path, patch);
  expect([patched.status, patched.body.shift]).toMatchObject([
    200,
    { from: '22:00', until: '05:00', weekdays: [7], note: null },
  ]);
  const late = await ask(ofAlmaty, 'PATCH', path, patch);
  expect([late.status, late.body.current.weekly[0].until]).toEqual([412, '05:00']);

  const away = await ask(ofAlmaty, 'POST', of(aigul.id, 'absences'), { body: absence });
  expect([away.status, away.body.shift]).toEqual([201, { id: away.body.shift.id, ...absence, note: null }]);
  const tag = { 'if-match': away.headers.get('etag') ?? '' };
  const replaced = await ask(ofAlmaty, 'PUT', path, { body: once, headers: tag });
  expect(replaced.body.shift).toMatchObject({ id: made.body.shift.id, ...once });
  expect((await rotaOf(office, aigul.id)).body).toMatchObject({
    weekly: [],
    dated: [{ date: '2026-12-01' }],
    absences: [absence],
  });

  const gone = await ask(ofAlmaty, 'DELETE', path, { headers: { 'if-match': '*' } });
  expect(gone.status).toBe(204);
  expect((await ask(ofAlmaty, 'DELETE', path, { headers: { 'if-match': '*' } })).status).toBe(404);
  expect((await rotaOf(office, aigul.id)).body).toMatchObject({ weekly: [], dated: [] });
});

test('a whole rota is replaced, keeps the ids it is sent with, and is rung by at once', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { body, etag } = await rotaOf(office, aigul.id);
  expect(body).toEqual({ zone: 'Asia/Almaty', weekly: [], dated: [], absences: [] });
  const { kind: _, ...pattern } = night;
  const rota = {
    ...body,
    weekly: [
      { id: 'sft_mine', ...pattern },
      { ...pattern, weekdays: [3] },
    ],
  };
  const headers = { 'if-match': etag };
  const dry = await office.ask('manager', 'PUT', of(aigul.id, 'rota?dryRun=true'), { body: rota, headers });
  expect([dry.status, dry.body.weekly.length]).toEqual([200, 2]);
  expect((await rotaOf(office, aigul.id)).body).toEqual(body);
  const done = await office.ask('manager', 'PUT', of(aigul.id, 'rota'), { body: rota, headers });
  expect([done.status, done.body.weekly[0].id, done.body.weekly[1].id]).toEqual([
    200,
    'sft_mine',
    expect.stringMatching(/^sft_[0-9a-f]{16}$/),
  ]);
  const { registry } = office.world.context.ports;
  expect((await registry.volunteer(aigul.id))?.volunteer.rota.weekly).toHaveLength(2);
});

test('notes are for those who plan', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  await office.ask('manager', 'POST', of(aigul.id, 'absences'), {
    body: { ...absence, note: 'an operation' },
  });
  expect((await office.ask('viewer', 'GET', of(aigul.id, 'rota'))).text).not.toContain('operation');
  expect((await rotaOf(office, aigul.id)).body.absences[0].note).toBe('an operation');
});

test('who is of another region is not there, nor is a region that is not the manager’s', async () => {
  const { ask } = await offices.open({ volunteers: [aigul, dana] });
  for (const [method, path, body] of [
    ['GET', 'rota'],
    ['POST', 'shifts', once],
    ['POST', 'absences', absence],
    ['DELETE', 'shifts/sft_1'],
  ] as const) {
    const asking = { headers: { 'if-match': '*' }, ...(body ? { body } : {}) };
    const foreign = await ask(ofAlmaty, method, of(dana.id, path), asking);
    const nobody = await ask(ofAlmaty, method, of('vol_nobody', path), asking);
    expect([method, foreign.status, foreign.text]).toEqual([method, 404, nobody.text]);
  }
  const abroad = { body: { ...once, regions: [almaty, astana] } };
  const refused = await ask(ofAlmaty, 'POST', of(aigul.id, 'shifts'), abroad);
  expect([refused.status, refused.body.errors]).toEqual([
    400,
    [{ path: 'regions[1]', problem: 'is no region that you may plan for' }],
  ]);
  expect((await ask('admin', 'POST', of(aigul.id, 'shifts'), abroad)).status).toBe(201);
});

const long = 'x'.repeat(1_000_000);
test.each<readonly [string, object | readonly unknown[] | string, string]>([
  ['a shift of no length', { ...once, until: '09:00' }, 'until'],
  ['a time that no clock shows', { ...once, from: '24:00' }, 'from'],
  ['a time as a number', { ...once, from: 540 }, 'from'],
  ['a day that does not exist', { ...once, date: '2027-02-29' }, 'date'],
  ['no weekday', { ...night, weekdays: [] }, 'weekdays'],
  ['an eighth weekday', { ...night, weekdays: [1, 8] }, 'weekdays[1]'],
  ['an end before its start', { ...night, startsOn: '2026-12-02', endsOn: '2026-12-01' }, 'endsOn'],
  ['weeks counted from nowhere', { ...night, everyWeeks: 2 }, 'startsOn'],
  ['more weeks than eight', { ...night, everyWeeks: 9, startsOn: '2026-12-02' }, 'everyWeeks'],
  ['a kind of its own', { ...once, kind: 'monthly' }, 'kind'],
  ['no kind', { date: once.date, from: once.from, until: once.until }, 'kind'],
  ['a field that is not known', { ...once, colour: 'red' }, 'colour'],
  ['a skill that is not hers', { ...once, skills: ['crisis', 'legal'] }, 'skills[1]'],
  ['a region that is not there', { ...once, regions: ['KZ-99'] }, 'regions[0]'],
  ['no region', { ...once, regions: [] }, 'regions'],
  ['a note of a megabyte', { ...once, note: long }, 'note'],
  ['a name of a field of a megabyte', { ...once, [long]: 1 }, '…'],
  ['a list', [once], ''],
  ['a text', 'shift', ''],
])('%s is refused by its path, and nothing is changed', async (_, body, path) => {
  const office = await offices.open({ volunteers: [aigul] });
  const before = await rotaOf(office, aigul.id);
  const refused = await office.ask('manager', 'POST', of(aigul.id, 'shifts'), { body });
  expect(refused.status).toBe(400);
  expect(refused.body.errors.map((each: { path: string }) => each.path)).toContain(path);
  expect(refused.text.length).toBeLessThan(5_000);
  expect(await rotaOf(office, aigul.id)).toEqual(before);
});

test.each<readonly [string, object, string]>([
  ['an absence that ends before it begins', { from: absence.until, until: absence.from }, 'until'],
  ['an absence of no length', { ...absence, until: absence.from }, 'until'],
  ['an absence without a time', { ...absence, from: '2026-12-24' }, 'from'],
])('%s is refused by its path', async (_, body, path) => {
  const { ask } = await offices.open({ volunteers: [aigul] });
  const refused = await ask('manager', 'POST', of(aigul.id, 'absences'), { body });
  expect([refused.status, refused.body.errors.map((each: { path: string }) => each.path)]).toEqual([
    400,
    [path],
  ]);
});

test('poisoned names and an unknown zone are refused, and a rota of ten thousand shifts', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const headers = { 'if-match': '*', 'content-type': 'application/json' };
  const put = (raw: string) => office.ask('manager', 'PUT', of(aigul.id, 'rota'), { raw, headers });
  const rota = { zone: 'Asia/Almaty', weekly: [], dated: [], absences: [] };
  const { kind: _, ...times } = once;
  const errors = async (raw: string) => {
    const { status, body } = await put(raw);
    return [status, body.errors[0].path];
  };
  expect(await errors(`{"__proto__":{"zone":"x"},${JSON.stringify(rota).slice(1)}`)).toEqual([
    400,
    '__proto__',
  ]);
  expect(await errors(JSON.stringify({ ...rota, zone: 'Asia/Nowhere' }))).toEqual([400, 'zone']);
  expect(await errors(JSON.stringify({ ...rota, zone: '+05:00' }))).toEqual([400, 'zone']);
  const many = Array.from({ length: 10_000 }, () => times);
  expect(await errors(JSON.stringify({ ...rota, dated: many }))).toEqual([400, 'dated']);
  const twice = { ...times, id: 'sft_1' };
  expect(await errors(JSON.stringify({ ...rota, dated: [twice, twice] }))).toEqual([400, 'dated[1].id']);
  expect((await rotaOf(office, aigul.id)).body).toEqual(rota);
});

test('what the clocks skip whole is refused, what they cut is told; an overlap is refused unless it is meant, or for something else', async () => {
  const { ask } = await offices.open({ volunteers: [dana] });
  const add = (shift: object) =>
    ask('manager', 'POST', of(dana.id, 'shifts'), { body: { kind: 'dated', ...shift } });
  const skipped = await add({ date: '2027-03-28', from: '02:10', until: '02:50' });
  expect([skipped.status, skipped.body.errors]).toEqual([
    400,
    [{ path: 'from', problem: 'lies in an hour that the clocks skip that night' }],
  ]);
  const cut = await add({ date: '2027-03-28', from: '01:00', until: '04:00' });
  expect([cut.status, cut.body.warnings]).toEqual([
    201,
    [{ path: '', problem: 'lasts 120 minutes and not 180: the clocks change that night' }],
  ]);
  await ask('manager', 'POST', of(dana.id, 'shifts'), { body: { ...night, weekdays: [7] } });
  const early = { date: '2026-11-30', from: '05:00', until: '09:00' };
  const refused = await add(early);
  const clause = 'overlaps weekly[0] on 2026-11-30, for the same regions and skills';
  expect([refused.status, refused.body.errors]).toEqual([
    400,
    [{ path: 'from', problem: `${clause}: change one of them, or say overlaps=allow` }],
  ]);
  const warnings = [{ path: '', problem: 'overlaps weekly[0] on 2026-11-30' }];
  const meant = { body: { kind: 'dated', ...early } };
  const over = await ask('manager', 'POST', of(dana.id, 'shifts?overlaps=allow'), meant);
  expect([over.status, over.body.warnings]).toEqual([201, warnings]);
  await ask('manager', 'DELETE', of(dana.id, `shifts/${over.body.shift.id}`), {
    headers: { 'if-match': '*' },
  });
  // There she is in both regions at once.
  const elsewhere = await add({ ...early, regions: [almaty] });
  expect([elsewhere.status, elsewhere.body.warnings]).toEqual([201, warnings]);
  // One that begins when the other ends overlaps nothing, also in the hour that the clocks repeat.
  const touching = [
    { date: '2027-10-30', from: '20:00', until: '02:30' },
    { date: '2027-10-31', from: '02:30', until: '08:00' },
  ];
  for (const each of touching) expect((await add(each)).status).toBe(201);
  await ask('manager', 'POST', of(dana.id, 'absences'), { body: absence });
  const away = await add({ date: '2026-12-25', from: '05:00', until: '09:00' });
  expect(away.body.warnings).toEqual([{ path: '', problem: 'falls into absences[0]' }]);
});

test('the same shift asked for twice under one key is one shift', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const asking = { body: once, headers: { 'idempotency-key': 'shift-of-the-first' } };
  const [first, second] = [
    await office.ask('manager', 'POST', of(aigul.id, 'shifts'), asking),
    await office.ask('manager', 'POST', of(aigul.id, 'shifts'), asking),
  ];
  expect(second.body).toEqual(first.body);
  expect((await rotaOf(office, aigul.id)).body.dated).toHaveLength(1);
});

test('two managers who add a shift in the same moment have both', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const both = await Promise.all(
    ['2026-12-01', '2026-12-02'].map(date =>
      office.ask('manager', 'POST', of(aigul.id, 'shifts'), { body: { ...once, date } }),
    ),
  );
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect((await rotaOf(office, aigul.id)).body.dated).toHaveLength(2);
});

test('who changes a part of a shift on top of whatever is there never undoes what another has changed meanwhile', async () => {
  const office = await offices.open({ volunteers: [aigul] });
  const { ask, world } = office;
  const made = await ask('admin', 'POST', of(aigul.id, 'shifts'), { body: night });
  const path = of(aigul.id, `shifts/${made.body.shift.id}`);
  const { registry } = world.context.ports;
  const { volunteer: read } = registry;
  const headers = { 'if-match': '*' };
  let reads = 0;
  const other = vi.spyOn(registry, 'volunteer').mockImplementation(async id => {
    const known = await read(id);
    reads += 1;
    // After the guard and the operation itself have read her.
    if (reads === 2) await ask('manager', 'PATCH', path, { body: { until: '04:00' }, headers });
    return known;
  });
  const late = await ask('admin', 'PATCH', path, { body: { note: 'with Dana' }, headers });
  other.mockRestore();
  expect(late.status).toBe(412);
  expect((await rotaOf(office, aigul.id)).body.weekly[0]).toMatchObject({ until: '04:00', note: null });
});
