// "As last week" and public holidays through the API: said before it is done, done for all or told, and rung by.
import { expect, test } from 'vitest';
import { createOfficeStores } from '../../shared/adapters/dynamodb/office.ts';
import { jobWorks } from '../../shared/app/job-works.ts';
import { workOffAll } from '../../shared/app/jobs.ts';
import { addSeconds, instant } from '../../shared/domain/instant.ts';
import { plainRota } from '../../shared/domain/shift-ids.ts';
import { useOffices } from '../support/office.ts';
import { at, date, everyDay } from '../support/rota-parts.ts';
import { almaty, astana, volunteer } from '../support/small-network.ts';

const offices = useOffices();
const ofAlmaty = { role: 'manager', groups: [`region:${almaty}`] } as const;
const shift = (day: string) => ({ date: date(day), from: 540, until: 1020 });
const aigul = volunteer('aigul', 3001, {
  rota: plainRota('Asia/Almaty', { dated: [shift('2026-11-24'), shift('2026-12-02')] }),
});
const bota = volunteer('bota', 3002, { rota: plainRota('Asia/Almaty', { dated: [shift('2026-11-25')] }) });
const dana = volunteer('dana', 3003, { region: astana });
const wanted = { from: '2026-11-23', into: '2026-12-02', regions: [almaty] };

test('a week of a region is copied by a job, after a dry run that says all and changes nothing', async () => {
  const { ask, world } = await offices.open({ volunteers: [aigul, bota, dana] });
  const { registry } = world.context.ports;
  const datesOf = async (id: typeof aigul.id) =>
    (await registry.volunteer(id))?.volunteer.rota.dated.map(each => each.date);
  const overlapping = { ...wanted, from: '2026-11-24' };
  const dry = await ask(ofAlmaty, 'POST', '/v1/week-copies?dryRun=true', { body: overlapping });
  expect([dry.status, dry.body]).toEqual([200, { copied: 2, leftOut: [], job: null }]);
  expect(await datesOf(aigul.id)).toEqual(['2026-11-24', '2026-12-02']);

  const done = await ask(ofAlmaty, 'POST', '/v1/week-copies', { body: wanted });
  expect([done.status, done.body.copied, done.body.job]).toMatchObject([
    202,
    2,
    { kind: 'week-copy', state: 'done', total: 2, done: 2, failed: 0, failures: [] },
  ]);
  expect(await datesOf(aigul.id)).toEqual(['2026-11-24', '2026-12-02', '2026-12-01']);
  expect(await datesOf(bota.id)).toEqual(['2026-11-25', '2026-12-02']);
  const again = await ask(ofAlmaty, 'POST', '/v1/week-copies', { body: wanted });
  expect(again.body).toMatchObject({ copied: 2, job: { done: 2 } });
  expect(await datesOf(aigul.id)).toHaveLength(3);

  const job = await ask(ofAlmaty, 'GET', done.headers.get('location') ?? '');
  expect([job.status, job.body]).toEqual([200, done.body.job]);
  expect(
    (await ask({ role: 'manager', groups: [`region:${astana}`] }, 'GET', `/v1/jobs/${done.body.job.id}`))
      .status,
  ).toBe(404);
  expect((await ask('admin', 'POST', `/v1/jobs/${done.body.job.id}/stop`)).body.state).toBe('done');
});

test('a shift for a region that is not hers to plan for is not copied by her either', async () => {
  const { ask } = await offices.open({ volunteers: [bota] });
  const forAstana = { kind: 'dated', date: '2026-11-24', from: '09:00', until: '17:00', regions: [astana] };
  await ask('admin', 'POST', '/v1/volunteers/vol_bota/shifts', { body: forAstana });
  const foreign = { ...forAstana, date: '2026-12-01' };
  expect((await ask(ofAlmaty, 'POST', '/v1/volunteers/vol_bota/shifts', { body: foreign })).status).toBe(400);
  const leftOut = [
    { volunteerId: bota.id, date: '2026-12-01', from: '09:00', until: '17:00', because: 'elsewhere' },
  ];
  const done = await ask(ofAlmaty, 'POST', '/v1/week-copies', { body: wanted });
  expect(done.body).toMatchObject({ copied: 1, leftOut });
  const { body } = await ask('admin', 'GET', '/v1/volunteers/vol_bota/rota');
  expect(body.dated.map((each: { date: string }) => each.date)).not.toContain('2026-12-01');
  expect(
    (await ask('admin', 'POST', '/v1/week-copies?dryRun=true', { body: wanted })).body.leftOut,
  ).not.toEqual(leftOut);
});

test('what is left out is told by volunteer, day and reason', async () => {
  const { ask } = await offices.open({ volunteers: [aigul, bota] });
  const body = { from: '2026-12-02', into: '2026-11-25', volunteers: [aigul.id, bota.id] };
  const { body: answer } = await ask('manager', 'POST', '/v1/week-copies?dryRun=true', { body });
  expect(answer).toMatchObject({ copied: 1, leftOut: [] });
  const back = { from: '2026-11-24', into: '2026-12-03', volunteers: [bota.id] };
  await ask('manager', 'POST', '/v1/volunteers/vol_bota/absences', {
    body: { from: '2026-12-02T00:00', until: '2026-12-03T00:00' },
  });
  expect((await ask('manager', 'POST', '/v1/week-copies', { body: back })).body).toEqual({
    copied: 0,
    leftOut: [{ volunteerId: bota.id, date: '2026-12-02', from: '09:00', until: '17:00', because: 'away' }],
    job: null,
  });
});

test.each([
  ['the same week', { ...wanted, into: '2026-11-29' }, 'into'],
  ['years away', { ...wanted, into: '2030-11-29' }, 'into'],
  ['neither region nor volunteer', { from: wanted.from, into: wanted.into }, 'regions'],
  ['both', { ...wanted, volunteers: ['vol_aigul'] }, 'regions'],
  [
    'somebody who is not hers',
    { from: wanted.from, into: wanted.into, volunteers: ['vol_aigul', 'vol_dana'] },
    'volunteers[1]',
  ],
  ['a region that is not hers', { ...wanted, regions: [almaty, astana] }, 'regions[1]'],
])('%s is refused by its path', async (_, body, path) => {
  const { ask } = await offices.open({ volunteers: [aigul, dana] });
  const refused = await ask(ofAlmaty, 'POST', '/v1/week-copies', { body });
  expect([refused.status, refused.body.errors?.map((each: { path: string }) => each.path)]).toEqual([
    400,
    [path],
  ]);
});

test('holidays are proposed for a country, taken over under a version, and duty follows', async () => {
  const weekly = [
    { weekdays: everyDay, from: 0, until: 720, onHolidays: false },
    { weekdays: everyDay, from: 720, until: 0, onHolidays: false },
  ];
  const off = volunteer('off', 3009, { rota: plainRota('Asia/Almaty', { weekly }) });
  const { ask, world } = await offices.open({ volunteers: [off, dana], at: '2026-12-15T23:50:00+05:00' });
  const proposal = await ask('viewer', 'GET', '/v1/holiday-proposals?country=KZ&year=2026&language=ru');
  expect(proposal.body.holidays).toContainEqual({ date: '2026-12-16', name: 'День независимости' });
  expect((await ask('viewer', 'GET', '/v1/holiday-proposals?country=KG&year=2026')).body).toEqual({
    holidays: [],
  });
  expect((await ask('viewer', 'GET', '/v1/holiday-proposals?country=kazakhstan&year=1')).status).toBe(400);

  const before = await ask('admin', 'GET', '/v1/holidays');
  expect(before.body).toEqual({ holidays: [] });
  const headers = { 'if-match': before.headers.get('etag') ?? '' };
  const body = { holidays: proposal.body.holidays };
  const twice = { holidays: [body.holidays[0], body.holidays[0]] };
  expect((await ask('admin', 'PUT', '/v1/holidays', { body: twice, headers })).body.errors[0].path).toBe(
    'holidays[1].date',
  );
  const done = await ask('admin', 'PUT', '/v1/holidays', { body, headers });
  expect([done.status, done.body.holidays, done.body.job]).toMatchObject([
    200,
    body.holidays,
    { kind: 'holiday-reroll', state: 'open', total: 1 },
  ]);
  expect((await ask('admin', 'PUT', '/v1/holidays', { body, headers })).status).toBe(412);
  expect((await ask('manager', 'PUT', '/v1/holidays', { body, headers })).status).toBe(403);

  const onDuty = async (time: string) => {
    const found = await world.context.ports.roster.onDuty([almaty], at(`${time}+05:00`));
    return found.map(({ volunteerId }) => volunteerId);
  };
  const upkeep = async () => {
    const ports = { ...world.context.ports, ...createOfficeStores(world.deps) };
    await workOffAll(ports, jobWorks(ports), addSeconds(instant(world.clock.now()), 10));
  };
  expect(await onDuty('2026-12-16T00:01')).toEqual([off.id]);
  await upkeep();
  expect((await ask('admin', 'GET', `/v1/jobs/${done.body.job.id}`)).body.state).toBe('open');
  await world.pass(121);
  await upkeep();
  expect((await ask('admin', 'GET', `/v1/jobs/${done.body.job.id}`)).body).toMatchObject({
    state: 'done',
    done: 1,
  });
  expect(await onDuty('2026-12-15T23:59')).toEqual([off.id]);
  expect(await onDuty('2026-12-16T00:01')).toEqual([]);
});
